import type { VoidsOnLink } from '@sync-hub/persistence';

export interface BrakeLimits {
  readonly voidsPerHour: number;
  /** Of the records of one kind that the link has agreed on, within a day. */
  readonly percentOfCategory: number;
}

/** So few are never a share of anything: one of ten locations is not a catastrophe. */
export const NEVER_A_SHARE = 5;

/** Is this void one too many? `null` where it may be done. */
export function judgeBrake({ lastHour, lastDayOfKind, agreedOfKind }: VoidsOnLink, limits: BrakeLimits): 'voids-per-hour' | 'percent-of-category' | null {
  if (lastHour > limits.voidsPerHour) return 'voids-per-hour';
  const isShare = lastDayOfKind > NEVER_A_SHARE && lastDayOfKind * 100 > agreedOfKind * limits.percentOfCategory;
  return isShare ? 'percent-of-category' : null;
}
