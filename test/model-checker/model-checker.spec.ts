import { afterAll, describe, expect, it } from '@jest/globals';
import { explore, type Found, toRest } from './explore.js';
import { ALL, type Mechanisms, WITH, WITHOUT } from './mechanisms.js';
import { STARTS, type StartName } from './starts.js';
import type { Rules } from './step.js';
import { walk } from './walk.js';
import { agreedWorld, JOBS } from './world.js';

const MORE_THAN_ENOUGH = 400_000;
const SLOW_MACHINE_MS = 240_000;
const WALKS = 600;

const counted = { states: 0, rests: 0 };
const count = (found: Found): Found => {
  counted.states += found.states;
  counted.rests += found.rests;
  return found;
};
const exploreFrom = (name: StartName, mechanisms: Mechanisms): Found => count(explore(STARTS[name].world, STARTS[name].rules(mechanisms), MORE_THAN_ENOUGH));
const walks = (seed: number, cannotHold: Rules['cannotHold']): Found =>
  count(walk(agreedWorld({ edits: 4, undos: 2, answers: 2, faults: 2 }), { mechanisms: ALL, cannotHold, links: ['A', 'B'] }, WALKS, seed));

afterAll(() => {
  process.stderr.write(`model checker: ${counted.states} states explored, ${counted.rests} of them at rest\n`);
});

describe('with all mechanisms in place, nothing is lost and all comes to rest in agreement or one conflict', () => {
  it.each(Object.keys(STARTS) as StartName[])(
    'from %s, whatever happens in whatever order',
    (name) => {
      const { violation, states, rests } = exploreFrom(name, ALL);
      expect(violation).toBeNull();
      expect(rests).toBeGreaterThan(0);
      expect(states).toBeLessThan(MORE_THAN_ENOUGH);
    },
    SLOW_MACHINE_MS,
  );

  it.each<readonly [string, number, Rules['cannotHold']]>([
    ['three sites', 1, {}],
    ['a parent and two children, one of which cannot hold a field', 20_000, { A: 'f' }],
  ])(
    'on long walks among %s, as chance has it (seed %i)',
    (_sites, seed, cannotHold) => {
      expect(walks(seed, cannotHold).violation).toBeNull();
    },
    SLOW_MACHINE_MS,
  );
});

const TELLING: readonly (readonly [keyof typeof WITHOUT, string, StartName])[] = [
  [1, 'two bases', 'a child that cannot hold a field, and an edit of another'],
  [4, 'a decision as an input of the merge', 'an answer on its way to both ends, and a fault'],
  [6, 'one claim per record and site', 'two children that edit the same field'],
  [7, 'nothing stale is written', 'edits of different fields that cross'],
  [8, 'intent before, verdict after', 'an edit on its way, an undo and a fault'],
  [13, 'the look-again counter', 'an edit on its way, and another'],
  [14, 'no look ends while a job is open', 'an edit on its way, and its undo'],
];

describe('something is lost', () => {
  it.each(TELLING)(
    'without mechanism %i, %s',
    (mechanism, _name, start) => {
      expect(exploreFrom(start, WITHOUT[mechanism]).violation).not.toBeNull();
    },
    SLOW_MACHINE_MS,
  );

  it.each<readonly [keyof typeof WITH, StartName]>([
    ['restored content taken for a write that landed and was undone', 'a write whose request was lost, an edit and an undo at the target'],
    ['restored content taken for a write that never landed', 'an edit on its way, an undo and a fault'],
    ['a third value that is not disputed', 'a write that is being read back, an edit and an undo'],
    ['what was taken back before it was read back taken for a loss', 'a write that is being read back, an edit and an undo'],
    ['decisions that are not narrowed to what they have reached', 'an answer that has arrived at one end, and an undo'],
    ['no regard for unanswered writes of the opposite job', 'an edit on its way, an undo and a fault'],
  ])(
    'with %s',
    (rule, start) => {
      expect(exploreFrom(start, WITH[rule]).violation).not.toBeNull();
    },
    SLOW_MACHINE_MS,
  );
});

describe('the model itself', () => {
  it('carries an edit from one child to the other', () => {
    const { world, rules } = STARTS['an edit at the parent on its way to two children, and an edit at one'];
    const rested = toRest(world, rules(ALL));
    expect([rested.sites.P.f.v, rested.sites.A.f.v, rested.sites.B.f.v]).toEqual([1, 1, 1]);
    expect(JOBS.every((name) => rested.jobs[name].state === 'none')).toBe(true);
  });

  it('asks once when both ends have edited the same field', () => {
    const { world, rules } = STARTS['two children that edit the same field'];
    const rested = toRest(world, rules(ALL));
    const heldOn = (link: string): boolean => JOBS.some((name) => name.includes(link) && rested.jobs[name].state === 'held');
    expect([heldOn('A'), heldOn('B')].filter(Boolean)).toHaveLength(1);
  });
});
