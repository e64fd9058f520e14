import type { Overview } from '../overview.js';
import type { Page, Table } from '../page.js';
import { pageOf } from '../page-of.js';
import { Words } from '../plain-words.js';
import { anOverview, TAKEN_AT } from './overview.builder.js';

const titles = new Map([
  ['kisumu', 'clinic kisumu'],
  ['central', 'central'],
]);
/** The page of an overview, in Nairobi, with ordinary spaces. */
export const pageFor = (overview: Overview): Page =>
  JSON.parse(JSON.stringify(pageOf(overview, new Words(TAKEN_AT, 'Africa/Nairobi', titles))).replaceAll('\u00a0', ' ')) as Page;
/** The sentences on top, each after its tone. */
export const news = (changes: Partial<Overview>): string[] => pageFor(anOverview(changes)).news.map(({ tone, text }) => `${tone}: ${text}`);
/** One table of the page. */
export const table = (id: string, changes: Partial<Overview>): Table =>
  pageFor(anOverview(changes)).tables.find((one) => one.id === id) ?? { id, title: '', explains: '', count: '', columns: [], rows: [], empty: '' };
/** The rows of a table as text, notes after a bar. */
export const texts = (id: string, changes: Partial<Overview>): string[][] =>
  table(id, changes).rows.map((row) => row.map(({ text, note }) => (note === undefined ? text : `${text} | ${note}`)));
