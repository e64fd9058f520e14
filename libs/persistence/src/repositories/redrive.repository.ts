import type { RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Look } from './change.repository.js';

/** What a person asks to be tried again: one job or change by id, all that is parked for a reason, or everything held. */
export type Redrive = { readonly id: string } | { readonly reason: string } | 'everything';

/** Finds the looks by which held work begins anew. Nothing stored is replayed: each look reads its source again. Written by people, through the command line. */
export class RedriveRepository {
  async looksFor(tx: Tx, what: Redrive): Promise<readonly Look[]> {
    const id = typeof what === 'object' && 'id' in what ? what.id : null;
    const reason = typeof what === 'object' && 'reason' in what ? what.reason : null;
    const rows = await tx.query<{ site: SiteId; aggregate: RecordRef['aggregate']; uuid: string }>(
      `select source as site, aggregate, uuid from job
       where state in ('waiting', 'conflict', 'parked') and ($1::text is null or id::text = $1) and ($2::text is null or reason = $2)
       union
       select site, aggregate, uuid from change where state = 'parked' and ($1::text is null or id::text = $1) and ($2::text is null or reason = $2)`,
      [id, reason],
    );
    return rows.map(({ site, ...record }) => ({ site, record, forced: true }));
  }
}
