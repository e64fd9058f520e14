import { copy } from './copy.js';
import type { Mechanisms } from './mechanisms.js';
import type { Field, Link, Site, World } from './world.js';

/** What the model is set up with: how it decides, and what a site cannot hold. */
export interface Rules {
  readonly mechanisms: Mechanisms;
  readonly cannotHold: Partial<Record<Site, Field>>;
  /** The links that there are, and where people type; everywhere if not given. */
  readonly links: readonly Link[];
  readonly typing?: readonly `${Site}.${Field}`[];
}

/** One thing that can happen next. `pipeline` steps go on by themselves; the others are people's and bad luck's. */
export interface Step {
  readonly label: string;
  readonly kind: 'pipeline' | 'person' | 'fault';
  readonly take: () => World;
}

/** A step, taken on a copy of the world once it is asked for. */
export function step(world: World, kind: Step['kind'], label: string, change: (next: World) => void): Step {
  const take = (): World => {
    const next = copy(world);
    change(next);
    return next;
  };
  return { label, kind, take };
}
