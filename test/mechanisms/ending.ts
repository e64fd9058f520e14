import type { Mutation } from './mutation.js';

const RUNNER = 'libs/messaging/src/stage-runner.ts';
const STORE = 'libs/persistence/src/repositories/pipeline.store.ts';
const CHANGES = 'libs/persistence/src/repositories/change.repository.ts';
const JOBS = 'libs/persistence/src/repositories/job.repository.ts';
const STORE_SPEC = 'libs/persistence/src/repositories/pipeline.store.int.spec.ts';
const ROWS_SPEC = 'libs/persistence/src/repositories/rows.int.spec.ts';
const RACES_SPEC = 'test/pipeline/races.int.spec.ts';

/** Every change ends, every job ends or is held, and a message has its effect once. */
export const ENDING: readonly Mutation[] = [
  {
    name: 'the sweep sends again what the bus forgot',
    invariants: [1],
    everyRun: true,
    file: 'libs/messaging/src/sweep.ts',
    text: 'const again = due.filter(wasSentSincePutOff);',
    instead: 'due.splice(0, due.length, ...due.filter((row) => !wasSentSincePutOff(row)));\n    const again = due.filter(wasSentSincePutOff);',
    red: { file: 'libs/messaging/src/sweep.spec.ts', test: 'the sweep sends again what the bus forgot' },
  },
  {
    name: 'what lies in its queue is not sent again',
    invariants: [1],
    file: 'libs/messaging/src/sweep.ts',
    text: 'const lies = again.length > 0 && (await this.depth(queue, seen)) > 0;',
    instead: 'const lies = false && (await this.depth(queue, seen)) > 0;',
    red: { file: 'libs/messaging/src/sweep.spec.ts', test: 'the sweep does not send again what lies in its queue' },
  },
  {
    name: 'a group that fails goes row by row',
    invariants: [1, 9],
    file: 'libs/messaging/src/settling.ts',
    text: 'for (const decided of group) await this.settle([decided]);',
    instead: 'for (const decided of group) await this.failed(decided.item, error);',
    red: { file: 'libs/messaging/src/stage-runner.spec.ts', test: 'the runner with a verdict goes row by row where a group fails' },
  },
  {
    name: 'attempts come to an end, visibly',
    invariants: [1],
    file: 'libs/messaging/src/after-failure.ts',
    text: 'const delay = retryAfterSeconds[attempts];',
    instead: 'const delay = retryAfterSeconds[attempts] ?? retryAfterSeconds.at(-1);',
    red: {
      file: 'libs/messaging/src/failing.spec.ts',
      test: 'the runner, when something fails with a handler that throws tries again through the waiting rooms, and gives up',
    },
  },
  {
    name: 'a message stays in the outbox until every stage has settled it',
    invariants: [1],
    file: STORE,
    text: 'where inbox.settled_at is null)\n           order by said_at limit $1',
    instead: 'where false)\n           order by said_at limit $1',
    red: { file: STORE_SPEC, test: "the pipeline store, as the runner's store what is to be sent again stays as long as one stage has not settled it" },
  },
  {
    name: 'a change that was asked to look again looks again',
    invariants: [1],
    file: CHANGES,
    text: "and state = 'open' and look_again = looked returning *",
    instead: "and state = 'open' returning *",
    red: { file: ROWS_SPEC, test: 'the rows of the pipeline a change begins another round when somebody asked' },
  },
  {
    name: 'a job that was marked has its ends looked at when it ends',
    invariants: [1, 8],
    file: JOBS,
    text: 'marked: row.look_again !== row.looked',
    instead: 'marked: false',
    red: { file: RACES_SPEC, test: 'when things happen at once an undo while a job is in hand is not lost' },
  },
  {
    name: 'a job is not held over a mark it has not seen',
    invariants: [1],
    file: JOBS,
    text: "state = 'ready' and (look_again = looked or marked_hash = $7)",
    instead: "state = 'ready' and ($7::text is null or true)",
    red: { file: ROWS_SPEC, test: 'the rows of the pipeline a job is not held over a mark that saw something else' },
  },
  {
    name: 'a claim that runs out again and again parks its message',
    invariants: [1, 9],
    file: STORE,
    text: 'claimed.crashes >= CRASHES_BEFORE_PARKING',
    instead: 'claimed.crashes >= Number.POSITIVE_INFINITY * CRASHES_BEFORE_PARKING',
    red: { file: ROWS_SPEC, test: 'the rows of the pipeline a claim that runs out again and again' },
  },
  {
    name: 'a message that was settled is not handled again',
    invariants: [2],
    everyRun: true,
    file: RUNNER,
    text: "if (progress?.settled === true) return this.letGo(item, 'repeat', '');",
    instead: '',
    red: { file: 'libs/messaging/src/stage-runner.spec.ts', test: 'the runner with a verdict lets go of a message that its stage settled before' },
  },
  {
    name: 'two copies in one process are one',
    invariants: [2],
    file: 'libs/messaging/src/hands.ts',
    text: 'if (held !== undefined) {',
    instead: 'if (held?.copies.length === 0) {',
    red: { file: 'libs/messaging/src/stage-runner.spec.ts', test: 'the runner with two copies of one message at once handles one of them' },
  },
  {
    name: 'an effect is there once, by its inbox row',
    invariants: [2],
    file: STORE,
    text: 'return settlements.filter(({ envelope }) => entered.delete(envelope.messageId));',
    instead: 'return settlements.filter(({ envelope }) => entered.delete(envelope.messageId) || true);',
    red: { file: STORE_SPEC, test: "the pipeline store, as the runner's store settling runs the effect of a message once" },
  },
  {
    name: 'one holder at a time has a claim',
    invariants: [2],
    file: STORE,
    text: 'where held.until < now() or held.holder = excluded.holder',
    instead: 'where true',
    red: { file: STORE_SPEC, test: "the pipeline store, as the runner's store claims gives a record at a site to one holder at a time" },
  },
  {
    name: 'a stage that finds the record claimed stands back',
    invariants: [2],
    file: 'libs/messaging/src/claims.ts',
    text: 'if (!(await this.store.claim(this.holder, site, record, this.lease.seconds))) return null;',
    instead: 'await this.store.claim(this.holder, site, record, this.lease.seconds);',
    red: { file: 'libs/messaging/src/claims.spec.ts', test: 'the runner, with claims with claims answers null where another holds the record' },
  },
  {
    name: 'no request is made at the end of a lease',
    invariants: [2, 3],
    file: 'libs/messaging/src/claims.ts',
    text: 'if (this.#revoked || this.clockMs() > ends - secondsLeft * 1000) throw lostClaim();',
    instead: 'if (this.#revoked || this.clockMs() > ends - secondsLeft * Number.NEGATIVE_INFINITY) throw lostClaim();',
    red: { file: 'libs/messaging/src/claims.spec.ts', test: 'the runner, with claims with claims forbids another request' },
  },
  {
    name: 'a round that is over ends no job',
    invariants: [2],
    file: JOBS,
    text: "where id = $1 and round = $2 and state = 'ready' returning *`,\n      [jobId, round, end.outcome",
    instead: "where id = $1 and $2::int is not null and state = 'ready' returning *`,\n      [jobId, round, end.outcome",
    red: { file: ROWS_SPEC, test: 'the rows of the pipeline a job is one per route and record' },
  },
];
