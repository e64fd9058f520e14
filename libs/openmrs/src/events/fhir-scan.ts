import { feedOf, type ToldFeed } from '@sync-hub/categories';
import { BugError, ContractError, type RecordRef, Uuid } from '@sync-hub/contracts';
import { nextIn, objectIn } from '../fhir/fhir-bundle.js';
import type { FhirBody, FhirResources } from '../fhir/fhir-resources.js';
import type { CallOptions } from '../site-client.js';
import { type EventReading, type EventsToRead, GENERATION_SUSPECTED } from './event-reading.js';
import { readScan, type ScannedPage, type ScanSource } from './read-scan.js';
import { FIRST_OF_ALL, instantOfDate, type ScannedRow, type ScanPosition } from './scan-position.js';

/** fhir2 tells no more in one page unless the setting `fhir2.paging.maximum` says so. */
const PAGE = 100;

/** What a site's fhir2 says was updated lately. */
export async function readFhirScan({ category, position, startAt }: EventsToRead, fhir: FhirResources, options: CallOptions): Promise<EventReading> {
  const feed = feedFor(category);
  const reading = await readScan({ position: position as ScanPosition | null, startAt, source: scanSource(fhir, feed.asked, options), now: () => new Date() });
  const records = (id: string): RecordRef[] => feed.looksAt.map((aggregate) => ({ aggregate, uuid: id }));
  return {
    changes: reading.told.flatMap(({ id }) => records(id)).map((record) => ({ record, deleted: false })),
    unreadable: reading.unreadable,
    events: reading.told.length + reading.unreadable.length,
    position: reading.position,
    findings: reading.isSuspect ? [GENERATION_SUSPECTED] : [],
    more: reading.more,
  };
}

/** Does the site tell of any record of the category, so that it may be asked for? */
export async function tellsOfAny(fhir: FhirResources, category: string, options: CallOptions): Promise<boolean> {
  const { rows, unreadable } = await scanSource(fhir, feedFor(category).asked, options).window(FIRST_OF_ALL, null);
  return rows.length + unreadable.length > 0;
}

function feedFor(category: string): ToldFeed {
  const feed = feedOf('fhir-lastupdated', category);
  if (feed === undefined) throw new BugError('a category that fhir2 does not tell of is asked for', { category });
  return feed;
}

/** A kind of resource, as fhir2 is asked for it: `Patient`, or with what else its search must say. Of each row the id and the date are asked for alone. */
function scanSource(fhir: FhirResources, asked: string, options: CallOptions): ScanSource {
  const [resource = '', also = ''] = asked.split('?');
  const what = `changes of ${resource}`;
  const page = async (path: string): Promise<ScannedPage> => {
    const answer = await fhir.get(path, what, options);
    if (answer.state !== 'there')
      throw new ContractError(`${fhir.site}: ${what} are told as a ${answer.state} resource, allowed is a bundle`, { site: fhir.site });
    return pageIn(answer.body, answer.at, fhir.site);
  };
  return {
    window: (from, before) => page(`${resource}?${searchFor(from, before, also)}`),
    next: page,
    row: async (id) => {
      const answer = await fhir.get(`${resource}/${encodeURIComponent(id)}`, what, options);
      if (answer.state !== 'there') return { state: answer.state };
      const updated = updatedOf(answer.body);
      return updated === null ? { state: 'absent' } : { state: 'there', updated };
    },
  };
}

function searchFor(from: string, before: string | null, also: string): string {
  const bounds = [`_lastUpdated=ge${from}`, ...(before === null ? [] : [`_lastUpdated=lt${before}`])];
  return [...(also === '' ? [] : [also]), ...bounds, `_count=${PAGE}`, '_elements=id,meta'].join('&');
}

/** The rows of a searchset. What is included beside what was asked for is passed over. */
function pageIn(bundle: FhirBody, at: Date | null, site: string): ScannedPage {
  const entries = bundle['entry'] ?? [];
  if (bundle['resourceType'] !== 'Bundle' || !Array.isArray(entries))
    throw new ContractError(`${site}: a search is told as ${String(bundle['resourceType'])}, allowed is a Bundle with a list of entries`, { site });
  const told = entries.map((entry: unknown, index) => rowIn(objectIn(entry), index)).filter((row) => row !== null);
  return {
    rows: told.filter((row): row is ScannedRow => 'updated' in row),
    unreadable: told.flatMap((row) => ('reason' in row ? [row] : [])),
    next: nextIn(bundle),
    at,
  };
}

function rowIn(entry: FhirBody, index: number): ScannedRow | { readonly id: string; readonly reason: string } | null {
  if ((objectIn(entry['search'])['mode'] ?? 'match') !== 'match') return null;
  const resource = objectIn(entry['resource']);
  const id = Uuid.safeParse(resource['id']);
  if (!id.success) return { id: `#${index + 1}`, reason: 'no-uuid' };
  const updated = updatedOf(resource);
  return updated === null ? { id: id.data, reason: 'no-date' } : { id: id.data, updated };
}

function updatedOf(resource: FhirBody): string | null {
  const told = objectIn(resource['meta'])['lastUpdated'];
  const date = new Date(typeof told === 'string' ? told : '');
  return Number.isNaN(date.getTime()) ? null : instantOfDate(date);
}
