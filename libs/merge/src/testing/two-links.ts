import { advance } from '../advance.js';
import { otherSide, type SideName } from '../agreed.js';
import { revisedForDecision } from '../decide.js';
import { asShown } from '../goes-along.js';
import { heldAt } from '../held.js';
import { merge } from '../merge.js';
import type { Agreement, Decision, Version } from '../version.js';
import { agreed, applied, list, version, W } from './replaced-lists.js';

export const CHILDREN = ['kisumu', 'siaya'] as const;
export const SITES = ['central', ...CHILDREN] as const;
export type Child = (typeof CHILDREN)[number];
export type Site = (typeof SITES)[number];
type Direction = 'pull' | 'push';

export const JOBS = CHILDREN.flatMap((child) => [[child, 'pull'] as const, [child, 'push'] as const]);

/** In which order jobs are done, and which end is taken on the links where something is asked then. */
export interface RoundOfRest {
  readonly jobs: readonly (readonly [Child, Direction])[];
  readonly takes: readonly SideName[];
}

interface Link {
  agreement: Agreement;
  decisions: readonly Decision[];
  /** What a job has read of its source, and at which revision of the agreement. */
  readonly read: Map<Direction, { readonly source: Version; readonly revision: number }>;
}

const MOST_ROUNDS = 12;
const BASE = list({ r: W(60) });

/** Three sites that hold one obs, the first the parent of the others, and a hub that merges by `merge` and `advance` alone, as jobs and answers come. */
export function aParentWithTwoChildren() {
  const held: Record<Site, Version> = { central: version(BASE), kisumu: version(BASE), siaya: version(BASE) };
  const linkOf = (): Link => ({ agreement: agreed(BASE), decisions: [], read: new Map() });
  const links: Record<Child, Link> = { kisumu: linkOf(), siaya: linkOf() };
  const typed = new Set<string>();
  const seen = new Set<string>();
  let count = 0;

  const weights = (site: Site) => Object.values(held[site].fields).map(String).sort();
  const ofConflict = (child: Child) => {
    const { agreement, decisions } = links[child];
    return merge({ agreement, source: held.central, target: held[child], sourceIs: 'parent', decisions });
  };
  /** All hold the same, nobody is asked, and nothing that was decided has yet to come about. */
  const isQuiet = (): boolean =>
    CHILDREN.every(
      (child) => ofConflict(child).conflicts.length === 0 && links[child].decisions.length === 0 && String(weights(child)) === String(weights('central')),
    );
  const see = (...versions: readonly Version[]): void => {
    for (const { fields } of versions) for (const value of Object.values(fields)) seen.add(String(value));
  };

  const world = {
    weights,
    act: (site: Site, does: 'correct' | 'write anew' | 'remove'): void => {
      const [path] = Object.keys(held[site].fields);
      if (path === undefined) return;
      const value = String(held[site].fields[path]);
      if (does !== 'write anew') see(held[site]);
      count += 1;
      if (does === 'correct') typed.add(W(60 + count));
      held[site] = version(does === 'remove' ? {} : list({ [`k${(count * 7) % 10}${count}`]: does === 'correct' ? W(60 + count) : value }));
    },
    read: (child: Child, direction: Direction): void => {
      const link = links[child];
      link.read.set(direction, { source: held[direction === 'pull' ? 'central' : child], revision: link.agreement.revision });
    },
    write: (child: Child, direction: Direction): void => {
      const link = links[child];
      const read = link.read.get(direction);
      link.read.delete(direction);
      if (read === undefined || read.revision !== link.agreement.revision) return;
      const sourceIs: SideName = direction === 'pull' ? 'parent' : 'child';
      const site = otherSide(sourceIs) === 'parent' ? 'central' : child;
      const { agreement, decisions } = link;
      const merged = merge({ agreement, source: read.source, target: held[site], sourceIs, decisions });
      if (merged.conflicts.length > 0) return;
      const [targetBefore, targetAfter] = [held[site], applied(held[site], merged.toTarget)];
      held[site] = targetAfter;
      const round = { agreement, merged, sourceIs, source: read.source, targetBefore, targetAfter, wrote: [...merged.toTarget.keys()], decisions };
      const advanced = advance(round);
      link.agreement = advanced.agreement;
      link.decisions = advanced.decisions;
    },
    answer: (child: Child, take: SideName): void => {
      const link = links[child];
      const [parent, own] = [held.central, held[child]];
      const { conflicts } = ofConflict(child);
      if (conflicts.length === 0) return;
      see(parent, own);
      const chosen = conflicts.map((path): Decision => {
        const [seenAtParent, seenAtChild] = [heldAt(parent, path), heldAt(own, path)];
        return { path, seenAtParent, seenAtChild, value: take === 'parent' ? seenAtParent : seenAtChild };
      });
      const made = asShown(chosen, parent, own);
      link.decisions = [...link.decisions.filter(({ path }) => !made.some((one) => one.path === path)), ...made];
      link.agreement = revisedForDecision(link.agreement);
    },
    /** Every job is done, in these orders, and what is asked is answered on both links at once, until nothing is left to do. */
    rest: (rounds: { next(): IteratorResult<RoundOfRest> }): void => {
      for (let round = 0; round < MOST_ROUNDS && (round === 0 || !isQuiet()); round += 1) {
        const { jobs, takes } = rounds.next().value as RoundOfRest;
        for (const [child, direction] of [...jobs, ...jobs]) {
          world.read(child, direction);
          world.write(child, direction);
        }
        CHILDREN.forEach((child, at) => void world.answer(child, takes[at]!));
      }
    },
    asked: (): readonly string[] => CHILDREN.flatMap((child) => ofConflict(child).conflicts),
    /** What somebody typed that stands nowhere, and that nobody saw who corrected it, or answered. */
    lost: (): readonly string[] => [...typed].filter((value) => !seen.has(value) && !SITES.some((site) => weights(site).includes(value))),
  };
  return world;
}
