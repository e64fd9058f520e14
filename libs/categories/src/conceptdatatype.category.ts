import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * What values a concept has. Every server comes with the same ones under the same uuids, and none can be written: webservices.rest refuses each
 * write of one (2.12 to 3.4 ConceptDatatypeResource1_8, 2_0). The ends are compared; a difference is told, and a person's to mend.
 */
export const conceptDatatype = metadataCategory({
  name: 'conceptdatatype',
  title: 'Concept datatype',
  openmrsClass: 'org.openmrs.ConceptDatatype',
  scalars: { name: text, description: text, hl7Abbreviation: text },
  telltale: 'name',
  requires: ['name'],
  unsupported: () => 'no webservices.rest writes concept datatypes, which come with the server (ConceptDatatypeResource1_8)',
});
