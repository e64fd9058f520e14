import { CATEGORIES, type CanonicalRecord } from '@sync-hub/categories';
import { RefusedError, recordKey, type Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { SearchedSite } from './find-twin.js';
import type { RestBody } from './rest-resources.js';

/** A name that can stand in a path as it is: servlet containers refuse some characters there even when they are escaped. */
const IN_A_PATH = /^[A-Za-z0-9 :.,()_-]+$/;
/** Resources whose records answer to their name as to their uuid (webservices.rest 3.4 PrivilegeResource1_8.getByUniqueId; RoleResource1_8 does not). */
const ANSWERS_TO_NAME: ReadonlySet<string> = new Set(['privilege', 'systemsetting']);

/**
 * For what a site keeps by name: the record there that has the name of `incoming`, remembered as its alias; `null` where there is none. Throws
 * RefusedError `name-taken` where that is known to be another record.
 */
export async function findNamesake(site: SearchedSite, incoming: CanonicalRecord, options: CallOptions): Promise<Uuid | null> {
  const { record, fields } = incoming;
  const found = await named(site, incoming.category, String(fields[keyOf(incoming.category)] ?? ''), options);
  const uuid = found?.['uuid'];
  if (typeof uuid !== 'string' || uuid === (await site.aliases.toLocal(record))) return null;
  if ((await site.aliases.toCanonical(record.aggregate, uuid)) !== uuid || (await site.isItsOwn(uuid)))
    throw new RefusedError('name-taken', `${site.rest.site} has another ${incoming.category} of that name`, {
      site: site.rest.site,
      record: recordKey(record),
    });
  await site.aliases.remember(record, uuid);
  return uuid;
}

/** The key of a body that a site knows it by. */
const keyOf = (category: CanonicalRecord['category']): string => (CATEGORIES[category].nameIsKey === 'property' ? 'property' : 'name');

/** Whatever the case: a database takes two names that differ in nothing else for one. */
async function named({ rest }: SearchedSite, category: CanonicalRecord['category'], name: string, options: CallOptions): Promise<RestBody | null> {
  const key = keyOf(category);
  const isIt = (body: RestBody | null): boolean =>
    String(body?.[key] ?? '')
      .trim()
      .toLowerCase() === name.trim().toLowerCase();
  const { resource } = CATEGORIES[category];
  if (ANSWERS_TO_NAME.has(resource) && IN_A_PATH.test(name)) {
    const body = await rest.get(`${resource}/${encodeURIComponent(name)}?v=custom:(uuid,${key})`, { what: resource }, options);
    return isIt(body) ? body : null;
  }
  const all = await rest.listAll(`${resource}?v=custom:(uuid,${key})`, `all ${resource}s`, options);
  return all.find(isIt) ?? null;
}
