import { attributeTypeCategory } from './attribute-type-category.js';

/** What can be said of a place. Since platform 1.11 no two have one name, retired ones included (openmrs-core LocationAttributeTypeValidator). */
export const locationAttributeType = attributeTypeCategory({
  name: 'locationattributetype',
  title: 'Location attribute type',
  openmrsClass: 'org.openmrs.LocationAttributeType',
});
