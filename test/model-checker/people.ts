import { asAgreement, asDecisions, asVersion } from './as-versions.js';
import { type Rules, type Step, step } from './step.js';
import {
  type Cell,
  type Decided,
  FIELDS,
  type Field,
  isPull,
  JOBS,
  type JobName,
  type Link,
  linkOf,
  makeStale,
  openChange,
  SITES,
  type Site,
  sourceOf,
  targetOf,
  type Value,
  type World,
} from './world.js';

/** What people can do now: type something new, take back what was last written in a field, answer a conflict. */
export function peoplesSteps(world: World, rules: Rules): Step[] {
  return [
    ...SITES.flatMap((site) => FIELDS.flatMap((field) => typingSteps(world, rules, site, field))),
    ...rules.links.flatMap((link) => answerSteps(world, rules, link)),
  ];
}

function typingSteps(world: World, { cannotHold, links, typing }: Rules, site: Site, field: Field): Step[] {
  if (site !== 'P' && !links.includes(site)) return [];
  if (typing !== undefined && !typing.includes(`${site}.${field}`)) return [];
  if (cannotHold[site] === field || isBeingWritten(world, site, field)) return [];
  const { u, v } = world.sites[site][field];
  const steps: Step[] = [];
  if (world.left.edits > 0) {
    steps.push(
      step(world, 'person', `edit ${site}.${field}`, (next) => {
        next.left.edits -= 1;
        type(next, site, field, next.typed.length + 1);
      }),
    );
  }
  if (world.left.undos > 0 && u !== undefined && u !== v) {
    steps.push(
      step(world, 'person', `undo ${site}.${field}`, (next) => {
        next.left.undos -= 1;
        type(next, site, field, u);
      }),
    );
  }
  return steps;
}

/** Between our read and our write (or while a lost one may still land) nobody can help a rival edit: OpenMRS has no conditional write. */
const isBeingWritten = (world: World, site: Site, field: Field): boolean =>
  JOBS.filter((name) => targetOf(name) === site).some((name) => {
    const { process, intents } = world.jobs[name];
    return (process?.at === 'planned' && process.sends?.[field] !== undefined) || intents.some((intent) => intent.flying && intent.sends[field] !== undefined);
  });

function type(world: World, site: Site, field: Field, v: Value): void {
  const cell = world.sites[site][field];
  const event = world.typed.length;
  world.typed.push({ by: site, field, v, saw: [cell.v], past: cell.h });
  put(cell, v, cell.h | (1 << event));
  touched(world, site);
}

export function put(cell: Cell, v: Value, h: number): void {
  cell.u = cell.v;
  cell.v = v;
  cell.h = h;
}

/** A write of any kind: an entry in the feed, and another stamp. */
export function touched(world: World, site: Site): void {
  world.sites[site].entry = true;
  for (const { intents, process } of JOBS.filter((name) => targetOf(name) === site).map((name) => world.jobs[name])) {
    for (const intent of intents) intent.moved = true;
    if (process !== null) process.moved = true;
  }
}

const CHOICES = ['parent', 'child', 'base'] as const;

function answerSteps(world: World, rules: Rules, link: Link): Step[] {
  const held = JOBS.find((name) => linkOf(name) === link && world.jobs[name].state === 'held');
  if (world.left.answers === 0 || held === undefined) return [];
  const paths = conflictsOf(world, rules, held);
  if (paths.length === 0) return [];
  return CHOICES.map((choice) =>
    step(world, 'person', `answer ${link} ${paths.join()} with ${choice}'s`, (next) => {
      next.left.answers -= 1;
      for (const field of paths) {
        const decided = decide(next, held, field, choice);
        next.decisions[link] = [...next.decisions[link].filter((one) => one.field !== field), decided];
      }
      makeStale(next, link);
      for (const site of [sourceOf(held), targetOf(held)]) openChange(next, site, true);
    }),
  );
}

function conflictsOf(world: World, { mechanisms }: Rules, name: JobName): Field[] {
  const { source, target } = world.jobs[name];
  if (source === null || target === null) return [];
  const link = linkOf(name);
  const plan = mechanisms.planPush({
    agreement: asAgreement(world.bases[link]),
    source: asVersion(source),
    target: asVersion(target),
    sourceIs: isPull(name) ? 'parent' : 'child',
    decisions: asDecisions(world.decisions[link]),
    admitted: true,
    missing: [],
    intents: [],
  });
  return plan.action === 'ask' ? FIELDS.filter((field) => plan.paths.includes(field)) : [];
}

function decide(world: World, name: JobName, field: Field, choice: (typeof CHOICES)[number]): Decided {
  const { source, target } = world.jobs[name];
  if (source === null || target === null) throw new Error('a held job has seen both its ends');
  const [parent, child] = isPull(name) ? [source[field], target[field]] : [target[field], source[field]];
  const base = world.bases[linkOf(name)]?.parent[field] ?? null;
  const value = { parent: parent.v, child: child.v, base }[choice];
  const lapsed = world.decisions[linkOf(name)].filter((one) => one.field === field);
  const past = lapsed.reduce((known, { h }) => known | h, parent.h | child.h);
  const h = past | (1 << world.typed.length);
  world.typed.push({ by: linkOf(name), field, v: value, saw: [parent.v, child.v, ...lapsed.map((one) => one.value)], past });
  return { field, atParent: parent.v, atChild: child.v, value, h };
}
