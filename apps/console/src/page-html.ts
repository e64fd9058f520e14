import { escaped, newsHtml, rowsHtml } from '../web/rows.js';
import type { Page, Table } from './page.js';

/** The whole page. Every text in it is escaped; it holds no script and no style of its own. */
export function pageHtml(page: Page): string {
  return document(
    page.title,
    `<header>
  <h1>Sync Hub</h1>
  <p>As of <span id="taken-at">${escaped(page.takenAt)}</span></p>
</header>
<p id="stale" class="tone bad" role="alert" hidden>This page cannot be refreshed: Sync Hub or its database does not answer. What you see is as old as the time above.</p>
<ul id="news" aria-live="polite">${newsHtml(page.news)}</ul>
<main>
${page.tables.map(tableHtml).join('\n')}
</main>
<footer>Read-only. Shows ids, names of fields and counts, and nothing of what is in a record. <a href="/board">All links, live, are here</a>, <a href="/conflicts">conflicts are answered here</a>, <a href="/parked">what is parked is seen to here</a>, <a href="/records">one record is followed here</a>, and <a href="/audit">the audit is looked into here</a>, with the key that the start told.</footer>`,
  );
}

/** The page where the overview cannot be read. */
export const unreadableHtml = (): string =>
  document(
    'Sync Hub',
    `<header><h1>Sync Hub</h1></header>
<ul><li class="tone bad">The overview cannot be read: the database does not answer. Nothing is lost; work goes on when it is back. This page tries again by itself.</li></ul>`,
    '<meta http-equiv="refresh" content="5">',
  );

/** The page in place of the workbench where it has not been built. */
export const notBuiltHtml = (): string =>
  document(
    'Sync Hub',
    `<header><h1>Sync Hub</h1></header>
<ul><li class="tone bad">The workbench has not been built: npm run build, and start the console again.</li></ul>`,
    '',
  );

const REFRESHING = `<script type="module" src="/console.js"></script>
<noscript><meta http-equiv="refresh" content="10"></noscript>`;

const document = (title: string, body: string, head = REFRESHING): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/console.css">
${head}
</head>
<body>
${body}
</body>
</html>
`;

function tableHtml(table: Table): string {
  const heading = `<h2 id="${table.id}-title">${escaped(table.title)} <span id="${table.id}-count" class="count">${escaped(table.count)}</span></h2>`;
  const content = `<p class="explains">${escaped(table.explains)}</p>
<div class="scroll"><table id="${table.id}" aria-labelledby="${table.id}-title">
<thead><tr>${table.columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead>
<tbody id="${table.id}-rows">${rowsHtml(table)}</tbody>
</table></div>`;
  return table.folded === true ? `<section><details><summary>${heading}</summary>${content}</details></section>` : `<section>${heading}${content}</section>`;
}
