import type { Base, Cell, Change, Decided, Intent, Job, Process, Seen, Sends, SiteState, World } from './world.js';

/** A world of its own to change; what never changes once made (contents, what was typed) is shared. Written out, because it is most of the checker's time. */
export function copy({ sites, changes, jobs, bases, decisions, typed, overtaken, left }: World): World {
  return {
    sites: { P: copySite(sites.P), A: copySite(sites.A), B: copySite(sites.B) },
    changes: { P: copyChange(changes.P), A: copyChange(changes.A), B: copyChange(changes.B) },
    jobs: { 'P>A': copyJob(jobs['P>A']), 'A>P': copyJob(jobs['A>P']), 'P>B': copyJob(jobs['P>B']), 'B>P': copyJob(jobs['B>P']) },
    bases: { A: bases.A, B: bases.B },
    decisions: { A: decisions.A, B: decisions.B },
    typed: typed.slice(),
    overtaken,
    left: { edits: left.edits, undos: left.undos, answers: left.answers, faults: left.faults },
  };
}

const copyCell = ({ v, h, u }: Cell): Cell => ({ v, h, u });
const copySite = ({ f, g, entry }: SiteState): SiteState => ({ f: copyCell(f), g: copyCell(g), entry });
const copyChange = ({ state, marked, forced, seen, ends, fresh }: Change): Change => ({ state, marked, forced, seen, ends, fresh });
const copyIntent = ({ held, sends, moved, flying }: Intent): Intent => ({ held, sends, moved, flying });
const copyProcess = ({ at, isRound, isCurrent, source, before, basis, ahead, decisions, decisionsKnown, doubt, sends, moved, settles }: Process): Process => ({
  at,
  isRound,
  isCurrent,
  source,
  before,
  basis,
  ahead,
  decisions,
  decisionsKnown,
  doubt,
  sends,
  moved,
  settles,
});
const copyJob = ({ state, marked, fresh, source, target, process, intents }: Job): Job => ({
  state,
  marked,
  fresh,
  source,
  target,
  process: process === null ? null : copyProcess(process),
  intents: intents.length === 0 ? [] : intents.map(copyIntent),
});

/** One word for a world, the same for equal ones. */
export function keyOf({ sites, changes, jobs, bases, decisions, typed, overtaken, left }: World): string {
  const ofSites = `${keyOfSite(sites.P)}${keyOfSite(sites.A)}${keyOfSite(sites.B)}`;
  const ofChanges = `${keyOfChange(changes.P)}${keyOfChange(changes.A)}${keyOfChange(changes.B)}`;
  const ofJobs = `${keyOfJob(jobs['P>A'])}${keyOfJob(jobs['A>P'])}${keyOfJob(jobs['P>B'])}${keyOfJob(jobs['B>P'])}`;
  const agreed = `${keyOfBase(bases.A)}${keyOfBase(bases.B)}${keyOfDecisions(decisions.A)}${keyOfDecisions(decisions.B)}`;
  let history = '';
  for (const { by, field, v, past, saw } of typed) history += `${by}${field}${v},${past},${saw.join()};`;
  return `${ofSites}#${ofChanges}#${ofJobs}#${agreed}#${history}${overtaken}#${left.edits},${left.undos},${left.answers},${left.faults}`;
}

const bit = (is: boolean): string => (is ? '1' : '0');
const keyOfCell = ({ v, h, u }: Cell): string => `${v},${h},${u};`;
const keyOfSite = ({ f, g, entry }: SiteState): string => keyOfCell(f) + keyOfCell(g) + bit(entry);
const keyOfSeen = (seen: Seen | null): string => (seen === null ? '-' : `${seen.f.v},${seen.f.h},${seen.g.v},${seen.g.h};`);
const keyOfChange = ({ state, marked, forced, seen, ends, fresh }: Change): string =>
  state === 'none' ? '/' : `${state}${bit(marked)}${bit(forced)}${bit(ends)}${keyOfSeen(seen)}${fresh.join()}/`;
const keyOfSends = (sends: Sends | null): string => (sends === null ? '-' : `${sends.f?.v},${sends.f?.h},${sends.g?.v},${sends.g?.h};`);
const keyOfIntent = ({ held, sends, moved, flying }: Intent): string => `${held.f},${held.g},${keyOfSends(sends)}${bit(moved)}${bit(flying)}|`;
const keyOfProcess = (process: Process): string =>
  `${process.at}${bit(process.isRound)}${bit(process.isCurrent)}${keyOfSeen(process.source)}${keyOfSeen(process.before)}${keyOfBase(process.basis)}${process.ahead}${keyOfDecisions(process.decisions)}${keyOfDecisions(process.decisionsKnown)}${process.doubt.join()}${keyOfSends(process.sends)}${bit(process.moved)}${process.settles}`;

function keyOfJob({ state, marked, fresh, source, target, process, intents }: Job): string {
  let key = `${state}${bit(marked)}${bit(fresh)}${keyOfSeen(source)}${keyOfSeen(target)}`;
  if (process !== null) key += keyOfProcess(process);
  for (const intent of intents) key += keyOfIntent(intent);
  return `${key}/`;
}

const keyOfBase = (base: Base | null): string =>
  base === null ? '-' : `${base.parent.f},${base.parent.g},${base.child.f},${base.child.g},${base.disputed.join()};`;

function keyOfDecisions(decisions: readonly Decided[]): string {
  let key = '';
  for (const { field, atParent, atChild, value, h } of decisions) key += `${field}${atParent},${atChild},${value},${h};`;
  return `${key}.`;
}
