import { recordKey } from '@sync-hub/contracts';
import { ENDS, HELD_REASONS } from './meanings.js';
import type { EndOverview, HeldOverview, Overview } from './overview.js';
import type { Cell, Table } from './page.js';
import { countText, listText, tookText, type Words } from './plain-words.js';

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
      whereCell(one, overview, words),
      whyCell(one),
      { text: one.code === '' ? 'none' : one.code, code: true },
      sinceCell(one, words),
    ]),
    empty: 'Nothing is held. Every change has gone on by itself. Conflicts, refusals and records that wait for others would show here.',
  };
}

/** The last hundred ends, newest first. */
export function endsTable(overview: Overview, words: Words): Table {
  const { ends } = overview;
  return {
    id: 'ends',
    title: 'Latest ends',
    explains: 'How the last hundred jobs and changes ended, newest first.',
    count: countText(ends.length, 'end'),
    columns: ['When', 'Record', 'Where', 'How it ended', 'Took'],
    rows: ends.map((one) => [
      { text: words.ago(one.at), note: words.clock(one.at) },
      { text: recordKey(one.record), code: true },
      whereCell(one, overview, words),
      endCell(one),
      tookCell(one),
    ]),
    empty: 'Nothing has ended yet. Change a patient at a site: within seconds it shows here, with where it went and how long it took.',
  };
}

function whereCell(one: HeldOverview | EndOverview, { routes }: Overview, words: Words): Cell {
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

function endCell({ end, fields, lost }: EndOverview): Cell {
  const { tone, text } = ENDS[end];
  const written = fields.length === 0 ? text : `${text}: ${listText(fields)}`;
  return lost.length === 0 ? { tone, text: written } : { tone: 'busy', text: written, note: `the site did not keep ${listText(lost)}` };
}

const tookCell = ({ seconds }: EndOverview): Cell => (seconds === null ? { text: 'unknown', tone: 'quiet' } : { text: tookText(seconds) });
