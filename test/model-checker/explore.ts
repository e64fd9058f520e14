import { keyOf } from './copy.js';
import { lookingSteps } from './looking.js';
import { peoplesSteps } from './people.js';
import { pushingSteps } from './pushing.js';
import type { Rules, Step } from './step.js';
import { faultAtRest } from './verdict.js';
import type { World } from './world.js';

export interface Found {
  readonly states: number;
  readonly rests: number;
  readonly violation: { readonly what: string; readonly trace: readonly string[]; readonly world: World } | null;
}

export const stepsFrom = (world: World, rules: Rules): Step[] => [...lookingSteps(world, rules), ...pushingSteps(world, rules), ...peoplesSteps(world, rules)];

/** Jest looks a global up anew each time, which here would take most of the time. */
const { imul } = Math;

/** Two numbers of 32 bits in one: two of a million states are taken for the same with a chance of one in ten thousand. */
export function hashOf(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = imul(low ^ code, 2654435761);
    high = imul(high ^ code, 1597334677);
  }
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}

interface Visited {
  readonly from: number;
  readonly label: string;
}

/** Goes through every interleaving from a start, breadth first, until a violation is found (by the shortest way) or the limit is reached. */
export function explore(start: World, rules: Rules, limit: number): Found {
  const seen = new Set<number>([hashOf(keyOf(start))]);
  const visited: Visited[] = [{ from: -1, label: '' }];
  let frontier: { world: World; id: number }[] = [{ world: start, id: 0 }];
  let rests = 0;
  while (frontier.length > 0 && visited.length < limit) {
    const next: typeof frontier = [];
    for (const { world, id } of frontier) {
      const steps = stepsFrom(world, rules);
      if (steps.every(({ kind }) => kind !== 'pipeline')) {
        rests += 1;
        const what = faultAtRest(world, rules);
        if (what !== null) return { states: visited.length, rests, violation: { what, trace: traceTo(visited, id), world } };
      }
      for (const step of steps) {
        const there = step.take();
        const hash = hashOf(keyOf(there));
        if (seen.has(hash)) continue;
        seen.add(hash);
        visited.push({ from: id, label: step.label });
        next.push({ world: there, id: visited.length - 1 });
      }
    }
    frontier = next;
  }
  return { states: visited.length, rests, violation: null };
}

function traceTo(visited: readonly Visited[], id: number): string[] {
  const trace: string[] = [];
  for (let at = visited[id]; at !== undefined && at.from !== -1; at = visited[at.from]) trace.unshift(at.label);
  return trace;
}

/** Lets everything that goes on by itself go on, in one fixed order, until nothing does. */
export function toRest(start: World, rules: Rules, limit = 2000): World {
  let world = start;
  for (let taken = 0; taken < limit; taken += 1) {
    const step = stepsFrom(world, rules).find(({ kind }) => kind === 'pipeline');
    if (step === undefined) return world;
    world = step.take();
  }
  throw new Error(`not at rest after ${limit} steps`);
}

/** Takes the steps of these names, one after the other; `rest` lets everything go on that can. */
export function after(start: World, rules: Rules, labels: readonly string[]): World {
  return labels.reduce((world, label) => {
    if (label === 'rest') return toRest(world, rules);
    const step = stepsFrom(world, rules).find((one) => one.label === label);
    if (step === undefined) throw new Error(`cannot ${label} now`);
    return step.take();
  }, start);
}
