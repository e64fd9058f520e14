import { type FeedFlavour, feedOf, type ToldFeed } from '@sync-hub/categories';
import { type Aggregate, ofMetadata, type RecordRef, Uuid } from '@sync-hub/contracts';
import type { FeedEntry } from './feed-page.js';

const ACTIONS = ['created', 'updated', 'voided', 'unvoided', 'retired', 'unretired', 'deleted'] as const;

/**
 * What an entry says was done. Only `deleted` says more than "look": a deletion takes an entry that says so, or a voided
 * row. `unknown` where no term is an action: Bahmni's entries have none.
 */
export type EntryAction = (typeof ACTIONS)[number] | 'unknown';

/** The records to look at (none where the entry is of a kind that is left aside), or why the entry names none. */
export type ChangeFromEntry = { readonly records: readonly RecordRef[]; readonly action: EntryAction } | { readonly unreadable: UnreadableReason };
export type UnreadableReason = 'unknown-category' | 'no-content' | 'malformed-content' | 'no-link' | 'no-uuid';

/** Resources whose path leads to a record of an aggregate, REST's and FHIR's, in lower case. */
const RESOURCES: Readonly<Record<Aggregate, readonly string[]>> = {
  location: ['location'],
  person: ['patient', 'person'],
  // FHIR says a visit as an Encounter of the same uuid.
  visit: ['visit', 'encounter'],
  encounter: ['encounter', 'bahmniencounter'],
  obs: ['obs', 'observation'],
  relationship: ['relationship', 'relatedperson'],
  programenrollment: ['programenrollment'],
  condition: ['condition'],
  // FHIR says a diagnosis as a Condition of the same uuid.
  diagnosis: ['patientdiagnoses', 'diagnosis', 'condition'],
  // The feed's own paths `drug_order` and `test_order` lead to nothing (atomfeed module 1.0.13, defaultAtomfeedConfig.json).
  order: ['order', 'drug_order', 'test_order', 'medicationrequest', 'procedurerequest', 'servicerequest'],
  medicationdispense: ['medicationdispense'],
  // The feed's own path `allergy` is no resource (atomfeed module 1.0.13, defaultAtomfeedConfig.json): an allergy is found below its patient alone.
  allergy: ['allergy', 'allergyintolerance'],
  diagnosticreport: ['diagnosticreport'],
  task: ['task'],
  // The appointments module's path has its uuid in the query: `appointment?uuid=…` (AppointmentAdvice).
  appointment: ['appointment', 'appointments', 'recurring-appointments'],
  cohort: ['cohort', 'group'],
  user: ['user'],
  systemsetting: ['systemsetting'],
  ...ofMetadata((kind) => [kind]),
};

/**
 * Translates an entry of the feed `feedCategory` into the records to look at, by the feed's flavour. Terms are found by value,
 * never by position; those that are no category and no action (filter tags) are passed over. Host and context path of a link do
 * not matter. A sub-resource (a name, an identifier) leads to what it hangs on: its path holds two uuids, its parent's first.
 */
export function changeFromEntry(entry: FeedEntry, feedCategory: string, flavour: FeedFlavour = 'generic'): ChangeFromEntry {
  const feed = [feedCategory, ...entry.categories].map((category) => feedOf(flavour, category)).find((known) => known !== undefined);
  if (feed === undefined) return { unreadable: 'unknown-category' };
  const links = linksOf(entry.content);
  if ('unreadable' in links) return links;
  const records = feed.looksAt.flatMap((aggregate) => recordIn(links.paths, aggregate));
  if (records.length === 0 && !isLeftAside(feed, links.paths)) return { unreadable: 'no-uuid' };
  return { records, action: actionOf(entry) };
}

function recordIn(paths: readonly string[], aggregate: Aggregate): readonly RecordRef[] {
  const uuid = paths.map((path) => uuidIn(path, RESOURCES[aggregate])).find((found) => found !== undefined);
  return uuid === undefined ? [] : [{ aggregate, uuid }];
}

const isLeftAside = ({ looksAt, aside }: ToldFeed, paths: readonly string[]): boolean =>
  looksAt.length === 0 || paths.some((path) => uuidIn(path, aside) !== undefined);

function actionOf({ categories }: FeedEntry): EntryAction {
  const terms = new Set(categories.map((term) => term.trim().toLowerCase()));
  return ACTIONS.find((action) => terms.has(action)) ?? 'unknown';
}

/** The links of JSON content, REST's first, whatever their keys; or the bare path that the content is. */
function linksOf(content: string): { readonly paths: readonly string[] } | { readonly unreadable: UnreadableReason } {
  if (content === '' || content === 'null') return { unreadable: 'no-content' };
  if (!content.startsWith('{')) return content.includes('/') ? { paths: [content] } : { unreadable: 'malformed-content' };
  try {
    const { rest, ...others } = JSON.parse(content) as Record<string, unknown>;
    const paths = [rest, ...Object.values(others)].filter((value): value is string => typeof value === 'string' && value.includes('/'));
    return paths.length > 0 ? { paths } : { unreadable: 'no-link' };
  } catch {
    return { unreadable: 'malformed-content' };
  }
}

/** Is the entry of the record itself, and not of something that hangs on it: a name, an identifier, an obs of an encounter? */
export function isOfItself({ content }: FeedEntry, { uuid }: RecordRef): boolean {
  const links = linksOf(content);
  return 'paths' in links && links.paths.some((path) => pathOf(path).endsWith(`/${uuid}`));
}

/** What of a person has a row of its own that is changed in place. */
const PARTS_OF_PERSON = ['name', 'address', 'attribute', 'identifier'];

/** The part of a person that the entry is of; null for an entry of anything else. Parts of other records are made anew and not changed. */
export function partOf({ content }: FeedEntry, { aggregate }: RecordRef): Uuid | null {
  const links = linksOf(content);
  if (aggregate !== 'person' || !('paths' in links)) return null;
  return links.paths.map((path) => uuidIn(path, PARTS_OF_PERSON)).find((found) => found !== undefined) ?? null;
}

const pathOf = (link: string): string => link.split(/[?#]/)[0] ?? '';

/** What follows the resource in the path, else `uuid` of the query. */
function uuidIn(link: string, resources: readonly string[]): string | undefined {
  const [address = '', query = ''] = link.replace(/#.*$/s, '').split('?');
  const segments = address.split('/').map((segment) => segment.trim());
  const at = segments.findLastIndex((segment) => resources.includes(segment.toLowerCase()));
  if (at === -1) return undefined;
  const found = segments[at + 1] || (new URLSearchParams(query).get('uuid') ?? '');
  return Uuid.safeParse(found).success ? found : undefined;
}
