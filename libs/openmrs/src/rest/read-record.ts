import { absentRecord, type CanonicalRecord, type Category, categoriesOf, sameUuid } from '@sync-hub/categories';
import { ContractError, type RecordRef, recordKey } from '@sync-hub/contracts';
import type { AliasBook } from '../alias-book.js';
import type { SiteCapabilities } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import type { KnownUsers } from './known-users.js';
import type { RestBody, RestResources } from './rest-resources.js';
import { canonicalUuids, recordsIn } from './uuid-map.js';

/** What the parts of the REST client share. */
export interface RestSite {
  readonly rest: RestResources;
  readonly aliases: AliasBook;
  readonly users: KnownUsers;
  readonly capabilities: (options: CallOptions) => Promise<SiteCapabilities>;
}

/** Reads a record by the first category that knows it: a patient before its person. */
export async function readRecord(site: RestSite, record: RecordRef, options: CallOptions): Promise<CanonicalRecord> {
  const platform = await site.capabilities(options);
  const local = await site.aliases.toLocal(record);
  for (const category of categoriesOf(record.aggregate)) {
    const path = `${category.resource}/${encodeURIComponent(local)}?v=${category.representation(platform)}`;
    const body = await site.rest.get(path, { what: category.resource, record: recordKey(record) }, options);
    if (body === null) continue;
    if (typeof body['uuid'] !== 'string')
      throw new ContractError(`${site.rest.site}: ${category.title} ${recordKey(record)} comes without a uuid`, {
        site: site.rest.site,
        record: recordKey(record),
        path: 'uuid',
      });
    // A location is found by its name too; whatever answers under another uuid is not the one.
    if (body['uuid'] === local) return decodeAt(site, category, record, body, platform);
  }
  return absentRecord(record);
}

/** Decodes a body with the uuids known everywhere, and says of which site and record it was where it cannot. */
export async function decodeAt(
  { rest, aliases }: RestSite,
  category: Category,
  record: RecordRef,
  body: RestBody,
  platform: SiteCapabilities,
): Promise<CanonicalRecord> {
  try {
    const local = category.decode(body, { record, client: 'rest', platform });
    const canonicalUuid = await canonicalUuids(
      aliases,
      recordsIn({ ...local, record }).filter((one) => one.uuid !== record.uuid),
    );
    return canonicalUuid === sameUuid ? local : category.decode(body, { record, client: 'rest', platform, canonicalUuid });
  } catch (error) {
    if (error instanceof ContractError)
      throw new ContractError(`${rest.site}, ${recordKey(record)}: ${error.message}`, { ...error.details, site: rest.site, record: recordKey(record) });
    throw error;
  }
}
