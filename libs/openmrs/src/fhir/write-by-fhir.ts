import { type Category, type FhirPlan, overlay, planFhir } from '@sync-hub/categories';
import { recordKey } from '@sync-hub/contracts';
import { isAtLeast } from '../capabilities.js';
import type { RestSite } from '../rest/read-record.js';
import { localUuids, recordsIn, type Sides } from '../rest/uuid-map.js';
import type { CallOptions } from '../site-client.js';

/**
 * Does a write by fhir2, where that is preferred, or better, and says all of it; else nothing. True where it was done. What stands there then is for REST to read:
 * fhir2 tells neither all that a record holds nor who changed it.
 */
export async function writtenByFhir(site: RestSite, category: Category, sides: Sides, options: CallOptions): Promise<boolean> {
  const view = category.fhirR4;
  const { held, incoming, writes } = sides;
  const { fhir2, ...platform } = await site.capabilities(options);
  if (view === undefined || !isAtLeast(fhir2, view.since)) return false;
  const isBetter = view.isBetter === true && (category.replacedWhenChanged?.(platform) ?? null) !== null;
  if (options.client !== 'fhir-r4' && !isBetter) return false;
  const localUuid = await localUuids(site.aliases, recordsIn(held, incoming));
  const uuid = localUuid(held.record.aggregate, held.record.uuid);
  const plan = (there: Readonly<Record<string, unknown>> | null): FhirPlan =>
    planFhir(view, { held, incoming, writes, wanted: overlay(held.fields, writes), uuid, localUuid, there });
  const answer = view.saysAgain === true ? await site.fhir.get(`${view.resource}/${encodeURIComponent(uuid)}`, category.name, options) : null;
  const planned = plan(answer?.state === 'there' ? answer.body : null);
  if ('byRest' in planned) return false;
  await site.fhir.put(planned.put.path, planned.put.resource, { what: category.name, record: recordKey(held.record) }, options);
  return true;
}
