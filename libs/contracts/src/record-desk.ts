import { z } from 'zod';
import type { HeldHelp, HeldName, SiteAway } from './held-desk.js';
import { type Direction, type LinkId, type RecordRef, type SiteId, Uuid } from './ids.js';

/** Whom or what somebody looks for: a uuid, an identifier, or words of a name. Patient data: it comes in a body, and is kept nowhere. */
export const RecordSearch = z.strictObject({
  text: z
    .string()
    .max(200)
    .refine((text) => text.trim() !== '', 'is a uuid, an identifier or a name'),
});
export type RecordSearch = z.infer<typeof RecordSearch>;

export const RecordAsked = z.strictObject({
  uuid: Uuid,
  /** Where the page of hops before ended. */
  after: z.string().max(200).optional(),
});
export type RecordAsked = z.infer<typeof RecordAsked>;

export interface FoundRecord {
  readonly record: RecordRef;
  readonly by: 'uuid' | 'identifier' | 'name';
}

/** Something that was said of a record: a step of the pipeline, or an act of a person. Ids, names of fields and codes alone. */
export interface RecordHop {
  readonly at: string;
  /** The message's name without its version: `job.ended`. */
  readonly said: string;
  readonly site: SiteId;
  readonly link: LinkId | null;
  /** How it ended, or is held. */
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly by: string | null;
  /** Fields that were written, or asked about. */
  readonly fields: readonly string[];
  /** Fields that the target dropped. */
  readonly lost: readonly string[];
  /** The instance that told of it; `null` for this one. */
  readonly origin: string | null;
}

/** Where a record is now that is on its way, and why it does not go on. */
export interface RecordStanding {
  readonly kind: 'job' | 'change';
  /** Of the job or change, as what is held is called. */
  readonly id: string;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  /** `null` of a change. */
  readonly source: SiteId | null;
  readonly site: SiteId;
  /** `moving` goes on by itself. */
  readonly state: 'moving' | 'waiting' | 'conflict' | 'parked';
  readonly why: string | null;
  readonly code: string;
  readonly names: readonly HeldName[];
  readonly since: string;
  /** Its open conflict. */
  readonly conflict: string | null;
  /** The one thing that helps what is held; `answer` a conflict. */
  readonly helps: HeldHelp | 'answer' | null;
}

/** Both ends of a link have agreed on it: then, and never since, they held the same. */
export interface RecordAgreed {
  readonly link: LinkId;
  readonly parent: SiteId;
  readonly child: SiteId;
  readonly at: string;
}

/** A record that hangs on a patient, and whether it is on its way. */
export interface HangingRecord {
  readonly record: RecordRef;
  readonly lastAt: string;
  readonly states: readonly RecordStanding['state'][];
}

/** The record's patient, or the record, is stopped there: nothing of hers is written until somebody lets her go on. */
export interface RecordStop {
  /** `null` for every link. */
  readonly link: LinkId | null;
  readonly by: string;
  readonly since: string;
}

export interface RecordTimeline {
  readonly record: RecordRef;
  /** Whom it hangs on, as far as anything said so. */
  readonly patient: RecordRef | null;
  readonly agreed: readonly RecordAgreed[];
  readonly standing: readonly RecordStanding[];
  /** Whoever stopped her, or the patient it hangs on, whether anything waits for it or not. */
  readonly stops: readonly RecordStop[];
  /** Sites among its own that are asked nothing now. */
  readonly away: readonly SiteAway[];
  /** The newest first. */
  readonly hops: readonly RecordHop[];
  readonly next: string | null;
  /** Of a patient: what ever travelled as hers, what moved last first, at most 200. */
  readonly hanging: readonly HangingRecord[];
}

/** What people ask of one record. */
export interface RecordDesk {
  search(text: string): Promise<readonly FoundRecord[]>;
  /** `null` where nothing was ever said of that uuid. */
  timeline(asked: RecordAsked): Promise<RecordTimeline | null>;
}
