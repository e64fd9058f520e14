import { WOULD } from './meanings.js';
import type { LinkOverview, ObservedOverview, Overview } from './overview.js';
import type { News, Table } from './page.js';
import { countText, listText, type Words } from './plain-words.js';

/** What links that are only observed would write, were they live. */
export function observedTable({ observed, routes }: Overview, words: Words): Table {
  const records = observed.reduce((sum, one) => sum + one.records, 0);
  return {
    id: 'observed',
    title: 'Observed',
    explains: 'What links that are not live yet would write. Nothing of it has been written at either end; once the link is live all of it is looked at again.',
    count: countText(records, 'record'),
    columns: ['From and to', 'Records', 'What', 'Fields'],
    rows: observed.map((one) => {
      const route = routes.find(({ route: { link, direction } }) => link === one.link && direction === one.direction)?.route;
      return [
        {
          text: route === undefined ? one.link : `${words.siteName(route.source)} → ${words.siteName(route.target)}`,
          note: `${one.direction}, link ${one.link}`,
        },
        { text: countText(one.records, one.category, one.category) },
        { text: WOULD[one.would], tone: one.would === 'would-void' ? 'busy' : 'quiet' },
        { text: fieldsText(one), code: true },
      ];
    }),
    empty: 'Nothing is only observed. A link whose mode is observe shows here what it would write.',
    folded: observed.length === 0,
  };
}

const fieldsText = ({ fields }: ObservedOverview): string => listText(fields.map(({ name, records }) => `${name} (${records.toLocaleString('en-GB')})`));

/** A sentence for each link that is paused or writes nothing, so that nobody waits for what is not sent. */
export const linkNews = ({ links, observed }: Overview, words: Words): News[] =>
  links.flatMap((link) => [...brakeNews(link, words), ...newsOfLink(link, observed)]);

function brakeNews({ link, braked }: LinkOverview, words: Words): News[] {
  if (braked === null) return [];
  const within = braked.reason === 'voids-per-hour' ? 'within an hour' : `of the kind ${braked.category} within a day`;
  return [
    {
      tone: 'bad',
      text: `Link ${link} is paused since ${words.clock(braked.since)}: ${countText(braked.voids, 'record')} ${within} would have been voided. Look why; then: npm run cli -- link release ${link}`,
    },
  ];
}

function newsOfLink({ link, writing }: LinkOverview, observed: readonly ObservedOverview[]): News[] {
  switch (writing) {
    case 'live':
      return [];
    case 'read-only':
      return [{ tone: 'busy', text: `Link ${link} writes nothing: this hub is set to read-only` }];
    case 'observe': {
      const records = observed.reduce((sum, one) => sum + (one.link === link ? one.records : 0), 0);
      return [{ tone: 'busy', text: `Link ${link} is only observed: ${countText(records, 'record')} would be written, and nothing is` }];
    }
  }
}
