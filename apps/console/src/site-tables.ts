import { FEED_TROUBLES, SITE_STATES, TOO_OLD } from './meanings.js';
import type { FeedOverview, Overview, SiteOverview } from './overview.js';
import type { Cell, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';
import { lastSeen, siteRestsText } from './resting.js';

/** The sites: do they answer, what waits for them, are their feeds read. */
export function sitesTable({ sites }: Overview, words: Words): Table {
  return {
    id: 'sites',
    title: 'Sites',
    explains: 'The servers that take part, and what waits for each.',
    count: countText(sites.length, 'site'),
    columns: ['Site', 'State', 'Runs', 'Waiting', 'Feeds', 'Generation'],
    rows: sites.map((site) => [nameCell(site, words), stateCell(site, words), runsCell(site), waitingCell(site), feedsCell(site, words), generationCell(site)]),
    empty: 'No site takes part yet. Sites are named in the configuration file; they show here as soon as it is loaded.',
  };
}

/** How far each feed has been read. */
export function feedsTable({ sites }: Overview, words: Words): Table {
  const feeds = sites.flatMap((site) => site.feeds.map((feed) => ({ site, feed })));
  return {
    id: 'feeds',
    title: 'Feed positions',
    explains: 'How far the feed of each kind of record has been read.',
    count: countText(feeds.length, 'feed'),
    columns: ['Site', 'Feed', 'Newest entry', 'Entries read', 'Last read'],
    rows: feeds.map(({ site, feed }) => [
      { text: words.siteName(site.site) },
      { text: feed.category, code: true },
      newestCell(feed, words),
      { text: countText(feed.entriesRead, 'entry', 'entries') },
      readCell(feed, words),
    ]),
    empty: 'No feed has been read yet. It begins with the first look at a site, some seconds after the start.',
    folded: true,
  };
}

/** What nobody has to mend while the site rests. */
const NOTHING_WRONG: readonly SiteOverview['state'][] = ['up', 'down', 'not-asked'];

const nameCell = (site: SiteOverview, words: Words): Cell => {
  const name = words.siteName(site.site);
  return name === site.site ? { text: name } : { text: name, note: site.site };
};

function stateCell(site: SiteOverview, words: Words): Cell {
  if (site.rests !== null && NOTHING_WRONG.includes(site.state)) {
    const seen = lastSeen(site).replace('; ', '');
    return { tone: 'quiet', text: siteRestsText(site.rests, words), ...(seen === '' ? {} : { note: seen }) };
  }
  const { tone, text, note } = site.state === 'down' && site.code === 'too-old' ? TOO_OLD : SITE_STATES[site.state];
  const since = site.since === null || site.state === 'not-asked' ? '' : ` ${words.since(site.since)}`;
  return { tone, text: `${text}${since}`, ...(note === '' ? {} : { note }) };
}

/** What the site said it is, as far as it tells. */
function runsCell({ versions }: SiteOverview): Cell {
  if (versions === null) return { text: 'not asked yet', tone: 'quiet' };
  const { platform, rest, atomfeed } = versions;
  const modules = [...(rest === null ? [] : [`webservices.rest ${rest}`]), ...(atomfeed === null ? [] : [`atomfeed ${atomfeed}`])];
  const note = modules.length === 0 ? {} : { note: listText(modules) };
  return platform === null ? { text: 'does not say', tone: 'quiet', ...note } : { text: `OpenMRS ${platform}`, ...note };
}

function waitingCell({ jobsWaiting, changesWaiting, state, rests }: SiteOverview): Cell {
  if (jobsWaiting + changesWaiting === 0) return { text: 'nothing', tone: 'quiet' };
  const parts = [
    ...(jobsWaiting > 0 ? [`${countText(jobsWaiting, 'record')} to write`] : []),
    ...(changesWaiting > 0 ? [`${countText(changesWaiting, 'change')} to look at`] : []),
  ];
  return {
    text: `${countText(jobsWaiting + changesWaiting, 'waiting', 'waiting')}`,
    tone: state === 'up' || rests !== null ? 'busy' : 'bad',
    note: listText(parts),
  };
}

function feedsCell({ feeds }: SiteOverview, words: Words): Cell {
  const troubled = feeds.filter(({ trouble }) => trouble !== null);
  if (troubled.length > 0)
    return {
      tone: 'bad',
      text: listText(troubled.map(({ category, trouble }) => `${category}: ${troubleText(trouble)}`)),
      note: 'read again from the start of what is in doubt',
    };
  const readAt = feeds.flatMap((feed) => (feed.readAt === null ? [] : [feed.readAt.getTime()]));
  if (readAt.length === 0) return { text: 'not read yet', tone: 'quiet' };
  const silent = feeds.filter(({ newestEntryAt }) => newestEntryAt === null).map(({ category }) => category);
  const note = silent.length === 0 ? {} : { note: `never had an entry: ${listText(silent)}` };
  return { text: `${countText(feeds.length, 'feed')}, read ${words.ago(new Date(Math.min(...readAt)))}`, ...note };
}

const generationCell = ({ generation }: SiteOverview): Cell =>
  generation === 1 ? { text: 'first', tone: 'quiet' } : { text: `no. ${generation}`, note: 'its data was replaced before' };

const newestCell = ({ newestEntryAt }: FeedOverview, words: Words): Cell =>
  newestEntryAt === null
    ? { text: 'never had an entry', tone: 'quiet', note: 'or the feed is not published there' }
    : { text: words.clock(newestEntryAt), note: words.ago(newestEntryAt) };

const readCell = ({ readAt, trouble }: FeedOverview, words: Words): Cell =>
  trouble === null
    ? { text: readAt === null ? 'not yet' : words.ago(readAt) }
    : { text: troubleText(trouble), tone: 'bad', ...(readAt === null ? {} : { note: `last read without trouble ${words.ago(readAt)}` }) };

const troubleText = (code: string | null): string => FEED_TROUBLES[code ?? ''] ?? code ?? '';
