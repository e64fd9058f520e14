import { asAgreement, asVersion } from './as-versions.js';
import { type Rules, type Step, step } from './step.js';
import {
  type Change,
  isOpen,
  JOBS,
  type JobName,
  type Link,
  linkOf,
  noChange,
  openChange,
  oppositeOf,
  otherEnd,
  type Seen,
  SITES,
  type Site,
  seenAt,
  sourceOf,
  targetOf,
  type World,
} from './world.js';

/** What the feed-watcher, the fetcher and the mapper can do next at each site. */
export function lookingSteps(world: World, rules: Rules): Step[] {
  return SITES.flatMap((site) => stepsAt(world, rules, site));
}

function stepsAt(world: World, rules: Rules, site: Site): Step[] {
  const steps: Step[] = [];
  const add = (kind: Step['kind'], label: string, change: (next: World) => void): void => {
    steps.push(step(world, kind, `${label} ${site}`, change));
  };
  const { state } = world.changes[site];
  if (world.sites[site].entry) add('pipeline', 'poll', (next) => poll(next, site));
  if (state === 'open' && isFree(world, rules, site)) add('pipeline', 'read', (next) => read(next, rules, site));
  if (state === 'looking') add('pipeline', 'settle look at', (next) => settle(next, rules, site));
  if (state === 'looking' && world.left.faults > 0) add('fault', 'crash look at', (next) => crash(next, site));
  if (state === 'fetched') add('pipeline', 'map', (next) => map(next, rules, site));
  return steps;
}

/** The claim on a site's record, held by whoever is at work there. */
export const isFree = (world: World, { mechanisms }: Rules, site: Site): boolean =>
  !mechanisms.claims || (world.changes[site].state !== 'looking' && JOBS.every((name) => targetOf(name) !== site || world.jobs[name].process === null));

function poll(world: World, site: Site): void {
  world.sites[site].entry = false;
  openChange(world, site);
}

function read(world: World, rules: Rules, site: Site): void {
  const { mechanisms } = rules;
  const change = world.changes[site];
  const seen = seenAt(world.sites[site]);
  const links = linksOf(site, rules).map((link) => ({
    link,
    side: site === 'P' ? ('parent' as const) : ('child' as const),
    agreement: asAgreement(world.bases[link]),
    openJobs: openJobs(world, link).map((name) => ({ direction: name[0] === 'P' ? ('pull' as const) : ('push' as const), state: world.jobs[name].state })),
  }));
  change.ends = mechanisms.settleLook({ read: asVersion(seen), links, onBehalf: change.forced, deletedEntry: false }) === 'end-as-agreed';
  change.state = 'looking';
  change.marked = false;
  change.seen = seen;
  change.fresh = [...linksOf(site, rules)];
}

const openJobs = (world: World, link: Link): JobName[] => JOBS.filter((name) => linkOf(name) === link && isOpen(world.jobs[name]));

function settle(world: World, rules: Rules, site: Site): void {
  const change = world.changes[site];
  if (!change.ends) {
    change.state = 'fetched';
    return;
  }
  end(world, rules, site);
}

function end(world: World, { mechanisms }: Rules, site: Site): void {
  const { marked, forced } = world.changes[site];
  world.changes[site] = marked && mechanisms.counters ? { ...noChange(), state: 'open', forced } : noChange();
}

function crash(world: World, site: Site): void {
  world.left.faults -= 1;
  world.changes[site] = { ...noChange(), state: 'open', forced: world.changes[site].forced };
}

function map(world: World, rules: Rules, site: Site): void {
  const change = world.changes[site];
  const { seen } = change;
  if (seen === null) throw new Error('a fetched change has been read');
  for (const link of linksOf(site, rules)) mapOn(world, rules, site, link, { change, seen });
  end(world, rules, site);
}

function mapOn(world: World, { mechanisms }: Rules, site: Site, link: Link, { change, seen }: { change: Change; seen: Seen }): void {
  const { armJob, contentHash, isAsAgreed, markOpposite } = mechanisms;
  const out = JOBS.find((name) => sourceOf(name) === site && linkOf(name) === link);
  if (out === undefined) throw new Error('every site has a job for each of its links');
  const [own, opposite] = [world.jobs[out], world.jobs[oppositeOf(out)]];
  const hashOf = (content: Seen | null): string | null => content && contentHash(asVersion(content));
  const contentSeen = contentHash(asVersion(seen));

  const agreed = isAsAgreed(asAgreement(world.bases[link]), site === 'P' ? 'parent' : 'child', asVersion(seen));
  const job = isOpen(own) ? { state: stateOf(own.state), sourceHash: hashOf(own.source) ?? '', targetHash: hashOf(own.target) } : null;
  const arming = armJob({ agreed, job, contentHash: contentSeen, forced: change.forced });
  const meeting = markOpposite({
    job: isOpen(opposite) ? { state: stateOf(opposite.state), targetHash: hashOf(opposite.target) } : null,
    contentHash: contentSeen,
  });

  if (arming === 'arm') {
    Object.assign(own, { state: 'ready', marked: false, fresh: change.fresh.includes(link), source: seen, target: null });
    if (own.process !== null) own.process.isRound = false;
  }
  if (meeting === 'mark' && opposite.process !== null) opposite.marked = true;
  if (meeting === 'wake') openChange(world, otherEnd(site, link), true);
}

const stateOf = (state: string): string => (state === 'held' ? 'conflict' : state);

const linksOf = (site: Site, { links }: Rules): readonly Link[] => links.filter((link) => site === 'P' || site === link);
