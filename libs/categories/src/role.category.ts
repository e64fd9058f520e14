import { metadataCategory } from './metadata-category.js';
import { NOT_RETIRED } from './privilege.category.js';
import { text } from './scalars.js';
import { uuidList } from './uuid-list.js';

/**
 * What an account may do, by privileges and by the roles it inherits from: a tree (openmrs-core 1.9 to 2.8 UserServiceImpl.saveRole). Kept by name, as
 * privileges are, and the name never changes (webservices.rest 3.4 RoleResource1_8.getUpdatableProperties). A server hands on only what our own account
 * may do (UserServiceImpl.checkPrivileges): it answers with an error otherwise. Who has a role is not part of it.
 */
export const role = metadataCategory({
  name: 'role',
  title: 'Role',
  openmrsClass: 'org.openmrs.Role',
  scalars: { name: text, description: text },
  lists: [uuidList('privileges', { owner: 'role', of: 'privilege' }), uuidList('inheritedRoles', { owner: 'role', of: 'role' })],
  telltale: 'name',
  requires: ['name'],
  fixed: ['name'],
  nameIsKey: true,
  staysInUse: NOT_RETIRED,
});
