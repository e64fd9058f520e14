import type { Plan } from '../../apps/pusher/src/plan-push.js';
import { asAgreement, valuesOf } from './as-versions.js';
import { finish, settleOwnIntents } from './finishing.js';
import { isFree } from './looking.js';
import { put, touched } from './people.js';
import { begin, planOf, unsettled } from './planning.js';
import { type Rules, type Step, step } from './step.js';
import { FIELDS, type Intent, JOBS, type JobName, linkOf, lookAgain, type Process, type Sends, type Site, targetOf, type World } from './world.js';

/** What the pusher can do next with each job, and what can become of its requests. */
export function pushingSteps(world: World, rules: Rules): Step[] {
  return JOBS.flatMap((name) => [...flightSteps(world, rules, name), ...handlerSteps(world, rules, name)]);
}

function flightSteps(world: World, rules: Rules, name: JobName): Step[] {
  const at = world.jobs[name].intents.findIndex((intent) => intent.flying);
  if (at === -1) return [];
  const settled = (next: World): Intent => {
    const { intents } = next.jobs[name];
    const intent = intents[at];
    if (intent === undefined) throw new Error('the request in flight has an intent');
    intent.flying = false;
    if (!rules.mechanisms.intents) intents.splice(at, 1);
    return intent;
  };
  return [
    step(world, 'pipeline', `late request lands ${name}`, (next) => deliver(next, rules, targetOf(name), settled(next).sends)),
    step(world, 'pipeline', `late request never lands ${name}`, (next) => void settled(next)),
  ];
}

function handlerSteps(world: World, rules: Rules, name: JobName): Step[] {
  const { state, process } = world.jobs[name];
  if (process === null)
    return state === 'ready' && isFree(world, rules, targetOf(name)) && !mustWait(world, rules, name) ? prepareSteps(world, rules, name) : [];
  const steps: Step[] = [];
  const isToWrite = process.at === 'planned' && process.sends !== null;
  const add = (kind: Step['kind'], label: string, change: (next: World) => void): void => {
    steps.push(step(world, kind, `${label} ${name}`, change));
  };
  if (isToWrite) add('pipeline', 'write', (next) => deliver(next, rules, targetOf(name), send(next, rules, name, false)));
  else add('pipeline', 'finish', (next) => finish(next, rules, name));
  if (world.left.faults === 0) return steps;
  add('fault', `crash ${process.at}`, (next) => crash(next, name));
  for (const flying of isToWrite ? [false, true] : []) {
    add('fault', flying ? 'request delayed, crash' : 'request lost, crash', (next) => {
      send(next, rules, name, flying);
      crash(next, name);
    });
  }
  return steps;
}

/** No write while an unanswered one at the same site may still land. */
const mustWait = (world: World, { mechanisms }: Rules, name: JobName): boolean =>
  mechanisms.intents && JOBS.some((other) => targetOf(other) === targetOf(name) && world.jobs[other].intents.some((intent) => intent.flying));

function prepareSteps(world: World, rules: Rules, name: JobName): Step[] {
  const job = world.jobs[name];
  const isStale = rules.mechanisms.givesWay({
    job: { readAtRevision: job.fresh ? 1 : 0, sourceGeneration: 1, targetGeneration: 1 },
    agreement: { ...(asAgreement(world.bases[linkOf(name)]) ?? asAgreementOfNothing), revision: 1 },
    generations: { source: 1, target: 1 },
  });
  if (isStale) return [step(world, 'pipeline', `give way ${name}`, (next) => lookAgain(next, name))];
  const process = begin(world, rules, name);
  const plan = planOf(process, rules, name, unsettled(world, name));
  if (plan.action === 'postpone')
    return process.settles === 0 ? [] : [step(world, 'pipeline', `settle intents ${name}`, (next) => settleOwnIntents(next, rules, name, process))];
  return [step(world, 'pipeline', `plan ${plan.action} ${name}`, (next) => commit(next, rules, name, process, plan))];
}

const asAgreementOfNothing = {
  revision: 0,
  parent: { presence: 'absent', fields: {}, covers: [] },
  child: { presence: 'absent', fields: {}, covers: [] },
} as const;

function commit(world: World, { mechanisms }: Rules, name: JobName, process: Process, plan: Plan): void {
  const job = world.jobs[name];
  const doubt = unsettled(world, name).flatMap(({ whose, paths }) => (whose === 'opposite' ? paths : []));
  job.marked = false;
  job.process = { ...process, doubt: FIELDS.filter((field) => mechanisms.intents && doubt.includes(field)) };
  if (plan.action !== 'write') return;
  const sends: Sends = {};
  for (const field of FIELDS) {
    const sent = plan.writes.fields.get(field);
    if (sent === undefined) continue;
    const decided = plan.merged.paths.get(field)?.why === 'decided' ? process.decisions.find((one) => one.field === field && one.value === sent) : undefined;
    sends[field] = { v: sent as number | null, h: decided?.h ?? process.source[field].h };
  }
  job.process.sends = sends;
  job.target = process.before;
}

/** The intent is committed and the request leaves at once; what can go wrong from then on is left to the intent. */
function send(world: World, { mechanisms }: Rules, name: JobName, flying: boolean): Sends {
  const job = world.jobs[name];
  const { process } = job;
  if (process?.sends == null) throw new Error('a write has something to send');
  if (mechanisms.intents || flying) job.intents.push({ held: valuesOf(process.before), sends: process.sends, moved: process.moved, flying });
  world.decisions[linkOf(name)] = mechanisms.decisionsAfterSending(world.decisions[linkOf(name)]);
  process.at = 'written';
  return process.sends;
}

function deliver(world: World, { cannotHold }: Rules, site: Site, sends: Sends): void {
  for (const field of FIELDS) {
    const sent = sends[field];
    if (sent !== undefined && cannotHold[site] !== field) put(world.sites[site][field], sent.v, sent.h);
  }
  touched(world, site);
}

function crash(world: World, name: JobName): void {
  world.left.faults -= 1;
  world.jobs[name].process = null;
}
