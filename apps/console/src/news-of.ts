import { auditNews } from './audit-table.js';
import { closedNews } from './closed-table.js';
import { configurationNews } from './configuration-news.js';
import { driftNews } from './drift-table.js';
import { failingNews } from './failing-table.js';
import { HELD_REASONS } from './meanings.js';
import { linkNews } from './observed-table.js';
import type { HeldReason, Overview, SiteOverview } from './overview.js';
import type { News, Tone } from './page.js';
import { countText, type Words } from './plain-words.js';
import { pauseNews, restsNews } from './resting.js';
import { freshnessSeconds } from './routes-table.js';

const URGENCY: readonly Tone[] = ['bad', 'good', 'busy', 'quiet'];

/** The sentences on top: what needs somebody first, then what waits, and one sentence of calm where there is neither. */
export function newsOf(overview: Overview, words: Words): News[] {
  const news = [
    ...overview.sites.flatMap((site) => siteNews(site, words)),
    ...pauseNews(overview, words),
    ...restsNews(overview, words),
    ...closedNews(overview, words),
    ...heldNews(overview),
    ...driftNews(overview),
    ...failingNews(overview, words),
    ...linkNews(overview, words),
    ...configurationNews(overview, words),
    ...auditNews(overview, words),
  ];
  const calm = news.some(({ tone }) => tone === 'bad') ? [] : calmNews(overview, words);
  return [...news, ...calm].sort((a, b) => URGENCY.indexOf(a.tone) - URGENCY.indexOf(b.tone));
}

function siteNews(site: SiteOverview, words: Words): News[] {
  const name = words.siteName(site.site);
  const since = site.since === null ? '' : ` since ${words.clock(site.since)}`;
  const waiting = site.jobsWaiting + site.changesWaiting;
  const queue = waiting === 0 ? 'nothing is waiting for it' : `${waiting.toLocaleString('en-GB')} waiting`;
  const troubled = site.feeds.filter(({ trouble }) => trouble !== null);
  const feeds: News[] = troubled.length === 0 ? [] : [{ tone: 'bad', text: `${name}: ${countText(troubled.length, 'feed')} in doubt, and being read again` }];
  switch (site.state) {
    case 'up':
      return feeds;
    case 'down':
      if (site.rests !== null && site.code !== 'too-old') return feeds;
      if (site.code === 'too-old') return [{ tone: 'bad', text: `${name} is too old to be read${since}, ${queue}; upgrade its webservices.rest` }, ...feeds];
      return [{ tone: 'bad', text: `${name} is down${since}, ${queue}` }, ...feeds];
    case 'locked-out':
      return [{ tone: 'bad', text: `${name} refuses our login${since}, ${queue}; mend the password or unlock the account` }, ...feeds];
    case 'quarantined':
      return [{ tone: 'bad', text: `${name} is quarantined${since}: its data is not what it was, and somebody must look` }, ...feeds];
    case 'not-asked':
      if (site.rests !== null) return [];
      return [{ tone: 'quiet', text: `${name} is joining and has not been asked yet` }];
  }
}

function heldNews({ routes, held, heldTotal }: Overview): News[] {
  const counts = new Map<HeldReason, number>();
  const add = (reason: HeldReason, count: number): Map<HeldReason, number> => counts.set(reason, (counts.get(reason) ?? 0) + count);
  for (const route of routes) for (const [reason, count] of Object.entries(route.held)) add(reason as HeldReason, count);
  for (const { kind, why } of held) if (kind === 'change') add(why, 1);
  const conflicts = counts.get('conflict') ?? 0;
  const waiting = counts.get('waiting') ?? 0;
  const parked = Math.max(0, heldTotal - conflicts - waiting);
  return [
    ...(conflicts > 0
      ? [
          {
            tone: 'bad',
            text: `${countText(conflicts, 'record')} changed at both ends and ${conflicts === 1 ? 'waits' : 'wait'} for somebody to choose`,
          } as const,
        ]
      : []),
    ...(parked > 0 ? [{ tone: 'bad', text: `${countText(parked, 'record')} cannot go on without somebody: ${parkedText(counts)}` } as const] : []),
    ...(waiting > 0
      ? [
          {
            tone: 'busy',
            text: `${countText(waiting, 'record')} ${waiting === 1 ? 'waits' : 'wait'} for what ${waiting === 1 ? 'it refers' : 'they refer'} to`,
          } as const,
        ]
      : []),
  ];
}

const TOLD_APART: ReadonlySet<HeldReason> = new Set<HeldReason>(['conflict', 'waiting', 'class-closed', 'observed']);

function parkedText(counts: ReadonlyMap<HeldReason, number>): string {
  const parts = [...counts]
    .filter(([reason, count]) => count > 0 && !TOLD_APART.has(reason))
    .map(([reason, count]) => `${HELD_REASONS[reason].text} (${count})`);
  return parts.length === 0 ? 'see Held' : parts.join(', ');
}

function calmNews({ sites, routes, heldTotal, links, closedClasses }: Overview, words: Words): News[] {
  if (sites.length === 0) return [{ tone: 'quiet', text: 'No site takes part yet' }];
  if (!sites.some(({ state, rests }) => state === 'up' && rests === null) || links.some(({ writing }) => writing !== 'live')) return [];
  if (closedClasses.some(({ waiting }) => waiting > 0)) return [];
  const behind = routes.flatMap(({ categories }) => freshnessSeconds(categories, words) ?? []);
  const onTheWay = sites.reduce((sum, site) => sum + site.jobsWaiting + site.changesWaiting, 0);
  // Sites and routes are counted a moment apart: what arrived between the two is on its way no more.
  if (sites.some(({ rests }) => rests !== null)) return [{ tone: 'good', text: 'Nothing needs anybody; what was entered at sites that rest is not known yet' }];
  if (behind.length === 0 || (onTheWay === 0 && heldTotal === 0))
    return [{ tone: 'good', text: 'Everything is in step: no change is on its way, and nothing needs anybody' }];
  if (onTheWay === 0) return [];
  return [{ tone: 'good', text: `Nothing needs anybody: ${countText(onTheWay, 'record')} on the way` }];
}
