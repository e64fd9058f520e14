import { type Agreement, isAsAgreed, type SideName, type Version } from '@sync-hub/merge';

/** What one link knows of a record, and which end of it the site is. */
export interface AuditedLink {
  readonly side: SideName;
  readonly agreement: Agreement | null;
}

/**
 * Is a record there, or deleted, as every link agreed, and what was asked of it beside that as agreed too? One that was deleted may be purged since: nothing is to be done about it.
 * A link that never agreed on the record asks nothing.
 */
export function isAsAudited(found: Version, links: readonly AuditedLink[]): boolean {
  return links.every(({ side, agreement }) => {
    if (agreement === null) return true;
    const isAgreedDeleted = agreement[side].presence === 'voided' || agreement[side].presence === 'gone';
    return isAsAgreed(agreement, side, found.presence === 'absent' && isAgreedDeleted ? { ...found, presence: 'gone' } : found);
  });
}

/** What is known of a record that was asked for its presence alone. */
export const presenceAlone = (presence: Version['presence']): Version => ({ presence, fields: {}, covers: [], stamp: '' });
