import { CODED_OR_FREE_TEXT } from './coded-or-free-text.js';
import { defineCategory } from './define-category.js';
import { conditionView } from './fhir/condition.r4.js';
import { instant, reference, type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  ...CODED_OR_FREE_TEXT,
  clinicalStatus: text,
  verificationStatus: text,
  onsetDate: instant,
  endDate: instant,
  additionalDetail: text,
};

/**
 * A problem that a patient has or had. Since openmrs-core 2.5.6 one that is changed, or brought back, is another one under a uuid of the server's own,
 * and the one it was is voided (ConditionServiceImpl.saveCondition): so each travels as what it is, made once and voided once, and none is changed at
 * such a site, unless its fhir2 does it. Before, REST changes it in place (2.2 to 2.5.5 saveCondition, which gets the very object that was changed). The patient cannot be changed
 * (webservices.rest 3.4 ConditionResource2_2.getUpdatableProperties). Not carried: the encounter it was recorded in, its place in a form, and which one
 * it took the place of, which that resource does not take; why it ended no server keeps (Condition.endReason is transient). A void of the patient leaves
 * it, one of its encounter takes it along (openmrs-core 2.3.1 and newer, RequiredDataAdvice over Encounter.conditions). The feed tells of conditions only
 * where a site's own configuration names the class (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json has it not).
 */
export const condition = defineCategory({
  name: 'condition',
  title: 'Condition',
  openmrsClass: 'org.openmrs.Condition',
  aggregate: 'condition',
  feeds: ['condition'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'condition',
  owners: [{ owner: 'condition', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  nested: { condition: Object.keys(CODED_OR_FREE_TEXT) },
  // Without `includeInactive` those that have ended are left out; before webservices.rest 2.39 none is found.
  hangsOn: { patients: ['patient'], listedBy: 'patientUuid', listedWith: 'includeInactive=true' },
  fixed: ['patient'],
  lists: [],
  representation: () => 'custom:(uuid,patient:ref,condition:ref,clinicalStatus,verificationStatus,onsetDate,endDate,additionalDetail,voided,auditInfo)',
  telltale: 'clinicalStatus',
  requires: ['patient', 'condition', 'clinicalStatus'],
  fhirR4: conditionView,
  restoredByItsMark: true,
  cannotRestore: ({ replacesConditions }) => (replacesConditions ? REPLACED : null),
  replacedWhenChanged: ({ replacesConditions }) => (replacesConditions ? REPLACED : null),
  unsupported: ({ hasConditions }) =>
    hasConditions ? null : 'conditions are kept by openmrs-core 2.2 and newer, and told by webservices.rest 2.23 and newer (ConditionResource2_2)',
});

const REPLACED = 'openmrs-core 2.5.6 and newer would make another of it, under a uuid of its own (ConditionServiceImpl.saveCondition)';
