import { metadataCategory } from './metadata-category.js';
import { flag, number, text } from './scalars.js';

/**
 * What is known of a person beside names and addresses. Two things of it stay where they are: `foreignKey` is the database's own number of a
 * concept, and means another one at each server; `editPrivilege` is a privilege, which has another uuid at each. A type whose format is a concept therefore
 * arrives without its question: a person adds that once. No two have one name, retired ones included, and since platform 1.11 none is without a format
 * (openmrs-core PersonAttributeTypeValidator); nothing is saved while the setting `personAttributeTypes.locked` is on (1.11 and newer, PersonServiceImpl).
 * Keys: webservices.rest 3.4 PersonAttributeTypeResource1_8.
 */
export const personAttributeType = metadataCategory({
  name: 'personattributetype',
  title: 'Person attribute type',
  openmrsClass: 'org.openmrs.PersonAttributeType',
  scalars: { name: text, description: text, format: text, sortWeight: number, searchable: flag },
  telltale: 'name',
  requires: ['name'],
  saidEmpty: ['description'],
});
