import { type Finding, ok, type PreflightFacts, type SiteNeeds, warning } from './preflight.js';

/** A setting that matters, as openmrs-core (OpenmrsConstants) and webservices.rest name it, and what a value of it means. `value` is null where it is not set. */
interface Setting {
  readonly property: string;
  /** Asked about only where one of these classes travels; always where there is none. */
  readonly for?: readonly string[];
  readonly judge: (value: string | null) => { readonly found: string; readonly fix?: string };
}

const numberOf = (value: string | null, unset: number): number => (value === null || !/^\d+$/.test(value.trim()) ? unset : Number(value));
const isOn = (value: string | null): boolean => value?.trim().toLowerCase() === 'true';

const locked = (what: string) => (value: string | null) =>
  isOn(value)
    ? { found: `${what} are locked`, fix: `what is missing at the site must be added by hand; unlock ${what} for as long as that takes` }
    : { found: `${what} are not locked` };

const SETTINGS: readonly Setting[] = [
  {
    property: 'webservices.rest.maxResultsAbsolute',
    judge: (value) => {
      const most = numberOf(value, 100);
      return most >= 50 ? { found: `at most ${most} results a page` } : { found: `at most ${most} results a page`, fix: 'at least 50; 100 is the default' };
    },
  },
  {
    property: 'webservices.rest.maxResultsDefault',
    judge: (value) => {
      const usual = numberOf(value, 50);
      return usual >= 20
        ? { found: `${usual} results a page` }
        : {
            found: `${usual} results a page`,
            fix: 'at least 20, or a search for a patient’s namesakes may not show the one that is sought; 50 is the default',
          };
    },
  },
  {
    property: 'security.allowedFailedLoginsBeforeLockout',
    judge: (value) => {
      const tries = numberOf(value, 7);
      return tries >= 5
        ? { found: `an account is locked after ${tries} wrong passwords` }
        : { found: `an account is locked after ${tries} wrong passwords`, fix: 'so few are soon used up when a password is changed; 7 is the default' };
    },
  },
  { property: 'patientIdentifierTypes.locked', for: ['patient', 'patientidentifiertype'], judge: locked('identifier types') },
  { property: 'personAttributeTypes.locked', for: ['patient', 'person', 'personattributetype'], judge: locked('person attribute types') },
  { property: 'EncounterType.encounterTypes.locked', for: ['encounter', 'encountertype'], judge: locked('encounter types') },
  { property: 'concepts.locked', for: ['obs', 'observation'], judge: locked('concepts') },
  {
    property: 'visits.assignmentHandler',
    for: ['encounter', 'visit'],
    judge: (value) =>
      value !== null && /ExistingOrNew/.test(value)
        ? {
            found: 'an encounter without a visit gets a new one',
            fix: 'Sync Hub takes it out again; ExistingVisitAssignmentHandler makes no visits that nobody asked for',
          }
        : {
            found:
              value === null || value.trim() === ''
                ? 'encounters are left as they are'
                : 'an encounter without a visit may be put into one; Sync Hub takes it out again',
          },
  },
  {
    property: 'visits.autoCloseVisitType',
    for: ['visit'],
    judge: (value) =>
      value === null || value.trim() === ''
        ? { found: 'no visit is closed by the server itself' }
        : {
            found: 'visits are closed by the server itself',
            fix: 'let one server of a link do it, the clinic’s: two that do it give one visit two ends, and the clinic’s is taken',
          },
  },
];

/** Every setting that is asked for where these classes travel. */
export const settingsFor = (needs: SiteNeeds): readonly string[] => relevant(needs).map(({ property }) => property);

/** What the server's own settings mean for what travels there. */
export function judgeSettings(settings: PreflightFacts['settings'], needs: SiteNeeds): readonly Finding[] {
  if (settings === null) return [warning('settings', 'may not be read', 'grant Get Global Properties')];
  return relevant(needs).map(({ property, judge }) => {
    const { found, fix } = judge(settings[property] ?? null);
    const check = `setting ${property}`;
    return fix === undefined ? ok(check, found) : warning(check, found, fix);
  });
}

function relevant({ reads, writes }: SiteNeeds): readonly Setting[] {
  const classes = new Set<string>([...reads, ...writes]);
  return SETTINGS.filter((setting) => setting.for === undefined || setting.for.some((one) => classes.has(one)));
}
