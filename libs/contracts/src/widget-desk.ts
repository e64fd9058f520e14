import type { SiteId } from './ids.js';

/** How a site does, for anybody: counts and times, and nothing of any record. */
export interface WidgetState {
  readonly site: SiteId;
  readonly title: string;
  /** `in-step`: nothing waits; `catching-up`: what waits goes on by itself; `away`: the site cannot be reached, or may not be written to; `paused`: it rests, or a person has paused its link. */
  readonly state: 'in-step' | 'catching-up' | 'away' | 'paused';
  /** When a record of the site last came to the other end, or one from there to it, or both were seen to be alike. ISO 8601 in UTC, as all times; `null` if never. */
  readonly lastGoodAt: string | null;
  /** When it was last asked for its changes, and answered. */
  readonly lastAskedAt: string | null;
  /** Goes on by itself. */
  readonly waiting: number;
  /** Waits for people. */
  readonly held: number;
  /** When what waits is done, if it goes on as in the last hour; `null` where nothing waits, or nothing has gone on. */
  readonly expectedDoneAt: string | null;
  readonly takenAt: string;
}

/** What anybody may see of sites, and the web sites that may show it in a frame. */
export interface WidgetDesk {
  /** `null` where the configuration does not name the site. */
  find(site: SiteId): Promise<WidgetState | null>;
  framedBy(): readonly string[];
}
