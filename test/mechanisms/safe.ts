import type { Mutation } from './mutation.js';

const OBSERVE_SPEC = 'test/pipeline/observe.int.spec.ts';
const BRAKE_SPEC = 'test/pipeline/brake.int.spec.ts';
const DUPLICATE_SPEC = 'test/pipeline/possible-duplicate.int.spec.ts';
const BRAKES = 'libs/persistence/src/repositories/brake.repository.ts';
const WAITERS = 'libs/persistence/src/repositories/waiter.repository.ts';

/** Nothing is written before somebody has said so, and no more than people mean. */
export const SAFE: readonly Mutation[] = [
  {
    name: 'a site that comes back is asked what it can before anything is sent to it',
    invariants: [9],
    file: 'libs/runtime/src/circuit.ts',
    text: "if (answer.state !== 'up' || !(await this.sites.isToBeLearned(site, answer.account ?? null, this.times.learnAgainSeconds))) return answer;",
    instead: "if (answer.state !== 'up' || site !== '') return answer;",
    red: {
      file: 'libs/runtime/src/circuit.int.spec.ts',
      test: 'the circuit of a site is closed only once the site was asked what it can: when it joins, whenever it comes back, and once a day',
    },
  },
  {
    name: 'a link observes until it is named live',
    invariants: [12],
    everyRun: true,
    file: 'libs/configuration/src/writing.ts',
    text: "mode !== 'live' ? 'observe' :",
    instead: "mode === undefined ? 'observe' :",
    red: { file: 'libs/configuration/src/writing.spec.ts', test: 'a link writes only where it is live' },
  },
  {
    name: 'what an observed link would write is not written',
    invariants: [12],
    file: 'apps/pusher/src/round-decider.ts',
    text: 'return this.writer.observe(round, plan, target, options);',
    instead: 'return this.writer.write(round, plan, target, options);',
    red: { file: OBSERVE_SPEC, test: 'a link that is only observed reads, compares' },
  },
  {
    name: 'what an observed link would write is looked at again when it goes live',
    invariants: [12, 1],
    file: 'apps/pusher/src/wake-overdue.service.ts',
    text: '[...overdue, ...observed, ...tried',
    instead: '[...overdue, ...observed.slice(0, 0), ...tried',
    red: { file: OBSERVE_SPEC, test: 'a link that is only observed loses nothing' },
  },
  {
    name: 'what is only observed waits for nothing that cannot land',
    invariants: [12],
    file: 'apps/pusher/src/target-writer.ts',
    text: "hindrance !== null && !(hindrance.kind === 'hold' && hindrance.held === 'waiting')",
    instead: 'hindrance !== null',
    red: { file: OBSERVE_SPEC, test: 'a link that is only observed loses nothing' },
  },
  {
    name: 'who writes nothing needs no engine claim',
    invariants: [12],
    file: 'apps/pusher/src/push.stage.ts',
    text: "writing === 'live' ? this.jobs.standing(inHand) : this.jobs.standingForLook(inHand)",
    instead: 'this.jobs.standing(inHand)',
    red: { file: OBSERVE_SPEC, test: 'a link that is only observed needs no engine claim' },
  },
  {
    name: 'who writes nothing makes no engine claim',
    invariants: [12],
    file: 'apps/feed-watcher/src/keep-links.service.ts',
    text: "filter(({ id }) => this.hub.rules.writing(id) === 'live')",
    instead: 'filter(({ id }) => id.length > 0)',
    red: { file: 'test/end-to-end/observe.int.spec.ts', test: 'real servers on a link that is only observed are asked and not written to' },
  },
  {
    name: 'what is only observed is not counted as held',
    invariants: [12],
    file: 'libs/persistence/src/repositories/route-overview.repository.ts',
    text: "const NOT_OBSERVED = `not (state = 'parked' and reason = 'observed')`;",
    instead: 'const NOT_OBSERVED = `true`;',
    red: { file: OBSERVE_SPEC, test: 'a link that is only observed reads, compares' },
  },
  {
    name: 'voids of one link are counted one at a time',
    invariants: [12],
    file: BRAKES,
    text: 'where link = $1 for update`',
    instead: 'where link = $1`',
    red: { file: BRAKE_SPEC, test: 'more voids within an hour than the brake lets pass pause' },
  },
  {
    name: 'a brake pauses the whole link',
    invariants: [12],
    file: 'libs/persistence/src/repositories/engine.repository.ts',
    text: "if (row?.braked === true) return 'braked';",
    instead: '',
    red: { file: BRAKE_SPEC, test: 'more voids within an hour than the brake lets pass leave every other link alone' },
  },
  {
    name: 'what a person has looked at is not counted again',
    invariants: [12],
    file: BRAKES,
    text: "if (brake?.released_at && brake.released_at >= openedAt) return 'looked-at';",
    instead: '',
    red: { file: BRAKE_SPEC, test: 'more voids within an hour than the brake lets pass go on' },
  },
  {
    name: 'an identifier that another patient has is a question and no refusal',
    invariants: [4],
    file: 'libs/messaging/src/after-failure.ts',
    text: "return 'possible-duplicate';",
    instead: "return 'refused';",
    red: { file: 'libs/messaging/src/after-failure.spec.ts', test: 'after a failure an identifier that another patient has' },
  },
  {
    name: 'a look at who has the identifier wakes who is to get it',
    invariants: [6],
    file: WAITERS,
    text: "where job.state = 'parked' and job.reason = 'possible-duplicate'",
    instead: "where job.state = 'parked' and job.reason = 'nothing'",
    red: {
      file: DUPLICATE_SPEC,
      test: 'an identifier that another patient has at the target on a live link goes on by itself when the other one has it no more',
    },
  },
  {
    name: 'who has the identifier may have been voided',
    invariants: [6],
    file: 'apps/fetcher/src/look-keeper.ts',
    text: "this.waiters.looksFor(tx, site, record, read.presence === 'present')",
    instead: "read.presence !== 'present' ? [] : this.waiters.looksFor(tx, site, record, true)",
    red: { file: DUPLICATE_SPEC, test: 'an identifier that another patient has at the target on a live link goes on by itself when the other one is voided' },
  },
  {
    name: 'a site backs off once for all that was under way together',
    invariants: [9],
    file: 'libs/openmrs/src/pace.ts',
    text: 'if (sent < pace.heedFrom) return pace;',
    instead: '',
    red: { file: 'libs/openmrs/src/pace.spec.ts', test: 'the pace of a site halves once' },
  },
  {
    name: 'a server that has become slower for good is not held back for ever',
    invariants: [9],
    file: 'libs/openmrs/src/pace.ts',
    text: 'const FORGETTING = 1.002;',
    instead: 'const FORGETTING = 1;',
    red: { file: 'libs/openmrs/src/pace.spec.ts', test: 'the pace of a site forgets how quick' },
  },
];
