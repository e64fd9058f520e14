import { z } from 'zod';
import type { Aggregate, LinkId, SiteId } from './ids.js';
import { BODY_REASONS, type BodyReason } from './messages/body-shown.message.js';

/** Why somebody asks to see what went over the line: one of a few reasons, which the audit has, and words of their own, which are sealed. */
export const BodyAsked = z.strictObject({ reason: z.enum(BODY_REASONS), note: z.string().trim().min(3).max(500) });
export type BodyAsked = z.infer<typeof BodyAsked>;

/** That the bodies of a write are kept: what was sent to a site, and what it answered. Nothing of what they say. */
export interface KeptBody {
  readonly id: string;
  readonly site: SiteId;
  readonly link: LinkId;
  readonly aggregate: Aggregate;
  readonly uuid: string;
  readonly jobId: string;
  readonly at: string;
  /** They are dropped then. */
  readonly until: string;
  /** What the site answered; null where it did not. */
  readonly status: number | null;
  readonly bytes: number;
}

/** Who was shown it before. `note` is null where our keys no longer open it. */
export interface BodySight {
  readonly by: string;
  readonly at: string;
  readonly reason: BodyReason;
  readonly note: string | null;
}

/** The bodies themselves; `opened` is null where our keys no longer open them. */
export interface ShownBody extends KeptBody {
  readonly opened: {
    readonly method: string;
    readonly path: string;
    readonly request: string;
    readonly answer: string | null;
    /** One of them was longer than is kept. */
    readonly isCut: boolean;
  } | null;
  readonly shownBefore: readonly BodySight[];
}
