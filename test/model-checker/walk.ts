import { type Found, stepsFrom } from './explore.js';
import type { Rules, Step } from './step.js';
import { faultAtRest } from './verdict.js';
import type { World } from './world.js';

const { imul } = Math;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Longer than any walk should be: with nobody typing, everything comes to rest. */
const ENDLESS = 5000;

/**
 * Walks from a start to the last rest, many times, as chance has it; people and bad luck come in now and then. Each rest on
 * the way is judged too.
 */
export function walk(start: World, rules: Rules, walks: number, seed: number): Found {
  let states = 0;
  let rests = 0;
  for (let nth = 0; nth < walks; nth += 1) {
    const random = randomFrom(seed + nth);
    const trace: string[] = [];
    let world = start;
    for (let steps = stepsFrom(world, rules); steps.length > 0; steps = stepsFrom(world, rules)) {
      const isAtRest = steps.every(({ kind }) => kind !== 'pipeline');
      const what = isAtRest ? faultAtRest(world, rules) : trace.length > ENDLESS ? 'it never comes to rest' : null;
      if (what !== null) return { states, rests, violation: { what: `${what} (walk ${seed + nth})`, trace, world } };
      const step = chosen(steps, random);
      if (isAtRest) rests += 1;
      trace.push(step.label);
      world = step.take();
      states += 1;
    }
    const what = faultAtRest(world, rules);
    if (what !== null) return { states, rests, violation: { what: `${what} (walk ${seed + nth})`, trace, world } };
    rests += 1;
  }
  return { states, rests, violation: null };
}

/** Mostly the pipeline goes on; one time in seven it is somebody's or something's turn to interfere. */
function chosen(steps: readonly Step[], random: () => number): Step {
  const pipeline = steps.filter(({ kind }) => kind === 'pipeline');
  const others = steps.filter(({ kind }) => kind !== 'pipeline');
  const from = pipeline.length === 0 || (others.length > 0 && random() < 1 / 7) ? others : pipeline;
  const step = from[Math.floor(random() * from.length)];
  if (step === undefined) throw new Error('there is something to choose from');
  return step;
}
