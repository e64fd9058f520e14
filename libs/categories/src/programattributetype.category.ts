import { attributeTypeCategory } from './attribute-type-category.js';

/** What can be said of an enrolment in a program, since platform 2.2. Core validates none of it (openmrs-core 2.2 to 2.8 has no validator of them). */
export const programAttributeType = attributeTypeCategory({
  name: 'programattributetype',
  title: 'Program attribute type',
  openmrsClass: 'org.openmrs.ProgramAttributeType',
  unsupported: ({ hasProgramAttributes }) =>
    hasProgramAttributes ? null : 'platforms before 2.2 have none (webservices.rest ProgramAttributeTypeResource2_2)',
});
