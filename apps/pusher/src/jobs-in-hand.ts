import { Injectable } from '@nestjs/common';
import { type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import type { Writing } from '@sync-hub/configuration';
import type { Metadata } from '@sync-hub/contracts';
import { EngineRepository, type EngineStanding, type Job, JobRepository, MembershipRepository, SnapshotRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';
import type { Known } from './bases.js';

/** A job with what its source held. */
export interface JobInHand {
  readonly job: Job;
  readonly incoming: CanonicalRecord;
}

/** Opens jobs for a push, and asks once more, just before it, whether they may run here and now. */
@Injectable()
export class JobsInHand {
  constructor(
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly engines: EngineRepository,
    private readonly memberships: MembershipRepository,
    private readonly rules: Rules,
  ) {}

  /** `null` for a repeat. Called with the claim in hand. */
  async take(jobId: string, round: number): Promise<JobInHand | null> {
    const job = await this.jobs.begin(jobId, round);
    return job === null ? null : { job, incoming: await this.snapshots.read(job.sourceSnapshot) };
  }

  /** Does this instance still run the job's link, and does the link still admit the record? */
  async isAdmitted({ job, incoming }: JobInHand, { stored, own }: Pick<Known, 'stored' | 'own'>): Promise<boolean> {
    const link = this.rules.link(job.route.link);
    if (link === null) return false;
    const patients = patientsOf(incoming).map(({ uuid }) => uuid);
    const isOfMember = (await this.memberships.linksOf([link.id], patients)).has(link.id);
    return this.rules.admits(link, job.route.direction, incoming, { mayBeThere: stored.agreement !== null || own.length > 0, isOfMember }).admitted;
  }

  /** What may be done to the ends of the job's link. */
  writing({ job }: JobInHand): Writing {
    return this.rules.writing(job.route.link);
  }

  /** The metadata that travels on the job's route, and is waited for where the target lacks it. */
  carried({ job }: JobInHand): ReadonlySet<Metadata> {
    return this.rules.metadataOn(job.route.link, job.route.direction);
  }

  /** Does this instance hold the link's engine claim, so that it alone writes, and does no brake pause the link? */
  standing({ job }: JobInHand): Promise<EngineStanding | 'braked'> {
    return this.engines.standingForPush(job.route.link, this.rules.current.instance.id);
  }
}
