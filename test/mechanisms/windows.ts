import type { Mutation } from './mutation.js';

const CIRCUIT = 'libs/runtime/src/circuit.ts';
const CIRCUIT_SPEC = 'libs/runtime/src/circuit.int.spec.ts';
const INSIDE = 'libs/configuration/src/inside-windows.ts';
const INSIDE_SPEC = 'libs/configuration/src/inside-windows.spec.ts';
const PIPELINE_SPEC = 'test/pipeline/windows.int.spec.ts';
const PROBLEMS = 'libs/configuration/src/window-problems.ts';
const PROBLEMS_SPEC = 'libs/configuration/src/window-problems.spec.ts';

/** Sites and links that rest at certain hours: nothing is asked or written then, nothing is lost by it, and nothing rests for ever. */
export const WINDOWS: readonly Mutation[] = [
  {
    name: 'a site outside of its windows is closed to everybody',
    invariants: [9],
    file: CIRCUIT,
    text: "if (this.questions.rests(id)) return [[id, 'site-rests']];",
    instead: '',
    red: { file: CIRCUIT_SPEC, test: 'the circuit of a site is closed to everybody while it rests' },
  },
  {
    name: 'a site outside of its windows is not probed because something failed there',
    invariants: [9],
    file: CIRCUIT,
    text: "if (this.questions.rests(site)) return 'rests';",
    instead: '',
    red: { file: CIRCUIT_SPEC, test: 'the circuit of a site is closed to everybody while it rests' },
  },
  {
    name: 'a site outside of its windows is not probed because its time has come',
    invariants: [9],
    file: 'libs/persistence/src/repositories/site.repository.ts',
    text: 'where left_at is null and not id = any($5) and case',
    instead: 'where left_at is null and $5::text[] is not null and case',
    red: { file: 'libs/persistence/src/repositories/left.int.spec.ts', test: 'a site that joins is not asked before its queues are old enough' },
  },
  {
    name: 'nothing is begun with a source that rests for a target that does not',
    invariants: [9],
    file: 'libs/runtime/src/site-clients.ts',
    text: 'if (this.rests(site)) throw new SiteRestsError(site);',
    instead: '',
    red: { file: PIPELINE_SPEC, test: 'windows let nothing be asked of a source that rests' },
  },
  {
    name: 'a write waits for its schedule',
    invariants: [1],
    file: 'apps/pusher/src/push.stage.ts',
    text: "if (restSeconds > 0) return postpone('outside-schedule',",
    instead: "if (restSeconds < 0) return postpone('outside-schedule',",
    red: { file: PIPELINE_SPEC, test: 'windows of a link keep what travels one way' },
  },
  {
    name: 'nobody is retired outside of a schedule',
    invariants: [1],
    file: 'apps/pusher/src/departures.service.ts',
    text: "if (rules.writing(link.id) !== 'live' || rules.secondsToSchedule(link.id, 'pull') > 0) return;",
    instead: "if (rules.writing(link.id) !== 'live') return;",
    red: { file: PIPELINE_SPEC, test: 'windows of a link keep a patient who leaves from being retired' },
  },
  {
    name: 'what rests is no attempt',
    invariants: [1],
    file: 'libs/messaging/src/after-failure.ts',
    text: "if (probe !== 'up') return handedBack(probe, failure.random);",
    instead: "if (probe !== 'up' && probe !== 'rests') return handedBack(probe, failure.random);",
    red: { file: 'libs/messaging/src/after-failure.spec.ts', test: 'after a failure a site that rests by now' },
  },
  {
    name: 'a night belongs to the day on which it begins',
    invariants: [1],
    file: INSIDE,
    text: 'beginsOn(today + 6)',
    instead: 'beginsOn(today)',
    red: { file: INSIDE_SPEC, test: 'windows are told in a night that began on a day of its own' },
  },
  {
    name: 'what changes with the clocks is seen',
    invariants: [1],
    file: INSIDE,
    text: 'return offsetAt(timeZone, next) === offset ? next : changeOfClocks(timeZone, at, next);',
    instead: 'return next;',
    red: { file: INSIDE_SPEC, test: 'windows are told as the clocks' },
  },
  {
    name: 'ends that are never open together are no link',
    invariants: [1],
    file: PROBLEMS,
    text: 'return openingsOf(one).some((at) => isOpen(other, at)) || openingsOf(other).some((at) => isOpen(one, at));',
    instead: 'return openingsOf(one).length > 0;',
    red: { file: PROBLEMS_SPEC, test: 'windows that are configured are refused where they' },
  },
  {
    name: 'of a source that rests nothing is asked to say for what its record waits',
    invariants: [9],
    file: 'apps/pusher/src/target-writer.ts',
    text: "if (reference.aggregate !== 'obs' && reference.orElse === undefined) return reference;",
    instead: '',
    red: { file: 'test/pipeline/windows.int.spec.ts', test: 'windows of a source keep nobody from saying for what its record waits' },
  },
];
