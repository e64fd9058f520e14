import type { Mutation } from './mutation.js';

const PIPELINE = 'test/pipeline/departures.int.spec.ts';

/** A patient who leaves a catchment takes nothing of anybody's along. */
export const DEPARTURES: readonly Mutation[] = [
  {
    name: 'nothing travels of a patient whose copy is retired',
    invariants: [8],
    file: 'libs/runtime/src/rules.ts',
    text: "if (known.isClosed) return { admitted: false, why: 'patient-left' };",
    instead: '',
    red: { file: PIPELINE, test: 'a patient who leaves is voided at the child' },
  },
  {
    name: 'what a void takes along is taken down before it',
    invariants: [8],
    file: 'libs/persistence/src/repositories/departure.repository.ts',
    text: 'union select link from departure_record where link = any($1) and aggregate = $4 and uuid = $5',
    instead: 'union select link from departure_record where link = any($1) and aggregate = $4 and uuid = $5 and false',
    red: { file: PIPELINE, test: 'a patient who leaves is voided at the child' },
  },
  {
    name: 'what is unsent goes up before a patient is retired',
    invariants: [1, 4],
    file: 'apps/pusher/src/at-child.ts',
    text: 'return { patient: held, records, unsent };',
    instead: 'return { patient: held, records, unsent: unsent.slice(0, 0) };',
    red: { file: PIPELINE, test: 'a patient who leaves has gone up first' },
  },
  {
    name: 'a patient is looked at once more under her tombstone',
    invariants: [1, 4],
    file: 'apps/pusher/src/leaving.ts',
    text: 'if (unsent.length > 0 || (await this.isAnythingOpen(link, held))) return this.liftFor(link, departure, unsent);',
    instead: '',
    red: { file: PIPELINE, test: 'a patient who leaves leaves later' },
  },
  {
    name: 'a patient of whom anything is open or held is not retired',
    invariants: [1, 4],
    file: 'apps/pusher/src/leaving.ts',
    text: "if (await this.isAnythingOpen(link, held)) return this.wait(link, departure, 'open', OPEN_SECONDS);",
    instead: '',
    red: { file: PIPELINE, test: 'a patient who leaves stays as long as anything of hers is open' },
  },
  {
    name: 'only who is clearly outside is retired',
    invariants: [7],
    file: 'apps/fetcher/src/link-concerns.ts',
    text: "admission.why === 'outside-catchment' && known.agreement !== null",
    instead: 'known.agreement !== null',
    red: { file: PIPELINE, test: 'a patient who leaves keeps her copy where' },
  },
  {
    name: 'who was never held is never retired',
    invariants: [4],
    file: 'libs/persistence/src/repositories/departure.repository.ts',
    text: 'where exists (select from membership where link = $2 and patient = $3)',
    instead: '',
    red: { file: PIPELINE, test: 'a patient who leaves keeps her copy where the child entered her' },
  },
  {
    name: 'the brake counts who is retired',
    invariants: [4],
    file: 'apps/pusher/src/leaving.ts',
    text: "if (!(await this.brake.letsVoid(counted, link.parent))) return this.wait(link, departure, 'braked', BRAKED_SECONDS);",
    instead: '',
    red: { file: PIPELINE, test: 'a patient who leaves is counted by the brake' },
  },
  {
    name: 'a void that may still land is waited for',
    invariants: [2, 8],
    file: 'apps/pusher/src/at-child.ts',
    text: 'return sentAt === null ? 0 : Math.max(',
    instead: 'return sentAt === null || link.id !== "" ? 0 : Math.max(',
    red: { file: PIPELINE, test: 'a patient who leaves whose void nobody answered' },
  },
  {
    name: 'what is not back stays closed',
    invariants: [8],
    file: 'apps/pusher/src/returning.ts',
    text: 'if (brought.reason !== null) await this.departures.wait(',
    instead: 'if (brought.reason !== null && isHers) await this.departures.wait(',
    red: { file: 'test/end-to-end/retire.int.spec.ts', test: 'a patient who leaves a catchment whose link retires her copy waits for people' },
  },
];
