import type { Ref, Row, Value } from './database.js';
import { unvoidEncounter, voidEncounter } from './encounter-life.js';
import { live } from './parts.js';
import { dropPart } from './people-parts.js';
import type { Resource, Site } from './resource.js';
import { notSupported, serverError } from './rest-error.js';
import { voidVisit } from './visits.js';
import type { Writer } from './writer.js';

function markVoided(writer: Writer, ref: Ref, reason: string): void {
  if (writer.tx.now(ref).values['voided'] === true) return;
  writer.tx.set(ref, { voided: true, voidedBy: writer.author, dateVoided: writer.site.now(), voidReason: reason });
}

function clearMarks(writer: Writer, ref: Ref): void {
  writer.tx.set(ref, { voided: false, voidedBy: null, dateVoided: null, voidReason: null });
}

const encountersOf = (site: Site, patient: Row): Row[] => site.database.holding('encounter', 'patient', patient.uuid);

/** A person goes with its parts; a patient's visits go first, with a reason of their own, then encounters (`PatientResource1_9.delete`). */
function voidPerson(writer: Writer, line: Resource, row: Row, reason: string): void {
  const { site } = writer;
  if (row.values['isPatient'] === true)
    for (const visit of site.database.holding('visit', 'patient', row.uuid)) if (visit.values['voided'] !== true) voidVisit(writer, visit, 'Patient deleted');
  voidWithoutVisits(writer, line, row, reason);
}

/** What core's void handlers of a person take along: a patient's encounters, but no visits (`PatientDataVoidHandler`). */
export function voidWithoutVisits(writer: Writer, line: Resource, row: Row, reason: string): void {
  const { site, tx } = writer;
  if (row.values['isPatient'] === true)
    for (const encounter of encountersOf(site, row)) if (encounter.values['voided'] !== true) voidEncounter(writer, encounter, reason);
  markVoided(writer, row, reason);
  for (const kind of line.parts) for (const part of tx.database.ownedBy(row.uuid, kind)) markVoided(writer, part, reason);
}

/** A patient keeps one identifier. Voiding one saves it alone; voiding any other part saves its owner. */
function voidIdentifier(writer: Writer, row: Row, reason: string): void {
  const owner = { kind: 'person' as const, uuid: row.owner ?? '' };
  const others = live(writer.tx.database, owner, row.kind).filter(({ uuid }) => uuid !== row.uuid);
  if (others.length === 0) throw notSupported('At least one nonvoided Patient Identifier is required');
  markVoided(writer, row, reason);
}

function voidPart(writer: Writer, line: Resource, row: Row, reason: string): void {
  const { tx, site } = writer;
  tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: reason });
  line.save(writer, row);
}

/** DELETE: voids or retires, with whatever goes along. Of a record that is gone already it changes nothing. */
export function remove(writer: Writer, line: Resource, row: Row, reason: string): void {
  if (line.life === 'neither') purge(writer, line, row);
  else if (line.voids && line.under) line.voids(writer, row, reason);
  else if (line.kind === 'patientidentifier') voidIdentifier(writer, row, reason);
  else if (line.under) voidPart(writer, line, row, reason);
  else if (row.values[line.life] !== true) removeRecord(writer, line, row, reason);
}

function removeRecord(writer: Writer, line: Resource, row: Row, reason: string): void {
  if (reason.trim() === '') throw serverError("The 'reason' argument is required", 'org.openmrs.api.handler.RequireVoidReasonVoidHandler:41');
  if (line.voids) line.voids(writer, row, reason);
  else if (line.kind === 'person') voidPerson(writer, line, row, reason);
  else if (line.life === 'voided') markVoided(writer, row, reason);
  else {
    writer.tx.set(row, { retired: true, retiredBy: writer.author, dateRetired: writer.site.now(), retireReason: reason });
    line.save(writer, row);
  }
}

/** `{"deleted":"false"}`: brings back the record and of its parts those that went in the same second. */
export function undelete(writer: Writer, line: Resource, row: Row): void {
  if (line.under || line.life === 'neither') throw notSupported('undelete action not yet supported for this resource');
  if (row.values[line.life] !== true) return;
  if (line.life === 'retired') writer.tx.set(row, { retired: false, retiredBy: null, dateRetired: null, retireReason: null });
  else if (line.unvoids) return line.unvoids(writer, row);
  else unvoid(writer, line, row);
  line.save(writer, row);
}

function unvoid(writer: Writer, line: Resource, row: Row): void {
  const { tx, site } = writer;
  const { dateVoided, voidedBy } = row.values;
  clearMarks(writer, row);
  const parts = line.parts.flatMap((kind) => tx.database.ownedBy(row.uuid, kind));
  for (const part of parts) if (part.values['dateVoided'] === dateVoided) clearMarks(writer, part);
  for (const other of encountersOf(site, row))
    if (other.values['dateVoided'] === dateVoided && other.values['voidedBy'] === voidedBy) unvoidEncounter(writer, other);
}

function pointsAt(site: Site, gone: ReadonlySet<string>): boolean {
  const holds = (value: Value | undefined): boolean =>
    Array.isArray(value) ? value.some((uuid: string) => gone.has(uuid)) : typeof value === 'string' && gone.has(value);
  return [...site.resources.values()].some((line) =>
    Object.entries(line.fields).some(
      ([key, field]) =>
        (field.is === 'one' || field.is === 'many') &&
        site.database.all(line.kind).some((row) => !gone.has(row.uuid) && holds(row.values[field.column ?? key])),
    ),
  );
}

/** `?purge=true`: erases. A location takes its children along; what something else refers to cannot go. */
export function purge(writer: Writer, line: Resource, row: Row): void {
  if (line.name === 'locationattribute') throw serverError('Cannot purge LocationAttribute', 'java.lang.UnsupportedOperationException:0');
  if (line.purges) line.purges(writer, row);
  else if (line.under) dropPart(writer, row);
  else purgeRecord(writer, line, row);
}

function purgeRecord(writer: Writer, line: Resource, row: Row): void {
  const { tx, site } = writer;
  const going = [row];
  for (const next of going)
    if (next.kind === 'location') going.push(...site.database.all('location').filter((child) => child.values['parentLocation'] === next.uuid));
  going.push(...going.flatMap((record) => line.parts.flatMap((kind) => tx.database.ownedBy(record.uuid, kind))));
  if (pointsAt(site, new Set(going.map(({ uuid }) => uuid))))
    throw serverError('could not execute statement; Cannot delete or update a parent row: a foreign key constraint fails');
  for (const record of going) tx.remove(record);
}
