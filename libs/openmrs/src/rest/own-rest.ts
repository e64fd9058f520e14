import { type Category, nameOfType, type OwnRest, planOwnRest, SERVICE_BY_NAME, SERVICE_TYPE_BY_NAME, type UuidOfName } from '@sync-hub/categories';
import { type RecordRef, recordKey, type Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestBody } from './rest-resources.js';
import type { RestSite, Told } from './rest-site.js';
import { localUuids, recordsIn, type Sides } from './uuid-map.js';

/** A kind of record that a module's own REST knows. */
export type OwnRestCategory = Category & { readonly ownRest: OwnRest };

export const hasOwnRest = (category: Category): category is OwnRestCategory => category.ownRest !== undefined;

interface Asked {
  readonly category: OwnRestCategory;
  readonly record: RecordRef;
  readonly local: Uuid;
}

/** The body of such a record, as its category reads it. At a site without the module there is none. */
export async function bodyByOwnRest({ rest, capabilities }: RestSite, { category, record, local }: Asked, options: CallOptions): Promise<Told> {
  const platform = await capabilities(options);
  if ((category.unsupported?.(platform) ?? null) !== null) return 'absent';
  const { ownRest, name } = category;
  const about = { what: name, record: recordKey(record), privilege: ownRest.privilege };
  const body = await rest.getOfModule(ownRest.readAt(encodeURIComponent(local)), about, options);
  return body === null ? 'absent' : ownRest.told(body, platform);
}

/** All that hang on a patient, by the uuid that she has there, voided ones too; as the category reads them. */
export async function listedByOwnRest(
  { rest, capabilities }: RestSite,
  category: OwnRestCategory,
  patient: Uuid,
  options: CallOptions,
): Promise<readonly RestBody[]> {
  const { ownRest, name } = category;
  const platform = await capabilities(options);
  const bodies = await rest.listOfModule(
    { path: ownRest.listedAt, body: ownRest.listedWith(patient) },
    { what: `${name}s`, privilege: ownRest.privilege },
    options,
  );
  return bodies.map((body) => ownRest.told(body, platform));
}

/** Does a write by the module's own REST. True where there was anything to do. */
export async function writeByOwnRest(site: RestSite, category: OwnRestCategory, sides: Sides, options: CallOptions): Promise<boolean> {
  const { held } = sides;
  const platform = await site.capabilities(options);
  if ((category.unsupported?.(platform) ?? null) !== null) planOwnRest(category, sides, { platform, localUuid: (_, uuid) => uuid, uuidOfName: () => null });
  const localUuid = await localUuids(site.aliases, recordsIn(held, sides.incoming));
  const body = planOwnRest(category, sides, { platform, localUuid, uuidOfName: await servicesByName(site, options) });
  if (body === null) return false;
  const id = await site.rest.write({ method: 'POST', path: category.ownRest.postedAt, body }, recordKey(held.record), options);
  if (held.presence === 'absent' && id !== null && id !== held.record.uuid) await site.aliases.remember(held.record, id);
  return true;
}

/** The services of a site and their kinds, by name as it is written. */
export async function servicesByName({ rest }: Pick<RestSite, 'rest'>, options: CallOptions): Promise<UuidOfName> {
  const about = { what: 'appointment services', privilege: 'View Appointment Services' };
  const services = await rest.listOfModule({ path: 'appointmentService/all/full' }, about, options);
  const known = new Map<string, string>();
  const add = (resource: string, name: string, uuid: unknown): void => void known.set(`${resource} ${name.trim()}`, String(uuid));
  for (const { name, uuid, serviceTypes } of services) {
    add(SERVICE_BY_NAME, String(name), uuid);
    const types = Array.isArray(serviceTypes) ? (serviceTypes as readonly RestBody[]) : [];
    for (const type of types) add(SERVICE_TYPE_BY_NAME, nameOfType(String(name).trim(), String(type['name']).trim()), type['uuid']);
  }
  return (resource, name) => known.get(`${resource} ${name.trim()}`) ?? null;
}
