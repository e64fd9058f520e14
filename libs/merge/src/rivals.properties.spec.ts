import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aParentWithTwoChildren, CHILDREN, type Child, JOBS, SITES, type Site } from './testing/two-links.js';

type Step =
  | readonly ['correct' | 'write anew' | 'remove', Site]
  | readonly ['read' | 'write', Child, 'pull' | 'push']
  | readonly ['answer', Child, 'parent' | 'child'];

const side = fc.constantFrom('parent' as const, 'child' as const);
const child = fc.constantFrom(...CHILDREN);
const ofPerson = fc.tuple(fc.constantFrom('correct' as const, 'write anew' as const, 'remove' as const), fc.constantFrom(...SITES));
const ofHub = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('read' as const, 'write' as const), child, fc.constantFrom('pull' as const, 'push' as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('answer' as const), child, side) },
);
/** People first, unheard; then the hub and who answers, in any order, while now and then somebody does something more. */
const story = fc.record({
  unheard: fc.array(ofPerson, { minLength: 2, maxLength: 5 }),
  heard: fc.array(fc.oneof({ weight: 12, arbitrary: ofHub }, { weight: 1, arbitrary: ofPerson }), { maxLength: 30 }),
  rounds: fc.infiniteStream(fc.record({ jobs: fc.shuffledSubarray([...JOBS], { minLength: JOBS.length }), takes: fc.tuple(side, side) })),
});

function told({ unheard, heard, rounds }: typeof story extends fc.Arbitrary<infer Told> ? Told : never) {
  const world = aParentWithTwoChildren();
  const take = (step: Step): void => {
    switch (step[0]) {
      case 'read':
        return world.read(step[1], step[2]);
      case 'write':
        return world.write(step[1], step[2]);
      case 'answer':
        return world.answer(step[1], step[2]);
      default:
        return world.act(step[1], step[0]);
    }
  };
  for (const step of [...unheard, ...heard] as readonly Step[]) take(step);
  world.rest(rounds);
  return world;
}

describe('an obs that three sites changed, answered on two links in any order', () => {
  it('stands at most once, the same at all sites, and nothing that was typed is gone but by who saw it', () => {
    fc.assert(
      fc.property(story, (lived) => {
        const world = told(lived);
        const [parent, ...others] = SITES.map((site) => world.weights(site));
        expect([world.asked(), world.lost()]).toEqual([[], []]);
        for (const one of others) expect(one).toEqual(parent);
        expect(parent?.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });
});
