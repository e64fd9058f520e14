import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/** Why neither privileges nor roles are retired. */
export const NOT_RETIRED = 'no server keeps that a privilege or a role is retired (openmrs-core 1.9 to 2.8 Privilege.hbm.xml, Role.hbm.xml)';

/**
 * What an account may do. A server keeps privileges by name, and gives those that it brings itself uuids of its own (openmrs-core 1.9 to 2.8
 * Context.checkCoreDataset): what has the name is the same privilege, whatever its uuid, and is looked for before one is made. A create with a name
 * that is there would write onto it, uuid included (HibernateUserDAO.savePrivilege). The name never changes (webservices.rest 3.4
 * PrivilegeResource1_8.getUpdatableProperties). Only 1.9 takes none without a description (PrivilegeValidator).
 */
export const privilege = metadataCategory({
  name: 'privilege',
  title: 'Privilege',
  openmrsClass: 'org.openmrs.Privilege',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
  fixed: ['name'],
  nameIsKey: true,
  staysInUse: NOT_RETIRED,
});
