import type { Direction } from '@sync-hub/contracts';
import { type Agreement, isAsAgreed, type SideName, type Version } from '@sync-hub/merge';

/** A link of the looked-at site, as it stands under the record's lock. */
export interface LinkAsSeen {
  readonly link: string;
  /** Which end of the link the site is. */
  readonly side: SideName;
  readonly agreement: Agreement | null;
  /** What was read, as the link sees it, where that is less. */
  readonly seen?: Version;
  /** Jobs for the record that have not ended, in either direction, held ones too. */
  readonly openJobs: readonly { readonly direction: Direction; readonly state: string }[];
}

export interface LookToSettle {
  readonly read: Version;
  /** Every link on which the record may be admitted. */
  readonly links: readonly LinkAsSeen[];
  /** Asked for by a waiter, a release or an answer: that all is as agreed is then no reason to stop. */
  readonly onBehalf: boolean;
  /** A DELETED entry of this generation of the site is among the reasons for the look, or was one of an earlier look (`LookKeeper.wasDeleted`). */
  readonly deletedEntry: boolean;
}

/** `forward` a voided or gone record too; `retry-absent` is looked at again later and parked in the end, for absence is never a deletion. */
export type LookEnd = 'end-as-agreed' | 'forward' | 'absent' | 'retry-absent';

/**
 * May the change end here? Only if what was read is as agreed on every link and no job for the record is open on any of them
 * in either direction: an undo while a job is in hand is as agreed, and would be lost when the job lands.
 */
export function settleLook({ read, links, onBehalf, deletedEntry }: LookToSettle): LookEnd {
  const seen = asSeen(read, deletedEntry);
  if (seen.presence === 'absent') return links.some(knowsOfIt) ? 'retry-absent' : 'absent';
  if (onBehalf) return 'forward';
  const isQuiet =
    links.length > 0 && links.every((link) => link.openJobs.length === 0 && isAsAgreed(link.agreement, link.side, asSeen(link.seen ?? read, deletedEntry)));
  return isQuiet ? 'end-as-agreed' : 'forward';
}

/** A 404 after a DELETED entry of this generation is a purge; any other is an absence. */
export const asSeen = (read: Version, deletedEntry: boolean): Version => (read.presence === 'absent' && deletedEntry ? { ...read, presence: 'gone' } : read);

const knowsOfIt = ({ side, agreement, openJobs }: LinkAsSeen): boolean =>
  (agreement !== null && agreement[side].presence !== 'absent') || openJobs.some(({ direction }) => direction === outOf(side));

const outOf = (side: SideName): Direction => (side === 'parent' ? 'pull' : 'push');
