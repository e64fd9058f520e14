import { byHandBefore2_25 } from './by-hand.js';
import { defineCategory } from './define-category.js';
import { PERSON_SCALARS, personProperties, personScalarsOn } from './person.category.js';
import { addresses, identifiers, names, personAttributes } from './person-lists.js';

/** A patient: a person with identifiers, of one uuid, and one record with it. */
export const patient = defineCategory({
  name: 'patient',
  title: 'Patient',
  openmrsClass: 'org.openmrs.Patient',
  aggregate: 'person',
  feeds: ['patient', 'patient_identifier'],
  flows: 'both-ways',
  resource: 'patient',
  owners: [
    { owner: 'patient', at: 'body' },
    { owner: 'person', at: 'person' },
  ],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: PERSON_SCALARS,
  scalarsOn: personScalarsOn,
  lists: [identifiers, names, addresses, personAttributes],
  says: { fields: { isPatient: true }, covers: ['isPatient'] },
  // Identifiers are asked for part by part: their full representation tells each location with all its children.
  representation: (platform) =>
    `custom:(uuid,identifiers:(uuid,identifier,identifierType:ref,location:ref,preferred,voided,auditInfo),person:(${personProperties(platform)}),voided,auditInfo)`,
  telltale: 'gender',
  cannotRestore: byHandBefore2_25('leave its names and identifiers voided, and core takes nobody without them'),
  requires: ['gender', 'names', 'identifiers'],
});
