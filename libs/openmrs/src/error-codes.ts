import { ERROR_FIELDS } from './error-fields.js';

/**
 * Constant codes of OpenMRS' validators (openmrs-core validators, webservices.rest RestUtil.wrapValidationErrorResponse).
 * Only codes of these tables are ever decided by or told: an unknown one can be a localised text with an identifier in it
 * (PatientIdentifierValidator rejects with the exception's message for a code).
 */
export const IDENTIFIER_IN_USE_CODES: ReadonlySet<string> = new Set([
  'PatientIdentifier.error.notUnique',
  'PatientIdentifier.error.notUniqueWithParameter',
  'PatientIdentifier.error.duplicate',
]);

/**
 * What a server refuses today and takes later: its clock is behind, or ours ahead; or a visit and what stands in it or beside
 * it do not fit each other, or a concept class still is of another order type, while the change that makes them fit is still on
 * its way (openmrs-core EncounterValidator, VisitValidator, OrderTypeValidator).
 */
export const CODES_TIME_HEALS: ReadonlySet<string> = new Set([
  'error.date.future',
  'error.patientProgram.startDateCannotBeInFuture',
  'error.patientProgram.enrolledDateDateCannotBeInFuture',
  'error.patientProgram.completionDateCannotBeInFuture',
  'PersonAddress.error.startDateInFuture',
  'Encounter.datetimeShouldBeBeforeCurrent',
  'Obs.error.date.future',
  'Encounter.datetimeShouldBeInVisitDatesRange',
  'Visit.encountersCannotBeBeforeStartDate',
  'Visit.encountersCannotBeAfterStopDate',
  'Visit.visitCannotOverlapAnotherVisitOfTheSamePatient',
  'OrderType.duplicate',
  'Order.error.dateActivatedInFuture',
]);

const OTHER_CODES: ReadonlySet<string> = new Set([
  'webservices.rest.error.invalid.submission',
  'error.general',
  'error.name',
  'error.null',
  'error.date.nonsensical',
  'error.date',
  'error.deathdate.before.birthdate',
  'error.noValue',
  'error.not.null',
  'error.outOfRange.high',
  'error.outOfRange.low',
  'error.value.outOfRange.high',
  'error.value.outOfRange.low',
  'error.preferredIdentifier',
  'error.required',
  'error.exceededMaxLengthOfField',
  'AddressTemplate.error',
  'FamilyName.invalid',
  'FamilyName2.invalid',
  'GivenName.invalid',
  'Location.parentLocation.error',
  'MiddleName.invalid',
  'Patient.names.required.given.family',
  'PatientIdentifier.error.checkDigit',
  'PatientIdentifier.error.checkDigitWithParameter',
  'PatientIdentifier.error.formatInvalid',
  'PatientIdentifier.error.insufficientIdentifiers',
  'PatientIdentifier.error.invalidFormat',
  'PatientIdentifier.error.nullOrBlank',
  'PatientIdentifier.error.unallowedIdentifier',
  'PatientIdentifier.location.null',
  'Person.dead.causeOfDeathAndCauseOfDeathNonCodedNull',
  'Person.dead.causeOfDeathNull',
  'Person.dead.shouldHaveOnlyOneCauseOfDeathOrCauseOfDeathNonCodedSet',
  'Person.gender.required',
  'Person.shouldHaveAtleastOneNonVoidedName',
  'PersonAddress.error.endDateBeforeStartDate',
  'Encounter.datetime.required',
  'Encounter.error.encounterType.required',
  'Encounter.error.patient.required',
  'Encounter.visit.patients.dontMatch',
  'Obs.error.groupContainsItself',
  'Obs.error.inGroupMember',
  'Obs.error.invalidDrug',
  'Obs.error.precision',
  'Visit.error.endDateBeforeStartDate',
  'Visit.error.patient.required',
  'Visit.error.startDate.required',
  'Visit.error.visitType.required',
  'Visit.startDateCannotFallBeforeTheBirthDateOfTheSamePatient',
  'attribute.error.maxOccurs',
  'attribute.error.minOccurs',
  'location.duplicate.name',
  'error.description',
  'encounterRole.duplicate.name',
  'EncounterType.error.duplicateEncounterTypeNameSpecified',
  'identifierType.duplicate.name',
  'LocationTag.error.name.required',
  'PersonAttributeType.error.formatEmpty',
  'PersonAttributeType.error.nameAlreadyInUse',
  'PersonAttributeType.error.nameEmpty',
  'RelationshipType.aIsToB.required',
  'RelationshipType.bIsToA.required',
  'RelationshipType.description.required',
  'duplicate.relationshipType',
  'Relationship.InvalidEndDate.error',
  ...['dateActivatedAfterDiscontinuedDate', 'dateActivatedAfterAutoExpireDate', 'encounterDatetimeAfterDateActivated', 'encounterPatientMismatch'].map(
    (code) => `Order.error.${code}`,
  ),
  ...['drugIsRequired', 'quantityIsNullForOutPatient', 'numRefillsIsNullForOutPatient', 'notAmongAllowedConcepts'].map((code) => `DrugOrder.error.${code}`),
  'error.rank.notPositiveInteger',
  'Condition.conditionShouldNotBeNull',
  'Condition.clinicalStatusShouldNotBeNull',
  'PatientProgram.error.cannotBeInMultipleStates',
  'PatientProgram.error.foundOverlappingStates',
  'PatientState.error.duplicatePatientStates',
  'PatientState.error.endDateCannotBeBeforeStartDate',
  'PatientState.error.invalidPatientState',
  'PatientState.error.requiredField',
  'error.patientProgram.endDateCannotBeforeStartDate',
  'error.patientProgram.enrolledDateEmpty',
  'error.patientProgram.enrolledDateShouldBeBeforecompletionDate',
  'AttributeType.datatypeConfig.invalid',
  'AttributeType.handlerConfig.invalid',
  'AttributeType.maxOccursShouldNotBeLessThanMinOccurs',
  'AttributeType.maxOccursShouldNotBeLessThanOne',
  'AttributeType.minOccursShouldNotBeLessThanZero',
  'AttributeType.preferredHandlerClassname.wrongDatatype',
  'LocationAttributeType.error.nameAlreadyInUse',
  'ProviderAttributeType.error.nameAlreadyInUse',
  'conceptclass.duplicate.name',
  'Concept.noConceptSelected',
  'OrderFrequency.concept.shouldBeClassFrequency',
  'OrderFrequency.concept.shouldNotBeShared',
  'OrderType.duplicate.name',
  'error.privilege',
  'error.role',
  'error.trailingSpaces',
  'OrderType.parent.amongDescendants',
  'error.concept',
  'error.description.required',
  'general.error.nameAlreadyInUse',
  'Concept.conceptClass.empty',
  'Concept.datatype.empty',
  'Concept.error.multipleFullySpecifiedNames',
  'Concept.error.multipleLocalePreferredNames',
  'Concept.error.multipleShortNames',
  'Concept.error.no.FullySpecifiedName',
  'Concept.error.preferredName.is.indexTerm',
  'Concept.error.preferredName.is.shortName',
  'Concept.name.atLeastOneRequired',
  'Concept.name.empty',
  'ConceptReferenceTerm.term.alreadyMapped',
  'ConceptReferenceTerm.duplicate.code',
  'ConceptReferenceTerm.error.codeRequired',
  'ConceptReferenceTerm.error.sourceRequired',
  'Form.version.invalid',
  'Provider.error.duplicateIdentifier',
  'Provider.error.personOrName.required',
  'Provider.error.retireReason.required',
]);

const isKnownCode = (code: string): boolean => IDENTIFIER_IN_USE_CODES.has(code) || CODES_TIME_HEALS.has(code) || OTHER_CODES.has(code);

/** The constant codes and property names in an error body, each once, sorted. The general code of every validation error is left out. */
export function codesIn(json: unknown): { readonly codes: readonly string[]; readonly fields: readonly string[] } {
  const error = objectOf(objectOf(json)['error']);
  const fieldErrors = objectOf(error['fieldErrors']);
  const entries = [error, ...listOf(error['globalErrors']), ...Object.values(fieldErrors).flatMap(listOf)];
  const codes = entries
    .map((entry) => objectOf(entry)['code'])
    .filter((code): code is string => typeof code === 'string' && isKnownCode(code) && code !== 'webservices.rest.error.invalid.submission');
  const fields = Object.keys(fieldErrors)
    .map((path) => path.split('.').at(-1)?.replace(/\[.*$/, '') ?? '')
    .filter((field) => ERROR_FIELDS.has(field));
  return { codes: [...new Set(codes)].sort(), fields: [...new Set(fields)].sort() };
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
