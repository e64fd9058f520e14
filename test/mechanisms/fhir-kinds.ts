import type { Mutation } from './mutation.js';

const CONTRACT = 'test/contract/rest-client-allergies.spec.ts';
const END_TO_END = 'test/end-to-end/allergies.int.spec.ts';
const REPORTS = 'test/end-to-end/reports.int.spec.ts';
const TASKS = 'test/end-to-end/tasks.int.spec.ts';
const TASK_UNIT = 'libs/categories/src/task.category.spec.ts';
const PLACE_AT = 'libs/openmrs/src/rest/place-at.ts';

/** Kinds of record for which a site's fhir2 is needed. */
export const FHIR_KINDS: readonly Mutation[] = [
  {
    name: 'an allergy of nobody that is known is held with what to do about it, not taken for one that is not there',
    invariants: [1],
    file: PLACE_AT,
    text: '  if (known !== null && !(await hasFhir(site, options)))',
    instead: '  if (!(await hasFhir(site, options)))',
    red: { file: CONTRACT, test: 'an allergy of which nothing is known but its uuid, at a site of 2.8 with no fhir2 is nobody’s' },
  },
  {
    name: 'the patient on whom the ends agreed is where an allergy is asked for, at a site that has no fhir2',
    invariants: [8, 1],
    file: 'libs/runtime/src/openmrs-site-clients.ts',
    text: "return told.find((uuid) => typeof uuid === 'string') ?? null;",
    instead: "return told.find((uuid) => typeof uuid === 'number') ?? null;",
    red: { file: END_TO_END, test: 'allergies of a patient go up, are edited at the parent' },
  },
  {
    name: 'an allergy is sent once the one of that allergen which it takes the place of is voided',
    invariants: [1, 6],
    file: 'libs/openmrs/src/rest/find-alike.ts',
    text: 'if (local !== alike.record.uuid || (await site.isItsOwn(local)))',
    instead: 'if (local !== alike.record.uuid)',
    red: { file: CONTRACT, test: 'allergies at a site of platform 2.8 are the same where a server would take them for the same' },
  },
  {
    name: 'two allergies of one allergen go by the uuid of the parent at both ends',
    invariants: [8],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'isParents || (await this.agreements.find',
    instead: '(await this.agreements.find',
    red: { file: END_TO_END, test: 'allergies of a patient are one where two clinics write down the same at once' },
  },
  {
    name: 'what the source has come to call by the other end’s uuid is not sent under its own',
    invariants: [2],
    file: 'apps/pusher/src/target-writer.ts',
    text: "if (await this.isCalledElsewhere(round)) return endJob('superseded');",
    instead: '',
    red: { file: END_TO_END, test: 'allergies of a patient are one where two clinics write down the same at once' },
  },
  {
    name: 'what no feed can tell of is asked of fhir2 beside the feed',
    invariants: [1],
    file: 'libs/categories/src/feed-flavours.ts',
    text: "(isToldByFhirAlone(feedCategory) ? 'fhir-lastupdated' : teller)",
    instead: '(isToldByFhirAlone(feedCategory) ? teller : teller)',
    red: { file: REPORTS, test: 'diagnostic reports go up with what they are made of' },
  },
  {
    name: 'a report waits for the encounter that its results land with',
    invariants: [6],
    file: 'apps/pusher/src/target-writer.ts',
    text: "if (kind.aggregate !== 'obs') return { ...reference, ...kind };",
    instead: "if (kind.aggregate !== 'obs' || reference.uuid !== '') return { ...reference, ...kind };",
    red: { file: REPORTS, test: 'diagnostic reports wait for' },
  },
  {
    name: 'the results of a report are all said again',
    invariants: [4],
    file: 'libs/categories/src/fhir/fhir-alone.ts',
    text: 'const wanted = overlay(isThere ? held.fields : {}, writes);',
    instead: 'const wanted = overlay({}, writes);',
    red: { file: 'libs/categories/src/diagnosticreport.category.spec.ts', test: 'a write of a diagnostic report says all results again' },
  },
  {
    name: 'what fhir2 leaves as it is where a body does not say it is not taken for emptied',
    invariants: [5, 1],
    file: 'libs/categories/src/written-whole.ts',
    text: 'const emptied = neverEmptied.filter((name) => touched.has(name) && !left.has(name));',
    instead: 'const emptied = neverEmptied.filter((name) => !touched.has(name) && !left.has(name) && false);',
    red: { file: 'libs/categories/src/diagnosticreport.category.spec.ts', test: 'a write of a diagnostic report is refused where something is to be emptied' },
  },
  {
    name: 'what is told beside the feed is audited, though the feed tells of all else',
    invariants: [10],
    file: 'libs/configuration/src/routes.ts',
    text: '? { everyHours: AUDIT_EVERY_HOURS, only: TOLD_BESIDE } : null;',
    instead: '? null : null;',
    red: { file: REPORTS, test: 'diagnostic reports are written once, however often they are asked for' },
  },
  {
    name: 'what a task leads to is named by the uuid that it has at the target',
    invariants: [5],
    file: 'libs/categories/src/fhir/fhir-pointer.ts',
    text: '  return uuid === undefined ? pointer :',
    instead: '  return uuid === undefined || uuid !== undefined ? pointer :',
    red: { file: TASK_UNIT, test: 'a decoded task names what it leads to by the uuids known everywhere' },
  },
  {
    name: 'a task waits for what it leads to, as whichever kind its site has it',
    invariants: [6],
    file: 'libs/categories/src/fhir/fhir-pointer.ts',
    text: '  return { ...first, uuid: pointed.uuid, orElse };',
    instead: '  return { ...first, uuid: pointed.uuid, orElse: orElse.slice(9) };',
    red: { file: TASKS, test: 'tasks wait for what they lead to' },
  },
  {
    name: 'nobody waits for what the source itself has not, where a server keeps references as text',
    invariants: [1],
    file: 'apps/pusher/src/target-writer.ts',
    text: '    if (kind === null) return null;',
    instead: '    if (kind === null) return reference;',
    red: { file: TASKS, test: 'tasks wait for what they lead to' },
  },
  {
    name: 'a status that a release of fhir2 cannot tell of again is not sent to it',
    invariants: [5],
    file: 'libs/categories/src/written-whole.ts',
    text: "  if (cannot.length > 0) throw new RefusedError('cannot-hold'",
    instead: "  if (cannot.length > 9) throw new RefusedError('cannot-hold'",
    red: { file: TASK_UNIT, test: 'a write of a task is refused where the release has no such status' },
  },
  {
    name: 'a write of a task says what changes and no more',
    invariants: [4],
    file: 'libs/categories/src/fhir/fhir-alone.ts',
    text: 'spec.fhirAlone.saysChangesAlone === true ? touchedOf(writes, wanted) : wanted;',
    instead: 'wanted;',
    red: { file: TASK_UNIT, test: 'a write of a task says what changes and no more' },
  },
  {
    name: 'a report that a scan tells of may be what a create of ours has made',
    invariants: [2],
    file: 'apps/fetcher/src/own-creates.ts',
    text: 'CATEGORIES[read.category].fhirAlone !== undefined)',
    instead: "CATEGORIES[read.category].fhirAlone?.resource === '')",
    red: { file: REPORTS, test: 'diagnostic reports are made once, though' },
  },
];
