import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, type Verdict } from '@sync-hub/messaging';
import { AgreementRepository, ChangeRepository, JobRepository, WaiterRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';

/** Wakes the jobs that waited for the record that landed, and tells the others what blocks them. */
@Stage('release-waiting')
export class ReleaseWaitingStage implements StageHandler<'release-waiting'> {
  constructor(
    private readonly waiters: WaiterRepository,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
    private readonly agreements: AgreementRepository,
    private readonly rules: Rules,
  ) {}

  async handle(payload: PayloadFor<'release-waiting'>, _context: StageContext): Promise<Verdict> {
    const { record, site } = payload;
    const blocker = 'held' in payload ? `${payload.held}: ${payload.reason}` : payload.outcome;
    if (blocker !== 'pushed' && blocker !== 'in-step') return forward((tx) => this.jobs.nameBlocker(tx, site, record, blocker));
    if (!(await this.isThere(payload))) return forward((tx) => this.jobs.nameBlocker(tx, site, record, 'voided before it travelled'));
    return forward(async (tx) => this.changes.open(tx, await this.waiters.looksFor(tx, site, record)));
  }

  /** The ends may be in step because neither has it: voided here, and never there. */
  private async isThere({ record, link, site }: PayloadFor<'release-waiting'>): Promise<boolean> {
    const { agreement } = await this.agreements.find(link, record);
    const side = this.rules.link(link)?.parent === site ? 'parent' : 'child';
    return agreement === null || agreement[side].presence !== 'absent';
  }
}
