import { LISTS_SINCE_1_10, LISTS_SINCE_2_0, LISTS_SINCE_2_2 } from './profile-lists.js';

/** Resources, and keys as `resource.key`, that some platforms lack, by when they came or went. */
export const LATE_LINES = [7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((line) => [`personaddress.address${line}`, `location.address${line}`]);
export const OBS_BEFORE_2_1 = ['obs.status', 'obs.interpretation'];
export const BEFORE_2_1 = ['conceptsource.uniqueId', 'cohortmembership'];
export const SINCE_2_1 = ['cohortmember'];
export const BEFORE_2_2 = [
  'person.causeOfDeathNonCoded',
  'encounter.diagnoses',
  'encounter.allergies',
  'programattributetype',
  'programenrollmentattribute',
  'programenrollment.attributes',
  ...LISTS_SINCE_2_2,
];
/** And before webservices.rest 2.50, which no older platform here has: `user.email`. */
export const BEFORE_2_8 = ['user.email', 'obs.referenceRange', 'provider.providerRole', 'providerrole'];
export const BEFORE_1_10 = [
  'drug.strength',
  'drug.drugReferenceMaps',
  'caresetting',
  'orderfrequency',
  'ordertype.javaClassName',
  'ordertype.parent',
  'ordertype.conceptClasses',
  'program.outcomesConcept',
];
export const BEFORE_1_11 = [
  'programenrollment.outcome',
  'person.birthtime',
  'person.deathdateEstimated',
  'obs.formFieldPath',
  'obs.formFieldNamespace',
  'drug.ingredients',
  'patientidentifiertype.uniquenessBehavior',
];
export const SINCE_1_10 = ['drug.doseStrength', 'drug.units', 'drug.route'];
/** webservices.rest before 2.26. */
export const WITHOUT_DRUG_MAPS = ['drug.drugReferenceMaps'];
export const SINCE_2_0 = ['patientidentifiertype.checkDigit'];
export const LACKED_BY_1_9 = [
  ...LISTS_SINCE_1_10,
  ...LISTS_SINCE_2_0,
  ...BEFORE_1_10,
  ...BEFORE_1_11,
  ...LATE_LINES,
  ...OBS_BEFORE_2_1,
  ...BEFORE_2_1,
  ...BEFORE_2_2,
  ...BEFORE_2_8,
  'concept.allowDecimal',
  'concept.displayPrecision',
  'concept.attributes',
];
