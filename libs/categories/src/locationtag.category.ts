import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * A mark of places: where people log in, where visits take place. Two may have one name (openmrs-core 1.9 to 2.8 LocationTagValidator). Modules look
 * tags up by name, so that a new name at the parent is a new name for every child's modules.
 */
export const locationTag = metadataCategory({
  name: 'locationtag',
  title: 'Location tag',
  openmrsClass: 'org.openmrs.LocationTag',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
});
