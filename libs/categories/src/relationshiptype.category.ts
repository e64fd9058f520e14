import { metadataCategory } from './metadata-category.js';
import { number, text } from './scalars.js';

/**
 * How two persons are related, said from both ends. It has no name of its own, and no server takes one without a description (openmrs-core
 * 1.9 to 2.8 PersonServiceImpl.saveRelationshipType). Since platform 1.11 no two in use say the same at both ends (RelationshipTypeValidator).
 * Core's `preferred` is not told by REST (webservices.rest 3.4 RelationShipTypeResource1_8).
 */
export const relationshipType = metadataCategory({
  name: 'relationshiptype',
  title: 'Relationship type',
  openmrsClass: 'org.openmrs.RelationshipType',
  scalars: { aIsToB: text, bIsToA: text, weight: number, description: text },
  telltale: 'aIsToB',
  requires: ['aIsToB', 'bIsToA', 'description'],
});
