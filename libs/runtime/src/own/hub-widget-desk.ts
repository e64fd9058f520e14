import { type Configuration, linksRunAt, shownOf, siteOf } from '@sync-hub/configuration';
import type { LinkId, SiteAway, SiteId, WidgetDesk, WidgetState } from '@sync-hub/contracts';
import type { HeldRepository, LinkOverviewRepository, WidgetRepository, WidgetRow } from '@sync-hub/persistence';
import { Recent } from '../recent.js';

export interface WidgetDeskParts {
  readonly widgets: WidgetRepository;
  readonly held: Pick<HeldRepository, 'away'>;
  readonly links: Pick<LinkOverviewRepository, 'links' | 'paused'>;
  readonly configuration: () => Configuration;
}

const BOTH_WAYS = 2;
const HOUR_MS = 3_600_000;
/** However many ask, the database is asked so seldom. */
const KEPT_MS = 30_000;

/** What anybody may see of the sites that the configuration names. */
export class HubWidgetDesk implements WidgetDesk {
  private readonly recent = new Map<SiteId, Recent<WidgetState>>();

  constructor(private readonly parts: WidgetDeskParts) {}

  async find(site: SiteId): Promise<WidgetState | null> {
    if (this.parts.configuration().instance.console?.widget?.sites.includes(site) !== true) return null;
    const recent = this.recent.get(site) ?? new Recent(() => this.read(site), KEPT_MS);
    this.recent.set(site, recent);
    return recent.read();
  }

  readonly framedBy = (): readonly string[] => this.parts.configuration().instance.console?.widget?.framedBy ?? [];

  private async read(site: SiteId): Promise<WidgetState> {
    const configuration = this.parts.configuration();
    const links = linksRunAt(configuration).filter(({ parent, child }) => parent === site || child === site);
    const ids = links.map(({ id }) => id);
    const shown = shownOf(configuration);
    const { widgets, held, links: overview } = this.parts;
    const [row, away, told, paused] = await Promise.all([widgets.read(site, ids), held.away(), overview.links(shown.links), overview.paused()]);
    const isStopped = (id: LinkId): boolean => paused.filter(({ link }) => link === id).length === BOTH_WAYS;
    const ends = new Set(links.length === 1 ? links.flatMap(({ parent, child }) => [parent, child]) : [site]);
    const own = told.filter(({ link }) => ids.includes(link));
    const isPaused =
      (own.length > 0 && own.every(({ link, writing, braked }) => writing !== 'live' || braked !== null || isStopped(link))) ||
      shown.sites.some((one) => one.site === site && one.rests !== null);
    return stateOf({ site, title: siteOf(configuration, site).title ?? site, row, away: away.filter((one) => ends.has(one.site)), isPaused, now: new Date() });
  }
}

interface Known {
  readonly site: SiteId;
  readonly title: string;
  readonly row: WidgetRow;
  readonly away: readonly SiteAway[];
  readonly isPaused: boolean;
  readonly now: Date;
}

/** Nothing is promised of what cannot go on now, nor where nothing went on of late. */
export function stateOf({ site, title, row, away, isPaused, now }: Known): WidgetState {
  const { lastGoodAt, lastAskedAt, waiting, held, endedLately } = row;
  const state = away.length > 0 ? 'away' : isPaused ? 'paused' : waiting > 0 ? 'catching-up' : 'in-step';
  const goesOn = state === 'catching-up' && endedLately > 0;
  return {
    ...{ site, title, state, waiting, held },
    lastGoodAt: lastGoodAt?.toISOString() ?? null,
    lastAskedAt: lastAskedAt?.toISOString() ?? null,
    expectedDoneAt: goesOn ? new Date(now.getTime() + (waiting / endedLately) * HOUR_MS).toISOString() : null,
    takenAt: now.toISOString(),
  };
}
