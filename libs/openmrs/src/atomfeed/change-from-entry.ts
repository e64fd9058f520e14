import { categoryOfFeed } from '@sync-hub/categories';
import { type Aggregate, type RecordRef, Uuid } from '@sync-hub/contracts';
import type { FeedEntry } from './feed-page.js';

const ACTIONS = ['created', 'updated', 'voided', 'unvoided', 'retired', 'unretired', 'deleted'] as const;

/**
 * What an entry says was done. Only `deleted` says more than "look": a deletion takes an entry that says so, or a voided
 * row. `unknown` where no term is an action: Bahmni's entries have none.
 */
export type EntryAction = (typeof ACTIONS)[number] | 'unknown';

/** A record to look at, or why the entry names none. */
export type ChangeFromEntry = { readonly record: RecordRef; readonly action: EntryAction } | { readonly unreadable: UnreadableReason };
export type UnreadableReason = 'unknown-category' | 'no-content' | 'malformed-content' | 'no-link' | 'no-uuid';

/** Resources whose path leads to a record of an aggregate, REST's and FHIR's, in lower case. A sub-resource's first uuid is its parent's. */
const RESOURCES: Readonly<Record<Aggregate, readonly string[]>> = { location: ['location'], person: ['patient', 'person', 'relatedperson'] };

/**
 * Translates an entry of the feed `feedCategory` into the record to look at. Terms are found by value, never by position;
 * those that are no category and no action (filter tags) are passed over. The link's host and context path do not matter.
 */
export function changeFromEntry(entry: FeedEntry, feedCategory: string): ChangeFromEntry {
  const category = [feedCategory, ...entry.categories].map(categoryOfFeed).find((known) => known !== undefined);
  if (category === undefined) return { unreadable: 'unknown-category' };
  const link = linkOf(entry.content);
  if ('unreadable' in link) return link;
  const uuid = uuidIn(link.path, RESOURCES[category.aggregate]);
  if (uuid === undefined) return { unreadable: 'no-uuid' };
  return { record: { aggregate: category.aggregate, uuid }, action: actionOf(entry) };
}

function actionOf({ categories }: FeedEntry): EntryAction {
  const terms = new Set(categories.map((term) => term.trim().toLowerCase()));
  return ACTIONS.find((action) => terms.has(action)) ?? 'unknown';
}

/** The REST link of JSON content, else any link of it; or the bare path that the content is. */
function linkOf(content: string): { readonly path: string } | { readonly unreadable: UnreadableReason } {
  if (content === '' || content === 'null') return { unreadable: 'no-content' };
  if (!content.startsWith('{')) return content.includes('/') ? { path: content } : { unreadable: 'malformed-content' };
  let links: Readonly<Record<string, unknown>>;
  try {
    links = JSON.parse(content) as Record<string, unknown>;
  } catch {
    return { unreadable: 'malformed-content' };
  }
  const paths = Object.values(links).filter((value): value is string => typeof value === 'string' && value.includes('/'));
  const path = typeof links['rest'] === 'string' ? links['rest'] : (paths.find((value) => value.includes('/ws/rest/')) ?? paths[0]);
  return path === undefined ? { unreadable: 'no-link' } : { path };
}

function uuidIn(link: string, resources: readonly string[]): string | undefined {
  const [path = '', query = ''] = link.split('?');
  const segments = path.split('/').map((segment) => segment.trim());
  const at = segments.findLastIndex((segment) => resources.includes(segment.toLowerCase()));
  if (at === -1) return undefined;
  const found = segments[at + 1] || (new URLSearchParams(query).get('uuid') ?? '');
  return Uuid.safeParse(found).success ? found : undefined;
}
