import { auditTables } from './audit-table.js';
import { closedTable } from './closed-table.js';
import { driftTables } from './drift-table.js';
import { endsTable } from './ends-table.js';
import { failingTable } from './failing-table.js';
import { newsOf } from './news-of.js';
import { observedTable } from './observed-table.js';
import type { Overview } from './overview.js';
import type { Page } from './page.js';
import type { Words } from './plain-words.js';
import { routesTable } from './routes-table.js';
import { siteFactsTable } from './site-facts-table.js';
import { feedsTable, sitesTable } from './site-tables.js';
import { heldTable } from './work-tables.js';

/** The overview in plain words. Pure: the same overview at the same moment is the same page. */
export function pageOf(overview: Overview, words: Words): Page {
  const news = newsOf(overview, words);
  const troubles = news.filter(({ tone }) => tone === 'bad').length;
  return {
    title: troubles === 0 ? 'Sync Hub' : `(${troubles}) Sync Hub`,
    takenAt: words.moment(overview.takenAt),
    news,
    tables: [
      sitesTable(overview, words),
      routesTable(overview, words),
      observedTable(overview, words),
      closedTable(overview, words),
      heldTable(overview, words),
      endsTable(overview, words),
      feedsTable(overview, words),
      ...auditTables(overview, words),
      failingTable(overview, words),
      siteFactsTable(overview, words),
      ...driftTables(overview, words),
    ],
  };
}
