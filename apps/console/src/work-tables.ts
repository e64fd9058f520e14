import { recordKey } from '@sync-hub/contracts';
import { HELD_REASONS } from './meanings.js';
import type { EndOverview, HeldOverview, Overview } from './overview.js';
import type { Cell, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

/** What has not ended and is held: jobs, and changes that could not be looked at. */
export function heldTable(overview: Overview, words: Words): Table {
  const { held, heldTotal } = overview;
  return {
    id: 'held',
    title: 'Held',
    explains: 'Nothing here is lost: each is kept until what stops it is gone.',
    count:
      heldTotal > held.length ? `the oldest ${held.length.toLocaleString('en-GB')} of ${heldTotal.toLocaleString('en-GB')}` : countText(heldTotal, 'record'),
    columns: ['Record', 'Where', 'Why', 'Code', 'Since'],
    rows: held.map((one) => [
      { text: recordKey(one.record), code: true },
      placeCell(one, overview, words),
      whyCell(one),
      { text: one.code === '' ? 'none' : one.code, code: true },
      sinceCell(one, words),
    ]),
    empty: 'Nothing is held. Every change has gone on by itself. Conflicts, refusals and records that wait for others would show here.',
  };
}

/** Where a job goes, or where a change was noticed. */
export function placeCell(one: HeldOverview | EndOverview, { routes }: Overview, words: Words): Cell {
  if (one.kind === 'change') return { text: `noticed at ${words.siteName(one.site)}` };
  const route = routes.find(({ route: { link, direction } }) => link === one.link && direction === one.direction)?.route;
  const note = one.direction === null ? {} : { note: `${one.direction}, link ${one.link ?? 'unknown'}` };
  return { text: route === undefined ? `to ${words.siteName(one.site)}` : `${words.siteName(route.source)} → ${words.siteName(route.target)}`, ...note };
}

function whyCell({ why, names }: HeldOverview): Cell {
  const { tone, text, note } = HELD_REASONS[why];
  return { tone, text: names.length === 0 ? text : `${text}: ${listText(names)}`, note };
}

const sinceCell = ({ since }: HeldOverview, words: Words): Cell => ({ text: words.ago(since), note: words.clock(since) });
