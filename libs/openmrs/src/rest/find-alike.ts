import { CATEGORIES, type CanonicalRecord, type Category, pathBelow } from '@sync-hub/categories';
import { recordKey, TransientError, type Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { SearchedSite } from './find-twin.js';
import { decodeAt } from './read-record.js';

/**
 * For what a patient has one of at most: the live record there that a server takes for the same as `incoming`, remembered as its alias; `null` where there is
 * none. Throws TransientError `already-there` where that is a record of its own: it may be about to be voided, as where people edit an allergy, which makes
 * another of it.
 */
export async function findAlike(site: SearchedSite, incoming: CanonicalRecord, options: CallOptions): Promise<Uuid | null> {
  const category = CATEGORIES[incoming.category];
  const wanted = category.oneOfEach?.(incoming.fields) ?? null;
  const patient = incoming.fields[category.hangsOn?.patients[0] ?? ''];
  if (wanted === null || typeof patient !== 'string') return null;
  const alike = await firstAlike(site, { category, patient, wanted }, incoming, options);
  if (alike === null) return null;
  const local = await site.aliases.toLocal(alike.record);
  if (local !== alike.record.uuid || (await site.isItsOwn(local)))
    throw new TransientError('already-there', `${site.rest.site} has another ${category.name} of that patient which a server takes for the same`, {
      site: site.rest.site,
      record: recordKey(incoming.record),
      holder: recordKey(alike.record),
    });
  await site.aliases.remember(incoming.record, local);
  return local;
}

interface Sought {
  readonly category: Category;
  readonly patient: Uuid;
  readonly wanted: string;
}

async function firstAlike(
  site: SearchedSite,
  { category, patient, wanted }: Sought,
  { record }: CanonicalRecord,
  options: CallOptions,
): Promise<CanonicalRecord | null> {
  const platform = await site.capabilities(options);
  const owner = await site.aliases.toLocal({ aggregate: 'person', uuid: patient });
  const path = `${pathBelow(category, encodeURIComponent(owner))}?v=${category.representation(platform)}`;
  const own = await site.aliases.toLocal(record);
  for (const body of await site.rest.listAll(path, category.name, options)) {
    const uuid = String(body['uuid']);
    const other = { aggregate: record.aggregate, uuid: await site.aliases.toCanonical(record.aggregate, uuid) };
    const read = await decodeAt(site, category, other, body, platform);
    if (uuid !== own && read.presence === 'present' && category.oneOfEach?.(read.fields) === wanted) return read;
  }
  return null;
}
