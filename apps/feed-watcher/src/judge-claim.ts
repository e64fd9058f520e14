/** A claim as it was found at the parent, and since when it has stood there unchanged. */
export interface SeenClaim {
  readonly value: string | null;
  readonly since: Date;
}

export type Claimed = 'ours' | 'refused';

/**
 * May this engine run the link? Yes where nobody claims it, where the claim is one that it wrote, or where another's claim has stood
 * unchanged, before our eyes, for longer than claims are renewed. Another's clock is never believed, nor a name: a copy of our database has it too.
 */
export function judgeClaim({
  ours,
  held,
  seen,
  now,
  claimSeconds,
}: {
  /** Claims that were written from this database. */
  readonly ours: readonly string[];
  readonly held: string | null;
  readonly seen: SeenClaim | null;
  readonly now: Date;
  readonly claimSeconds: number;
}): { readonly claimed: Claimed; readonly seen: SeenClaim } {
  const asSeen = seen !== null && seen.value === held ? seen : { value: held, since: now };
  const isFree = held === null || held === '' || ours.includes(held);
  const isGivenUp = now.getTime() - asSeen.since.getTime() > claimSeconds * 1000;
  return { claimed: isFree || isGivenUp ? 'ours' : 'refused', seen: asSeen };
}
