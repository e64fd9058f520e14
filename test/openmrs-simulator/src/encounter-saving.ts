import type { Ref, Row, Value } from './database.js';
import { obsOf, topLevelObs } from './encounter-life.js';
import { membersOf, REPLACED, saveObs } from './obs-saving.js';
import type { Site } from './resource.js';
import { serverError, Validation } from './rest-error.js';
import { setting } from './settings.js';
import type { Writer } from './writer.js';

const instant = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);

/** `Encounter.addObs`: what the obs, or a member of it, lacks it inherits from the encounter. */
export function addObs(writer: Writer, encounter: Ref, obs: Ref): void {
  const { tx, site } = writer;
  const { encounterDatetime = null, patient = null, location = null } = tx.now(encounter).values;
  const { values } = tx.now(obs);
  tx.set(obs, {
    encounter: encounter.uuid,
    obsDatetime: values['obsDatetime'] ?? encounterDatetime,
    person: values['person'] ?? patient,
    location: values['location'] ?? location,
  });
  for (const member of membersOf(site, obs)) if (member.values['voided'] !== true) addObs(writer, encounter, member);
}

function isWithin(site: Site, location: Value | undefined, root: Value | undefined): boolean {
  const seen = new Set<Value>();
  let at = location ?? null;
  while (typeof at === 'string' && !seen.has(at)) {
    if (at === root) return true;
    seen.add(at);
    at = site.database.find('location', at)?.values['parentLocation'] ?? null;
  }
  return false;
}

/** `ExistingVisitAssignmentHandler`, the default: the newest visit of the patient that the encounter falls into. */
function assignVisit(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  const { visit, patient, location } = tx.now(target).values;
  const at = instant(tx.now(target).values['encounterDatetime']);
  const handled = setting(site, 'visits.assignmentHandler').endsWith('ExistingVisitAssignmentHandler');
  if (!handled || (visit ?? null) !== null || typeof patient !== 'string' || at === null) return;
  const fitting = site.database
    .holding('visit', 'patient', patient)
    .filter(({ values }) => values['voided'] !== true && (instant(values['startDatetime']) ?? 0) <= at && (instant(values['stopDatetime']) ?? Infinity) >= at)
    .sort((a, b) => Number(b.values['startDatetime']) - Number(a.values['startDatetime']) || b.serial - a.serial)
    .find(({ values }) => (values['location'] ?? null) === null || isWithin(site, location, values['location']));
  if (fitting) tx.set(target, { visit: fitting.uuid });
}

/** `EncounterValidator`. */
export function refuseWrongEncounter(writer: Writer, encounter: Row): void {
  const { site } = writer;
  const { encounterType, patient, voided, voidReason } = encounter.values;
  const errors = new Validation();
  if (voided === true && !voidReason)
    throw serverError('voided bit was set true, but no reason was given', 'org.openmrs.api.handler.RequireVoidReasonSaveHandler:49');
  if ((encounterType ?? null) === null && site.profile.encountersNeedType) errors.reject('Encounter.error.encounterType.required', 'encounterType');
  if ((patient ?? null) === null) errors.reject('Encounter.error.patient.required', 'patient');
  const at = instant(encounter.values['encounterDatetime']);
  if (at === null) errors.reject('Encounter.datetime.required', 'encounterDatetime');
  if (at !== null && at > site.now()) errors.reject('Encounter.datetimeShouldBeBeforeCurrent', 'encounterDatetime');
  const visit = site.database.find('visit', String(encounter.values['visit']));
  if (visit && visit.values['patient'] !== patient) errors.reject('Encounter.visit.patients.dontMatch', 'visit');
  const outside =
    visit && at !== null && (at < (instant(visit.values['startDatetime']) ?? -Infinity) || at > (instant(visit.values['stopDatetime']) ?? Infinity));
  if (outside) errors.reject('Encounter.datetimeShouldBeInVisitDatesRange', 'encounterDatetime');
  errors.done();
}

/** What obs inherited from the encounter follows it: its time, its place, its patient; and orders its patient alone. */
function carryOver(writer: Writer, before: Row, now: Row): void {
  const { tx, site } = writer;
  const differs = (key: string): boolean => (before.values[key] ?? null) !== (now.values[key] ?? null);
  const moved = differs('location') && (now.values['location'] ?? null) !== null;
  for (const obs of obsOf(site, now)) {
    if (writer.isNew(obs)) continue;
    const { obsDatetime, location, person } = obs.values;
    if (differs('encounterDatetime') && obsDatetime === before.values['encounterDatetime'])
      tx.set(obs, { obsDatetime: now.values['encounterDatetime'] ?? null });
    if (moved && (location ?? null) === null) throw serverError('null', 'java.lang.NullPointerException:0');
    if (moved && location === before.values['location']) tx.set(obs, { location: now.values['location'] ?? null });
    if (person !== now.values['patient']) tx.set(obs, { person: now.values['patient'] ?? null });
  }
  const { patient = null } = now.values;
  for (const order of site.database.holding('order', 'encounter', now.uuid)) if (order.values['patient'] !== patient) tx.set(order, { patient });
}

/**
 * `EncounterServiceImpl.saveEncounter`. From core 2.0 on obs are saved as well, one by one, so that those that followed the
 * encounter are written anew under other uuids, and an encounter with obs counts as updated whatever is saved. Before, they
 * changed in place, and nobody validated them.
 */
export function saveEncounter(writer: Writer, target: Ref): void {
  const { tx, site } = writer;
  const before = tx.original(target);
  if (!before) assignVisit(writer, target);
  const now = tx.now(target);
  refuseWrongEncounter(writer, now);
  if (before) carryOver(writer, before, now);
  if (!site.profile.obsAreImmutable) return;
  const top = topLevelObs(site, target);
  for (const obs of top) saveObs(writer, obs, REPLACED);
  if (before && top.some((obs) => !writer.isNew(obs))) tx.touch(target);
}
