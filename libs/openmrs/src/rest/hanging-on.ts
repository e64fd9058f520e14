import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
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
  const { resource, aggregate, hangsOn, title, unsupported } = CATEGORIES[category];
  if (hangsOn === undefined || (unsupported?.(await site.capabilities(options)) ?? null) !== null) return [];
  // Of obs only those that are records: the others are part of an encounter, or of a group.
  const asks = category === 'observation' ? 'uuid,encounter:(uuid),obsGroup:(uuid)' : 'uuid,voided';
  const search = [`${hangsOn.listedBy}=${local}`, ...(hangsOn.listedWith === undefined ? [] : [hangsOn.listedWith])].join('&');
  const bodies = await site.rest.listAll(`${resource}?${search}&v=custom:(${asks})`, `${title.toLowerCase()}s`, options);
  const uuids = bodies.filter(isRecord).flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : []));
  return Promise.all(uuids.map(async (uuid) => ({ aggregate, uuid: await site.aliases.toCanonical(aggregate, uuid) })));
}

/** Some versions list voided ones too (webservices.rest before 2.20, ProgramEnrollmentResource1_8.doSearch). */
const isRecord = ({ voided, encounter, obsGroup }: RestBody): boolean => voided !== true && !encounter && !obsGroup;
