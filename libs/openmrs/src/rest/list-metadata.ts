import { CATEGORIES, type CanonicalRecord } from '@sync-hub/categories';
import type { Metadata } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import { decodeAt, type RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * All of one kind of metadata at a site, under the uuids known everywhere. Retired ones are listed where they are asked for, but for programs and
 * relationship types, of which no version does (webservices.rest 3.4 ProgramResource1_8.doGetAll, RelationShipTypeResource1_8.doGetAll).
 */
export async function listMetadata(site: RestSite, kind: Metadata, options: CallOptions): Promise<readonly CanonicalRecord[] | null> {
  const platform = await site.capabilities(options);
  const category = CATEGORIES[kind];
  const what = `all ${kind}s`;
  const bodies = await site.rest.listAll(`${category.resource}?includeAll=true&v=${category.representation(platform)}`, what, options);
  if (bodies.length === 0 && (await site.rest.get(`${category.resource}?limit=1&v=custom:(uuid)`, { what }, options)) === null) return null;
  const read = async (body: RestBody): Promise<readonly CanonicalRecord[]> => {
    const local = String(body['uuid']);
    const record = { aggregate: kind, uuid: await site.aliases.toCanonical(kind, local) };
    // What is mapped to another of the site's own is that other one.
    return (await site.aliases.toLocal(record)) === local ? [await decodeAt(site, category, record, body, platform)] : [];
  };
  return (await Promise.all(bodies.map(read))).flat();
}
