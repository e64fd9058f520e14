import type { Held } from './held.js';

export type PathKind = 'equal' | 'unchanged' | 'to-target' | 'to-source' | 'to-both' | 'conflict' | 'unknown';

/** What became of a path, and why: `to-target` is the source's, `to-source` the target's, `to-both` a value that neither end held. */
export interface PathVerdict {
  readonly kind: PathKind;
  readonly why: PathReason;
  /** Of what is `said-elsewhere`, and of what was decided of a successor: the path of the item that both ends replaced. */
  readonly inPlaceOf?: string;
}
export type PathReason =
  | 'both-hold-it'
  | 'agreed-difference'
  | 'one-end-edited'
  | 'only-one-end-has-it'
  | 'record-is-new'
  | 'decided'
  | 'not-covered'
  /** Its item would have to be replaced only for this field, which one end has just come to tell. */
  | 'not-in-place'
  /** Both ends replaced one item by the same thing: it is kept once. */
  | 'said-elsewhere'
  /** By a rule of the kind of record: what a person wrote, against what a task of the other server did. */
  | 'person-before-task'
  /** By the same rule, where tasks wrote both. */
  | 'child-of-two-tasks'
  | ConflictReason;

/** Why a person is asked. */
export type ConflictReason =
  | 'both-edited'
  | 'first-contact'
  | 'delete-against-edit'
  | 'absent-with-agreement'
  | 'preference-without-item'
  | 'decision-lapsed'
  | 'in-doubt'
  /** By a rule: one end took back what stands at the other. */
  | 'would-take-back'
  /** By a rule: both ends changed a record that is never put together out of two. */
  | 'not-by-field'
  /** It is voided at one end because another record took its place there. */
  | 'merged-away';

/** Why the presence of a record is as it is, or flows. */
export type PresenceReason =
  | Extract<PathReason, 'both-hold-it' | 'agreed-difference' | 'one-end-edited' | 'record-is-new' | 'decided' | ConflictReason>
  | 'nothing-to-void';

export type PresenceFlow = 'equal' | 'to-target' | 'to-source' | 'conflict';

/** What a merge found. Two merges with source and target swapped are mirror images. */
export interface Merged {
  readonly paths: ReadonlyMap<string, PathVerdict>;
  /** What each end lacks; `undefined` is an item that shall go. */
  readonly toTarget: ReadonlyMap<string, Held>;
  readonly toSource: ReadonlyMap<string, Held>;
  /** Paths in conflict, sorted; never `PRESENCE`. */
  readonly conflicts: readonly string[];
  readonly presence: PresenceFlow;
  /** What the end that it flows to shall become; null where it flows nowhere. */
  readonly presenceValue: 'present' | 'voided' | null;
  readonly presenceWhy: PresenceReason;
  /** Why a person must be asked; null where nobody must. */
  readonly reason: ConflictReason | null;
}
