import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * What a provider did in an encounter. No two have one name, retired ones included (openmrs-core 1.9 to 2.8 EncounterRoleValidator). A create
 * names both keys (webservices.rest 3.4 EncounterRoleResource1_9); before platform 1.11 roles cannot be searched for, only listed.
 */
export const encounterRole = metadataCategory({
  name: 'encounterrole',
  title: 'Encounter role',
  openmrsClass: 'org.openmrs.EncounterRole',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
  saidEmpty: ['description'],
});
