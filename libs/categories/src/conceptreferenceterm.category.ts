import { metadataCategory } from './metadata-category.js';
import { reference, text } from './scalars.js';

/**
 * A code of a dictionary or code system that concepts are mapped to. No two of one source have one code, before 2.7 not even where one of them is
 * retired (openmrs-core 1.9 to 2.8 ConceptReferenceTermValidator). How terms are mapped to each other is another resource and not carried. Keys: webservices.rest 2.12
 * to 3.4 ConceptReferenceTermResource1_9.
 */
export const conceptReferenceTerm = metadataCategory({
  name: 'conceptreferenceterm',
  title: 'Concept reference term',
  openmrsClass: 'org.openmrs.ConceptReferenceTerm',
  scalars: { code: text, conceptSource: reference('conceptsource', null), name: text, description: text, version: text },
  telltale: 'code',
  requires: ['code', 'conceptSource'],
});
