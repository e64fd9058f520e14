import { z } from 'zod';
import { Direction, type LinkId } from './ids.js';

/** What people do to a link, or to one direction of it. `release` is of its brake, and of both. */
export const LINK_ACTS = ['pause', 'drain', 'resume', 'release'] as const;
export type LinkAct = (typeof LINK_ACTS)[number];

const LENGTH = 'is 1000 characters at most';

/** Which direction is meant, both where none is said, and why. Whoever stops something says why. */
export const LinkDeed = z.strictObject({ direction: Direction.optional(), reason: z.string('is text').max(1000, LENGTH).optional() });
export type LinkDeed = z.infer<typeof LinkDeed>;

/** An act on a link as its history has it, the newest first. Times are ISO 8601 in UTC. */
export interface LinkActTold {
  readonly what: LinkAct;
  readonly direction: Direction | null;
  readonly by: string;
  readonly reason: string | null;
  readonly at: string;
}

/** `as-it-is`: it stands so already. */
export type LinkOutcome = 'done' | 'as-it-is' | 'no-such-link';

/** Where people stop links and let them go on. */
export interface LinkDesk {
  /** The last acts on the link; `null` where it is not run here. */
  history(link: LinkId): Promise<readonly LinkActTold[] | null>;
  act(link: LinkId, what: LinkAct, deed: LinkDeed & { readonly by: string }): Promise<LinkOutcome>;
}
