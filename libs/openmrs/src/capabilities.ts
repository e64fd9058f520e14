import type { Platform } from '@sync-hub/categories';

/** What a site is and can, as its probe found; where a privilege was missing, the least that is safe to assume. */
export interface SiteCapabilities extends Platform {
  /** openmrs-core's version, `null` where we may not ask (privilege `View Administration Functions`). */
  readonly platform: string | null;
  /** webservices.rest's version, `null` where the list of modules was not to be had. */
  readonly rest: string | null;
  /** The Atom feed module's version, the generic one's or Bahmni's; `null` where it is not there or not told. */
  readonly atomfeed: string | null;
  /** May we set creators and dates on create? webservices.rest 3.0 and newer, with the privilege `Set Audit Data`. */
  readonly setAuditData: boolean;
  /** What our account may do there, as `Ping` has it: something else when it changes. */
  readonly account: string;
  /** The server's clock minus ours, in milliseconds, as precise as a Date header; `null` where there was none. */
  readonly clockSkewMs: number | null;
}

interface Facts {
  readonly platform: string | null;
  readonly rest: string | null;
  readonly atomfeed: string | null;
  readonly timeZone: string | null;
  readonly account: string;
  readonly mayName: (privilege: string) => boolean;
  readonly clockSkewMs: number | null;
}

/** From versions to abilities. The dates of features are those of the modules' own history (RESTWS-729, RESTWS-752, RESTWS-990, #305). */
export function capabilitiesOf({ platform, rest, atomfeed, timeZone, account, mayName, clockSkewMs }: Facts): SiteCapabilities {
  return {
    platform,
    rest,
    atomfeed,
    account,
    clockSkewMs,
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
    hasConceptSourceIds: isAtLeast(platform, '2.1.0'),
    hasProgramAttributes: isAtLeast(platform, '2.2.0'),
    hasProviderRoles: isAtLeast(platform, '2.8.0'),
    hasDrugIngredients: isAtLeast(platform, '1.11.0') && isAtLeast(rest, '2.14.0'),
    tellsDrugMaps: isAtLeast(platform, '1.10.0') && isAtLeast(rest, '2.26.0'),
    writesConcepts: isAtLeast(rest, '2.17.0'),
    hasConceptPrecision: isAtLeast(platform, '1.11.0'),
    takesStates: isAtLeast(rest, '3.0.0'),
    hasOrderEntry: isAtLeast(platform, '1.10.0'),
    writesOrderFrequencies: isAtLeast(rest, '2.25.0'),
    undeletes: isAtLeast(rest, '2.25.0'),
    hasProgramOutcomes: isAtLeast(platform, '1.10.0'),
    hasConditions: isAtLeast(platform, '2.2.0') && isAtLeast(rest, '2.23.0'),
    replacesConditions: isAtLeast(platform, '2.5.6'),
    hasDiagnosisFormFields: isAtLeast(platform, '2.5.0') && isAtLeast(rest, '2.46.0'),
    hasNonCodedDrugs: isAtLeast(platform, '1.12.0'),
    hasMedicationDispenses: isAtLeast(platform, '2.6.0') && isAtLeast(rest, '3.4.0'),
    setAuditData: isAtLeast(rest, '3.0.0') && mayName('Set Audit Data'),
  };
}

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
