import type { Fields, Scalar } from './fields.js';
import type { MergeRule } from './rules.js';

/**
 * `present` and `voided` (retired, for metadata) are states of a record that is there. `gone` is a purged one, and equals
 * voided. `absent` is a record that the site has never had, or has lost: never a deletion by itself.
 */
export type Presence = 'present' | 'voided' | 'gone' | 'absent';

/** One side of a merge: what stood there, and which fields that look could see. What is not covered is unknown: never changed, never removed. */
export interface Version {
  readonly presence: Presence;
  readonly fields: Fields;
  /** Names of fields and lists (see `fieldName`) that this look could see. */
  readonly covers: readonly string[];
  /** Lists whose items are replaced and never changed in place; the same for every record of a kind. */
  readonly replaced?: readonly ReplacedList[];
  /** Rules beside field by field; the same for every record of a kind. */
  readonly rules?: readonly MergeRule[];
  /** Set where a task of the server, and no person, changed the record last. */
  readonly byTask?: true;
  /** Set on one that was voided because another record took its place, and got what hung on it. */
  readonly mergedAway?: true;
  /** A stamp that moves with every write at the site, ours or another's, even one that restores old content; see `afterIntent`. */
  readonly stamp: string;
}

/**
 * A list whose items are replaced, never changed: an edit is one item that goes and one that comes, under another key, in the
 * same slot. The value of an item is an object as JSON text.
 */
export interface ReplacedList {
  readonly list: string;
  /** Parts of an item's value that make its slot. */
  readonly slot: readonly string[];
  /** Fields of an item that tell slots apart where both ends see them. */
  readonly slotFields: readonly string[];
  /** Every field that an item can have. */
  readonly fields: readonly string[];
  /** The part of its value that names the item it is in, by key. */
  readonly within: string;
}

/**
 * What each end of a link held when they last agreed, field by field. A path is in both maps or in neither; the two values
 * differ only for a declared or proven loss. `presence` is per side for the same reason.
 */
export interface Agreement {
  readonly revision: number;
  readonly parent: AgreedSide;
  readonly child: AgreedSide;
  /**
   * Paths whose bases are in doubt: a write without an answer may have landed there and been undone. They differ only by
   * conflict until both ends hold the same, or a decision of later date says what they shall hold.
   */
  readonly disputed?: readonly string[];
}
export interface AgreedSide {
  readonly presence: Presence;
  /** A path that only one side has was not covered by the other end: it is no base, and says only what this end has been seen with. */
  readonly fields: Fields;
  /** Lists whose absence of an item is agreed. */
  readonly covers: readonly string[];
}

/** A person's or a policy's answer for one field: it applies while each end holds what was seen, or the value; it ends when both hold it. */
export interface Decision {
  readonly path: string;
  readonly seenAtParent: Scalar | undefined;
  readonly seenAtChild: Scalar | undefined;
  /** `undefined` decides that a list's item is not there. */
  readonly value: Scalar | undefined;
  /** Of a policy's: its name. */
  readonly policy?: string;
  /** Of an item of a list that is replaced: the other items in its slot, by path, that whoever decided was shown. */
  readonly beside?: readonly string[];
}
