import { CLOCK_OFF_MS } from '@sync-hub/openmrs';
import type { Overview, SiteChangesOverview, SiteFactsOverview, SiteOverview } from './overview.js';
import type { Cell, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

const SECOND_MS = 1000;

/** How the servers tell what they tell, and what is another since the last look. */
export function siteFactsTable({ sites }: Overview, words: Words): Table {
  return {
    id: 'site-facts',
    title: 'What sites say of themselves',
    explains: 'Asked for when a site joins, comes back or was upgraded, and once a day. Nothing is ordered by the clocks of sites.',
    count: countText(sites.length, 'site'),
    columns: ['Site', 'Clock', 'Results a page', 'Characters', 'Uuids of ours', 'Clients and feed', 'Since the last look'],
    rows: sites.map((site) => [{ text: words.siteName(site.site) }, ...factCells(site), changedCell(site, words)]),
    empty: 'No site takes part yet. What each is, and how it tells it, is asked for before anything is sent there.',
    folded: !sites.some(({ facts }) => isOff(facts)),
  };
}

const UNASKED: readonly Cell[] = Array.from({ length: 5 }, () => ({ text: 'not asked yet', tone: 'quiet' }));

const factCells = ({ facts }: SiteOverview): readonly Cell[] =>
  facts === null ? UNASKED : [clockCell(facts), pagesCell(facts), charsetCell(facts), uuidsCell(facts), clientsCell(facts)];

const isOff = (facts: SiteFactsOverview | null): boolean => facts !== null && Math.abs(facts.clockSkewMs ?? 0) >= CLOCK_OFF_MS;

/** `as ours`, or by how much it is off, with how far off that may be. */
function clockText({ clockSkewMs, clockWithinMs }: Pick<SiteFactsOverview, 'clockSkewMs' | 'clockWithinMs'>): string {
  if (clockSkewMs === null) return 'not told';
  const within = clockWithinMs === null ? '' : `, give or take ${(clockWithinMs / SECOND_MS).toFixed(1)} s`;
  if (Math.abs(clockSkewMs) < 2 * SECOND_MS) return `as ours${within}`;
  return `${Math.round(Math.abs(clockSkewMs) / SECOND_MS)} s ${clockSkewMs < 0 ? 'behind' : 'ahead of'} ours${within}`;
}

const clockCell = (facts: SiteFactsOverview): Cell =>
  isOff(facts) ? { text: clockText(facts), tone: 'bad', note: 'let both machines follow a time server' } : { text: clockText(facts) };

const pagesCell = ({ pages }: SiteFactsOverview): Cell =>
  pages === null || pages.usual === null
    ? { text: 'not told', tone: 'quiet' }
    : { text: String(pages.usual), ...(pages.most === null ? {} : { note: `at most ${pages.most}` }) };

const charsetCell = ({ charset }: SiteFactsOverview): Cell => {
  if (charset === null) return { text: 'not told', tone: 'quiet' };
  const text = charset.declared === null ? 'UTF-8, not said' : charset.declared.toUpperCase();
  return charset.holds ? { text } : { text, tone: 'bad', note: 'and its bytes are something else' };
};

const uuidsCell = ({ takesUuids, takesItemUuids }: SiteFactsOverview): Cell => {
  if (takesUuids && takesItemUuids) return { text: 'kept on create' };
  return takesUuids
    ? { text: 'kept on create', note: 'parts of records get its own' }
    : { text: 'it gives its own', note: 'an alias remembers each; those of patients are kept' };
};

const clientsCell = ({ fhir2, feedFlavour }: SiteFactsOverview): Cell => ({
  text: listText(['REST', ...(fhir2 === null ? [] : [`fhir2 ${fhir2}`])]),
  ...(feedFlavour === null ? {} : { note: `${feedFlavour} feed` }),
});

/** `webservices.rest 2.20 → 2.40`. */
export const changesText = ({ changes }: Pick<SiteChangesOverview, 'changes'>): string =>
  listText(changes.map(({ what, before, now }) => `${what} ${before} → ${now}`));

const changedCell = ({ changed }: SiteOverview, words: Words): Cell =>
  changed === null ? { text: 'nothing', tone: 'quiet' } : { text: changesText(changed), note: words.ago(changed.at) };
