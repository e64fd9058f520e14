import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * What kind of concept it is. Since platform 1.11 none has the name of one in use; 1.9 takes none without a description (openmrs-core
 * ConceptClassValidator). One whose uuid is unknown is found by its name (webservices.rest 3.4 ConceptClassResource1_8.getByUniqueId). No change of
 * one is dated before platform 2.1 (openmrs-core 1.12 ConceptClass.hbm.xml).
 */
export const conceptClass = metadataCategory({
  name: 'conceptclass',
  title: 'Concept class',
  openmrsClass: 'org.openmrs.ConceptClass',
  scalars: { name: text, description: text },
  telltale: 'name',
  requires: ['name'],
});
