import type { Ref, Row, Value } from './database.js';
import { unvoidEncounter, voidEncounter } from './encounter-life.js';
import { localMidnight } from './java-time.js';
import { hasTooMany, live } from './parts.js';
import { each, type Node, one, type Resource, resource, type Site, text, words } from './resource.js';
import { conversion, serverError, Validation } from './rest-error.js';
import { setting } from './settings.js';
import type { Writer } from './writer.js';

const isGone = (row: Row): boolean => row.values['voided'] === true;
const nameOf = (row: Row | undefined): string => String(row?.values['name'] ?? '?');
const instant = (value: Value | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** Encounters of a visit, newest first, voided ones too. */
export const encountersOf = (site: Site, visit: Ref): Row[] =>
  site.database
    .holding('encounter', 'visit', visit.uuid)
    .sort((a, b) => instant(b.values['encounterDatetime'], 0) - instant(a.values['encounterDatetime'], 0) || b.serial - a.serial);

/** `VisitValidator`: overlapping visits are allowed unless the setting says otherwise, which it does by default not. */
function overlaps(visit: Row, site: Site, before: Row | null): boolean {
  if (setting(site, 'visits.allowOverlappingVisits') === 'true' || typeof visit.values['patient'] !== 'string') return false;
  const ends = before !== null && (before.values['stopDatetime'] ?? null) === null && before.values['startDatetime'] === visit.values['startDatetime'];
  if (ends && typeof visit.values['stopDatetime'] === 'number') return false;
  const [start, stop] = [instant(visit.values['startDatetime'], 0), instant(visit.values['stopDatetime'], Infinity)];
  return site.database
    .holding('visit', 'patient', visit.values['patient'])
    .some(
      (other) =>
        other.uuid !== visit.uuid &&
        !isGone(other) &&
        instant(other.values['startDatetime'], 0) <= stop &&
        instant(other.values['stopDatetime'], Infinity) >= start,
    );
}

/** From core 2.2 on; an estimated birthdate is taken with half the age, at least a year, of grace. */
function beforeBirth(visit: Row, site: Site): boolean {
  const patient = site.database.find('person', String(visit.values['patient']));
  const born = patient?.values['birthdate'];
  if (!site.profile.visitsAfterBirth || typeof born !== 'string') return false;
  const age = new Date(site.now()).getUTCFullYear() - Number(born.slice(0, 4));
  const grace = patient?.values['birthdateEstimated'] === true ? Math.max(1, Math.floor(age / 2)) : 0;
  const earliest = `${String(Number(born.slice(0, 4)) - grace).padStart(4, '0')}${born.slice(4)}`;
  return instant(visit.values['startDatetime'], Infinity) < localMidnight(earliest, site.zone);
}

/** `VisitValidator` of openmrs-core. */
export function saveVisit(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  const visit = tx.now(target);
  const { patient, visitType, startDatetime, stopDatetime } = visit.values;
  const errors = new Validation();
  if ((patient ?? null) === null) errors.reject('Visit.error.patient.required', 'patient');
  if ((visitType ?? null) === null) errors.reject('Visit.error.visitType.required', 'visitType');
  if ((startDatetime ?? null) === null) errors.reject('Visit.error.startDate.required', 'startDatetime');
  const [start, stop] = [instant(startDatetime, -Infinity), instant(stopDatetime, Infinity)];
  if (start > stop) errors.reject('Visit.error.endDateBeforeStartDate', 'stopDatetime');
  const times = encountersOf(site, visit).flatMap((row) => (isGone(row) ? [] : [instant(row.values['encounterDatetime'], start)]));
  if (times.some((time) => time < start)) errors.reject('Visit.encountersCannotBeBeforeStartDate', 'startDatetime');
  else if (times.some((time) => time > stop)) errors.reject('Visit.encountersCannotBeAfterStopDate', 'stopDatetime');
  if (hasTooMany(site.database, visit, 'visitattribute')) errors.reject('attribute.error.maxOccurs', 'activeAttributes');
  if (overlaps(visit, site, tx.original(target))) errors.reject('Visit.visitCannotOverlapAnotherVisitOfTheSamePatient', 'startDatetime');
  if (beforeBirth(visit, site)) errors.reject('Visit.startDateCannotFallBeforeTheBirthDateOfTheSamePatient', 'startDatetime');
  errors.done();
}

/** Adds; `Visit.addAttribute` takes none away. */
function setAttributes(writer: Writer, target: Ref, posted: unknown): void {
  const before = writer.site.database.ownedBy(target.uuid, 'visitattribute');
  const attributes = writer.all('visitattribute', posted);
  for (const old of before) if (writer.isNew(old) && !attributes.some(({ uuid }) => uuid === old.uuid)) writer.forget(old);
  for (const attribute of attributes) writer.tx.adopt(attribute, target.uuid);
  if (!writer.isNew(target)) writer.tx.touch(target);
}

/** A visit goes with its encounters, newest first, and its attributes (`VisitVoidHandler`). */
export function voidVisit(writer: Writer, row: Row, reason: string): void {
  const { site, tx } = writer;
  const marks = { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: reason };
  for (const encounter of encountersOf(site, row)) if (!isGone(encounter)) voidEncounter(writer, encounter, reason);
  if (!isGone(row)) tx.set(row, marks);
  for (const attribute of live(site.database, row, 'visitattribute')) tx.set(attribute, marks);
}

function unvoidVisit(writer: Writer, row: Row): void {
  const { site, tx } = writer;
  const { dateVoided } = row.values;
  const clear = { voided: false, voidedBy: null, dateVoided: null, voidReason: null };
  tx.set(row, clear);
  for (const part of site.database.ownedBy(row.uuid, 'visitattribute')) if (part.values['dateVoided'] === dateVoided) tx.set(part, clear);
  for (const encounter of encountersOf(site, row)) if (encounter.values['dateVoided'] === dateVoided) unvoidEncounter(writer, encounter);
  saveVisit(writer, row);
}

function purgeVisit(writer: Writer, row: Row): void {
  if (encountersOf(writer.site, row).length > 0) throw serverError('Cannot permanently delete a visit that has encounters associated to it');
  for (const part of writer.site.database.ownedBy(row.uuid, 'visitattribute')) writer.tx.remove(part);
  writer.tx.remove(row);
}

/** `VisitService.stopVisits`, run at night by a task: open visits of the named types stop *now*, and nobody validates them. */
export function stopOpenVisits(writer: Writer): void {
  const { site, tx } = writer;
  const names = setting(site, 'visits.autoCloseVisitType')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const types = new Set(site.database.all('visittype').flatMap((row) => (names.includes(nameOf(row).toLowerCase()) ? [row.uuid] : [])));
  for (const visit of site.database.all('visit')) {
    const { visitType, startDatetime, stopDatetime } = visit.values;
    const isOpen = !isGone(visit) && (stopDatetime ?? null) === null && instant(startDatetime, 0) <= site.now();
    if (isOpen && types.has(String(visitType))) tx.set(visit, { stopDatetime: site.now() });
  }
}

const liveEncounters = (row: Row, site: Site): Node =>
  encountersOf(site, row).flatMap((encounter) => (isGone(encounter) ? [] : [{ row: encounter, as: 'encounter' as const }]));
const liveAttributes = (row: Row, site: Site): Node => live(site.database, row, 'visitattribute').map((part) => ({ row: part, as: 'visitattribute' as const }));

const PRIVILEGES = { get: 'Get Visits', add: 'Add Visits', edit: 'Edit Visits', remove: 'Delete Visits', purge: 'Purge Visits' };
const CREATE = 'visitType startDatetime location indication stopDatetime encounters attributes';
const visit = resource({
  name: 'visit',
  javaClass: 'org.openmrs.Visit',
  life: 'voided',
  version: '1.9',
  listable: true,
  privileges: PRIVILEGES,
  fields: {
    patient: one('patient'),
    visitType: one('visittype'),
    indication: one('concept'),
    location: one('location'),
    ...each('startDatetime stopDatetime', { is: 'instant' }),
  },
  standard: 'uuid display patient:ref visitType:ref indication:ref location:ref startDatetime stopDatetime encounters:ref attributes:ref voided',
  full: 'uuid display patient:ref visitType:ref indication:ref location:ref startDatetime stopDatetime encounters attributes voided auditInfo',
  create: words(`patient ${CREATE}`),
  required: words('patient visitType'),
  update: words(`${CREATE} voided`),
  parts: ['visitattribute'],
  display: (row, site) =>
    `${nameOf(site.database.find('visittype', String(row.values['visitType'])))} @ ${nameOf(site.database.find('location', String(row.values['location'])))}`,
  reads: { encounters: liveEncounters, attributes: liveAttributes },
  sets: { attributes: setAttributes, encounters: () => undefined },
  save: (writer, target) => {
    if (writer.isNew(target) && (writer.tx.now(target).values['startDatetime'] ?? null) === null) writer.tx.set(target, { startDatetime: writer.site.now() });
    saveVisit(writer, target);
  },
  voids: voidVisit,
  unvoids: unvoidVisit,
  purges: purgeVisit,
});

/** Where only one is allowed, a new one voids the old; the same value again is not stored at all. */
function saveAttribute(writer: Writer, target: Ref): void {
  const { tx, site } = writer;
  const part = tx.now(target);
  const owner = tx.now({ kind: 'visit', uuid: part.owner ?? '' });
  const type = site.database.find('visitattributetype', String(part.values['attributeType']));
  if (!type) throw conversion('null');
  const others = live(site.database, owner, 'visitattribute').filter(({ uuid, values }) => uuid !== part.uuid && values['attributeType'] === type.uuid);
  if (writer.isNew(target)) tx.touch(owner);
  if (writer.isNew(target) && type.values['maxOccurs'] === 1) {
    if (others.length === 1 && others[0]?.values['value'] === part.values['value']) return tx.remove(target);
    for (const other of others) tx.set(other, { voided: true, voidedBy: writer.author, dateVoided: site.now() });
  }
  saveVisit(writer, owner);
}

const attribute = resource({
  name: 'visitattribute',
  javaClass: 'org.openmrs.VisitAttribute',
  life: 'voided',
  version: '1.9',
  under: { parent: 'visit', path: 'attribute' },
  privileges: { ...PRIVILEGES, add: 'Edit Visits', remove: 'Edit Visits' },
  fields: { ...text('value', 65535), attributeType: one('visitattributetype') },
  standard: 'display uuid attributeType:ref value voided',
  full: 'display uuid attributeType:ref value voided auditInfo',
  create: words('attributeType value'),
  required: words('attributeType value'),
  display: (row, site) => `${nameOf(site.database.find('visitattributetype', String(row.values['attributeType'])))}: ${String(row.values['value'] ?? '')}`,
  save: saveAttribute,
  purges: () => {
    throw serverError('Cannot purge VisitAttribute', 'java.lang.UnsupportedOperationException:0');
  },
});

export const visitsTable: readonly Resource[] = [visit, attribute];
