import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * Live records that a void of this one would take with it, as `resource/uuid`, under the uuids known everywhere: a patient's
 * visits and encounters (openmrs-core 2.x PatientDataVoidHandler; webservices.rest PatientResource1_9.delete), a visit's
 * encounters (VisitVoidHandler); a location's children, which a retirement would leave without a place.
 */
export async function dependantsOf(site: RestSite, record: RecordRef, options: CallOptions): Promise<readonly string[]> {
  const local = encodeURIComponent(await site.aliases.toLocal(record));
  switch (record.aggregate) {
    case 'location':
      return named(site, 'location', await nested(site, { path: `location/${local}`, list: 'childLocations', deleted: 'retired' }, options));
    case 'visit':
      return named(site, 'encounter', await nested(site, { path: `visit/${local}`, list: 'encounters', deleted: 'voided' }, options));
    case 'person':
      return dependantsOfPatient(site, local, options);
  }
}

async function dependantsOfPatient(site: RestSite, local: string, options: CallOptions): Promise<readonly string[]> {
  const patient = await site.rest.get(`patient/${local}?v=custom:(uuid)`, { what: 'patient' }, options);
  if (patient === null) return [];
  const encounters = await site.rest.listAll(`encounter?patient=${local}&v=custom:(uuid)`, 'encounters', options);
  const visits = await site.rest.listAll(`visit?patient=${local}&v=custom:(uuid,voided)`, 'visits', options);
  const live = visits.filter((visit) => visit['voided'] !== true);
  return [...(await named(site, 'encounter', encounters)), ...(await named(site, 'visit', live))];
}

interface Nested {
  readonly path: string;
  readonly list: string;
  readonly deleted: 'voided' | 'retired';
}

async function nested({ rest }: RestSite, { path, list, deleted }: Nested, options: CallOptions): Promise<readonly RestBody[]> {
  const body = await rest.get(`${path}?v=custom:(uuid,${list}:(uuid,${deleted}))`, { what: path.split('/')[0] ?? path }, options);
  const items = body?.[list];
  return Array.isArray(items) ? (items as RestBody[]).filter((item) => item[deleted] !== true) : [];
}

const AGGREGATE_OF: Readonly<Record<string, Aggregate>> = { location: 'location', visit: 'visit' };

async function named({ aliases }: RestSite, resource: string, bodies: readonly RestBody[]): Promise<readonly string[]> {
  const uuids = bodies.flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : []));
  const aggregate = AGGREGATE_OF[resource];
  const known = aggregate === undefined ? uuids : await Promise.all(uuids.map((uuid) => aliases.toCanonical(aggregate, uuid)));
  return known.map((uuid) => `${resource}/${uuid}`);
}
