import { FHIR, type FhirProfile } from './fhir/fhir-profile.js';
import {
  BEFORE_2_1,
  BEFORE_2_2,
  BEFORE_2_8,
  LACKED_BY_1_9,
  LATE_LINES,
  OBS_BEFORE_2_1,
  SINCE_1_10,
  SINCE_2_0,
  SINCE_2_1,
  WITHOUT_DRUG_MAPS,
} from './profile-lacks.js';
import { LISTS, LISTS_SINCE_2_0, LISTS_SINCE_2_5, type ListsProfile } from './profile-lists.js';

export type ProfileId = '1.9' | '1.12' | '2.1-old' | '2.3' | '2.8';
/** Everything in which one platform differs from another; nothing else in the simulator asks for a version. */
export interface Profile {
  readonly id: ProfileId;
  readonly platform: string;
  readonly modules: Readonly<Record<string, { readonly name: string; readonly version: string }>>;
  /** webservices.rest 2.23 and newer (RESTWS-729). */
  readonly takesUuid: boolean;
  /** webservices.rest 2.25 and newer, for sub-resources (RESTWS-752). */
  readonly takesUuidOfParts: boolean;
  /** webservices.rest 2.25 and newer bring back what is deleted (RESTWS-702). */
  readonly undeletes: boolean;
  /** webservices.rest 2.17 and newer: lists of names and mappings are written, numeric concepts made. */
  readonly writesConcepts: boolean;
  /** webservices.rest 3.0 and newer, with privilege `Set Audit Data` (RESTWS-990). */
  readonly takesAuditData: boolean;
  /** Resources, and keys as `resource.key`, that this platform does not have. */
  readonly lacks: readonly string[];
  /** Versions of resource classes, as `resourceVersion` says them, where they differ from the table's. */
  readonly versions: Readonly<Record<string, string>>;
  /** Keys, as `resource.key`, that must be there on create, besides those of the table. */
  readonly requires: readonly string[];
  /** Core 2.0 and newer: a changed obs is a new row under a new uuid, also when its encounter changed; before, obs followed it in place. */
  readonly obsAreImmutable: boolean;
  /** Core 2.1 and newer. */
  readonly obsHaveStatus: boolean;
  /** Core 2.7 and newer compute what a number means and keep the ranges with it. */
  readonly interpretsObs: boolean;
  /** Codes of `ObsValidator`. */
  readonly obsErrors: { readonly precision: string; readonly high: string; readonly low: string };
  /** Core 2.2 and newer: no visit starts before its patient's birth. */
  readonly visitsAfterBirth: boolean;
  /** Core 1.10 and newer validate the type; before, only the database does. */
  readonly encountersNeedType: boolean;
  /** Core 1.11 and newer: no two types in use have one name, attribute types have a format, descriptions may be empty, locks of types hold. */
  readonly typesSince1_11: boolean;
  /** Core 2.0 and newer validate the description of a relationship type; before, the service falls over it. */
  readonly validatesRelationshipTypes: boolean;
  /** What core asks of the dates of a relationship: nothing before 1.11, their order since, and from 2.0 on that it has begun. */
  readonly relationshipDates: 'as-they-are' | 'in-order' | 'not-in-future';
  /** Core 2.7 and newer: the code of a retired term may be given again. */
  readonly freesCodesOfRetired: boolean;
  /** Core 2.7 and newer: no two attribute types of providers in use have one name. */
  readonly uniqueProviderAttributeTypes: boolean;
  /**
   * What REST does with the states of an enrollment: on 1.9 they are only read; since 1.10 those posted with the enrollment are transitions; since
   * webservices.rest 3.0 each is saved by itself, dates included (RESTWS-991, RESTWS-992).
   */
  readonly programStates: 'read' | 'by-transition' | 'one-by-one';
  /** Codes of `PatientProgramValidator` about the dates of an enrollment; core 1.9 asks nothing of them. */
  readonly enrollmentErrors: { readonly beganInFuture: string; readonly order: string } | null;
  /** Core 2.2 and newer: a completed enrollment ends the states that are open. */
  readonly completionEndsStates: boolean;
  /** Core 1.10 and newer: order types have a class, a parent and concept classes. */
  readonly hasOrderEntry: boolean;
  readonly lists: ListsProfile;
  /** webservices.rest 2.25 and newer (RESTWS-708). */
  readonly writesOrderFrequencies: boolean;
  /** An address or identifier saved by itself as preferred takes the mark from the others: webservices.rest 2.21 and newer. */
  readonly demotesOthers: boolean;
  /** Code for a dead person without a cause; core 2.2 and newer also takes one in words. */
  readonly deadWithoutCause: string;
  readonly staleSessionStatus: 401 | 403;
  /** Links name the resource they lead to. */
  readonly resourceAlias: boolean;
  /** Error bodies carry the stack, causes included, in `detail`; newer ones name the causes in `message`. */
  readonly stackTraces: boolean;
  /** Its FHIR modules, if a simulator is not started without them. */
  readonly fhir: FhirProfile;
  readonly feed: {
    /** Spring 4.3 and newer names the charset it writes. */
    readonly namesCharset: boolean;
    /** Core 2.5 and newer: 404 as HTML, or 200 with the exception as JSON when anything is accepted. */
    readonly errorsLookLikeSuccess: boolean;
    /** Core 2.6.11, 2.7.0 and newer (TRUNK-6203): reading links needs `Get Global Properties`, unless X-Forwarded-Proto is sent. */
    readonly needsPrivilege: boolean;
  };
}

const modules = (rest: string, atomfeed: string): Profile['modules'] => ({
  'webservices.rest': { name: 'Rest Web Services', version: rest },
  atomfeed: { name: 'Atomfeed Module', version: atomfeed },
});

/** Core 1.9 with the webservices.rest of its time: every uuid of ours is refused, obs follow their encounter in place. */
const v1_9: Profile = {
  id: '1.9',
  platform: '1.9.11',
  modules: modules('2.13', '1.0.12'),
  takesUuid: false,
  takesUuidOfParts: false,
  undeletes: false,
  writesConcepts: false,
  takesAuditData: false,
  lacks: LACKED_BY_1_9,
  versions: {
    obs: '1.8',
    encounter: '1.9',
    concept: '1.9',
    person: '1.8',
    location: '1.9',
    drug: '1.8',
    personaddress: '1.8',
    patientidentifiertype: '1.8',
    conceptsource: '1.8',
    ordertype: '1.8',
  },
  requires: ['personname.familyName'],
  obsAreImmutable: false,
  obsHaveStatus: false,
  interpretsObs: false,
  obsErrors: { precision: 'error.precision', high: 'error.outOfRange.high', low: 'error.outOfRange.low' },
  visitsAfterBirth: false,
  encountersNeedType: false,
  typesSince1_11: false,
  validatesRelationshipTypes: false,
  relationshipDates: 'as-they-are',
  programStates: 'read',
  enrollmentErrors: null,
  completionEndsStates: false,
  uniqueProviderAttributeTypes: false,
  freesCodesOfRetired: false,
  hasOrderEntry: false,
  lists: LISTS.old,
  writesOrderFrequencies: false,
  demotesOthers: false,
  deadWithoutCause: 'Person.dead.causeOfDeathNull',
  staleSessionStatus: 403,
  resourceAlias: false,
  stackTraces: true,
  fhir: FHIR.none,
  feed: { namesCharset: false, errorsLookLikeSuccess: false, needsPrivilege: false },
};

/** Takes our uuids for records, but not yet for their parts. */
const v1_12: Profile = {
  ...v1_9,
  id: '1.12',
  platform: '1.12.1',
  modules: modules('2.24.0', '1.0.12'),
  takesUuid: true,
  writesConcepts: true,
  lacks: [
    ...SINCE_1_10,
    ...WITHOUT_DRUG_MAPS,
    ...LATE_LINES,
    ...OBS_BEFORE_2_1,
    ...BEFORE_2_1,
    ...BEFORE_2_2,
    ...BEFORE_2_8,
    ...LISTS_SINCE_2_0,
    'concept.precise',
    'concept.attributes',
  ],
  versions: { obs: '1.11', encounter: '1.9', concept: '1.11', location: '1.9', personaddress: '1.8', patientidentifiertype: '1.8', conceptsource: '1.8' },
  encountersNeedType: true,
  typesSince1_11: true,
  relationshipDates: 'in-order',
  programStates: 'by-transition',
  enrollmentErrors: { beganInFuture: 'error.patientProgram.startDateCannotBeInFuture', order: 'error.patientProgram.endDateCannotBeforeStartDate' },
  hasOrderEntry: true,
  demotesOthers: true,
  fhir: FHIR['1.12'],
};

const v2_1_old: Profile = {
  ...v1_9,
  id: '2.1-old',
  platform: '2.1.4',
  modules: modules('2.20.0', '1.0.13'),
  writesConcepts: true,
  lacks: [...SINCE_1_10, ...WITHOUT_DRUG_MAPS, ...SINCE_2_0, ...SINCE_2_1, ...BEFORE_2_2, ...BEFORE_2_8, 'concept.precise'],
  versions: { obs: '2.1', encounter: '1.9' },
  obsAreImmutable: true,
  obsHaveStatus: true,
  fhir: FHIR['2.1'],
  obsErrors: { ...v1_9.obsErrors, precision: 'Obs.error.precision' },
  encountersNeedType: true,
  typesSince1_11: true,
  hasOrderEntry: true,
  validatesRelationshipTypes: true,
  relationshipDates: 'not-in-future',
  programStates: 'by-transition',
  enrollmentErrors: {
    beganInFuture: 'error.patientProgram.enrolledDateDateCannotBeInFuture',
    order: 'error.patientProgram.enrolledDateShouldBeBeforecompletionDate',
  },
};

const v2_3: Profile = {
  ...v2_1_old,
  id: '2.3',
  platform: '2.3.5',
  modules: modules('2.29.0', '1.0.13'),
  takesUuid: true,
  takesUuidOfParts: true,
  lacks: [...SINCE_1_10, ...SINCE_2_0, ...SINCE_2_1, ...LISTS_SINCE_2_5, ...BEFORE_2_8, 'concept.precise'],
  versions: { obs: '2.1' },
  visitsAfterBirth: true,
  completionEndsStates: true,
  lists: LISTS['2.3'],
  demotesOthers: true,
  writesOrderFrequencies: true,
  undeletes: true,
  deadWithoutCause: 'Person.dead.causeOfDeathAndCauseOfDeathNonCodedNull',
  staleSessionStatus: 401,
  fhir: FHIR.old,
};

const v2_8: Profile = {
  ...v2_3,
  id: '2.8',
  platform: '2.8.0',
  modules: modules('3.4.0', '1.0.13'),
  takesAuditData: true,
  lists: LISTS['2.8'],
  programStates: 'one-by-one',
  lacks: [...SINCE_1_10, ...SINCE_2_0, ...SINCE_2_1, 'concept.precise'],
  versions: { provider: '2.8' },
  requires: [],
  interpretsObs: true,
  uniqueProviderAttributeTypes: true,
  freesCodesOfRetired: true,
  obsErrors: { precision: 'Obs.error.precision', high: 'error.value.outOfRange.high', low: 'error.value.outOfRange.low' },
  resourceAlias: true,
  stackTraces: false,
  fhir: FHIR.new,
  feed: { namesCharset: true, errorsLookLikeSuccess: true, needsPrivilege: true },
};

/** Each says what it changes from one before it. */
export const PROFILES: Readonly<Record<ProfileId, Profile>> = { '1.9': v1_9, '1.12': v1_12, '2.1-old': v2_1_old, '2.3': v2_3, '2.8': v2_8 };

/** All of them, the oldest first. */
export const PROFILE_IDS = Object.keys(PROFILES) as readonly ProfileId[];
