import { categoriesOf } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * Live records that a void of this one would take with it, as `resource/uuid`: a patient's visits, and one of its
 * encounters (one is enough to ask a person); a location's children, which a retirement would leave without a place.
 */
export async function dependantsOf({ rest, aliases }: RestSite, record: RecordRef, options: CallOptions): Promise<readonly string[]> {
  const local = encodeURIComponent(await aliases.toLocal(record));
  if (record.aggregate === 'location') {
    const body = await rest.get(`location/${local}?v=custom:(uuid,childLocations:(uuid,retired))`, { what: 'location' }, options);
    const children = listOf(body?.['childLocations']).filter((child) => child['retired'] !== true);
    const uuids = await Promise.all(children.flatMap(({ uuid }) => (typeof uuid === 'string' ? [aliases.toCanonical('location', uuid)] : [])));
    return uuids.map((uuid) => `location/${uuid}`);
  }
  const patient = await rest.get(`${categoriesOf('person')[0]?.resource}/${local}?v=custom:(uuid)`, { what: 'patient' }, options);
  if (patient === null) return [];
  const encounters = await rest.list(`encounter?patient=${local}&limit=1&v=custom:(uuid)`, 'encounters', options);
  const visits = await rest.list(`visit?patient=${local}&v=custom:(uuid,voided)`, 'visits', options);
  return [
    ...named('encounter', encounters),
    ...named(
      'visit',
      visits.filter((visit) => visit['voided'] !== true),
    ),
  ];
}

const named = (resource: string, bodies: readonly RestBody[]): string[] =>
  bodies.flatMap(({ uuid }) => (typeof uuid === 'string' ? [`${resource}/${uuid}`] : []));
const listOf = (value: unknown): readonly RestBody[] => (Array.isArray(value) ? (value as RestBody[]) : []);
