import { attributeTypeCategory } from './attribute-type-category.js';

/** What can be said of a visit. Two may have one name (openmrs-core 1.9 to 2.8 VisitAttributeTypeValidator). */
export const visitAttributeType = attributeTypeCategory({
  name: 'visitattributetype',
  title: 'Visit attribute type',
  openmrsClass: 'org.openmrs.VisitAttributeType',
});
