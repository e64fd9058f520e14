import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * A dictionary or a code system that concepts are mapped to. A create names a description (webservices.rest 3.4 ConceptSourceResource1_8), and since
 * platform 2.0 it may not be blank (openmrs-core 2.1 ConceptSourceValidator). Two may have one name. One whose uuid is unknown is found by its
 * name (getByUniqueId). Keys: ConceptSourceResource1_8, 2_1.
 */
export const conceptSource = metadataCategory({
  name: 'conceptsource',
  title: 'Concept source',
  openmrsClass: 'org.openmrs.ConceptSource',
  scalars: { name: text, description: text, hl7Code: text, uniqueId: text },
  onlyWhere: { uniqueId: ({ hasConceptSourceIds }) => hasConceptSourceIds },
  telltale: 'name',
  requires: ['name', 'description'],
});
