import { after } from './explore.js';
import { ALL, type Mechanisms } from './mechanisms.js';
import type { Rules } from './step.js';
import { agreedWorld, type Site, type World } from './world.js';

/** Where an exploration begins: a few steps in, so that the telling interleavings are within reach. */
export interface Start {
  readonly world: World;
  readonly rules: (mechanisms: Mechanisms) => Rules;
}

interface Setting {
  readonly before?: Partial<World['left']>;
  /** Steps taken first, with everything in place. */
  readonly steps?: readonly string[];
  /** What may still happen on the way. */
  readonly left: Partial<World['left']>;
  readonly rules?: Partial<Omit<Rules, 'mechanisms'>>;
  readonly world?: World;
}

const NOTHING = { edits: 0, undos: 0, answers: 0, faults: 0 };

function start({ before, steps = [], left, rules, world }: Setting): Start {
  const ruled = (mechanisms: Mechanisms): Rules => ({ cannotHold: {}, links: ['A'], ...rules, mechanisms });
  const { typing: _, ...anywhere } = ruled(ALL);
  const begun = after(world ?? agreedWorld(before), anywhere, steps);
  return { world: { ...begun, left: { ...NOTHING, ...left } }, rules: ruled };
}

const look = (site: Site, isPolled = true): string[] => [...(isPolled ? [`poll ${site}`] : []), `read ${site}`, `settle look at ${site}`, `map ${site}`];

/** Two ends that have never met, each with something of its own, and with one field that both have. */
function strangers(): World {
  const world = agreedWorld();
  const [P, A] = [world.sites.P, world.sites.A];
  const type = (by: 'P' | 'A', field: 'f' | 'g', v: number): void => {
    const h = 1 << world.typed.length;
    Object.assign(world.sites[by][field], { v, h });
    world.typed.push({ by, field, v, saw: [], past: 0 });
  };
  for (const site of [P, A]) for (const field of ['f', 'g'] as const) site[field].v = null;
  type('P', 'f', 1);
  type('A', 'g', 2);
  P.entry = true;
  A.entry = true;
  world.bases.A = null;
  return world;
}

const CONFLICT = ['edit P.f', 'edit A.f', 'rest'];
const ANSWERED = [...CONFLICT, "answer A f with base's", ...look('P', false), ...look('A', false)];

export const STARTS = {
  'three sites that agree, and two edits anywhere on one link': start({ left: { edits: 2 } }),
  'three sites that agree, an edit, an undo and a fault': start({ left: { edits: 1, undos: 1, faults: 1 } }),
  'a child that cannot hold a field, and an edit of another': start({
    before: { edits: 1 },
    steps: ['edit P.f', 'rest'],
    left: { edits: 1 },
    rules: { cannotHold: { A: 'f' } },
  }),
  'an answer on its way to both ends, and a fault': start({ before: { edits: 2, answers: 1 }, steps: ANSWERED, left: { faults: 1 } }),
  'an answer that has arrived at one end, and an undo': start({
    before: { edits: 2, answers: 1 },
    steps: [...ANSWERED, 'plan write P>A', 'write P>A', 'poll A'],
    left: { undos: 1 },
  }),
  'two children that edit the same field': start({
    before: { edits: 2 },
    steps: ['edit A.f', 'edit B.f', ...look('A'), ...look('B')],
    left: {},
    rules: { links: ['A', 'B'] },
  }),
  'an edit at the parent on its way to two children, and an edit at one': start({
    before: { edits: 1 },
    steps: ['edit P.f', ...look('P')],
    left: { edits: 1 },
    rules: { links: ['A', 'B'], typing: ['A.f'] },
  }),
  'edits of different fields that cross': start({ before: { edits: 2 }, steps: ['edit P.f', 'edit A.g', ...look('P'), ...look('A').slice(0, 3)], left: {} }),
  'an edit on its way, an undo and a fault': start({ before: { edits: 1 }, steps: ['edit P.f', ...look('P')], left: { undos: 1, faults: 1 } }),
  'a write whose request was lost, an edit and an undo at the target': start({
    before: { edits: 1, faults: 1 },
    steps: ['edit P.f', ...look('P'), 'plan write P>A', 'request lost, crash P>A'],
    left: { edits: 1, undos: 1 },
    rules: { typing: ['A.f'] },
  }),
  'a write that is being read back, an edit and an undo': start({
    before: { edits: 1 },
    steps: ['edit P.f', ...look('P'), 'plan write P>A', 'write P>A'],
    left: { edits: 1, undos: 1 },
    rules: { typing: ['P.f', 'A.f'] },
  }),
  'an edit on its way, and another': start({ before: { edits: 1 }, steps: ['edit P.f', ...look('P')], left: { edits: 1 } }),
  'an edit on its way, and its undo': start({ before: { edits: 1 }, steps: ['edit P.f', ...look('P')], left: { undos: 1 } }),
  'two ends that have never met, and an edit': start({
    world: strangers(),
    steps: [...look('P'), ...look('A')],
    left: { edits: 1 },
    rules: { typing: ['A.f'] },
  }),
} as const satisfies Record<string, Start>;

export type StartName = keyof typeof STARTS;
