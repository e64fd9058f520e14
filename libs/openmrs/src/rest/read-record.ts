import { absentRecord, type CanonicalRecord, type Category, categoriesOf, sameUuid } from '@sync-hub/categories';
import { ContractError, type RecordRef, recordKey } from '@sync-hub/contracts';
import type { SiteCapabilities } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import { bodyAt } from './place-at.js';
import type { RestBody } from './rest-resources.js';
import type { RestSite } from './rest-site.js';
import { canonicalUuids, recordsIn } from './uuid-map.js';

export type { RestSite } from './rest-site.js';

/** Reads a record by the first category that knows it: a patient before its person. */
export async function readRecord(site: RestSite, record: RecordRef, options: CallOptions): Promise<CanonicalRecord> {
  const platform = await site.capabilities(options);
  const local = await site.aliases.toLocal(record);
  for (const category of categoriesOf(record.aggregate)) {
    const body = await bodyAt(site, { category, record, local, how: category.representation(platform) }, options);
    if (body === 'absent') continue;
    if (body === 'gone') return { ...absentRecord(record), presence: 'voided' };
    if (typeof body['uuid'] !== 'string')
      throw new ContractError(`${site.rest.site}: ${category.title} ${recordKey(record)} comes without a uuid`, {
        site: site.rest.site,
        record: recordKey(record),
        path: 'uuid',
      });
    if (category.keptToItself?.is(body, site.login) === true) continue;
    // A location is found by its name too; whatever answers under another uuid is not the one.
    if (body['uuid'] === local) return decodeAt(site, category, record, await withListedApart(site, category, { local, body, platform }, options), platform);
  }
  return absentRecord(record);
}

interface ReadBody {
  readonly local: string;
  readonly body: RestBody;
  readonly platform: SiteCapabilities;
}

/** With the list that is told by itself; without it, and so unknown, where the site does not tell it. */
async function withListedApart(
  { rest }: RestSite,
  { listedApart, resource }: Category,
  { local, body, platform }: ReadBody,
  options: CallOptions,
): Promise<RestBody> {
  if (listedApart === undefined) return body;
  const { list, path } = listedApart;
  const items = await rest.listAllThere(`${resource}/${encodeURIComponent(local)}/${path(platform)}`, `${list} of a ${resource}`, options);
  return items === null ? body : { ...body, [list]: items };
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
    const client = category.fhirAlone === undefined ? 'rest' : 'fhir-r4';
    const local = category.decode(body, { record, client, platform });
    const canonicalUuid = await canonicalUuids(
      aliases,
      recordsIn({ ...local, record }).filter((one) => one.uuid !== record.uuid),
    );
    return canonicalUuid === sameUuid ? local : category.decode(body, { record, client, platform, canonicalUuid });
  } catch (error) {
    if (error instanceof ContractError)
      throw new ContractError(`${rest.site}, ${recordKey(record)}: ${error.message}`, { ...error.details, site: rest.site, record: recordKey(record) });
    throw error;
  }
}
