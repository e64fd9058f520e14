import { takesReferences } from '@sync-hub/categories';
import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, type Verdict } from '@sync-hub/messaging';
import { AgreementRepository, ChangeRepository, JobRepository, WaiterRepository } from '@sync-hub/persistence';
import { Rules } from '@sync-hub/runtime';

const HELD = new Set(['waiting', 'conflict', 'parked']);

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
    const hindrance = (await this.goneThere(payload)) ?? (await this.heldTheOtherWay(payload));
    if (hindrance !== null) return forward((tx) => this.jobs.nameBlocker(tx, site, record, hindrance));
    return forward(async (tx) => this.changes.open(tx, await this.waiters.looksFor(tx, site, record)));
  }

  /** Nothing was to be sent this way, but the record is held on its way back, as one that was voided there: who waits for it would only wait again. */
  private async heldTheOtherWay({ record, link, site }: PayloadFor<'release-waiting'>): Promise<string | null> {
    const open = await this.jobs.openFor([link], record);
    const held = open.find(({ route, state }) => route.source === site && HELD.has(state));
    return held === undefined ? null : held.state;
  }

  /** The ends may be in step because neither has it: voided here, and never there, or there too. To wake who waits would only make it wait again. */
  private async goneThere({ record, link, site }: PayloadFor<'release-waiting'>): Promise<string | null> {
    const { agreement } = await this.agreements.find(link, record);
    const side = this.rules.link(link)?.parent === site ? 'parent' : 'child';
    if (agreement === null || takesReferences(record.aggregate, agreement[side].presence)) return null;
    return agreement[side].presence === 'absent' ? 'voided before it travelled' : 'voided';
  }
}
