import type { Mutation } from './mutation.js';

const HOLDS_SPEC = 'test/pipeline/holds.int.spec.ts';
const HOLDS = 'apps/pusher/src/hold-keeper.ts';

/** A record never lands before what it refers to, and no wake-up is lost. */
export const WAITING: readonly Mutation[] = [
  {
    name: 'references are proven at the target',
    invariants: [6],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'return distinct.filter((_, index) => present[index] !== true);',
    instead: 'return distinct.filter((_, index) => present[index] === undefined);',
    red: { file: HOLDS_SPEC, test: 'a job waits for the record it refers to' },
  },
  {
    name: 'what answers under another uuid is not the one',
    invariants: [6],
    file: 'libs/openmrs/src/rest/rest-site.client.ts',
    text: "const there = body?.['uuid'] === local &&",
    instead: 'const there = body !== null &&',
    red: { file: 'test/contract/rest-client-looks.spec.ts', test: 'a site of platform 2.8' },
  },
  {
    name: 'what is waited for is fetched',
    invariants: [6],
    file: HOLDS,
    text: '({ site: job.route.source, record, onBehalf: true })),',
    instead: '({ site: job.route.source, record, onBehalf: true })).slice(0, 0),',
    red: { file: HOLDS_SPEC, test: 'a job waits for the record it refers to' },
  },
  {
    name: 'a fetch on behalf of a waiter goes on though all is as agreed',
    invariants: [6],
    everyRun: true,
    file: 'apps/fetcher/src/settle-look.ts',
    text: "if (onBehalf) return 'forward';",
    instead: '',
    red: { file: 'apps/fetcher/src/settle-look.spec.ts', test: 'a look goes on on behalf of who waits' },
  },
  {
    name: 'a landing wakes who waited for it',
    invariants: [6],
    file: 'apps/pusher/src/release-waiting.stage.ts',
    text: 'return forward(async (tx) => this.changes.open(tx, await this.waiters.looksFor(tx, site, record)));',
    instead: 'return forward(async (tx) => void (await this.waiters.looksFor(tx, site, record)));',
    red: { file: HOLDS_SPEC, test: 'a job waits for the record it refers to' },
  },
  {
    name: 'who waits is looked at without a message',
    invariants: [6],
    file: 'libs/persistence/src/repositories/waiter.repository.ts',
    text: "where (state = 'waiting' or (state = 'parked' and reason in ('unmapped', 'possible-duplicate')))",
    instead: "where (state = 'nobody' or (state = 'parked' and reason = 'nothing'))",
    red: { file: 'test/pipeline/waiters.int.spec.ts', test: 'a job that waits is looked at again without any message' },
  },
  {
    name: 'what the target’s own feed tells wakes who waits there',
    invariants: [6],
    file: 'apps/fetcher/src/look-keeper.ts',
    text: "await this.changes.open(tx, await this.waiters.looksFor(tx, site, record, read.presence === 'present'));",
    instead: '',
    red: { file: 'test/pipeline/waiters.int.spec.ts', test: 'a job that waits is woken by what its target' },
  },
  {
    name: 'every ending of what is waited for names the blocker',
    invariants: [6],
    file: 'apps/pusher/src/release-waiting.stage.ts',
    text: "if (blocker !== 'pushed' && blocker !== 'in-step') return forward((tx) => this.jobs.nameBlocker(tx, site, record, blocker));",
    instead: "if (blocker !== 'pushed' && blocker !== 'in-step') return forward(async () => undefined);",
    red: { file: 'test/pipeline/waiters.int.spec.ts', test: 'a job that waits is told what holds' },
  },
  {
    name: 'metadata that a person must add is told as such',
    invariants: [6],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'const isMetadata = missing.some((one) => one.aggregate === null);',
    instead: "const isMetadata = missing.some((one) => one.uuid === '');",
    red: { file: HOLDS_SPEC, test: 'a job is parked as unmapped where metadata is missing' },
  },
];
