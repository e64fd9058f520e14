import type { Mutation } from './mutation.js';

const SPEC = 'test/pipeline/closed-classes.int.spec.ts';
const DECISIONS = 'libs/runtime/src/closed-classes.spec.ts';
const CANNOT = 'a class that a site does not take because it cannot is known';
const MAY_NOT = 'a class that a site does not take because our account may not closes';
const MAY_NOT_READ = 'a class that a site does not take because our account may not read it there';

/** Classes that a site does not take, each of which is said once. */
export const CLOSED_CLASSES: readonly Mutation[] = [
  {
    name: 'what a site has no way to take is known as soon as the site says what it is',
    invariants: [1],
    file: 'libs/runtime/src/learn-site.ts',
    text: 'await closedClasses.keepUnsupported(tx, site, unsupportedAt(site, found));',
    instead: '',
    red: { file: SPEC, test: CANNOT },
  },
  {
    name: 'a record of a closed class waits for its class, and is no case of its own',
    invariants: [1],
    file: 'apps/pusher/src/round-decider.ts',
    text: 'if (shut !== null) return this.writer.shut(round, shut);',
    instead: '',
    red: { file: SPEC, test: CANNOT },
  },
  {
    name: 'who waited for a class goes on when it opens',
    invariants: [1],
    file: 'apps/pusher/src/wake-overdue.service.ts',
    text: '...tried, ...released, ...goOn]',
    instead: '...tried, ...goOn]',
    red: { file: SPEC, test: CANNOT },
  },
  {
    name: 'a missing privilege closes the class at that site',
    invariants: [1],
    file: 'libs/runtime/src/class-gate.ts',
    text: 'if (closing === null || !(await this.clients.lacks(site, closing.privilege))) throw error;',
    instead: 'throw error;',
    red: { file: SPEC, test: MAY_NOT },
  },
  {
    name: 'a refusal of one record, whose privilege our account has, closes nothing',
    invariants: [9],
    file: 'libs/runtime/src/class-gate.ts',
    text: 'if (closing === null || !(await this.clients.lacks(site, closing.privilege))) throw error;',
    instead: 'if (closing === null) throw error;',
    red: { file: SPEC, test: 'a class that a site does not take is none where the account has the privilege' },
  },
  {
    name: 'a record of a closed class asks nothing of its target',
    invariants: [9],
    file: 'apps/pusher/src/push.stage.ts',
    text: 'if (shut !== null) return shutOut(shut);',
    instead: '',
    red: { file: SPEC, test: MAY_NOT },
  },
  {
    name: 'a record of a class that may not be read is not asked for',
    invariants: [9],
    file: 'apps/fetcher/src/fetch.stage.ts',
    text: 'if (shut !== null) return shutOut(shut);',
    instead: '',
    red: { file: SPEC, test: MAY_NOT_READ },
  },
  {
    name: 'a privilege that was granted opens what it closed',
    invariants: [1],
    file: 'libs/persistence/src/repositories/closed-class.repository.ts',
    text: 'const granted = lacking.map(({ privilege }) => privilege).filter(may);',
    instead: 'const granted = lacking.map(({ privilege }) => privilege).filter((one) => may(one) && one.length === 0);',
    red: { file: SPEC, test: MAY_NOT },
  },
  {
    name: 'a closed class is tried by the one that was refused',
    invariants: [1],
    file: 'libs/runtime/src/closed-classes.ts',
    text: 'one.class === name && one.witness !== subject && COVERS',
    instead: 'one.class === name && COVERS',
    everyRun: true,
    red: { file: DECISIONS, test: 'what a closed class keeps waiting is never the one that was not allowed' },
  },
  {
    name: 'what a site has no way to take is read before it is held, for the site may have it',
    invariants: [1],
    file: 'libs/runtime/src/closed-classes.ts',
    text: "closed.filter(({ code }) => code === 'not-allowed'),",
    instead: 'closed,',
    red: { file: DECISIONS, test: 'what a closed class keeps waiting is read all the same' },
  },
];
