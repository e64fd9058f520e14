import { isAsAgreed, type SideName } from './agreed.js';
import { settledPresence } from './held.js';
import type { AgreedSide, Agreement, Version } from './version.js';

export interface AnotherLife {
  readonly agreement: Agreement | null;
  /** The end whose data began another life since the agreement was saved: a restored backup, a clone, a swapped server. */
  readonly side: SideName;
  readonly version: Version;
  /** Does `version` equal what that end held when an earlier agreement was saved? */
  readonly isEarlier: boolean;
}

/**
 * What an agreement still says once one of its ends began another life. What that end still holds as agreed is agreed. Content
 * of an earlier agreement is a rollback: both ends held it then, so the other end's later content counts as edits, and flows.
 * A record that the new life lacks was lost, not deleted, and content that fits nowhere may be an edit of old content: both
 * are first contact, where nothing is overwritten without asking.
 */
export function inThisLife({ agreement, side, version, isEarlier }: AnotherLife): Agreement | null {
  if (agreement === null || isAsAgreed(agreement, side, version)) return agreement;
  if (settledPresence(version.presence) === 'absent' || !isEarlier) return null;
  const then: AgreedSide = { presence: version.presence, fields: version.fields, covers: version.covers };
  return { revision: agreement.revision, parent: then, child: then };
}
