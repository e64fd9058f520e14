import type { LinkId } from '@sync-hub/contracts';

/** Whether a link that runs here writes: not while it is only observed, nor while its instance is read-only. */
export interface LinkWriting {
  readonly link: LinkId;
  readonly writing: 'live' | 'observe' | 'read-only';
  /** Why its brake pauses it, `null` where it does not. */
  readonly braked: BrakeOverview | null;
}

/** More was to be voided than a link's brake lets pass: nothing is written on it until a person releases it. */
export interface BrakeOverview {
  readonly since: Date;
  /** `voids-per-hour` or `percent-of-category`. */
  readonly reason: string;
  /** The kind of record whose void was one too many. */
  readonly category: string;
  readonly voids: number;
}
