import type { Ref, Row } from './database.js';
import { inOrder, saveEnrollment, statesIn, statesOf, transitionTo, voidLastState, workflowOf } from './enrollment-saving.js';
import { localDate } from './java-time.js';
import { each, type Node, one, type Resource, resource, type Site, text, words } from './resource.js';
import { conversion, notSupported, serverError } from './rest-error.js';
import { type Body, isObject, type Writer } from './writer.js';

const isLive = (row: Row): boolean => row.values['voided'] !== true;
const PRIVILEGES = {
  get: 'Get Patient Programs',
  add: 'Add Patient Programs',
  edit: 'Edit Patient Programs',
  remove: 'Delete Patient Programs',
  purge: 'Purge Patient Programs',
};

/** Since webservices.rest 3.0 without the voided ones. */
function shownStates(row: Row, site: Site): Node {
  const states = statesOf(site, row);
  return (site.profile.programStates === 'one-by-one' ? states.filter(isLive) : states).map((state) => ({ row: state, as: 'patientstate' as const }));
}

/** `ProgramEnrollmentResource1_10.setStates`: posted states are transitions, and get uuids of the server's own. */
function setStates(writer: Writer, target: Ref, posted: unknown): void {
  if (writer.site.profile.programStates === 'read') throw conversion('Some properties are not allowed to be set: states');
  if (!Array.isArray(posted)) throw conversion('Can only convert a Collection to a Collection/Array');
  const { site } = writer;
  const dayOf = (item: Body): string => localDate(item['startDate'] ? writer.instant(item['startDate']) : site.now(), site.zone);
  const there = new Set(statesOf(site, target).map(({ uuid }) => uuid));
  const wanted = posted.filter(isObject).filter(({ uuid }) => !there.has(String(uuid)));
  for (const item of wanted.sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1))) {
    const state = isObject(item['state']) ? item['state']['uuid'] : item['state'];
    transitionTo(writer, target, String(state), dayOf(item));
  }
}

function setAttributes(writer: Writer, target: Ref, posted: unknown): void {
  for (const attribute of writer.all('programenrollmentattribute', posted)) writer.tx.adopt(attribute, target.uuid);
  if (!writer.isNew(target)) writer.tx.touch(target);
}

const partsOf = (site: Site, row: Ref): Row[] => [...statesOf(site, row), ...site.database.ownedBy(row.uuid, 'programenrollmentattribute')];

function voidEnrollment({ site, tx, author }: Writer, row: Row, reason: string): void {
  const marks = { voided: true, voidedBy: author, dateVoided: site.now(), voidReason: reason };
  for (const one of [row, ...partsOf(site, row)]) if (isLive(one)) tx.set(one, marks);
}

function unvoidEnrollment(writer: Writer, row: Row): void {
  const { site, tx } = writer;
  const { dateVoided } = row.values;
  const clear = { voided: false, voidedBy: null, dateVoided: null, voidReason: null };
  for (const one of [row, ...partsOf(site, row)]) if (one.values['dateVoided'] === dateVoided) tx.set(one, clear);
  saveEnrollment(writer, row);
}

const OWN = 'dateEnrolled dateCompleted states outcome location voided attributes';
const enrollment = resource({
  name: 'programenrollment',
  javaClass: 'org.openmrs.PatientProgram',
  life: 'voided',
  version: '1.8',
  privileges: PRIVILEGES,
  fields: {
    patient: one('patient'),
    program: one('program'),
    location: one('location'),
    outcome: one('concept'),
    ...each('dateEnrolled dateCompleted', { is: 'instant' }),
  },
  standard: 'uuid patient:ref program:ref display dateEnrolled dateCompleted location:ref voided outcome:ref states:ref attributes:ref',
  full: 'uuid patient program display dateEnrolled dateCompleted location voided outcome states auditInfo attributes',
  create: words(`patient program ${OWN}`),
  required: words('patient program dateEnrolled'),
  update: words(OWN),
  parts: ['patientstate', 'programenrollmentattribute'],
  display: ({ values }, site) => String(site.database.find('program', String(values['program']))?.values['name'] ?? ''),
  reads: {
    states: shownStates,
    attributes: (row, site) =>
      site.database.ownedBy(row.uuid, 'programenrollmentattribute').map((part) => ({ row: part, as: 'programenrollmentattribute' as const })),
  },
  sets: { states: setStates, attributes: setAttributes },
  save: saveEnrollment,
  voids: voidEnrollment,
  unvoids: unvoidEnrollment,
});

const ownerOf = ({ tx }: Writer, part: Ref): Row => tx.now({ kind: 'programenrollment', uuid: tx.now(part).owner ?? '' });

/** Before webservices.rest 3.0 the resource answers and does not save (RESTWS-992). */
function saveState(writer: Writer, target: Ref): void {
  const { tx, site } = writer;
  const isNew = writer.isNew(target);
  if (site.profile.programStates !== 'one-by-one') return isNew ? tx.remove(target) : tx.reset(target);
  const owner = ownerOf(writer, target);
  if (isNew) tx.touch(owner);
  saveEnrollment(writer, owner);
}

/** A day of a state; before webservices.rest 3.0 a new one takes none (RESTWS-991). */
const setDay =
  (key: string) =>
  (writer: Writer, target: Ref, posted: unknown): void => {
    const { site, tx } = writer;
    if (writer.isNew(target) && site.profile.programStates !== 'one-by-one') throw conversion(`Some properties are not allowed to be set: ${key}`);
    tx.set(target, { [key]: posted === null ? null : localDate(writer.instant(posted), site.zone) });
  };

/** Only the last of its workflow goes so. */
function voidState(writer: Writer, row: Row): void {
  const owner = ownerOf(writer, row);
  const workflow = workflowOf(writer.site, row);
  if (statesIn(writer.site, owner, workflow).sort(inOrder).at(-1)?.uuid !== row.uuid) throw notSupported('Only last state can be deleted');
  voidLastState(writer, owner, workflow);
}

const state = resource({
  name: 'patientstate',
  javaClass: 'org.openmrs.PatientState',
  life: 'voided',
  under: { parent: 'programenrollment', path: 'state' },
  privileges: { ...PRIVILEGES, add: 'Edit Patient Programs', remove: 'Edit Patient Programs' },
  fields: { state: one('workflowstate'), ...each('startDate endDate', { is: 'date' }) },
  standard: 'state uuid startDate endDate voided',
  full: 'state uuid startDate endDate voided auditInfo',
  create: words('state startDate endDate'),
  required: words('state'),
  update: words('state startDate endDate voided'),
  display: () => '',
  sets: { startDate: setDay('startDate'), endDate: setDay('endDate') },
  save: saveState,
  voids: voidState,
  purges: () => {
    throw notSupported('Purging of patient state not supported.');
  },
});

const attribute = resource({
  name: 'programenrollmentattribute',
  javaClass: 'org.openmrs.PatientProgramAttribute',
  life: 'voided',
  version: '1.9',
  under: { parent: 'programenrollment', path: 'attribute' },
  privileges: { ...PRIVILEGES, add: 'Edit Patient Programs', remove: 'Edit Patient Programs' },
  fields: { ...text('value', 65535), attributeType: one('programattributetype') },
  standard: 'display uuid attributeType:ref value voided',
  full: 'display uuid attributeType:ref value voided auditInfo',
  create: words('attributeType value'),
  required: words('attributeType value'),
  display: ({ values }, site) =>
    `${String(site.database.find('programattributetype', String(values['attributeType']))?.values['name'] ?? '')}: ${String(values['value'] ?? '')}`,
  // Nothing is asked of how many there are: core validates no attributes of enrollments.
  save: (writer, target) => {
    const owner = ownerOf(writer, target);
    if (writer.isNew(target)) writer.tx.touch(owner);
    saveEnrollment(writer, owner);
  },
  purges: () => {
    throw serverError('Cannot purge PatientProgramAttribute', 'java.lang.UnsupportedOperationException:0');
  },
});

export const enrollmentsTable: readonly Resource[] = [enrollment, state, attribute];
