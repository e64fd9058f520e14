import type { Shown } from '@sync-hub/configuration';
import type { OwnGroup, OwnPause, SiteAway, SiteId } from '@sync-hub/contracts';
import type { OwnRow } from '@sync-hub/persistence';
import { helpsOf } from '../held/index.js';

/** What is known of sites and links beside the records themselves. */
export interface Standing {
  readonly shown: Pick<Shown, 'sites' | 'routes' | 'links'>;
  /** Links that their brake pauses. */
  readonly braked: ReadonlySet<string>;
  /** Routes that people have paused, or let run dry, each as `link direction`. */
  readonly paused: ReadonlySet<string>;
  readonly away: readonly SiteAway[];
}

type Because = Pick<OwnGroup, 'because' | 'why' | 'helps' | 'pause' | 'away'>;
type Told = Pick<OwnRow, 'kind' | 'link' | 'direction' | 'site' | 'why' | 'code'>;

const NOTHING = { why: null, helps: null, pause: null, away: null } as const;

/** Why something of a site has not arrived: what somebody must see to goes before what goes on by itself, and that before what has nothing in its way. */
export function becauseOf(row: Told, source: SiteId, standing: Standing): Because {
  const { why, code, direction, kind, link, site } = row;
  if (why === 'conflict') return { ...NOTHING, because: 'conflict', why, helps: 'answer' };
  if (why === 'observed') return { ...NOTHING, because: 'paused', why, helps: 'go-live', pause: { why: 'observe', until: null } };
  if (why !== 'moving') return { ...NOTHING, because: why === 'waiting' ? 'waiting' : 'held', why, helps: helpsOf({ why: why as 'refused', code, direction }) };
  const away = standing.away.find((one) => one.site === site || one.site === source);
  const pause = kind === 'job' ? pauseOf(link, direction, standing) : restOf(source, standing);
  if (pause !== null && (pause.until === null || away === undefined)) return { ...NOTHING, because: 'paused', pause };
  if (away !== undefined) return { ...NOTHING, because: 'away', away: { site: away.site, state: away.state, since: away.since } };
  return { ...NOTHING, because: kind === 'job' ? 'moving' : 'unread' };
}

/** What a person has paused goes before what a clock has. */
function pauseOf(link: string | null, direction: string | null, { shown, braked, paused }: Standing): OwnGroup['pause'] {
  if (link !== null && braked.has(link)) return { why: 'brake', until: null };
  if (paused.has(`${link} ${direction}`)) return { why: 'pause', until: null };
  const writing = shown.links.find((one) => one.link === link)?.writing ?? 'live';
  if (writing !== 'live') return { why: writing, until: null };
  const rests = shown.routes.find(({ route }) => route.link === link && route.direction === direction)?.rests ?? null;
  return rests === null ? null : { why: rests.why, until: rests.until?.toISOString() ?? null };
}

function restOf(site: SiteId, { shown }: Standing): OwnGroup['pause'] {
  const rests = shown.sites.find((one) => one.site === site)?.rests ?? null;
  return rests === null ? null : { why: 'source' satisfies OwnPause, until: rests.until?.toISOString() ?? null };
}
