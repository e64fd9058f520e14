import type { Rules } from './step.js';
import { FIELDS, type Field, JOBS, type Link, linkOf, type Typed, type World } from './world.js';

/** What is wrong with a world in which nothing goes on by itself any more; null where nothing is. */
export function faultAtRest(world: World, rules: Rules): string | null {
  const stuck = JOBS.find((name) => !['none', 'held'].includes(world.jobs[name].state));
  if (stuck !== undefined) return `the job ${stuck} is stuck`;
  for (const link of rules.links) {
    if (isDisputed(world, link)) continue;
    const differing = FIELDS.find(
      (field) => ![rules.cannotHold[link], rules.cannotHold.P].includes(field) && world.sites.P[field].v !== world.sites[link][field].v,
    );
    if (differing !== undefined) return `the ends of ${link} differ in ${differing} and nobody is asked`;
  }
  const lost = world.typed.findIndex((_, at) => !isAccountedFor(world, rules, at));
  return lost === -1 ? null : `what ${world.typed[lost]?.by} typed in ${world.typed[lost]?.field} is lost: ${String(world.typed[lost]?.v)}`;
}

/** Is a conflict open on the link? Its two jobs lead to the same one. */
const isDisputed = (world: World, link: Link): boolean => JOBS.some((name) => linkOf(name) === link && world.jobs[name].state === 'held');

/** Current or kept in a conflict (at an end of it, or as an answer that has lapsed), or replaced by someone who saw it, and whom its author had not seen. */
function isAccountedFor(world: World, rules: Rules, at: number, asked: readonly number[] = []): boolean {
  const event = world.typed[at];
  if (event === undefined || (world.overtaken & (1 << at)) !== 0 || isHeld(world, rules, event)) return true;
  const isReplacedBy = (other: Typed, by: number): boolean => other.field === event.field && other.saw.includes(event.v) && (event.past & (1 << by)) === 0;
  return world.typed.some((other, by) => by !== at && !asked.includes(by) && isReplacedBy(other, by) && isAccountedFor(world, rules, by, [...asked, at]));
}

const isHeld = (world: World, { links }: Rules, { field, v }: Typed): boolean =>
  (['P', ...links] as const).some((site) => world.sites[site][field].v === v) || isKeptAnswer(world, field, v);

const isKeptAnswer = (world: World, field: Field, v: Typed['v']): boolean =>
  (['A', 'B'] as const).some((link) => isDisputed(world, link) && world.decisions[link].some((one) => one.field === field && one.value === v));
