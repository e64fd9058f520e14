import { HELD_REASONS } from './meanings.js';
import type { HeldReason, Overview, RouteCategoryOverview, RouteOverview } from './overview.js';
import type { Cell, Table, Tone } from './page.js';
import { countText, durationText, listText, type Words } from './plain-words.js';
import { pauseText, routeRestsText } from './resting.js';

const MINUTE = 60;
const HOUR = 3600;

/** The links, each direction by itself: how fresh, what is in hand, what is held. */
export function routesTable({ routes }: Overview, words: Words): Table {
  return {
    id: 'links',
    title: 'Links',
    explains: 'Each direction by itself. Freshness is the age of the oldest change that has not reached its target.',
    count: countText(routes.length, 'route'),
    columns: ['From and to', 'Freshness', 'On the way', 'Held', 'Last arrived'],
    rows: routes.map((route) => [endsCell(route, words), freshnessCell(route, words), openCell(route, words), heldCell(route), lastGoodCell(route, words)]),
    empty: 'No link runs here yet. A link joins a child to its parent; the configuration file names them, and the instance that runs each.',
  };
}

const endsCell = ({ route }: RouteOverview, words: Words): Cell => ({
  text: `${words.siteName(route.source)} → ${words.siteName(route.target)}`,
  note: `${route.direction}, link ${route.link}`,
});

/** Age in seconds of the oldest change of a route that is not yet at its target, `null` where none is open. */
export function freshnessSeconds(categories: readonly RouteCategoryOverview[], words: Words): number | null {
  const ages = categories.flatMap(({ oldestAt }) => (oldestAt === null ? [] : [words.secondsSince(oldestAt)]));
  return ages.length === 0 ? null : Math.max(0, ...ages);
}

function freshnessCell({ categories, rests }: RouteOverview, words: Words): Cell {
  const seconds = freshnessSeconds(categories, words);
  if (seconds === null) return rests === null ? { text: 'in step', tone: 'good' } : { text: 'in step', tone: 'quiet', note: routeRestsText(rests, words) };
  const open = listText(categories.filter((category) => category.open > 0).map((category) => categoryText(category, words)));
  // Nobody is to worry about what is behind because nothing may be asked or written now.
  if (rests !== null) return { text: `${durationText(seconds)} behind`, tone: 'quiet', note: `${routeRestsText(rests, words)}; ${open}` };
  return { text: `${durationText(seconds)} behind`, tone: toneOfAge(seconds), note: open };
}

const toneOfAge = (seconds: number): Tone => (seconds < 2 * MINUTE ? 'good' : seconds < HOUR ? 'busy' : 'bad');

const categoryText = ({ category, open, oldestAt }: RouteCategoryOverview, words: Words): string =>
  `${category} ${oldestAt === null ? '' : `${durationText(words.secondsSince(oldestAt))} `}(${open} open)`;

const openCell = ({ openJobs, pause }: RouteOverview, words: Words): Cell => ({
  ...(openJobs === 0 ? { text: 'nothing', tone: 'quiet' } : { text: countText(openJobs, 'record'), tone: 'busy' }),
  ...(pause === null ? {} : { note: pauseText(pause, words) }),
});

function heldCell({ held }: RouteOverview): Cell {
  const counts = Object.entries(held).filter(([, count]) => count > 0) as [HeldReason, number][];
  if (counts.length === 0) return { text: 'nothing', tone: 'quiet' };
  const tone = counts.some(([reason]) => HELD_REASONS[reason].tone === 'bad') ? 'bad' : 'busy';
  return {
    text: countText(
      counts.reduce((sum, [, count]) => sum + count, 0),
      'record',
    ),
    tone,
    note: listText(counts.map(([reason, count]) => `${HELD_REASONS[reason].text} (${count})`)),
  };
}

const lastGoodCell = ({ lastGoodAt }: RouteOverview, words: Words): Cell =>
  lastGoodAt === null ? { text: 'never', tone: 'quiet' } : { text: words.ago(lastGoodAt), note: words.clock(lastGoodAt) };
