import { CATEGORIES, pathBelow, type RecordCategory } from '@sync-hub/categories';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import { isFhirAlone, listedByFhir } from '../fhir/fhir-records.js';
import type { CallOptions } from '../site-client.js';
import { hasOwnRest, listedByOwnRest } from './own-rest.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/** What hangs on a patient and goes with a void of the patient (openmrs-core PatientDataVoidHandler, webservices.rest PatientResource1_9.delete). */
export const GOES_WITH_PATIENT: readonly RecordCategory[] = ['encounter', 'visit', 'observation'];

/** Live records of these categories that hang on a patient at the site, under the uuids known everywhere; none where the site has no such patient. */
export async function hangingOn(site: RestSite, patient: Uuid, categories: readonly RecordCategory[], options: CallOptions): Promise<readonly RecordRef[]> {
  const local = encodeURIComponent(await site.aliases.toLocal({ aggregate: 'person', uuid: patient }));
  if ((await site.rest.get(`patient/${local}?v=custom:(uuid)`, { what: 'patient' }, options)) === null) return [];
  const found: RecordRef[] = [];
  for (const category of categories) found.push(...(await ofOne(site, { local, category }, options)));
  return found;
}

interface Asked {
  readonly local: string;
  readonly category: RecordCategory;
}

async function ofOne(site: RestSite, { local, category }: Asked, options: CallOptions): Promise<readonly RecordRef[]> {
  const spec = CATEGORIES[category];
  const { aggregate, hangsOn, unsupported } = spec;
  if (hangsOn === undefined || (unsupported?.(await site.capabilities(options)) ?? null) !== null) return [];
  const bodies = isFhirAlone(spec)
    ? (await listedByFhir(site, spec, local, options)).map(({ id }) => ({ uuid: id }))
    : hasOwnRest(spec)
      ? await listedByOwnRest(site, spec, decodeURIComponent(local), options)
      : await listedOf(site, { local, category }, options);
  const uuids = bodies.filter(isRecord).flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : []));
  return Promise.all(uuids.map(async (uuid) => ({ aggregate, uuid: await site.aliases.toCanonical(aggregate, uuid) })));
}

async function listedOf({ rest }: RestSite, { local, category }: Asked, options: CallOptions): Promise<readonly RestBody[]> {
  const { resource, under, hangsOn, title } = CATEGORIES[category];
  const { listedBy = '', listedWith, listedIn } = hangsOn ?? {};
  const search = [`${listedBy}=${local}`, ...(listedWith === undefined ? [] : [listedWith])].join('&');
  const what = `${title.toLowerCase()}s`;
  // Where nobody has said whether she has any, there is no list, and no row either (204, PatientAllergyResource2_0.doGetAll).
  if (under !== undefined) return rest.listAll(`${pathBelow(CATEGORIES[category], local)}?v=custom:(uuid,voided)`, what, options);
  if (listedIn !== undefined) {
    const holders = await rest.listAll(`${listedIn.resource}?${search}&v=custom:(${listedIn.list}:(uuid,auditInfo))`, what, options);
    return holders.flatMap((holder) => (Array.isArray(holder[listedIn.list]) ? (holder[listedIn.list] as RestBody[]) : []));
  }
  // Of obs only those that are records: the others are part of an encounter, or of a group.
  const asks = category === 'observation' ? 'uuid,encounter:(uuid),obsGroup:(uuid)' : 'uuid,voided';
  return rest.listAll(`${resource}?${search}&v=custom:(${asks})`, what, options);
}

/** Some versions list voided ones too (webservices.rest before 2.20, ProgramEnrollmentResource1_8.doSearch), of some only the stamps say so. */
const isRecord = ({ voided, encounter, obsGroup, auditInfo }: RestBody): boolean =>
  voided !== true && !encounter && !obsGroup && !(auditInfo as RestBody | undefined)?.['dateVoided'];
