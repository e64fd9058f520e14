import { type Agreement, isAsAgreed, type Presence, type SideName } from '@sync-hub/merge';

/** What one link knows of a record, and which end of it the site is. */
export interface AuditedLink {
  readonly side: SideName;
  readonly agreement: Agreement | null;
}

/**
 * Is a record there, or deleted, as every link agreed? One that was deleted may be purged since: nothing is to be done about it.
 * A link that never agreed on the record asks nothing.
 */
export function isAsAudited(presence: Presence, links: readonly AuditedLink[]): boolean {
  return links.every(({ side, agreement }) => {
    if (agreement === null) return true;
    const isAgreedDeleted = agreement[side].presence === 'voided' || agreement[side].presence === 'gone';
    const seen = presence === 'absent' && isAgreedDeleted ? 'gone' : presence;
    return isAsAgreed(agreement, side, { presence: seen, fields: {}, covers: [], stamp: '' });
  });
}
