import { sameUuid, type UuidTranslation } from '@sync-hub/categories';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';

/** The uuids of a site's roles by their names in lower case: a database takes two names that differ in nothing else for one. No role is found by its name (webservices.rest 3.4 RoleResource1_8.getByUniqueId). */
export async function rolesByName({ rest }: Pick<RestSite, 'rest'>, options: CallOptions): Promise<ReadonlyMap<string, string>> {
  const all = await rest.listAll('role?v=custom:(uuid,name)', 'all roles', options);
  return new Map(all.flatMap(({ uuid, name }) => (typeof uuid === 'string' && typeof name === 'string' ? [[name.trim().toLowerCase(), uuid] as const] : [])));
}

/** What the site calls things, roles by their names included. */
export const alsoRoles =
  (roles: ReadonlyMap<string, string>, localUuid: UuidTranslation = sameUuid): UuidTranslation =>
  (aggregate, uuid) =>
    (aggregate === 'role' ? roles.get(uuid.toLowerCase()) : undefined) ?? localUuid(aggregate, uuid);
