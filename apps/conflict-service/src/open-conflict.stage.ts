import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import { AgreementRepository, ConflictRepository, JobRepository } from '@sync-hub/persistence';

/** Keeps the one open conflict of a record on a link, with every version of it. */
@Stage('open-conflict')
export class OpenConflictStage implements StageHandler<'open-conflict'> {
  constructor(
    private readonly jobs: JobRepository,
    private readonly agreements: AgreementRepository,
    private readonly conflicts: ConflictRepository,
  ) {}

  async handle({ jobId, round, record, link, reason, fields }: PayloadFor<'open-conflict'>, _context: StageContext): Promise<Verdict> {
    const job = await this.jobs.find(jobId);
    if (job === null || job.round !== round || job.state !== 'conflict') return skip('the job has moved on');
    const { agreement } = await this.agreements.find(link, record);
    return forward((tx) => this.conflicts.open(tx, job, { reason, fields, agreement }));
  }
}
