/** The parent and the two children of its two links. A link goes by the name of its child. */
export const SITES = ['P', 'A', 'B'] as const;
export type Site = (typeof SITES)[number];
export type Link = 'A' | 'B';
export const FIELDS = ['f', 'g'] as const;
export type Field = (typeof FIELDS)[number];
/** One direction of a link, by its ends. */
export const JOBS = ['P>A', 'A>P', 'P>B', 'B>P'] as const;
export type JobName = (typeof JOBS)[number];

/** What a field holds, and which edits whoever reads it there can know of: a set of event numbers as bits. */
export interface Content {
  readonly v: Value;
  readonly h: number;
}
export type Value = number | null;
export type Seen = Readonly<Record<Field, Content>>;

/** A field at a site; `u` is what stood there before the last write of any kind, which an undo brings back. */
export interface Cell {
  v: Value;
  h: number;
  u: Value | undefined;
}
export interface SiteState {
  f: Cell;
  g: Cell;
  /** An entry that the feed-watcher has not read yet. */
  entry: boolean;
}

/** The open change of a site, if any. `marked` is the look-again counter having moved since it was read. */
export interface Change {
  state: 'none' | 'open' | 'looking' | 'fetched';
  marked: boolean;
  forced: boolean;
  /** What the look read, and what it knew before it read: whether it may end, and of which links the agreement still stands as it was. */
  seen: Seen | null;
  ends: boolean;
  fresh: Link[];
}

export interface Job {
  state: 'none' | 'ready' | 'looking' | 'held';
  marked: boolean;
  /** Does the agreement stand as it did when the source was read? */
  fresh: boolean;
  source: Seen | null;
  /** What it last saw of its target. */
  target: Seen | null;
  process: Process | null;
  intents: Intent[];
}

/** A handler of a job at work; a crash takes it away. */
export interface Process {
  at: 'planned' | 'written';
  /** The round it works for has not been armed anew meanwhile. */
  isRound: boolean;
  isCurrent: boolean;
  source: Seen;
  before: Seen;
  /** The agreement with what became of unanswered writes, and how many revisions it is ahead for it. */
  basis: Base | null;
  ahead: number;
  decisions: Decided[];
  decisionsKnown: Decided[];
  /** What an unanswered write of the held job that comes the other way may have put at the source. */
  doubt: Field[];
  /** What it writes, if it does. */
  sends: Sends | null;
  /** Has the target's stamp moved since it was read? */
  moved: boolean;
  /** How many of the job's intents it has accounted for. */
  settles: number;
}

export type Sends = Partial<Record<Field, Content>>;

export interface Intent {
  held: Record<Field, Value>;
  sends: Sends;
  /** Has the site's stamp moved since? */
  moved: boolean;
  /** The request may still land. */
  flying: boolean;
}

/** An agreement without its revision, which is kept as "has it moved" by whoever remembers one. */
export interface Base {
  parent: Partial<Record<Field, Value>>;
  child: Partial<Record<Field, Value>>;
  disputed: Field[];
}

export interface Decided {
  field: Field;
  atParent: Value;
  atChild: Value;
  value: Value;
  h: number;
}

/** Something a person typed: an edit, an undo or a decision, with what they saw in its place. */
export interface Typed {
  readonly by: string;
  readonly field: Field;
  readonly v: Value;
  readonly saw: readonly Value[];
  readonly past: number;
}

export interface World {
  sites: Record<Site, SiteState>;
  changes: Record<Site, Change>;
  jobs: Record<JobName, Job>;
  bases: Record<Link, Base | null>;
  decisions: Record<Link, Decided[]>;
  typed: Typed[];
  /** Answers that were given up, because people made both ends hold something else before they had arrived. */
  overtaken: number;
  /** How often each may still happen. */
  left: { edits: number; undos: number; answers: number; faults: number };
}

export const sourceOf = (job: JobName): Site => job[0] as Site;
export const targetOf = (job: JobName): Site => job[2] as Site;
export const linkOf = (job: JobName): Link => (job[0] === 'P' ? job[2] : job[0]) as Link;
export const oppositeOf = (job: JobName): JobName => `${job[2]}>${job[0]}` as JobName;
export const isPull = (job: JobName): boolean => job[0] === 'P';
export const otherEnd = (site: Site, link: Link): Site => (site === 'P' ? link : 'P');
export const isOpen = (job: Job): boolean => job.state !== 'none';
export const isInHand = (job: Job): boolean => job.state === 'ready' || job.state === 'looking';

export const seenAt = ({ f, g }: SiteState): Seen => ({ f: { v: f.v, h: f.h }, g: { v: g.v, h: g.h } });

/** Somebody should look at a site. */
export function openChange(world: World, site: Site, forced = false): void {
  const change = world.changes[site];
  if (change.state === 'none') change.state = 'open';
  else change.marked = true;
  change.forced ||= forced;
}

/** What the job knew is stale: its source is looked at again. */
export function lookAgain(world: World, name: JobName): void {
  world.jobs[name].state = 'looking';
  openChange(world, sourceOf(name));
}

export const endJob = (world: World, name: JobName): void => {
  world.jobs[name] = { ...noJob(), intents: world.jobs[name].intents };
};

/** The agreement of a link is another than it was: whoever remembers the old revision is stale. */
export function saveBase(world: World, link: Link, base: Base): void {
  world.bases[link] = base;
  makeStale(world, link);
}

export function makeStale(world: World, link: Link): void {
  for (const name of JOBS.filter((job) => linkOf(job) === link)) {
    const job = world.jobs[name];
    job.fresh = false;
    if (job.process !== null) job.process.isCurrent = false;
  }
  for (const site of SITES) world.changes[site].fresh = world.changes[site].fresh.filter((fresh) => fresh !== link);
}

export const noJob = (): Job => ({ state: 'none', marked: false, fresh: false, source: null, target: null, process: null, intents: [] });
export const noChange = (): Change => ({ state: 'none', marked: false, forced: false, seen: null, ends: false, fresh: [] });

/** Three sites that agree on everything, with nothing under way. */
export function agreedWorld(left: Partial<World['left']> = {}): World {
  const site = (): SiteState => ({ f: { v: 0, h: 0, u: undefined }, g: { v: 0, h: 0, u: undefined }, entry: false });
  const base = (): Base => ({ parent: { f: 0, g: 0 }, child: { f: 0, g: 0 }, disputed: [] });
  return {
    sites: { P: site(), A: site(), B: site() },
    changes: { P: noChange(), A: noChange(), B: noChange() },
    jobs: { 'P>A': noJob(), 'A>P': noJob(), 'P>B': noJob(), 'B>P': noJob() },
    bases: { A: base(), B: base() },
    decisions: { A: [], B: [] },
    typed: [],
    overtaken: 0,
    left: { edits: 0, undos: 0, answers: 0, faults: 0, ...left },
  };
}
