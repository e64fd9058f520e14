import { CATEGORIES, type CanonicalRecord, type Category, metadataNamed, obsIn } from '@sync-hub/categories';
import type { Uuid } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import type { SiteCapabilities } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import { decodeAt, type RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/** `isItsOwn` says of a uuid there that the hub knows it as a record of its own. */
export interface SearchedSite extends RestSite {
  readonly isItsOwn: (uuid: Uuid) => Promise<boolean>;
}

/**
 * For a site that mints its own uuids: the one live record there that says exactly what `incoming` says, if there is exactly
 * one and it is nobody's alias yet. A patient's uuid is taken by every server, so that a patient never has a twin.
 */
export async function findTwin(site: SearchedSite, incoming: CanonicalRecord, options: CallOptions): Promise<Uuid | null> {
  const platform = await site.capabilities(options);
  const category = CATEGORIES[incoming.category];
  if (platform.takesUuids || category.name === 'patient') return null;
  const candidates = await candidatesFor(site, { category, incoming, platform }, options);
  const twins: Uuid[] = [];
  for (const body of candidates) if (await isTwin(site, category, { incoming, body, platform }, options)) twins.push(String(body['uuid']));
  const [twin, ...others] = twins;
  if (twin === undefined || others.length > 0) return null;
  await site.aliases.remember(incoming.record, twin);
  return twin;
}

interface Sought {
  readonly category: Category;
  readonly incoming: CanonicalRecord;
  readonly platform: SiteCapabilities;
}

async function candidatesFor(site: RestSite, { category, incoming, platform }: Sought, options: CallOptions): Promise<readonly RestBody[]> {
  const query = await queryFor(site, incoming);
  if (query === null) return [];
  const { resource, hangsOn } = category;
  const [what, how] = [`${resource}s like it`, category.representation(platform)];
  if (hangsOn?.listedIn === undefined) return site.rest.listAll(`${resource}?${query}&v=${how}`, what, options);
  const { list } = hangsOn.listedIn;
  const holders = await site.rest.listAll(`${hangsOn.listedIn.resource}?${query}&v=custom:(${list}:(uuid))`, what, options);
  const items = holders.flatMap((holder) => (Array.isArray(holder[list]) ? (holder[list] as RestBody[]) : []));
  const bodies: RestBody[] = [];
  for (const { uuid } of items) {
    const body = await site.rest.get(`${resource}/${encodeURIComponent(String(uuid))}?v=${how}`, { what: resource }, options);
    if (body !== null) bodies.push(body);
  }
  return bodies;
}

interface Candidate {
  readonly incoming: CanonicalRecord;
  readonly body: RestBody;
  readonly platform: SiteCapabilities;
}

async function isTwin(site: SearchedSite, category: Category, { incoming, body, platform }: Candidate, options: CallOptions): Promise<boolean> {
  const local = body['uuid'];
  if (typeof local !== 'string' || (await site.aliases.toCanonical(category.aggregate, local)) !== local || (await site.isItsOwn(local))) return false;
  const found = await decodeAt(site, category, incoming.record, body, platform);
  if (found.presence !== incoming.presence || !saysTheSame(incoming, found)) return false;
  if (category.name !== 'person') return true;
  return (await site.rest.get(`patient/${encodeURIComponent(local)}?v=custom:(uuid)`, { what: 'patient' }, options)) === null;
}

/** Equal in every field that both can see, and in both directions; obs by what they say, where the site has given them uuids of its own. */
export function saysTheSame(a: CanonicalRecord, b: CanonicalRecord): boolean {
  const paths = [...Object.keys(a.fields), ...Object.keys(b.fields)].filter((path) => covers(a, path) && covers(b, path));
  // A server puts an encounter that has no visit into one of its own choice.
  const own = paths.filter((path) => !path.startsWith('obs') && !(path === 'visit' && (a.fields[path] ?? null) === null));
  return own.every((path) => (a.fields[path] ?? null) === (b.fields[path] ?? null)) && obsSayings(a) === obsSayings(b);
}

const obsSayings = ({ fields }: CanonicalRecord): string =>
  JSON.stringify([...obsIn(fields).values()].map(({ heart }) => JSON.stringify({ ...heart, group: undefined })).sort());

/** What to search by: nothing for metadata, of which a site has few and not every platform has a search; a location's or a cohort's name; given and family name of a person's preferred name; the patient, or one of them, that all else hangs on. */
async function queryFor({ aliases }: RestSite, { category, fields }: CanonicalRecord): Promise<string | null> {
  const { hangsOn } = CATEGORIES[category];
  if (hangsOn !== undefined) {
    const [patient] = hangsOn.patients.map((path) => fields[path]);
    return typeof patient === 'string' ? `${hangsOn.listedBy}=${encodeURIComponent(await aliases.toLocal({ aggregate: 'person', uuid: patient }))}` : null;
  }
  if (metadataNamed(category) !== null) return 'includeAll=false';
  const words = category === 'location' || category === 'cohort' ? fields['name'] : wordsOfName(fields['preferredName']);
  return typeof words === 'string' && words !== '' ? `q=${encodeURIComponent(words)}` : null;
}

function wordsOfName(key: unknown): string | null {
  if (typeof key !== 'string') return null;
  const parts = JSON.parse(key) as Readonly<Record<string, string>>;
  return [parts['givenName'], parts['familyName']].filter((part) => part !== undefined).join(' ');
}
