import type { Situation } from '@sync-hub/contracts';
import type { KnownSituation, SituationChanges } from '@sync-hub/persistence';

const MINUTE_MS = 60_000;

/** The moment of a look, and by what it goes. */
export interface LookedAt {
  readonly at: Date;
  readonly clearMinutes: number;
  readonly isHere: (situation: Situation) => boolean;
}

/** What a look changes: of what is known and what is there now. What is gone is over once it has been gone for so long; what comes back before was never over. */
export function planNotices(known: readonly KnownSituation[], now: readonly Situation[], { at, clearMinutes, isHere }: LookedAt): SituationChanges {
  const open = known.filter(({ clearedAt }) => clearedAt === null);
  const isThere = ({ key }: Situation): boolean => now.some((one) => one.key === key);
  const isOpen = ({ key }: Situation): boolean => open.some((one) => one.key === key);
  const missing = open.filter((one) => !isThere(one) && isHere(one));
  const isOver = ({ goneSince }: KnownSituation): boolean =>
    clearMinutes === 0 || (goneSince !== null && at.getTime() - goneSince.getTime() >= clearMinutes * MINUTE_MS);
  return {
    began: now.filter((one) => !isOpen(one)),
    stands: now.filter(isOpen),
    gone: missing.filter((one) => !isOver(one)),
    cleared: missing.filter(isOver),
    dropped: open.filter((one) => !isThere(one) && !isHere(one)),
  };
}

/** So often a message is tried: the last time some seven hours after the first. */
export const MOST_ATTEMPTS = 12;
const FIRST_SECONDS = 60;
const AT_MOST_SECONDS = 3600;

/** After how many seconds a message is tried again that failed so many times; `null` where it is given up. */
export const againAfter = (attempts: number): number | null =>
  attempts >= MOST_ATTEMPTS ? null : Math.min(FIRST_SECONDS * 2 ** (attempts - 1), AT_MOST_SECONDS);
