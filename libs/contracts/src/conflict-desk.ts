import { z } from 'zod';
import { type Aggregate, LinkId, type RecordRef, type SiteId } from './ids.js';

/** How a conflict stands: `answered` has a person's answer that has not reached both ends yet; the last two are closed. */
export const CONFLICT_STATES = ['open', 'assigned', 'answered', 'resolved', 'dismissed'] as const;
export type ConflictState = (typeof CONFLICT_STATES)[number];

/** What a field may hold, as the merge compares it; `undefined` is an item of a list that is not there. */
export type ConflictValue = string | number | boolean | null | undefined;

/** Which conflicts are asked for; all of them that are not closed, where nothing is said. */
export const ConflictFilter = z.strictObject({
  link: LinkId.optional(),
  category: z.string().optional(),
  /** A person by name; empty for those that nobody has taken. */
  owner: z.string().optional(),
  /** By `fieldName`, such as `names`. */
  field: z.string().optional(),
  reason: z.string().optional(),
  states: z.array(z.enum(CONFLICT_STATES)).optional(),
  openedBefore: z.iso.datetime().optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(50),
});
export type ConflictFilter = z.infer<typeof ConflictFilter>;

/** One conflict, without a value of it: may be listed, counted and logged. Times are ISO 8601 in UTC. */
export interface ConflictSummary {
  readonly id: string;
  readonly link: LinkId;
  readonly parent: SiteId;
  readonly child: SiteId;
  readonly record: RecordRef;
  readonly category: string;
  readonly reason: string;
  /** By `fieldName`, sorted. */
  readonly fields: readonly string[];
  readonly state: ConflictState;
  readonly owner: string | null;
  /** How many times either end has changed while it was open; what an answer says it has seen. */
  readonly version: number;
  readonly openedAt: string;
  readonly updatedAt: string;
  /** Records that wait for this one at either end. */
  readonly waitingBehind: number;
  /** Our job of the record on the link, as the audit and the log call it. */
  readonly jobId: string;
  /** The instance that runs the link and applies what is answered, where that is another one. */
  readonly origin?: string;
}

/** How many there are of what was asked for, whatever the page. */
export interface ConflictCounts {
  readonly all: number;
  /** Those among them that another instance applies, where any are. */
  readonly elsewhere?: number;
  readonly by: Readonly<Record<'link' | 'category' | 'field' | 'owner' | 'reason' | 'state', readonly { readonly name: string; readonly count: number }[]>>;
}

export interface ConflictList {
  readonly conflicts: readonly ConflictSummary[];
  readonly counts: ConflictCounts;
}

/** What is typed into a field: `json` for an item of a list that is an object. */
export type ConflictFieldKind = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'reference' | 'presence' | 'item' | 'json';

export interface ConflictSide {
  /** Left out where it is `undefined`: JSON has no word for that. */
  readonly value?: ConflictValue;
  /** In words, with what is referred to by name; null where the value says it all. */
  readonly label: string | null;
  /** Could this end be seen to hold the field or not? What it could not see is unknown, and is never written. */
  readonly isKnown: boolean;
}

export interface ConflictField {
  /** As the merge knows it; holds patient data. */
  readonly path: string;
  /** By `fieldName`; a catalogue of words names it for people. */
  readonly field: string;
  /** The item of the list in words, such as `OpenMRS ID 100GEJ`; null for a field that is in no list. */
  readonly item: string | null;
  readonly kind: ConflictFieldKind;
  /** What the parent held when both last agreed, and what the child did; null before first contact. */
  readonly base: { readonly parent: ConflictSide; readonly child: ConflictSide } | null;
  readonly parent: ConflictSide;
  readonly child: ConflictSide;
  /** `ask` must be answered; the other words are what the merge does by itself. */
  readonly does: 'ask' | 'nothing' | 'to-parent' | 'to-child' | 'to-both' | 'unknown';
  /** A reason of the merge: `both-edited`, `one-end-edited`, `first-contact`, ... */
  readonly why: string;
  /** Which answers it takes. */
  readonly takes: readonly ('parent' | 'child' | 'value')[];
}

export interface ConflictAuthor {
  readonly who: string | null;
  /** By name where the site told it. */
  readonly label: string | null;
  readonly at: string | null;
}

export interface ConflictNote {
  readonly at: string;
  readonly by: string;
  /** `noted`, `assigned`, `answered`, `shown-again`, `dismissed`, `resolved`. */
  readonly what: string;
  readonly text: string | null;
}

/** All that a person needs to decide. Holds patient data. */
export interface ConflictDetail {
  readonly conflict: ConflictSummary;
  readonly titles: { readonly parent: string; readonly child: string };
  /** What differs first. */
  readonly fields: readonly ConflictField[];
  readonly authors: { readonly parent: ConflictAuthor; readonly child: ConflictAuthor };
  /** Of the patient it belongs to: where the clinic's own pages show it; null where it belongs to none. */
  readonly dashboards: { readonly parent: string | null; readonly child: string | null };
  readonly notes: readonly ConflictNote[];
  /** Where a void would take other records with it: the first twenty, as `resource/uuid`. */
  readonly takesAlong?: readonly string[];
  /** May it be answered otherwise while an answer is on its way? */
  readonly takesAnother?: boolean;
}

/** One choice a path: an end's value, or one that was typed. A value that is left out decides that the item is not there. */
export const ConflictChoice = z.union([
  z.strictObject({ path: z.string().min(1), take: z.enum(['parent', 'child']) }),
  z.strictObject({ path: z.string().min(1), value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional() }),
]);
export type ConflictChoice = z.infer<typeof ConflictChoice>;

export const ConflictAnswer = z.strictObject({
  /** An answer that is given again under its id is taken once; without one each is another. */
  id: z.uuid().optional(),
  /** The version that was looked at. */
  version: z.int().positive(),
  choices: z.array(ConflictChoice).min(1),
  note: z.string().max(2000).optional(),
  /** Is it for a conflict that nobody has answered? Then it is `stale` where somebody has meanwhile; else it takes the place of an answer that is on its way. */
  unlessAnswered: z.boolean().optional(),
});
export type ConflictAnswer = z.infer<typeof ConflictAnswer>;

/** That both ends may stay as they were seen. */
export interface ConflictDismissal {
  readonly reason: string;
  /** The version that was looked at; whichever stands, where an older instance does not say. */
  readonly version?: number | undefined;
}

/** What an answer would write, and what it leaves open; nothing of it is written. */
export interface ConflictPreview {
  readonly writes: readonly {
    readonly site: SiteId;
    readonly fields: readonly { readonly path: string; readonly from: ConflictSide; readonly to: ConflictSide }[];
  }[];
  /** Paths that would still be asked about. */
  readonly open: readonly string[];
}

/** `stale`: the record has changed since, and is shown again, or somebody has answered it. `invalid` names the place and what would be right. */
export type ConflictAnswered =
  | { readonly kind: 'taken'; readonly answerId: string }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'invalid'; readonly problems: readonly { readonly path: string; readonly problem: string }[] }
  | { readonly kind: 'closed'; readonly as: string };

/** What the console, the command line and other instances ask of conflicts. `by` is who acts. */
export interface ConflictDesk {
  list(filter: ConflictFilter): Promise<ConflictList>;
  /** null where there is none of that id. */
  find(id: string): Promise<ConflictDetail | null>;
  preview(id: string, answer: ConflictAnswer): Promise<ConflictPreview | Exclude<ConflictAnswered, { kind: 'taken' }>>;
  answer(id: string, answer: ConflictAnswer, by: string): Promise<ConflictAnswered>;
  /** An empty owner gives it back. */
  assign(id: string, owner: string, by: string): Promise<boolean>;
  note(id: string, text: string, by: string): Promise<boolean>;
  /** The ends stay as they are until one of them changes. False where it is not open at that version, or has an answer on its way. */
  dismiss(id: string, dismissal: ConflictDismissal, by: string): Promise<boolean>;
}

/** Conflicts over time, for reports. */
export interface ConflictReportRow {
  /** First day of the week or month, `2026-11-01`. */
  readonly from: string;
  readonly link: LinkId;
  readonly category: string;
  readonly aggregate: Aggregate;
  readonly field: string;
  /** Who answered; null where nobody has, or it closed by itself. */
  readonly by: string | null;
  readonly opened: number;
  readonly closed: number;
}
