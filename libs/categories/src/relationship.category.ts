import { defineCategory } from './define-category.js';
import { instant, reference, type ScalarKind } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  personA: reference('person', 'person'),
  relationshipType: reference('relationshiptype', null),
  personB: reference('person', 'person'),
  startDate: instant,
  endDate: instant,
};

/**
 * What one person is to another. It goes where either of them is held as a patient, and waits for both: a relative who is no patient travels as a
 * person. The persons cannot be changed (webservices.rest 3.4 RelationshipResource1_8.getUpdatableProperties); type and dates can. No server takes
 * two ends that are one (openmrs-core 1.9 to 2.8 PersonServiceImpl.saveRelationship). A void of a person leaves it as it is (PersonVoidHandler,
 * PatientDataVoidHandler). In the default configuration of the feed it is switched off (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json).
 */
export const relationship = defineCategory({
  name: 'relationship',
  title: 'Relationship',
  openmrsClass: 'org.openmrs.Relationship',
  aggregate: 'relationship',
  feeds: ['relationship'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'relationship',
  owners: [{ owner: 'relationship', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  hangsOn: { patients: ['personA', 'personB'], listedBy: 'person' },
  fixed: ['personA', 'personB'],
  lists: [],
  representation: () => 'custom:(uuid,personA:ref,relationshipType:ref,personB:ref,startDate,endDate,voided,auditInfo)',
  telltale: 'personA',
  requires: ['personA', 'relationshipType', 'personB'],
});
