/** Cells and rows as HTML: one way for the server, which sends the page, and for the browser, which refreshes it. */

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe inside an element and inside a quoted attribute. */
export const escaped = (text) => String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);

const cellHtml = (cell, column) => {
  const text = `<span class="${cell.tone ? `tone ${escaped(cell.tone)}` : 'plain'}${cell.code ? ' code' : ''}">${escaped(cell.text)}</span>`;
  const note = cell.note ? `<span class="note">${escaped(cell.note)}</span>` : '';
  return `<td data-column="${escaped(column)}"><div>${text}${note}</div></td>`;
};

/** The rows of a table, or the one row that says why there is none. */
export const rowsHtml = (table) =>
  table.rows.length === 0
    ? `<tr class="empty"><td colspan="${table.columns.length}">${escaped(table.empty)}</td></tr>`
    : table.rows.map((row) => `<tr>${row.map((cell, index) => cellHtml(cell, table.columns[index])).join('')}</tr>`).join('');

/** The sentences on top of the page. */
export const newsHtml = (news) => news.map(({ tone, text }) => `<li class="tone ${escaped(tone)}">${escaped(text)}</li>`).join('');
