import { newsHtml, rowsHtml } from './rows.js';

const REFRESH_MS = 2000;
const GIVE_UP_AFTER_MS = 10_000;
const stale = document.getElementById('stale');

/** Touches the page only where something changed, so that a selection or a reader's place stays. */
const put = (id, html) => {
  const element = document.getElementById(id);
  if (element !== null && element.dataset.shown !== html) {
    element.innerHTML = html;
    element.dataset.shown = html;
  }
};

const show = (page) => {
  put('news', newsHtml(page.news));
  document.getElementById('taken-at').textContent = page.takenAt;
  document.title = page.title;
  for (const table of page.tables) {
    put(`${table.id}-rows`, rowsHtml(table));
    document.getElementById(`${table.id}-count`).textContent = table.count;
  }
};

const refresh = async () => {
  try {
    const answer = await fetch('/api/overview', { cache: 'no-store', signal: AbortSignal.timeout(GIVE_UP_AFTER_MS) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show((await answer.json()).page);
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
};

const refreshForEver = async () => {
  if (!document.hidden) await refresh();
  setTimeout(() => void refreshForEver(), REFRESH_MS);
};
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
setTimeout(() => void refreshForEver(), REFRESH_MS);
