import type { RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Look } from './change.repository.js';

/** Codes of what a site has no way to take, and of what our account may not do there. */
const NOT_DONE_FOR_US = ['unsupported', 'not-allowed', 'cannot-change'];

/** What is to be tried again: one job or change by id, all that is parked for a reason, all that a site would not do for us record by record, or everything held. */
export type Redrive = { readonly id: string } | { readonly reason: string } | { readonly refusedAt: SiteId } | 'everything';

/** Finds the looks by which held work begins anew. Nothing stored is replayed: each look reads its source again. For people, through the command line, and for a site that can more than it could, or lets us do more. */
export class RedriveRepository {
  async looksFor(tx: Tx, what: Redrive): Promise<readonly Look[]> {
    const id = typeof what === 'object' && 'id' in what ? what.id : null;
    const reason = typeof what === 'object' && 'reason' in what ? what.reason : null;
    const refusedAt = typeof what === 'object' && 'refusedAt' in what ? what.refusedAt : null;
    const rows = await tx.query<{ site: SiteId; aggregate: RecordRef['aggregate']; uuid: string }>(
      `select source as site, aggregate, uuid from job
       where state in ('waiting', 'conflict', 'parked') and ($1::text is null or id::text = $1) and ($2::text is null or reason = $2)
         and ($3::text is null or (target = $3 and state = 'parked' and reason <> 'class-closed' and code = any($4)))
       union
       select site, aggregate, uuid from change
       where state = 'parked' and ($1::text is null or id::text = $1) and ($2::text is null or reason = $2)
         and ($3::text is null or (site = $3 and reason <> 'class-closed' and code = any($4)))`,
      [id, reason, refusedAt, NOT_DONE_FOR_US],
    );
    return rows.map(({ site, ...record }) => ({ site, record, forced: true }));
  }
}
