import type { Direction, LinkId, SiteId } from './ids.js';
import type { ToldHealth } from './told-health.js';

/** How a route stands: written on, or why nothing is written on it now. The first that holds, in this order. */
export const ROUTE_STANDINGS = ['observe', 'read-only', 'braked', 'paused', 'draining', 'rests', 'live'] as const;
export type RouteStanding = (typeof ROUTE_STANDINGS)[number];

/** What keeps a route from being fresher: an end that does not answer, a feed that was not read to its end, or work under way. */
export const STALEST_OF = ['source', 'target', 'feed', 'work'] as const;

/** Up, down (nobody answers its probe), locked out (401), quarantined (its data is not what it was), or not asked yet. */
export const SITE_STATES = ['up', 'down', 'locked-out', 'quarantined', 'not-asked'] as const;

export const FRESHNESS_STATES = ['fresh', 'late', 'unknown'] as const;

/** Times of a board are ISO 8601 in UTC. It holds ids, names, codes, counts and times, and nothing of a record's content. */
export interface BoardFeed {
  readonly category: string;
  readonly readAt: string | null;
  readonly readToEndAt: string | null;
  readonly newestEntryAt: string | null;
  readonly entriesRead: number;
  readonly trouble: string | null;
  /** Is it read by us? Not what a site tells by itself, nor what is followed no more. */
  readonly isAsked: boolean;
  /** The categories that it tells of. */
  readonly tellsOf: readonly string[];
}

export interface BoardSite {
  readonly site: SiteId;
  readonly title: string;
  readonly state: (typeof SITE_STATES)[number];
  readonly since: string | null;
  readonly code: string | null;
  /** Outside of its windows, and until when where that is known. */
  readonly rests: { readonly until: string | null } | null;
  /** To be read from it, and to be written to it. */
  readonly toRead: number;
  readonly toWrite: number;
  readonly changesHeld: number;
  /** Its clock minus ours, and how far off that may be; `null` where it was not told. */
  readonly clockSkewMs: number | null;
  readonly clockWithinMs: number | null;
  readonly generation: number;
  readonly platform: string | null;
  readonly rest: string | null;
  readonly fhir2: string | null;
  readonly takesUuids: boolean | null;
  readonly askedAt: string | null;
  readonly feeds: readonly BoardFeed[];
}

/** Held jobs by why. */
export type BoardHeld = Readonly<Partial<Record<string, number>>>;

export interface BoardCategory {
  readonly category: string;
  readonly open: number;
  readonly movingSince: string | null;
  readonly held: BoardHeld;
}

export interface BoardRoute {
  readonly link: LinkId;
  readonly direction: Direction;
  readonly source: SiteId;
  readonly target: SiteId;
  readonly freshness: {
    readonly state: (typeof FRESHNESS_STATES)[number];
    /** All that was entered at the source before is at the target, or held. */
    readonly asOf: string | null;
    readonly because: (typeof STALEST_OF)[number];
  };
  readonly freshWithinSeconds: number;
  readonly standing: RouteStanding;
  readonly restsUntil: string | null;
  readonly pause: { readonly how: 'pause' | 'drain'; readonly since: string; readonly by: string } | null;
  /** Changes of the source that are to be looked at, and jobs that are to be done. */
  readonly changes: number;
  readonly jobs: number;
  /** In how many seconds they are done as fast as it goes now, `null` where that is not known. */
  readonly catchUpSeconds: number | null;
  readonly lastGoodAt: string | null;
  readonly held: BoardHeld;
  readonly carries: readonly string[];
  readonly categories: readonly BoardCategory[];
}

export interface BoardLink {
  readonly link: LinkId;
  readonly braked: { readonly since: string; readonly reason: string; readonly category: string; readonly voids: number } | null;
  readonly routes: readonly BoardRoute[];
}

/** What a site takes no record of, or is not read for. */
export interface BoardClosed {
  readonly site: SiteId;
  readonly category: string;
  readonly does: readonly string[];
  readonly code: 'unsupported' | 'not-allowed';
  readonly privilege: string | null;
  readonly because: string;
  readonly since: string;
  readonly waiting: number;
}

/** All links that run at one instance, at one moment. */
export interface OwnBoard {
  readonly takenAt: string;
  readonly sites: readonly BoardSite[];
  readonly links: readonly BoardLink[];
  readonly closed: readonly BoardClosed[];
  readonly heldTotal: number;
}

/** How another instance that reports here does, as it told last. */
export interface BoardInstance {
  readonly origin: string;
  /** When it was heard of last, by the clock here; `null` where it has never told anything. */
  readonly heardAt: string | null;
  /** It should have been heard of since: nobody knows how it does now. */
  readonly isUnheard: boolean;
  /** `null` where it has not told: it is of an older version, or cannot read its own board. */
  readonly health: ToldHealth | null;
  /** When that was so, by the clock of that instance; and when it was heard, by the clock here. */
  readonly healthAsOf: string | null;
  readonly healthHeardAt: string | null;
  /** It is older than it should be, though the instance may be heard of. So it is where `isUnheard`, too, and where nothing was told. */
  readonly isOutdated: boolean;
}

/** All links that run here, and how the instances that report here do, at one moment. */
export interface Board extends OwnBoard {
  readonly instances: readonly BoardInstance[];
}
