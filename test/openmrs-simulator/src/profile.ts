export type ProfileId = '2.8' | '2.1-old';

/** Everything in which one platform differs from another; nothing else in the simulator asks for a version. */
export interface Profile {
  readonly id: ProfileId;
  readonly platform: string;
  readonly modules: Readonly<Record<string, { readonly name: string; readonly version: string }>>;
  /** webservices.rest 2.23 and newer (RESTWS-729). */
  readonly takesUuid: boolean;
  /** webservices.rest 2.25 and newer, for sub-resources (RESTWS-752). */
  readonly takesUuidOfParts: boolean;
  /** webservices.rest 3.0 and newer, with privilege `Set Audit Data` (RESTWS-990). */
  readonly takesAuditData: boolean;
  /** Keys, as `resource.key`, that this platform does not have. */
  readonly lacks: readonly string[];
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
  /** An address or identifier saved by itself as preferred takes the mark from the others: webservices.rest 2.21 and newer. */
  readonly demotesOthers: boolean;
  /** Code for a dead person without a cause; core 2.2 and newer also takes one in words. */
  readonly deadWithoutCause: string;
  readonly staleSessionStatus: 401 | 403;
  /** Links name the resource they lead to. */
  readonly resourceAlias: boolean;
  /** Error bodies carry the stack, causes included, in `detail`; newer ones name the causes in `message`. */
  readonly stackTraces: boolean;
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

export const PROFILES: Readonly<Record<ProfileId, Profile>> = {
  '2.8': {
    id: '2.8',
    platform: '2.8.0',
    modules: modules('3.4.0', '1.0.13'),
    takesUuid: true,
    takesUuidOfParts: true,
    takesAuditData: true,
    lacks: ['concept.precise'],
    requires: [],
    obsAreImmutable: true,
    obsHaveStatus: true,
    interpretsObs: true,
    obsErrors: { precision: 'Obs.error.precision', high: 'error.value.outOfRange.high', low: 'error.value.outOfRange.low' },
    visitsAfterBirth: true,
    encountersNeedType: true,
    demotesOthers: true,
    deadWithoutCause: 'Person.dead.causeOfDeathAndCauseOfDeathNonCodedNull',
    staleSessionStatus: 401,
    resourceAlias: true,
    stackTraces: false,
    feed: { namesCharset: true, errorsLookLikeSuccess: true, needsPrivilege: true },
  },
  '2.1-old': {
    id: '2.1-old',
    platform: '2.1.4',
    modules: modules('2.20.0', '1.0.13'),
    takesUuid: false,
    takesUuidOfParts: false,
    takesAuditData: false,
    lacks: ['person.causeOfDeathNonCoded', 'encounter.diagnoses', 'obs.referenceRange', 'concept.precise'],
    requires: ['personname.familyName'],
    obsAreImmutable: true,
    obsHaveStatus: true,
    interpretsObs: false,
    obsErrors: { precision: 'Obs.error.precision', high: 'error.outOfRange.high', low: 'error.outOfRange.low' },
    visitsAfterBirth: false,
    encountersNeedType: true,
    demotesOthers: false,
    deadWithoutCause: 'Person.dead.causeOfDeathNull',
    staleSessionStatus: 403,
    resourceAlias: false,
    stackTraces: true,
    feed: { namesCharset: false, errorsLookLikeSuccess: false, needsPrivilege: false },
  },
};
