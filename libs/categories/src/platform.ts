import type { Aggregate } from '@sync-hub/contracts';

/** What one site's platform can hold and say over REST, as its probe found. Decides representations, keys of addresses and create bodies. */
export interface Platform {
  /** Lines of an address: 6 before platform 2.0, 15 since (webservices.rest PersonAddressResource1_8, 2_0, LocationResource2_0). */
  readonly addressLines: 6 | 15;
  /** Person.birthtime, since platform 1.10.4 (PersonResource1_10). */
  readonly hasBirthtime: boolean;
  /** Person.deathdateEstimated, since platform 1.11 (PersonResource1_11). */
  readonly hasDeathdateEstimated: boolean;
  /** Person.causeOfDeathNonCoded, since platform 2.2 (PersonResource2_2). */
  readonly hasCauseOfDeathNonCoded: boolean;
  /** Does the site take our uuid on a top-level create? webservices.rest 2.23 and newer; a nested person's uuid is always taken. */
  readonly takesUuids: boolean;
  /** Does it take one on the create of a name, address, identifier or attribute? webservices.rest 2.25 and newer; nested ones always. */
  readonly takesItemUuids: boolean;
  /** Obs.formFieldPath and formFieldNamespace, since platform 1.11 (ObsResource1_11). */
  readonly hasFormFields: boolean;
  /** Obs.status and interpretation, since platform 2.1 (ObsResource2_1). */
  readonly hasObsStatus: boolean;
  /** Does the server read the moment an obs says in ISO form? Core 2.9 and newer (Obs.setValueAsString, DateUtil.parseDatetimeString). */
  readonly takesIsoMoments: boolean;
  /** The server's own time zone by its IANA name, by whose clock older ones read moments; null where it is not told. */
  readonly timeZone: string | null;
  /** Does making one identifier preferred unmark the others? webservices.rest 2.21 and newer (PatientIdentifierResource1_8.save). */
  readonly demotesIdentifiers: boolean;
  /** PatientIdentifierType.uniquenessBehavior, since platform 1.11 (openmrs-core; webservices.rest leaves the key out where core has none). */
  readonly hasUniquenessBehavior: boolean;
  /** PatientIdentifierType.checkDigit, before platform 2.0 (webservices.rest PatientIdentifierTypeResource2_0 removes it). */
  readonly hasCheckDigit: boolean;
  /** ConceptSource.uniqueId, since platform 2.1 (ConceptSourceResource2_1). */
  readonly hasConceptSourceIds: boolean;
  /** States of an enrollment with their dates, one by one: webservices.rest 3.0 and newer (PatientStateResource1_8, RESTWS-991, RESTWS-992). */
  readonly takesStates: boolean;
  /** Attributes of program enrolments, since platform 2.2 (ProgramAttributeTypeResource2_2). */
  readonly hasProgramAttributes: boolean;
  /** Provider.providerRole, since platform 2.8 (ProviderResource2_8). */
  readonly hasProviderRoles: boolean;
  /** Drug.ingredients: since platform 1.11, and webservices.rest 2.14 (DrugIngredientResource1_11). */
  readonly hasDrugIngredients: boolean;
  /** Drug.drugReferenceMaps: since platform 1.10, and webservices.rest 2.26, which tells one without all that hangs on it (DrugReferenceMapResource1_10). */
  readonly tellsDrugMaps: boolean;
  /**
   * Can concepts be written, and read with all that they say? webservices.rest 2.17 and newer: numeric ones are made and their limits told of any concept
   * (RESTWS-439), names and mappings are written as lists since 2.15 (ConceptResource1_8).
   */
  readonly writesConcepts: boolean;
  /** ConceptNumeric.allowDecimal and displayPrecision, since platform 1.11 (ConceptResource1_11). */
  readonly hasConceptPrecision: boolean;
  /** Care settings, frequencies of orders, and order types with a Java class and a parent: since platform 1.10 (CareSettingResource1_10, OrderTypeResource1_10). */
  readonly hasOrderEntry: boolean;
  /** Does the site write frequencies of orders? webservices.rest 2.25 and newer (RESTWS-708). */
  readonly writesOrderFrequencies: boolean;
  /** Program.outcomesConcept and PatientProgram.outcome, since platform 1.10 (ProgramResource1_10, ProgramEnrollmentResource1_10). */
  readonly hasProgramOutcomes: boolean;
  /** Conditions: openmrs-core 2.2 and newer, by webservices.rest 2.23 and newer (ConditionResource2_2); before, only other modules have any. */
  readonly hasConditions: boolean;
  /** Does a condition that changes become another, under a uuid of the server's own? Core 2.5.6 and newer (ConditionServiceImpl.saveCondition). */
  readonly replacesConditions: boolean;
  /** Diagnosis.formFieldPath and formFieldNamespace: platform 2.5 and newer, by webservices.rest 2.46 and newer (DiagnosisResource2_5). */
  readonly hasDiagnosisFormFields: boolean;
  /** DrugOrder.drugNonCoded: platform 1.12 and newer (DrugOrderSubclassHandler1_12). */
  readonly hasNonCodedDrugs: boolean;
  /** Medication dispenses: platform 2.6 and newer, by webservices.rest 3.4 and newer (MedicationDispenseResource2_6). */
  readonly hasMedicationDispenses: boolean;
  /** Allergies: openmrs-core 2.0 and newer, by webservices.rest 2.20 and newer, which makes one with its reactions (PatientAllergyResource2_0, RESTWS-668). */
  readonly hasAllergies: boolean;
  /** Diagnostic reports: openmrs-module-fhir2 alone has them. */
  readonly hasDiagnosticReports: boolean;
  /** Their conclusion and orders: fhir2 3.0 and newer (FM2-675). */
  readonly tellsReportsWhole: boolean;
  /** Tasks, found by their patient and dated from the first: fhir2 2.1 and newer (TaskFhirResourceProvider, TaskTranslatorImpl). */
  readonly hasTasks: boolean;
  /** Task.focus: fhir2 4.1 and newer (FM2-682). */
  readonly hasTaskFocus: boolean;
  /** What a task's status may be there, as FHIR says it; a release reads none of the others again once it has stored one (FhirTask.TaskStatus). */
  readonly taskStatuses: readonly string[];
  /** Appointments: openmrs-module-appointments 2.0 and newer. */
  readonly hasAppointments: boolean;
  /** Their reasons, and that a create takes their number: that module's 2.1 and newer (BAH-4206, BAH-4230). */
  readonly hasAppointmentReasons: boolean;
  /** What the status of an appointment may be there (AppointmentStatus; `Arrived` since 2.1). */
  readonly appointmentStatuses: readonly string[];
  /** Memberships of cohorts, with dates: since platform 2.1 (CohortMembershipResource2_1). Before, a member is a patient and nothing else. */
  readonly hasMemberships: boolean;
  /** Are accounts changed? Platform 2.0 and newer (UserResource2_0). */
  readonly updatesUsers: boolean;
  /** User.email, by webservices.rest 2.50 and newer, on platforms from 2.2 on (RESTWS-982, UserResource2_2). */
  readonly hasUserEmail: boolean;
  /** Does the site bring a record back when asked to, with what went along? webservices.rest 2.25 and newer (RESTWS-702). */
  readonly undeletes: boolean;
}

/** Statuses of tasks by the releases of fhir2 that brought them: before 4.0, 4.0, and 4.1. */
const OLDEST_STATUSES: readonly string[] = ['requested', 'accepted', 'rejected', 'completed'];
const STATUSES_OF_4_0: readonly string[] = [...OLDEST_STATUSES, 'ready', 'on-hold', 'cancelled'];
const TASK_STATUSES: readonly string[] = [...STATUSES_OF_4_0, 'draft', 'received', 'in-progress', 'failed', 'entered-in-error'];
export const taskStatusesSince = (release: 'first' | '4.0' | '4.1'): readonly string[] =>
  ({ first: OLDEST_STATUSES, '4.0': STATUSES_OF_4_0, '4.1': TASK_STATUSES })[release];

/** What every release of the appointments module knows. */
export const APPOINTMENT_STATUSES: readonly string[] = ['Requested', 'WaitList', 'Scheduled', 'CheckedIn', 'Completed', 'Cancelled', 'Missed'];

/** A platform that has and takes everything: 2.8 with webservices.rest 3. */
export const MODERN_PLATFORM: Platform = {
  addressLines: 15,
  hasBirthtime: true,
  hasDeathdateEstimated: true,
  hasCauseOfDeathNonCoded: true,
  takesUuids: true,
  takesItemUuids: true,
  hasFormFields: true,
  hasObsStatus: true,
  takesIsoMoments: false,
  timeZone: 'UTC',
  demotesIdentifiers: true,
  hasUniquenessBehavior: true,
  hasCheckDigit: false,
  hasConceptSourceIds: true,
  hasProgramAttributes: true,
  hasProviderRoles: true,
  hasDrugIngredients: true,
  tellsDrugMaps: true,
  writesConcepts: true,
  hasConceptPrecision: true,
  takesStates: true,
  hasOrderEntry: true,
  writesOrderFrequencies: true,
  hasProgramOutcomes: true,
  hasConditions: true,
  replacesConditions: true,
  hasDiagnosisFormFields: true,
  hasNonCodedDrugs: true,
  hasMedicationDispenses: true,
  hasAllergies: true,
  hasDiagnosticReports: true,
  tellsReportsWhole: true,
  hasAppointments: true,
  hasAppointmentReasons: true,
  appointmentStatuses: [...APPOINTMENT_STATUSES, 'Arrived'],
  hasTasks: true,
  hasTaskFocus: true,
  taskStatuses: TASK_STATUSES,
  hasMemberships: true,
  updatesUsers: true,
  hasUserEmail: true,
  undeletes: true,
};

/** From a site's own uuid to the one known everywhere, or back. Answers the uuid itself where the two are one, which is nearly always. */
export type UuidTranslation = (aggregate: Aggregate, uuid: string) => string;

/** `2020-05-01 13:15`: a moment to the minute, as clocks in that zone show it. */
export function localMinutes(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' }).formatToParts(new Date(moment));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** The translation of a site that has taken every uuid of ours. */
export const sameUuid: UuidTranslation = (_aggregate, uuid) => uuid;
