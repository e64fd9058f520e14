import { type Aggregate, type RecordRef, recordKey } from '@sync-hub/contracts';
import { isAtLeast } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import { GOES_WITH_PATIENT, hangingOn } from './hanging-on.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * Live records that a void of this one would take with it, as `resource/uuid`, under the uuids known everywhere: a patient's
 * visits and encounters, and obs that stand in no encounter; a visit's encounters (VisitVoidHandler); an encounter's orders, diagnoses, conditions and allergies; a location's children, which a retirement would leave without a place.
 */
export async function dependantsOf(site: RestSite, record: RecordRef, options: CallOptions): Promise<readonly string[]> {
  const local = encodeURIComponent(await site.aliases.toLocal(record));
  switch (record.aggregate) {
    case 'location':
      return named(site, 'location', await nested(site, { path: `location/${local}`, list: 'childLocations', deleted: 'retired' }, options));
    case 'visit':
      return named(site, 'encounter', await nested(site, { path: `visit/${local}`, list: 'encounters', deleted: 'voided' }, options));
    case 'person':
      return (await hangingOn(site, record.uuid, GOES_WITH_PATIENT, options)).map(recordKey);
    case 'encounter':
      return dependantsOfEncounter(site, local, options);
    // Nothing goes with an obs that stands alone, with a relationship, nor with metadata: what refers to a retired type stays as it is.
    default:
      return [];
  }
}

const IN_ENCOUNTER = { orders: 'order', diagnoses: 'diagnosis', conditions: 'condition', allergies: 'allergy' } as const;

/** Its obs are part of it; orders, diagnoses, conditions and allergies are not, and go with it (openmrs-core EncounterServiceImpl.voidEncounter, RequiredDataAdvice). */
async function dependantsOfEncounter({ rest, aliases, capabilities }: RestSite, local: string, options: CallOptions): Promise<readonly string[]> {
  const { platform } = await capabilities(options);
  const diagnoses = isAtLeast(platform, '2.2.0') ? ',diagnoses:(uuid,voided)' : '';
  const conditions = isAtLeast(platform, '2.3.1') ? ',conditions:(uuid,voided)' : '';
  const allergies = isAtLeast(platform, '2.5.0') ? ',allergies:(uuid,voided)' : '';
  const body = await rest.get(
    `encounter/${local}?v=custom:(uuid,orders:(uuid,auditInfo)${diagnoses}${conditions}${allergies})`,
    { what: 'encounter' },
    options,
  );
  const live = Object.entries(IN_ENCOUNTER).flatMap(([list, aggregate]) => {
    const items = body?.[list];
    return (Array.isArray(items) ? (items as RestBody[]) : []).flatMap(({ uuid, voided, auditInfo }) =>
      // An order has no `voided` key (webservices.rest OrderResource1_10).
      typeof uuid === 'string' && voided !== true && !(auditInfo as RestBody | undefined)?.['dateVoided'] ? [{ aggregate, uuid }] : [],
    );
  });
  return Promise.all(live.map(async ({ aggregate, uuid }) => recordKey({ aggregate, uuid: await aliases.toCanonical(aggregate, uuid) })));
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

const AGGREGATE_OF: Readonly<Record<string, Aggregate>> = { location: 'location', encounter: 'encounter' };

async function named({ aliases }: RestSite, resource: string, bodies: readonly RestBody[]): Promise<readonly string[]> {
  const uuids = bodies.flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : []));
  const aggregate = AGGREGATE_OF[resource];
  const known = aggregate === undefined ? uuids : await Promise.all(uuids.map((uuid) => aliases.toCanonical(aggregate, uuid)));
  return known.map((uuid) => `${resource}/${uuid}`);
}
