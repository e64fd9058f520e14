import type { Kind, Row } from './database.js';
import { saveEncounter } from './encounter-saving.js';
import { saveEnrollment } from './enrollment-saving.js';
import { remove } from './life.js';
import { saveObs } from './obs-saving.js';
import { addressFields, joinAttribute, live } from './parts.js';
import { savePatient } from './people-saving.js';
import { auditKeys, resourceOf, words } from './resource.js';
import { saveVisit } from './visits.js';
import type { Writer } from './writer.js';

const STAMPS = new Set([...auditKeys('voided'), 'preferred']);
const content = (row: Row): Record<string, Row['values'][string]> => Object.fromEntries(Object.entries(row.values).filter(([key]) => !STAMPS.has(key)));

/** A copy of a part, under a new uuid and not preferred, unless the survivor has one that says the same. */
function copyParts(writer: Writer, kind: Kind, from: readonly Row[], to: Row, keys: readonly string[]): void {
  const { tx, site } = writer;
  for (const part of from) {
    const there = site.database.ownedBy(to.uuid, kind).some((other) => keys.every((key) => (other.values[key] ?? null) === (part.values[key] ?? null)));
    if (there) continue;
    tx.insert(kind, site.random.uuid(), to.uuid, { ...content(part), voided: false, preferred: false });
    tx.touch(to);
  }
}

/** Visits, encounters and obs are not copied: they move, voided ones too, and obs are written anew (`PatientServiceImpl.mergeVisits`, `mergeEncounters`). */
function moveCare(writer: Writer, loser: Row, survivor: Row): void {
  const { tx, site } = writer;
  for (const visit of site.database.holding('visit', 'patient', loser.uuid)) {
    tx.set(visit, { patient: survivor.uuid });
    saveVisit(writer, visit);
  }
  for (const encounter of site.database.holding('encounter', 'patient', loser.uuid)) {
    tx.set(encounter, { patient: survivor.uuid });
    saveEncounter(writer, encounter);
  }
  for (const obs of site.database.holding('obs', 'person', loser.uuid)) {
    if (obs.values['voided'] === true || (obs.values['encounter'] ?? null) !== null) continue;
    tx.set(obs, { person: survivor.uuid });
    saveObs(writer, obs, `Merged from patient #${loser.serial}`);
  }
}

/** Enrollments move; relationships are copied, unless the survivor has one like it or is its other end, and those of the loser voided (`mergeRelationships`). */
function moveTies(writer: Writer, loser: Row, survivor: Row): void {
  const { tx, site } = writer;
  const live = (kind: Kind, key: string): Row[] => site.database.holding(kind, key, loser.uuid).filter((row) => row.values['voided'] !== true);
  for (const enrollment of live('programenrollment', 'patient')) {
    tx.set(enrollment, { patient: survivor.uuid });
    saveEnrollment(writer, enrollment);
  }
  const ends = ['personA', 'personB', 'relationshipType'];
  for (const end of ['personA', 'personB']) {
    for (const row of live('relationship', end)) {
      const copy = { ...content(row), [end]: survivor.uuid, voided: false };
      const isThere = site.database
        .holding('relationship', end, survivor.uuid)
        .some(({ values }) => values['voided'] !== true && ends.every((key) => values[key] === copy[key]));
      if (!isThere && copy['personA'] !== copy['personB']) tx.insert('relationship', site.random.uuid(), null, copy);
      remove(writer, resourceOf(site, 'relationship'), row, 'person was merged');
    }
  }
}

function moveFacts(writer: Writer, loser: Row, survivor: Row): void {
  const { tx } = writer;
  const { gender, birthdate, birthdateEstimated, deathDate, causeOfDeath } = survivor.values;
  if (gender !== 'M' && gender !== 'F') tx.set(survivor, { gender: loser.values['gender'] ?? null });
  if ((birthdate ?? null) === null || (birthdateEstimated === true && loser.values['birthdateEstimated'] !== true))
    tx.set(survivor, { birthdate: loser.values['birthdate'] ?? null, birthdateEstimated: loser.values['birthdateEstimated'] ?? false });
  tx.set(survivor, { deathDate: deathDate ?? loser.values['deathDate'] ?? null, causeOfDeath: causeOfDeath ?? loser.values['causeOfDeath'] ?? null });
}

/** `PatientService.mergePatients` for what is simulated: REST has no word for it, and no log of it. */
export function mergePatients(writer: Writer, survivor: Row, loser: Row): void {
  const { tx, site } = writer;
  moveCare(writer, loser, survivor);
  moveTies(writer, loser, survivor);
  copyParts(writer, 'patientidentifier', live(tx.database, loser, 'patientidentifier'), survivor, ['identifier', 'identifierType']);
  copyParts(writer, 'personname', site.database.ownedBy(loser.uuid, 'personname'), survivor, words('prefix givenName middleName familyName familyName2'));
  copyParts(writer, 'personaddress', site.database.ownedBy(loser.uuid, 'personaddress'), survivor, addressFields);
  for (const attribute of live(tx.database, loser, 'personattribute')) {
    const copy = tx.insert('personattribute', site.random.uuid(), null, content(attribute));
    tx.set(copy, { voided: false });
    if (!joinAttribute(writer, copy, tx.now(survivor))) tx.remove(copy);
  }
  moveFacts(writer, loser, survivor);
  remove(writer, resourceOf(site, 'patient'), tx.now(loser), `Merged with patient #${survivor.serial}`);
  savePatient(writer, survivor);
}
