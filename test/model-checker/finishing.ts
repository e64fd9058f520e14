import { type Agreement, decisionsToKeep } from '@sync-hub/merge';
import type { Plan } from '../../apps/pusher/src/plan-push.js';
import { aheadOf, asAgreement, asBase, asDecided, asDecisions, asVersion } from './as-versions.js';
import { planOf } from './planning.js';
import type { Rules } from './step.js';
import {
  type Decided,
  endJob,
  FIELDS,
  isPull,
  JOBS,
  type Job,
  type JobName,
  type Link,
  linkOf,
  lookAgain,
  openChange,
  type Process,
  type Seen,
  type Site,
  saveBase,
  seenAt,
  sourceOf,
  targetOf,
  type World,
} from './world.js';

/** A round, with all that its effect needs. */
interface Round {
  readonly world: World;
  readonly rules: Rules;
  readonly name: JobName;
  readonly job: Job;
  readonly process: Process;
}

/** The transaction that settles a round of a push: the effect first, then what becomes of the job. */
export function finish(world: World, rules: Rules, name: JobName): void {
  const job = world.jobs[name];
  const { process } = job;
  if (process === null) throw new Error('only a handler finishes');
  job.process = null;
  const round = { world, rules, name, job, process };
  const plan = planOf(process, rules, name);
  switch (plan.action) {
    case 'nothing':
      return inStep(round, plan);
    case 'ask':
      return hold(round, process.before, () => keepBasis(round));
    case 'write':
      return written(round, plan);
    default:
      throw new Error(`nothing else is begun: ${plan.action}`);
  }
}

/** The job must wait for another's intent; its own are settled first, or two jobs would wait for each other for ever. */
export function settleOwnIntents(world: World, rules: Rules, name: JobName, process: Process): void {
  keepBasis({ world, rules, name, job: world.jobs[name], process: { ...process } });
  lookAgain(world, name);
}

/** What became of unanswered writes is settled only together with the agreement that remembers it; else the job looks again. */
function inStep(round: Round, plan: Extract<Plan, { action: 'nothing' }>): void {
  const { world, name, process } = round;
  if (!process.isCurrent) {
    if (process.isRound) lookAgain(world, name);
    return;
  }
  const advanced = advancedBy(round, plan, process.before, []);
  save(round, advanced.agreement, asDecided(advanced.decisions, process.decisions));
  settleIntents(round);
  if (plan.leavesForSource) openChange(world, targetOf(name), true);
  end(round);
}

function written(round: Round, plan: Extract<Plan, { action: 'write' }>): void {
  const { world, rules, name, process } = round;
  const after = seenAt(world.sites[targetOf(name)]);
  const advanced = advancedBy(round, plan, after, plan.wrote);
  const keep = (leaves: boolean): void => wrote(round, plan, advanced, leaves);
  if (advanced.third.length > 0) {
    return hold(round, after, () => {
      keepBasis(round);
      keep(false);
    });
  }
  const next = planOf(
    {
      ...process,
      basis: asBase(advanced.agreement),
      ahead: aheadOf(advanced.agreement),
      decisions: asDecided(advanced.decisions, process.decisions),
      before: after,
      doubt: [],
    },
    rules,
    name,
  );
  if (plan.again || !process.isCurrent || next.action === 'write' || next.action === 'ask') {
    keep(false);
    if (process.isRound) lookAgain(world, name);
    return;
  }
  keep(plan.leavesForSource || (next.action === 'nothing' && next.leavesForSource));
  end(round);
}

type Advanced = ReturnType<Rules['mechanisms']['advance']>;

const advancedBy = ({ rules, name, process }: Round, plan: Extract<Plan, { action: 'nothing' | 'write' }>, after: Seen, wrote: readonly string[]): Advanced =>
  rules.mechanisms.advance({
    agreement: asAgreement(process.basis, process.ahead),
    merged: plan.merged,
    sourceIs: isPull(name) ? 'parent' : 'child',
    source: asVersion(process.source),
    targetBefore: asVersion(process.before),
    targetAfter: asVersion(after),
    wrote,
    decisions: asDecisions(process.decisions),
    keeps: keptAt(rules, targetOf(name)),
  });

/** Each site was seen before to keep what it can hold. */
const keptAt = ({ cannotHold }: Rules, site: Site): ReadonlySet<string> => new Set(FIELDS.filter((field) => cannotHold[site] !== field));

function wrote(round: Round, plan: Extract<Plan, { action: 'write' }>, advanced: Advanced, leavesForSource: boolean): void {
  const { world, name, process, job, rules } = round;
  if (rules.mechanisms.intents) job.intents.pop();
  if (!process.isCurrent) return saveOnlyWhatWasWritten(round, plan, advanced);
  save(round, advanced.agreement, asDecided(advanced.decisions, process.decisions));
  settleIntents(round);
  if (leavesForSource) openChange(world, targetOf(name), true);
}

/** The ends agreed on something else meanwhile. What was written and read back is agreed all the same; the rest waits for the next look. */
function saveOnlyWhatWasWritten({ world, rules, name, process }: Round, plan: Extract<Plan, { action: 'write' }>, { third, lost }: Advanced): void {
  const link = linkOf(name);
  const after = rules.mechanisms.agreeAfterIntent({
    agreement: asAgreement(world.bases[link]),
    sourceIs: isPull(name) ? 'parent' : 'child',
    sends: plan.writes.fields,
    landed: plan.wrote.filter((path) => !third.includes(path) && !lost.includes(path)),
    inDoubt: third,
    decisions: asDecisions(process.decisions),
  });
  keepDecisions(world, link, process, asDecided(after.decisions, process.decisions));
  saveBase(world, link, asBase(after.agreement));
  for (const site of [sourceOf(name), targetOf(name)]) openChange(world, site);
}

function save({ world, name, process }: Round, agreement: Agreement, decisions: Decided[]): void {
  const link = linkOf(name);
  keepDecisions(world, link, process, decisions);
  if (aheadOf(agreement) === 0 && world.bases[link] !== null) return;
  if (agreement.revision === 0) return;
  saveBase(world, link, asBase(agreement));
  for (const other of JOBS) if (linkOf(other) === link && other !== name && world.jobs[other].state === 'held') openChange(world, sourceOf(other), true);
}

/** An answer that neither end holds, and which is no longer needed because people have made the ends agree on something else, is given up. */
function keepDecisions(world: World, link: Link, process: Process, left: Decided[]): void {
  const standing = world.decisions[link];
  world.decisions[link] = asDecided(
    decisionsToKeep({ standing: asDecisions(standing), known: asDecisions(process.decisionsKnown), left: asDecisions(left) }),
    standing,
  );
  for (const { field, value, h } of standing) {
    if (world.decisions[link].some((kept) => kept.h === h) || process.source[field].v === value || process.before[field].v === value) continue;
    if (process.sends?.[field]?.v !== value) world.overtaken |= latestOf(h);
  }
}

/** The last of a set of edits: the answer itself. */
const latestOf = (h: number): number => 1 << (31 - Math.clz32(h));

function keepBasis(round: Round): void {
  const { process } = round;
  if (process.settles === 0 || !process.isCurrent) return;
  settleIntents(round);
  const agreement = asAgreement(process.basis, process.ahead);
  if (agreement !== null) save(round, agreement, process.decisions);
  process.settles = 0;
}

function settleIntents({ job, process }: Round): void {
  job.intents.splice(0, process.settles);
}

/** Holds the job, unless a newcomer asked for another look or the ends agreed on something meanwhile. */
function hold({ world, rules, name, job, process }: Round, target: Seen, effect: () => void): void {
  if (!process.isRound) return;
  if ((job.marked && rules.mechanisms.counters) || !job.fresh) return lookAgain(world, name);
  job.state = 'held';
  job.target = target;
  effect();
}

function end({ world, rules, name, job, process }: Round): void {
  if (!process.isRound) return;
  const isMarked = job.marked && rules.mechanisms.counters;
  endJob(world, name);
  if (isMarked) for (const site of [sourceOf(name), targetOf(name)]) openChange(world, site);
}
