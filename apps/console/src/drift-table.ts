import type { DriftOverview, LinkDriftOverview, LinkOverview, Overview } from './overview.js';
import type { Cell, News, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

/** How the ends of a link are named. */
interface EndNames {
  readonly parent: string;
  readonly child: string;
}

/** What differs, in words. */
export function driftText({ found, otherUuid, by, fields }: Pick<DriftOverview, 'found' | 'otherUuid' | 'by' | 'fields'>, { parent, child }: EndNames): string {
  switch (found) {
    case 'missing-at-child':
      return `missing at ${child}`;
    case 'missing-at-parent':
      return `missing at ${parent}`;
    case 'other-uuid':
      return `is perhaps ${otherUuid ?? 'another uuid'} at ${child}, by its ${by ?? 'name'}`;
    case 'differs':
      return `differs in ${listText(fields.map((field) => (field === 'presence' ? 'whether it is in use' : field)))}`;
  }
}

/** For each link what metadata its ends differ in, as they were last compared. */
export const driftTables = (overview: Overview, words: Words): Table[] =>
  overview.links.map(({ link, drift }) => {
    const ends = endsOf(link, overview, words);
    return {
      id: `drift-${link}`,
      title: `Metadata of ${ends.parent} and ${ends.child}`,
      explains: `What records refer to, by uuid, and the ends of link ${link} do not have alike. ${comparedText(drift, words)}`,
      count: countText(drift.drifts.length, 'difference'),
      columns: ['What', 'Difference', 'Held for want of it', 'What to do'],
      rows: drift.drifts.map((one) => [
        { text: `${one.kind}/${one.uuid}`, code: true },
        { text: driftText(one, ends), tone: one.heldFor > 0 ? ('bad' as const) : ('quiet' as const) },
        one.heldFor === 0 ? { text: 'nothing', tone: 'quiet' as const } : { text: countText(one.heldFor, 'record') },
        whatToDo(one, link, ends),
      ]),
      empty: 'No difference is known. Metadata is compared some time after the start, and daily.',
      folded: true,
    };
  });

function endsOf(link: string, { routes }: Overview, words: Words): EndNames {
  const route = routes.find((one) => one.route.link === link && one.route.direction === 'pull')?.route;
  return route === undefined ? { parent: 'the parent', child: 'the child' } : { parent: words.siteName(route.source), child: words.siteName(route.target) };
}

function comparedText({ comparedAt, notCompared }: LinkDriftOverview, words: Words): string {
  const at = comparedAt === null ? 'Not compared yet.' : `Compared ${words.ago(comparedAt)}.`;
  return notCompared.length === 0 ? at : `${at} Could not be compared: ${listText(notCompared)}.`;
}

/** What is written into a link's configuration to say that the two are one. */
export const mappingLine = ({ kind, uuid, otherUuid }: Pick<DriftOverview, 'kind' | 'uuid' | 'otherUuid'>): string =>
  `mappings: { ${kind}: { ${uuid}: ${otherUuid ?? ''} } }`;

function whatToDo({ found, kind, uuid, otherUuid }: DriftOverview, link: string, { parent, child }: EndNames): Cell {
  switch (found) {
    case 'missing-at-child':
      return { text: `add it at ${child} under that uuid, or pull it, or map it`, note: `npm run cli -- metadata pull ${link} ${kind} ${uuid}` };
    case 'missing-at-parent':
      return { text: `add it at ${parent} under that uuid, or map it`, note: `mappings.${kind} of link ${link}` };
    case 'other-uuid':
      return { text: 'map it, if both are one thing', note: `link ${link}, ${mappingLine({ kind, uuid, otherUuid })}` };
    case 'differs':
      return { text: 'make them alike by hand where it matters', note: 'or let its class travel' };
  }
}

/** Why nothing is written on a link whose ends were never compared; `null` where they were. */
export const uncomparedText = ({ link, drift }: Pick<LinkOverview, 'link' | 'drift'>): string | null =>
  drift.comparedAt === null ? `Link ${link} waits for the first comparison of its metadata: nothing is written before it has ended` : null;

/** A sentence for each link on which data waits for the comparison, or records are held for want of metadata. */
export const driftNews = ({ links }: Overview): News[] => links.flatMap((one) => [...uncomparedNews(one), ...wantedNews(one)]);

function uncomparedNews(one: LinkOverview): News[] {
  const text = uncomparedText(one);
  return text === null ? [] : [{ tone: 'busy', text }];
}

function wantedNews({ link, drift }: LinkOverview): News[] {
  const wanted = drift.drifts.filter(({ heldFor }) => heldFor > 0);
  if (wanted.length === 0) return [];
  return [
    {
      tone: 'bad',
      text: `Link ${link}: ${countText(wanted.length, 'piece of metadata is', 'pieces of metadata are')} missing, and records are held for want of it; see Metadata below`,
    },
  ];
}
