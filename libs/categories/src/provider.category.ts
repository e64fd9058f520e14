import { metadataCategory } from './metadata-category.js';
import { reference, type ScalarKind, text } from './scalars.js';
import { typedAttributes } from './typed-attributes.js';

/** One that is empty is said to be none: of two with an empty text platform 1.9 refuses the second (openmrs-core 1.9 ProviderValidator). */
const identifier: ScalarKind = { ...text };

/**
 * Who cares for patients: a person, known by an identifier. It waits for its person, who travels as a person or a patient. Its name is that
 * person's; one that has a name of its own and no person is made by no webservices.rest, which has no key for the name (2.12 to 3.4
 * ProviderResource1_9.getCreatableProperties; openmrs-core ProviderValidator). A create names both keys. Two may have one identifier, but not on 1.9.
 */
export const provider = metadataCategory({
  name: 'provider',
  title: 'Provider',
  openmrsClass: 'org.openmrs.Provider',
  scalars: { person: reference('person', 'person'), identifier, providerRole: reference('providerrole', null) },
  onlyWhere: { providerRole: ({ hasProviderRoles }) => hasProviderRoles },
  lists: [typedAttributes('provider')],
  telltale: 'identifier',
  requires: ['person'],
  saidEmpty: ['identifier'],
});
