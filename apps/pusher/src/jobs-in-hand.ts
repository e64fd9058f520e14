import { Injectable } from '@nestjs/common';
import type { CanonicalRecord, Client } from '@sync-hub/categories';
import { clientFor, type KnownForAdmission, type NotAdmitted, type Writing } from '@sync-hub/configuration';
import type { Metadata } from '@sync-hub/contracts';
import { EngineRepository, type Job, JobRepository, type PushStanding, SnapshotRepository, type ToPush } from '@sync-hub/persistence';
import { type JudgedByExclusion, Knowledge, keptBy, Rules, type Sight } from '@sync-hub/runtime';
import type { Known } from './bases.js';

/** How soon a push is tried again while another process goes by newer rules than this one. */
export const BEHIND_SECONDS = 5;

/** A job with what its source held. */
export interface JobInHand {
  readonly job: Job;
  readonly incoming: CanonicalRecord;
  /** What the link's writes went by when the job was taken; `null` where this process has noted nothing of the link. */
  readonly writesBy: string | null;
}

/** Why a job may not run any more, as far as anybody must remember it. */
export interface TurnedAway {
  readonly judged: JudgedByExclusion | null;
  /** Null where the link is not run here. */
  readonly why: NotAdmitted | null;
}

/** Opens jobs for a push, and asks once more, just before it, whether they may run here and now. */
@Injectable()
export class JobsInHand {
  constructor(
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly engines: EngineRepository,
    private readonly knowledge: Knowledge,
    private readonly rules: Rules,
  ) {}

  /** `null` for a repeat. Called with the claim in hand. */
  async take(jobId: string, round: number): Promise<JobInHand | null> {
    const job = await this.jobs.begin(jobId, round);
    if (job === null) return null;
    const writesBy = this.rules.writesBy(job.route.link);
    return { job, incoming: await this.snapshots.read(job.sourceSnapshot), writesBy };
  }

  /** `null` where this instance still runs the job's link, and the link still admits the record. `instead` is what is known otherwise than it is stored. */
  async turnedAway(
    { job, incoming }: Pick<JobInHand, 'job' | 'incoming'>,
    { stored, own }: Pick<Known, 'stored' | 'own'>,
    instead: Partial<KnownForAdmission> = {},
  ): Promise<TurnedAway | null> {
    const link = this.rules.link(job.route.link);
    if (link === null) return { judged: null, why: null };
    const known = { ...(await this.knowledge.forAdmission(link, job.route.direction, incoming)), ...instead };
    const admission = this.rules.admits(link, job.route.direction, incoming, { ...known, mayBeThere: stored.agreement !== null || own.length > 0 });
    if (admission.admitted) return null;
    const by = keptBy(admission, known);
    return { judged: by === null ? null : { link, direction: job.route.direction, read: incoming, keptBy: by }, why: admission.why };
  }

  /** How the job's link sees both ends. */
  async sight({ job, incoming }: JobInHand, held: CanonicalRecord): Promise<Sight> {
    return (await this.knowledge.sightsOf([job.route.link], [incoming, held]))(job.route.link);
  }

  /** What may be done to the ends of the job's link. */
  writing({ job }: JobInHand): Writing {
    return this.rules.writing(job.route.link);
  }

  /** The metadata that travels on the job's route, and is waited for where the target lacks it. */
  carried({ job }: JobInHand): ReadonlySet<Metadata> {
    return this.rules.metadataOn(job.route.link, job.route.direction);
  }

  /** How long it is until the link's schedule lets the job write; 0 where it may now. */
  secondsToSchedule({ job }: JobInHand): number {
    return this.rules.secondsToSchedule(job.route.link, job.route.direction);
  }

  /** What a person has asked to be pulled on the job's link, each as `aggregate/uuid`; nothing is asked for on the way up. */
  async asked({ job }: JobInHand): Promise<ReadonlySet<string>> {
    return job.route.direction === 'pull' ? this.knowledge.askedOn(job.route.link) : new Set();
  }

  /** By which client the record is to be written, where it can. */
  client({ job, incoming }: JobInHand): Client {
    const link = this.rules.link(job.route.link);
    return link === null ? 'rest' : clientFor(this.rules.current, link, incoming.category, job.route.target);
  }

  /** The validator that finds what the source holds unfit to be written. */
  unfitBy({ job, incoming }: JobInHand): string | null {
    return this.rules.unfitBy(job.route.link, job.route.direction, incoming);
  }

  /** Does this instance hold the link's engine claim, so that it alone writes, does neither a brake nor a person pause the link, and has nobody taken other rules for it since the job was? Have its ends been compared? */
  standing({ job, writesBy }: Pick<JobInHand, 'job' | 'writesBy'>): Promise<PushStanding> {
    return this.engines.standingForPush(job.route.link, this.rules.current.instance.id, toPush(job), writesBy);
  }

  /** Who writes nothing needs no engine claim, which is itself written at the parent: only the ends must have been compared. */
  standingForLook({ job }: Pick<JobInHand, 'job'>): Promise<PushStanding> {
    return this.engines.standingForLook(job.route.link, toPush(job));
  }
}

const toPush = ({ route, openedAt }: Job): ToPush => ({ direction: route.direction, openedAt });
