import { metadataCategory } from './metadata-category.js';
import { number, reference } from './scalars.js';

/**
 * How often something ordered is given. Its name is its concept's, which is of class Frequency and of no other frequency (openmrs-core 1.12 to 2.8
 * OrderFrequencyValidator). A create names both keys (webservices.rest 3.4 OrderFrequencyResource1_10); before 2.25 the module writes none (RESTWS-708). One
 * whose uuid is unknown is found by its concept (getByUniqueId).
 */
export const orderFrequency = metadataCategory({
  name: 'orderfrequency',
  title: 'Order frequency',
  openmrsClass: 'org.openmrs.OrderFrequency',
  scalars: { frequencyPerDay: number, concept: reference('concept', null) },
  telltale: 'frequencyPerDay',
  requires: ['concept'],
  saidEmpty: ['frequencyPerDay'],
  unsupported: ({ hasOrderEntry, writesOrderFrequencies }) => {
    if (!hasOrderEntry) return 'platforms before 1.10 have none (webservices.rest OrderFrequencyResource1_10)';
    return writesOrderFrequencies ? null : 'webservices.rest writes none before 2.25 (RESTWS-708)';
  },
});
