import { APPOINTMENT_STATUSES, type Platform, taskStatusesSince } from '@sync-hub/categories';
import type { ServerManners } from './server-manners.js';

/** What a site is and can, as its probe found; where a privilege was missing, the least that is safe to assume. */
export interface SiteCapabilities extends Platform {
  /** openmrs-core's version, `null` where we may not ask (privilege `View Administration Functions`). */
  readonly platform: string | null;
  /** webservices.rest's version, `null` where the list of modules was not to be had. */
  readonly rest: string | null;
  /** fhir2's version; `null` where it is not there or not told. */
  readonly fhir2: string | null;
  /** The appointments module's version; `null` where it is not there or not told. */
  readonly appointments: string | null;
  /** The Atom feed module's version, the generic one's or Bahmni's; `null` where it is not there or not told. */
  readonly atomfeed: string | null;
  /** Whose feed that is: `bahmni` of the module openmrs-atomfeed, `generic` of atomfeed; `null` where neither was told. */
  readonly feedFlavour: 'generic' | 'bahmni' | null;
  /** May we set creators and dates on create? webservices.rest 3.0 and newer, with the privilege `Set Audit Data`. */
  readonly setAuditData: boolean;
  /** May we say of a creator which account it is? Core asks for `Get Users` to find one (UserService.getUserByUuid, 2.x). */
  readonly namesCreators: boolean;
  /** What our account may do there, as `Ping` has it: something else when it changes. */
  readonly account: string;
  /** Its privileges, sorted, as the session tells them; `null` where it may everything (System Developer). */
  readonly privileges: readonly string[] | null;
  /** The server's clock minus ours, in milliseconds, against the middle of the round trip; `null` where an answer has no Date header. Nothing is ordered by it. */
  readonly clockSkewMs: number | null;
  /** How far off that may be: a Date header tells whole seconds, and the answer was made at some moment of the round trip. */
  readonly clockWithinMs: number;
}

/** What a site is and can, and how its server tells what it tells: asked for when it joins, comes back or was upgraded, and once a day. */
export interface SiteFacts extends SiteCapabilities, ServerManners {}

interface Facts {
  readonly platform: string | null;
  readonly rest: string | null;
  readonly atomfeed: string | null;
  readonly fhir2: string | null;
  readonly appointments?: string | null;
  readonly timeZone: string | null;
  readonly account: string;
  readonly privileges: readonly string[] | null;
  readonly clockSkewMs: number | null;
  readonly clockWithinMs?: number;
  readonly feedFlavour?: SiteCapabilities['feedFlavour'];
}

/** From versions to abilities. The dates of features are those of the modules' own history (RESTWS-729, RESTWS-752, RESTWS-990, #305). */
export function capabilitiesOf({
  platform,
  rest,
  atomfeed,
  fhir2,
  appointments = null,
  timeZone,
  account,
  privileges,
  clockSkewMs,
  clockWithinMs = 0,
  feedFlavour = null,
}: Facts): SiteCapabilities {
  return {
    platform,
    rest,
    atomfeed,
    feedFlavour,
    fhir2,
    appointments,
    account,
    privileges,
    clockSkewMs,
    clockWithinMs,
    addressLines: isAtLeast(platform, '2.0.0') ? 15 : 6,
    hasBirthtime: isAtLeast(platform, '1.10.4'),
    hasDeathdateEstimated: isAtLeast(platform, '1.11.0'),
    hasCauseOfDeathNonCoded: isAtLeast(platform, '2.2.0'),
    takesUuids: isAtLeast(rest, '2.23.0'),
    takesItemUuids: isAtLeast(rest, '2.25.0'),
    takesIsoMoments: isAtLeast(platform, '2.9.0'),
    timeZone,
    hasFormFields: isAtLeast(platform, '1.11.0'),
    hasObsStatus: isAtLeast(platform, '2.1.0'),
    demotesIdentifiers: isAtLeast(rest, '2.21.0'),
    hasUniquenessBehavior: isAtLeast(platform, '1.11.0'),
    hasCheckDigit: platform !== null && !isAtLeast(platform, '2.0.0'),
    ...ofConcepts({ platform, rest }),
    hasProgramAttributes: isAtLeast(platform, '2.2.0'),
    hasProviderRoles: isAtLeast(platform, '2.8.0'),
    hasDrugIngredients: isAtLeast(platform, '1.11.0') && isAtLeast(rest, '2.14.0'),
    tellsDrugMaps: isAtLeast(platform, '1.10.0') && isAtLeast(rest, '2.26.0'),
    takesStates: isAtLeast(rest, '3.0.0'),
    hasOrderEntry: isAtLeast(platform, '1.10.0'),
    writesOrderFrequencies: isAtLeast(rest, '2.25.0'),
    undeletes: isAtLeast(rest, '2.25.0'),
    hasProgramOutcomes: isAtLeast(platform, '1.10.0'),
    ...ofConditions({ platform, rest }),
    hasNonCodedDrugs: isAtLeast(platform, '1.12.0'),
    ...ofModules({ fhir2, appointments }),
    hasMedicationDispenses: isAtLeast(platform, '2.6.0') && isAtLeast(rest, '3.4.0'),
    ...ofListsAndAccounts({ platform, rest }),
    ...ofAuthors({ rest, privileges }),
  };
}

const may = (privileges: readonly string[] | null, privilege: string): boolean => privileges === null || privileges.includes(privilege);

const ofAuthors = ({ rest, privileges }: Pick<Facts, 'rest' | 'privileges'>): Pick<SiteCapabilities, 'setAuditData' | 'namesCreators'> => ({
  setAuditData: isAtLeast(rest, '3.0.0') && may(privileges, 'Set Audit Data'),
  namesCreators: may(privileges, 'Get Users'),
});

/** The date of conclusions and orders is FM2-675's. */
const ofModules = ({ fhir2, appointments }: Pick<SiteCapabilities, 'fhir2' | 'appointments'>) => ({
  hasAppointments: isAtLeast(appointments, '2.0.0'),
  hasAppointmentReasons: isAtLeast(appointments, '2.1.0'),
  appointmentStatuses: [...APPOINTMENT_STATUSES, ...(isAtLeast(appointments, '2.1.0') ? ['Arrived'] : [])],
  hasDiagnosticReports: isAtLeast(fhir2, '1.3.0'),
  tellsReportsWhole: isAtLeast(fhir2, '3.0.0'),
  hasTasks: isAtLeast(fhir2, '2.1.0'),
  hasTaskFocus: isAtLeast(fhir2, '4.1.0'),
  taskStatuses: taskStatusesSince(isAtLeast(fhir2, '4.1.0') ? '4.1' : isAtLeast(fhir2, '4.0.0') ? '4.0' : 'first'),
});

const ofConcepts = ({
  platform,
  rest,
}: Pick<Facts, 'platform' | 'rest'>): Pick<Platform, 'hasConceptSourceIds' | 'writesConcepts' | 'hasConceptPrecision'> => ({
  hasConceptSourceIds: isAtLeast(platform, '2.1.0'),
  writesConcepts: isAtLeast(rest, '2.17.0'),
  hasConceptPrecision: isAtLeast(platform, '1.11.0'),
});

const ofConditions = ({
  platform,
  rest,
}: Pick<Facts, 'platform' | 'rest'>): Pick<Platform, 'hasConditions' | 'replacesConditions' | 'hasDiagnosisFormFields'> => ({
  hasConditions: isAtLeast(platform, '2.2.0') && isAtLeast(rest, '2.23.0'),
  replacesConditions: isAtLeast(platform, '2.5.6'),
  hasDiagnosisFormFields: isAtLeast(platform, '2.5.0') && isAtLeast(rest, '2.46.0'),
});

const ofListsAndAccounts = ({
  platform,
  rest,
}: Pick<Facts, 'platform' | 'rest'>): Pick<Platform, 'hasAllergies' | 'hasMemberships' | 'updatesUsers' | 'hasUserEmail'> => ({
  hasAllergies: isAtLeast(platform, '2.0.0') && isAtLeast(rest, '2.20.0'),
  hasMemberships: isAtLeast(platform, '2.1.0'),
  updatesUsers: isAtLeast(platform, '2.0.0'),
  hasUserEmail: isAtLeast(platform, '2.2.0') && isAtLeast(rest, '2.50.0'),
});

/** The oldest webservices.rest that tells in one answer both what a record holds and who changed it: before, `auditInfo` is in no representation of our choosing (RESTWS-421). It runs on every platform from 1.9.0 on. */
export const OLDEST_REST = '2.13';
export const OLDEST_PLATFORM = '1.9.0';

/** Can the site not be read at all, as far as it says what it is? */
export const isTooOld = ({ platform, rest }: Pick<SiteCapabilities, 'platform' | 'rest'>): boolean =>
  (platform !== null && !isAtLeast(platform, OLDEST_PLATFORM)) || (rest !== null && !isAtLeast(rest, OLDEST_REST));

/** Compares dotted numbers; what follows them (`-SNAPSHOT`, ` Build 0`) is passed over. An unknown version is at least nothing. */
export function isAtLeast(version: string | null, least: string): boolean {
  if (version === null) return false;
  const [is, wanted] = [numbersOf(version), numbersOf(least)];
  for (let place = 0; place < wanted.length; place += 1) {
    const difference = (is[place] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const numbersOf = (version: string): number[] => (/^\s*(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
