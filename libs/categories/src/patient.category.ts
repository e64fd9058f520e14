import { byHandBefore2_25 } from './by-hand.js';
import type { Body } from './category-spec.js';
import { defineCategory } from './define-category.js';
import { personView } from './fhir/person.r4.js';
import { PERSON_MERGES, PERSON_SCALARS, personProperties, personScalarsOn } from './person.category.js';
import { addresses, identifiers, names, personAttributes } from './person-lists.js';

/**
 * The only mark that a merge of patients leaves on the one who lost is why she was voided, in words that no language changes (openmrs-core 1.9 to 2.8
 * PatientServiceImpl.mergePatients); webservices.rest tells of no merge and has no log of it.
 */
const isMergedAway = (body: Body): boolean => /Merged with patient #\d+$/.test(String(((body['auditInfo'] ?? {}) as Body)['voidReason'] ?? ''));

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
  merges: PERSON_MERGES,
  mergedAway: isMergedAway,
  says: { fields: { isPatient: true }, covers: ['isPatient'] },
  // Identifiers are asked for part by part: their full representation tells each location with all its children.
  representation: (platform) =>
    `custom:(uuid,identifiers:(uuid,identifier,identifierType:ref,location:ref,preferred,voided,auditInfo),person:(${personProperties(platform)}),voided,auditInfo)`,
  telltale: 'gender',
  cannotRestore: byHandBefore2_25('leave its names and identifiers voided, and core takes nobody without them'),
  requires: ['gender', 'names', 'identifiers'],
  fhirR4: personView('Patient'),
});
