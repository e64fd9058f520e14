import type { SiteId } from '@sync-hub/contracts';

/** A feed of a route's source, as far as it has been read. */
export interface ReadFeed {
  /** Every entry published before was taken over then; `null` if it never was read to its end. */
  readonly readToEndAt: Date | null;
  /** What it told after it was left alone, up to `until`, may have been entered at any moment since `from`; see `FeedOverview`. */
  readonly behind: { readonly from: Date | null; readonly until: Date | null } | null;
}

/** One end of a route: whether it answers, and since when that is so. */
export interface RouteEnd {
  readonly site: SiteId;
  readonly isUp: boolean;
  readonly since: Date | null;
}

/** A route at one moment. */
export interface RouteAt {
  readonly at: Date;
  readonly source: RouteEnd;
  readonly target: RouteEnd;
  /** Those of its source that we read. */
  readonly feeds: readonly ReadFeed[];
  /** When the oldest of what goes on by itself was noticed, `null` where nothing is under way. What is held is told of by itself. */
  readonly movingSince: Date | null;
  readonly freshWithinSeconds: number;
}

/** What keeps a route from being fresher: one of its ends does not answer, a feed was not read to its end, or work is under way. */
export type StalestOf = 'source' | 'target' | 'feed' | 'work';

export interface Freshness {
  /** `unknown`: nothing is known to be at the target yet, because a feed has never been read to its end, or an end has never answered. */
  readonly state: 'fresh' | 'late' | 'unknown';
  /** All that was entered at the source before is at the target, or held; `null` where that cannot be said. */
  readonly asOf: Date | null;
  readonly because: StalestOf;
}

/**
 * How fresh a route is. An idle one whose feeds were read to their ends is fresh; one whose end does not answer gets older; work under way that is
 * older than the target makes it late; and so does work of unknown age, such as what a clinic has entered while it could not be reached.
 */
export function freshnessOf({ at, source, target, feeds, movingSince, freshWithinSeconds }: RouteAt): Freshness {
  const moments: readonly (readonly [StalestOf, Date | null])[] = [
    ['source', source.isUp ? at : source.since],
    ['target', target.isUp ? at : target.since],
    ['work', movingSince ?? at],
    ...feeds.map((feed) => ['feed', knownUpTo(feed, movingSince)] as const),
  ];
  const [stalest, asOf] = moments.reduce((oldest, one) => (isOlder(one[1], oldest[1]) ? one : oldest));
  const because = behindIt(stalest, source, target);
  if (asOf === null) return { state: 'unknown', asOf, because };
  return { state: at.getTime() - asOf.getTime() > freshWithinSeconds * 1000 ? 'late' : 'fresh', asOf, because };
}

/** A feed is not read where its site does not answer, and nothing is written there. */
function behindIt(stalest: StalestOf, source: RouteEnd, target: RouteEnd): StalestOf {
  if (stalest === 'feed' && !source.isUp) return 'source';
  return stalest === 'work' && !target.isUp ? 'target' : stalest;
}

function knownUpTo({ readToEndAt, behind }: ReadFeed, movingSince: Date | null): Date | null {
  if (behind === null) return readToEndAt;
  const isThrough = behind.until !== null && (movingSince === null || movingSince > behind.until);
  return isThrough || isOlder(readToEndAt, behind.from) ? readToEndAt : behind.from;
}

/** Nothing known is the oldest of all. */
const isOlder = (one: Date | null, other: Date | null): boolean => other !== null && (one === null || one < other);
