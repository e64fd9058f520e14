import type { Hub } from '@sync-hub/runtime';
import { Asking } from './asking.js';
import { AskingAhead, HoldsAhead } from './asking-ahead.js';
import { Bases } from './bases.js';
import { HoldKeeper } from './hold-keeper.js';
import { IntendedWrite } from './intended-write.js';
import { JobsInHand } from './jobs-in-hand.js';
import { LinkBrake } from './link-brake.js';
import { PatientGate } from './patient-gate.js';
import { PolicyJudge } from './policy-judge.js';
import { type Metering, ReadingClients } from './reading-clients.js';
import { RoundDecider } from './round-decider.js';
import { RoundKeeper } from './round-keeper.js';
import { TargetReader } from './target-reader.js';
import { TargetWriter } from './target-writer.js';

/** What a round of the push stage is planned by, over clients that only read. No effect of a verdict is ever carried out. */
export interface Foretelling {
  readonly clients: ReadingClients;
  readonly jobs: JobsInHand;
  readonly bases: Bases;
  readonly reader: TargetReader;
}

/** For jobs as they are stored. */
export function foretellingOfJobs(hub: Hub): Foretelling {
  const parts = partsOn(hub, null);
  const holds = new HoldKeeper(...parts.ofHolds);
  return { ...parts, reader: readerOver(hub, parts, holds, new Asking(parts.judge, parts.keeper, holds)) };
}

/** For one record that may have no job, with what policies would decide of it. */
export function foretellingOfRecord(hub: Hub, metering: Metering): Foretelling & { readonly asking: AskingAhead } {
  const parts = partsOn(hub, metering);
  const { conflicts, snapshots } = hub.repositories;
  const holds = new HoldsAhead(parts.ofHolds, conflicts, snapshots);
  const asking = new AskingAhead(parts.judge, parts.keeper, holds);
  return { ...parts, asking, reader: readerOver(hub, parts, holds, asking) };
}

function partsOn(hub: Hub, metering: Metering | null) {
  const { repositories: on, rules, knowledge } = hub;
  const keeper = new RoundKeeper(on.agreements, on.intents, on.decisions, on.changes, on.jobs);
  const ofHolds: ConstructorParameters<typeof HoldKeeper> = [on.jobs, on.snapshots, on.waiters, on.changes, keeper];
  return {
    clients: new ReadingClients(hub.clients, metering),
    jobs: new JobsInHand(on.jobs, on.snapshots, on.engines, knowledge, rules),
    bases: new Bases(on.agreements, on.intents, on.decisions, on.sites, on.met),
    judge: new PolicyJudge(hub, on.policyRules, on.sights),
    keeper,
    ofHolds,
  };
}

function readerOver(hub: Hub, { clients, jobs, bases, keeper }: ReturnType<typeof partsOn>, holds: HoldKeeper, asking: Asking): TargetReader {
  const { intents, keptFields, agreements, waiters, brakes, patientStops } = hub.repositories;
  const intended = new IntendedWrite(intents, holds, clients, keptFields, jobs);
  const writer = new TargetWriter(intended, keeper, holds, clients, agreements);
  const decider = new RoundDecider(writer, keeper, asking, waiters, new LinkBrake(hub, brakes));
  return new TargetReader(clients, jobs, bases, decider, new PatientGate(patientStops, keeper));
}
