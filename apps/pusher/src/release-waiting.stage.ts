import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, type Verdict } from '@sync-hub/messaging';
import { ChangeRepository, JobRepository, WaiterRepository } from '@sync-hub/persistence';

/** Wakes the jobs that waited for the record that landed, and tells the others what blocks them. */
@Stage('release-waiting')
export class ReleaseWaitingStage implements StageHandler<'release-waiting'> {
  constructor(
    private readonly waiters: WaiterRepository,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
  ) {}

  async handle(payload: PayloadFor<'release-waiting'>, _context: StageContext): Promise<Verdict> {
    const { record, site } = payload;
    const blocker = 'held' in payload ? `${payload.held}: ${payload.reason}` : payload.outcome;
    if (blocker === 'pushed' || blocker === 'in-step') return forward(async (tx) => this.changes.open(tx, await this.waiters.looksFor(tx, site, record)));
    return forward((tx) => this.jobs.nameBlocker(tx, site, record, blocker));
  }
}
