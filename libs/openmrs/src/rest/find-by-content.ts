import type { CanonicalRecord } from '@sync-hub/categories';
import type { Uuid } from '@sync-hub/contracts';
import { type FhirCategory, isFhirAlone, listedByFhir, toldAt } from '../fhir/fhir-records.js';
import type { CallOptions } from '../site-client.js';
import { type SearchedSite, saysTheSame } from './find-twin.js';
import { listedByOwnRest, type OwnRestCategory } from './own-rest.js';
import { decodeAt } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/** fhir2, and modules with a REST of their own, give each a uuid of their own: after a create that nobody answered, the one that says exactly the same, if there is exactly one and it is nobody else's. */
export async function findByContent(
  site: SearchedSite,
  incoming: CanonicalRecord,
  category: FhirCategory | OwnRestCategory,
  options: CallOptions,
): Promise<Uuid | null> {
  const { record, fields } = incoming;
  const patient = fields[category.hangsOn?.patients[0] ?? ''];
  if (typeof patient !== 'string') return null;
  const platform = await site.capabilities(options);
  const there = await site.aliases.toLocal({ aggregate: 'person', uuid: patient });
  const twins: Uuid[] = [];
  for (const body of await listedOf(site, { category, incoming, patient: there }, options)) {
    const local = String(body['uuid']);
    const isKnown = (await site.aliases.toCanonical(record.aggregate, local)) !== local || (await site.isItsOwn(local));
    const found = isKnown ? null : await decodeAt(site, category, record, body, platform);
    if (found !== null && found.presence === incoming.presence && saysTheSame(incoming, found)) twins.push(local);
  }
  const [twin, ...others] = twins;
  if (twin === undefined || others.length > 0) return null;
  await site.aliases.remember(record, twin);
  return twin;
}

interface Listed {
  readonly category: FhirCategory | OwnRestCategory;
  readonly incoming: CanonicalRecord;
  readonly patient: Uuid;
}

async function listedOf(site: SearchedSite, { category, incoming, patient }: Listed, options: CallOptions): Promise<readonly RestBody[]> {
  if (!isFhirAlone(category)) return listedByOwnRest(site, category, patient, options);
  const resources = await listedByFhir(site, category, patient, options);
  return Promise.all(resources.map((resource) => toldAt(site, category, incoming.record, resource, options)));
}
