import { CODED_OR_FREE_TEXT } from './coded-or-free-text.js';
import { defineCategory } from './define-category.js';
import { number, reference, type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  encounter: reference('encounter', 'encounter'),
  ...CODED_OR_FREE_TEXT,
  certainty: text,
  rank: number,
  formFieldNamespace: text,
  formFieldPath: text,
};
const FORM_FIELDS = ['formFieldNamespace', 'formFieldPath'];

/**
 * What was found to be wrong in an encounter. A server changes it in place (openmrs-core 2.2 to 2.8 DiagnosisServiceImpl.save), all but its patient
 * (webservices.rest 3.4 DiagnosisResource2_2.getUpdatableProperties). The condition that it may name is not carried, though a create must have the key:
 * conditions are made anew and voided, so that what is named may be voided long before, and would be waited for in vain. Nor are its attributes. It goes
 * with its encounter and comes back with it (openmrs-core EncounterServiceTest.voidEncounter_shouldCascadeVoidToDiagnoses). The feed tells of diagnoses
 * only where a site's own configuration names the class (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json has it not).
 */
export const diagnosis = defineCategory({
  name: 'diagnosis',
  title: 'Diagnosis',
  openmrsClass: 'org.openmrs.Diagnosis',
  aggregate: 'diagnosis',
  feeds: ['diagnosis'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'patientdiagnoses',
  owners: [{ owner: 'diagnosis', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: ({ hasDiagnosisFormFields }) => Object.keys(SCALARS).filter((name) => hasDiagnosisFormFields || !FORM_FIELDS.includes(name)),
  nested: { diagnosis: Object.keys(CODED_OR_FREE_TEXT) },
  // A search without a date finds none (DiagnosisResource2_2.doSearch); before webservices.rest 2.39 none is found at all.
  hangsOn: { patients: ['patient'], listedBy: 'patientUuid', listedWith: 'fromDate=1900-01-01' },
  fixed: ['patient'],
  lists: [],
  representation: ({ hasDiagnosisFormFields }) =>
    `custom:(uuid,patient:ref,encounter:ref,diagnosis:ref,certainty,rank,${hasDiagnosisFormFields ? `${FORM_FIELDS.join()},` : ''}voided,auditInfo)`,
  telltale: 'certainty',
  requires: ['patient', 'encounter', 'diagnosis', 'certainty', 'rank'],
  saidEmpty: ['condition'],
  restoredByItsMark: true,
  unsupported: ({ hasConditions }) =>
    hasConditions ? null : 'diagnoses are kept by openmrs-core 2.2 and newer, and told by webservices.rest 2.23 and newer (DiagnosisResource2_2)',
});
