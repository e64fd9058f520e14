import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * What kind of encounter it is. Since platform 1.11 no two in use have one name (openmrs-core EncounterTypeValidator); 1.9 takes none without a
 * description, newer ones do. A create names both keys (webservices.rest 3.4 EncounterTypeResource1_8), and an update is refused while
 * the setting `EncounterType.encounterTypes.locked` is on.
 */
export const encounterType = metadataCategory({
  name: 'encountertype',
  title: 'Encounter type',
  openmrsClass: 'org.openmrs.EncounterType',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
  saidEmpty: ['description'],
});
