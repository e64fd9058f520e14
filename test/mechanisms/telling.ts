import type { Mutation } from './mutation.js';

const SCAN = 'libs/openmrs/src/events/read-scan.ts';
const SCAN_SPEC = 'libs/openmrs/src/events/read-scan.spec.ts';

/** How changes come to be known where no feed tells of them, and what goes by FHIR. */
export const TELLING: readonly Mutation[] = [
  {
    name: 'the last quarter of an hour of a site without a feed is asked for again',
    invariants: [10],
    everyRun: true,
    file: 'libs/openmrs/src/events/scan-position.ts',
    text: 'earlier(at, secondsFrom(now, -LOOK_BACK_SECONDS))',
    instead: 'at',
    red: { file: SCAN_SPEC, test: 'a scan by the date of the last update finds what is dated back' },
  },
  {
    name: 'a window of time is halved until it is told in one page',
    invariants: [10],
    file: SCAN,
    text: '  if (secondsBetween(from, before) > 1) return null;',
    instead: '  if (secondsBetween(from, before) > 1) return first;',
    red: { file: SCAN_SPEC, test: 'a scan by the date of the last update tells each row once' },
  },
  {
    name: 'a second that takes several pages is read until it tells nothing new',
    invariants: [10],
    file: SCAN,
    text: 'page = page.next === null ? null : await source.next(page.next)',
    instead: 'page = null',
    red: { file: SCAN_SPEC, test: 'a scan by the date of the last update reads a single second that has more rows than a page' },
  },
  {
    name: 'rows that are gone, or stand as they stood before, are another life of the data',
    invariants: [10],
    file: SCAN,
    text: "isSuspect: wentBack || found.filter(({ state }) => state === 'absent').length > 1",
    instead: 'isSuspect: false',
    red: { file: SCAN_SPEC, test: 'a scan by the date of the last update suspects another life of the data' },
  },
  {
    name: 'a message is believed by its signature alone',
    invariants: [10],
    file: 'libs/runtime/src/listening/signature.ts',
    text: "  if (!isSigned) return 'not-signed';",
    instead: '  if (isSigned === null) return null;',
    red: { file: 'libs/runtime/src/listening/signature.spec.ts', test: 'a message of a site is not trusted with another body' },
  },
  {
    name: 'what a teller misses is read whole by the audit',
    invariants: [10],
    file: 'libs/categories/src/feed-flavours.ts',
    text: '  TELLERS[teller].missesEdits ||\n',
    instead: '',
    red: { file: 'libs/categories/src/feed-flavours.spec.ts', test: 'the flavours of feeds miss edits where no feed' },
  },
  {
    name: 'fhir2 is asked to write only what it can say',
    invariants: [5],
    file: 'libs/categories/src/fhir/fhir-view.ts',
    text: '  if (others.length > 0) return { byRest: others };',
    instead: '  if (others.length < 0) return { byRest: others };',
    red: { file: 'test/contract/fhir-client.spec.ts', test: 'fhir2 of platform 2.8 is not asked to write an attribute' },
  },
  {
    name: 'a name that fhir2 would change beside what it is told goes by REST',
    invariants: [5],
    file: 'libs/categories/src/fhir/person.r4.ts',
    text: "typeof middleName !== 'string' || ",
    instead: '',
    red: { file: 'test/contract/fhir-client.spec.ts', test: 'fhir2 of platform 2.8 is not asked to write a name without a middle one' },
  },
];
