import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * What kind of visit it is. Two may have one name (openmrs-core 1.9 to 2.8 VisitTypeValidator asks for a name and no more); one whose uuid is
 * unknown is found by its name, whatever the case (webservices.rest 3.4 VisitTypeResource1_9.getByUniqueId).
 */
export const visitType = metadataCategory({
  name: 'visittype',
  title: 'Visit type',
  openmrsClass: 'org.openmrs.VisitType',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
});
