import { attributeTypeCategory } from './attribute-type-category.js';

/** What can be said of a provider. Since platform 2.7 none has the name of one in use (openmrs-core ProviderAttributeTypeValidator). */
export const providerAttributeType = attributeTypeCategory({
  name: 'providerattributetype',
  title: 'Provider attribute type',
  openmrsClass: 'org.openmrs.ProviderAttributeType',
});
