import { recordKey } from '@sync-hub/contracts';
import { ENDS } from './meanings.js';
import type { EndOverview, Overview } from './overview.js';
import type { Cell, Table } from './page.js';
import { countText, listText, tookText, type Words } from './plain-words.js';
import { placeCell } from './work-tables.js';

/** So many names of fields are read at a glance. */
const FEW = 4;

/** The last hundred ends, newest first. Looks at one record that found nothing new share a row: every write is followed by several. */
export function endsTable(overview: Overview, words: Words): Table {
  const { ends } = overview;
  return {
    id: 'ends',
    title: 'Latest ends',
    explains: 'How the last hundred jobs and changes ended, newest first. What we write at a site is told by its feed too: that look finds nothing new.',
    count: countText(ends.length, 'end'),
    columns: ['When', 'Record', 'Where', 'How it ended', 'Took'],
    rows: folded(ends).map(({ one, alike }) => [
      { text: words.ago(one.at), note: words.clock(one.at) },
      { text: recordKey(one.record), code: true },
      whereCell(one, alike, overview, words),
      endCell(one, alike.length),
      tookCell(one),
    ]),
    empty: 'Nothing has ended yet. Change a patient at a site: within seconds it shows here, with where it went and how long it took.',
  };
}

interface Row {
  readonly one: EndOverview;
  /** All that the row stands for, itself among them. */
  readonly alike: readonly EndOverview[];
}

function folded(ends: readonly EndOverview[]): Row[] {
  const rows = new Map<string, { one: EndOverview; alike: EndOverview[] }>();
  for (const [index, one] of ends.entries()) {
    const key = one.end === 'as-agreed' ? recordKey(one.record) : String(index);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { one, alike: [one] });
    else row.alike.push(one);
  }
  return [...rows.values()];
}

function whereCell(one: EndOverview, alike: readonly EndOverview[], overview: Overview, words: Words): Cell {
  if (alike.length < 2) return placeCell(one, overview, words);
  return { text: `noticed at ${listText([...new Set(alike.map(({ site }) => words.siteName(site)))])}` };
}

function endCell({ end, fields, lost }: EndOverview, looks: number): Cell {
  const { tone, text } = ENDS[end];
  const names = fields.map((name) => (name === 'presence' ? 'presence (new, voided or restored)' : name));
  const many = names.length > FEW ? [listText(names)] : [];
  const written = names.length === 0 ? text : `${text}: ${many.length > 0 ? countText(names.length, 'field') : listText(names)}`;
  const notes = [...many, ...(looks > 1 ? [countText(looks, 'look')] : []), ...(lost.length > 0 ? [`the site did not keep ${listText(lost)}`] : [])];
  return { tone: lost.length > 0 ? 'busy' : tone, text: written, ...(notes.length > 0 ? { note: notes.join('; ') } : {}) };
}

const tookCell = ({ seconds }: EndOverview): Cell => (seconds === null ? { text: 'unknown', tone: 'quiet' } : { text: tookText(seconds) });
