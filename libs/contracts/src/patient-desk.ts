import { z } from 'zod';
import { LinkId, Uuid } from './ids.js';

/** What people do to what travels of one patient. */
export const PATIENT_ACTS = ['stopped', 'resumed', 'erased'] as const;
export type PatientAct = (typeof PATIENT_ACTS)[number];

const Reason = z.string('is text').max(1000, 'is 1000 characters at most');

/** Of whom nothing more is to be written, or is to be again: on one link, or on all where none is named; and why. */
export const PatientDeed = z.strictObject({ patient: Uuid, link: LinkId.optional(), reason: Reason.optional() });
export type PatientDeed = z.infer<typeof PatientDeed>;

/** A year is the most. */
const MOST_SECONDS = 366 * 86_400;

/** Who goes to a link's child whatever its catchment says, for so many seconds from now; and why. */
export const FollowDeed = z.strictObject({
  patient: Uuid,
  link: LinkId,
  seconds: z.int().min(3600, 'is an hour at least').max(MOST_SECONDS, 'is a year at most'),
  reason: Reason.optional(),
});
export type FollowDeed = z.infer<typeof FollowDeed>;

/** Who is followed there no longer. */
export const UnfollowDeed = PatientDeed.required({ link: true });
export type UnfollowDeed = z.infer<typeof UnfollowDeed>;

/** Of whom is to be forgotten what is stored; her uuid once more, as it was typed; and why. */
export const EraseDeed = z.strictObject({ patient: Uuid, confirm: z.string().max(100), reason: Reason });
export type EraseDeed = z.infer<typeof EraseDeed>;

/** A patient of whom nothing is written, until somebody lets her go on. Times are ISO 8601 in UTC. */
export interface StoppedPatient {
  readonly patient: Uuid;
  /** `null` for every link that is run here. */
  readonly link: LinkId | null;
  readonly by: string;
  readonly since: string;
  /** In the person's own words; they may name her. */
  readonly reason: string | null;
  /** Records of hers, she among them, that are held for it. */
  readonly waiting: number;
  /** Since when nothing of hers is stored either; `null` where it is. */
  readonly erasedAt: string | null;
}

/** A patient who goes to a link's child whatever its catchment says, until her time is over. */
export interface FollowedPatient {
  readonly patient: Uuid;
  readonly link: LinkId;
  readonly by: string;
  readonly since: string;
  readonly until: string;
  readonly reason: string | null;
}

/** A patient who has left a link's catchment and whose copy at the child is, or is to be, out of use. */
export interface DepartedPatient {
  readonly patient: Uuid;
  readonly link: LinkId;
  readonly state: string;
  /** What it waits for. */
  readonly waitsFor: string | null;
  readonly since: string;
}

export interface PatientList {
  /** Links that are run here. */
  readonly links: readonly LinkId[];
  readonly stopped: readonly StoppedPatient[];
  readonly followed: readonly FollowedPatient[];
  /** Who left last first, at most 200. */
  readonly departed: readonly DepartedPatient[];
}

/** What a stop came to. */
export interface PatientStopped {
  /** `as-it-is`: it stands so already. */
  readonly outcome: 'done' | 'as-it-is' | 'no-such-link';
  /** By what she is known to the hub, where that is another uuid than was told. */
  readonly patient: Uuid;
  /** Has anything of her ever been seen here? What comes of her is stopped all the same. */
  readonly isKnown: boolean;
  /** Writes of hers that had begun and have not come to their end. No other begins. */
  readonly underWay: number;
  /** Links that another instance runs: it alone can stop her there. */
  readonly elsewhere: readonly LinkId[];
}

/** `as-it-is`: she was not stopped there. `woken`: records that are looked at again now. */
export interface PatientResumed {
  readonly outcome: 'done' | 'as-it-is' | 'no-such-link';
  readonly woken: number;
}

/** `not-pulled`: nothing of patients goes to the link's child. `as-it-is`: she was not followed there. */
export type FollowOutcome = 'done' | 'as-it-is' | 'no-such-link' | 'not-pulled';

/** How much is, or was, kept of a patient and of what hangs on her. */
export interface ErasedCounts {
  readonly records: number;
  readonly snapshots: number;
  readonly agreements: number;
  /** Jobs and changes that have not ended: they end as discarded. */
  readonly held: number;
  readonly conflicts: number;
  readonly decisions: number;
  /** What was noted of writes. */
  readonly writes: number;
  /** What was sent to sites and answered, where that is kept. */
  readonly bodies: number;
  /** By what she is found. */
  readonly words: number;
  /** Conflicts of instances that report here. */
  readonly received: number;
}

/**
 * `not-stopped`: she must be stopped on every link first. `in-hand`: something of hers is looked at or written at this moment. `not-confirmed`: what was typed is not her uuid.
 */
export interface PatientErased {
  readonly outcome: 'done' | 'not-stopped' | 'in-hand' | 'not-confirmed';
  readonly counts: ErasedCounts | null;
}

/** Where people stop one patient, and let her go on; have her followed for a while; and have it forgotten what is stored of her. */
export interface PatientDesk {
  list(): Promise<PatientList>;
  stop(deed: PatientDeed & { readonly by: string }): Promise<PatientStopped>;
  resume(deed: PatientDeed & { readonly by: string }): Promise<PatientResumed>;
  follow(deed: FollowDeed & { readonly by: string }): Promise<FollowOutcome>;
  unfollow(deed: UnfollowDeed & { readonly by: string }): Promise<FollowOutcome>;
  /** What would go. */
  kept(patient: Uuid): Promise<ErasedCounts>;
  erase(deed: EraseDeed & { readonly by: string }): Promise<PatientErased>;
}
