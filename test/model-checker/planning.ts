import type { Plan } from '../../apps/pusher/src/plan-push.js';
import { aheadOf, asAgreement, asBase, asDecided, asDecisions, asVersion, valuesOf, versionOf } from './as-versions.js';
import type { Rules } from './step.js';
import { FIELDS, isInHand, isPull, JOBS, type JobName, linkOf, oppositeOf, type Process, seenAt, targetOf, type World } from './world.js';

/** The target is read, and what became of this route's unanswered writes is accounted for. */
export function begin(world: World, { mechanisms }: Rules, name: JobName): Process {
  const job = world.jobs[name];
  if (job.source === null) throw new Error('a ready job has a source');
  const before = seenAt(world.sites[targetOf(name)]);
  let agreement = asAgreement(world.bases[linkOf(name)]);
  let decisions = world.decisions[linkOf(name)];
  const own = mechanisms.intents ? job.intents : [];
  for (const { held, sends, moved } of own) {
    const sent = new Map(FIELDS.flatMap((field) => (sends[field] === undefined ? [] : [[field, sends[field].v] as const])));
    const intent = { held: versionOf(held, 'then'), sends: sent, presence: null, committedAt: new Date(0), longestRequestMs: 0 };
    const end = mechanisms.afterIntent({ intent, targetNow: versionOf(valuesOf(before), moved ? 'now' : 'then'), now: new Date(0) });
    if (end.kind === 'wait') throw new Error('it has been waited for');
    if (end.kind === 'not-landed') continue;
    const after = mechanisms.agreeAfterIntent({
      agreement,
      sourceIs: isPull(name) ? 'parent' : 'child',
      sends: sent,
      landed: end.landed,
      inDoubt: end.kind === 'ask' ? end.inDoubt : [],
      decisions: asDecisions(decisions),
    });
    agreement = after.agreement;
    decisions = asDecided(after.decisions, decisions);
  }
  return {
    at: 'planned',
    isRound: true,
    isCurrent: true,
    source: job.source,
    before,
    basis: agreement && asBase(agreement),
    ahead: aheadOf(agreement),
    decisions,
    decisionsKnown: world.decisions[linkOf(name)],
    doubt: [],
    sends: null,
    moved: false,
    settles: own.length,
  };
}

/** An intent of another job for the record that is still open. */
export interface Unsettled {
  readonly whose: 'opposite' | 'other-link';
  readonly inHand: boolean;
  readonly paths: string[];
}

/** The open intents that a job must reckon with. */
export function unsettled(world: World, name: JobName): Unsettled[] {
  const of = (other: JobName, whose: Unsettled['whose']): Unsettled[] =>
    world.jobs[other].intents.map((intent) => ({
      whose,
      inHand: isInHand(world.jobs[other]),
      paths: FIELDS.filter((field) => intent.sends[field] !== undefined),
    }));
  const otherLinks = JOBS.filter((other) => targetOf(other) === targetOf(name) && other !== name);
  return [...of(oppositeOf(name), 'opposite'), ...otherLinks.flatMap((other) => of(other, 'other-link'))];
}

/** The plan of a process; the same whenever it is asked. */
export function planOf(
  process: Process,
  { mechanisms }: Rules,
  name: JobName,
  intents: readonly Unsettled[] = [{ whose: 'opposite', inHand: false, paths: process.doubt }],
): Plan {
  return mechanisms.planPush({
    agreement: asAgreement(process.basis, process.ahead),
    source: asVersion(process.source),
    target: asVersion(process.before),
    sourceIs: isPull(name) ? 'parent' : 'child',
    decisions: asDecisions(process.decisions),
    admitted: true,
    missing: [],
    intents: mechanisms.intents ? intents : [],
  });
}
