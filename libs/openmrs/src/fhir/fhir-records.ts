import { type Category, type FhirAlone, planFhirAlone } from '@sync-hub/categories';
import { ContractError, type RecordRef, recordKey, type Uuid } from '@sync-hub/contracts';
import type { RestBody } from '../rest/rest-resources.js';
import type { RestSite, Told } from '../rest/rest-site.js';
import { localUuids, recordsIn, type Sides } from '../rest/uuid-map.js';
import type { CallOptions } from '../site-client.js';
import { searchAll } from './fhir-bundle.js';
import type { FhirBody } from './fhir-resources.js';

/** A kind of record that nothing but fhir2 knows. */
export type FhirCategory = Category & { readonly fhirAlone: FhirAlone };

export const isFhirAlone = (category: Category): category is FhirCategory => category.fhirAlone !== undefined;

interface Asked {
  readonly category: FhirCategory;
  readonly record: RecordRef;
  readonly local: Uuid;
}

/** The body of such a record, as its category reads it. At a site without fhir2 there is none. */
export async function bodyByFhir(site: RestSite, { category, record, local }: Asked, options: CallOptions): Promise<Told> {
  const platform = await site.capabilities(options);
  if ((category.unsupported?.(platform) ?? null) !== null) return 'absent';
  const answer = await site.fhir.get(`${category.fhirAlone.resource}/${encodeURIComponent(local)}`, category.name, options);
  return answer.state === 'there' ? toldAt(site, category, record, answer.body, options) : answer.state;
}

/** A resource in the shape that its category reads; of which site and record it was, where it cannot be. */
export async function toldAt(site: RestSite, category: FhirCategory, record: RecordRef, resource: FhirBody, options: CallOptions): Promise<RestBody> {
  try {
    return category.fhirAlone.told(resource, await site.capabilities(options));
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const at = { site: site.rest.site, record: recordKey(record) };
    throw new ContractError(`${at.site}, ${at.record}: ${error.message}`, { ...error.details, ...at });
  }
}

/** Live ones that hang on a patient, by the uuid that she has there. */
export async function listedByFhir(site: RestSite, category: FhirCategory, patient: Uuid, options: CallOptions): Promise<readonly FhirBody[]> {
  return searchAll(
    site.fhir,
    `${category.fhirAlone.resource}?${category.fhirAlone.listedBy(encodeURIComponent(patient))}&_count=100`,
    `${category.name}s`,
    options,
  );
}

/** Does a write by fhir2. True where there was anything to do. */
export async function writeByFhirAlone(site: RestSite, category: FhirCategory, sides: Sides, options: CallOptions): Promise<boolean> {
  const platform = await site.capabilities(options);
  const localUuid = await localUuids(site.aliases, recordsIn(sides.held, sides.incoming));
  const planned = planFhirAlone(category, sides, { platform, localUuid });
  if (planned === null) return false;
  const id = await site.fhir.write(planned, { what: category.name, record: recordKey(sides.held.record) }, options);
  if (planned.method === 'POST' && id !== null && id !== sides.held.record.uuid) await site.aliases.remember(sides.held.record, id);
  return true;
}
