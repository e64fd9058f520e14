import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import { CATEGORIES, isToldByFhirAlone } from './all-categories.js';
import type { CanonicalRecord, RecordCategory } from './canonical.js';

/** Who writes a site's feed: the generic module (openmrs-module-atomfeed), or Bahmni's own (openmrs-atomfeed). */
export const FEED_FLAVOURS = ['generic', 'bahmni'] as const;
export type FeedFlavour = (typeof FEED_FLAVOURS)[number];

/** How we come to know of a site's changes: by its Atom feed, by asking fhir2 what was updated lately, or told by the site itself. */
export const EVENT_HANDLERS = ['atomfeed', 'fhir-lastupdated', 'webhook'] as const;
export type EventHandler = (typeof EVENT_HANDLERS)[number];

/** Who tells of a site's changes: a feed of that flavour, or what stands in for one. */
export type Teller = FeedFlavour | Exclude<EventHandler, 'atomfeed'>;

export const tellerOf = ({ handler, flavour }: { readonly handler: EventHandler; readonly flavour: FeedFlavour }): Teller =>
  handler === 'atomfeed' ? flavour : handler;

/** What one of a teller's feeds tells of. */
export interface ToldFeed {
  /** The feed's category as configuration and markers have it. */
  readonly category: string;
  /**
   * How it is asked for. A feed's database compares it with the rows' own, and only MySQL does so without their case; fhir2 is asked for a resource, with
   * what else its search must say.
   */
  readonly asked: string;
  /** The aggregates to look at for each entry; what hangs on one (the obs of an encounter) is found by reading it. */
  readonly looksAt: readonly Aggregate[];
  /** The categories whose changes it tells of. */
  readonly tellsOf: readonly RecordCategory[];
  /** Only some sites publish it, by a fork of the module or a setting: it is read where the configuration names it. */
  readonly bySome: boolean;
  /** Resources whose links stand in the feed too and lead to nothing that is moved, in lower case. */
  readonly aside: readonly string[];
}

interface Telling {
  readonly feeds: readonly ToldFeed[];
  /** Does an entry tell of every void, unvoid and purge? Where not, records that were agreed on are asked for from time to time. */
  readonly publishesVoids: boolean;
  /** What an entry tells of beside the record it names: what that record points at, by its aggregate. */
  readonly tellsThrough: Partial<Readonly<Record<Aggregate, readonly Aggregate[]>>>;
  /** Does any edit stay untold? Then an audit reads every record whole. */
  readonly missesEdits: boolean;
}

const OF_EVERY_CATEGORY: readonly ToldFeed[] = Object.values(CATEGORIES).flatMap(({ name, feeds, aggregate }) =>
  feeds.map((category) => ({ category, asked: category, looksAt: [aggregate], tellsOf: [name], bySome: false, aside: [] })),
);

/** A resource of fhir2 whose rows say when they were last updated. */
const scanned = (category: string, asked: string, aggregate: Aggregate, tellsOf: readonly RecordCategory[]): ToldFeed => ({
  category,
  asked,
  looksAt: [aggregate],
  tellsOf,
  bySome: false,
  aside: [],
});

/** What no feed tells of is asked of fhir2, beside whoever tells of all else. */
const BESIDE: readonly ToldFeed[] = [
  scanned('diagnosticreport', 'DiagnosticReport', 'diagnosticreport', ['diagnosticreport']),
  scanned('task', 'Task', 'task', ['task']),
];

/** fhir2 tells visits and encounters as one resource, and apart by this tag (FhirEncounterServiceImpl, EncounterTranslatorImpl). */
const tagged = (what: 'encounter' | 'visit'): string => `Encounter?_tag=${encodeURIComponent(`http://fhir.openmrs.org/ext/encounter-tag|${what}`)}`;

const TELLERS: Readonly<Record<Teller, Telling>> = {
  generic: { publishesVoids: true, tellsThrough: {}, missesEdits: false, feeds: OF_EVERY_CATEGORY },
  // A message that never came is missed as a feed's entry never is.
  webhook: { publishesVoids: true, tellsThrough: {}, missesEdits: true, feeds: OF_EVERY_CATEGORY },
  // A name, an address, an identifier or an attribute that changes moves nobody's dateChanged, a voided obs not its encounter's, and what is voided is in no
  // search (fhir2 BaseFhirDao; openmrs-core AuditableInterceptor stamps rows that changed themselves). RelatedPerson and EpisodeOfCare say no date.
  'fhir-lastupdated': {
    publishesVoids: false,
    tellsThrough: {},
    missesEdits: true,
    feeds: [
      scanned('location', 'Location', 'location', ['location']),
      // What a person's own row says of a patient moves that row's date alone.
      scanned('person', 'Person', 'person', ['person', 'patient']),
      scanned('patient', 'Patient', 'person', ['patient']),
      scanned('visit', tagged('visit'), 'visit', ['visit']),
      scanned('encounter', tagged('encounter'), 'encounter', ['encounter']),
      scanned('observation', 'Observation', 'obs', ['observation', 'encounter']),
      scanned('condition', 'Condition', 'condition', ['condition']),
      scanned('drug_order', 'MedicationRequest', 'order', ['order']),
      scanned('test_order', 'ServiceRequest', 'order', ['order']),
      scanned('medicationdispense', 'MedicationDispense', 'medicationdispense', ['medicationdispense']),
      scanned('allergy', 'AllergyIntolerance', 'allergy', ['allergy']),
      scanned('provider', 'Practitioner', 'provider', ['provider']),
      ...BESIDE,
    ],
  },
  // openmrs-atomfeed 2.7: `PatientAdvice` after `savePatient` alone; `EncounterSaveAdvice` writes `Encounter`, and the bed
  // management module writes beds into the same feed. `LocationAdvice` is in Bahmni's fork of 2017 only; relationships and enrollments
  // are published where the settings `atomfeed.publish.eventsForPatientRelationshipChange` and `…ProgramStateChange` say so.
  bahmni: {
    publishesVoids: false,
    missesEdits: false,
    // A visit has no entries of its own: it is looked at whenever an encounter of it is.
    tellsThrough: { encounter: ['visit'] },
    feeds: [
      { category: 'patient', asked: 'patient', looksAt: ['person'], tellsOf: ['patient'], bySome: false, aside: [] },
      { category: 'encounter', asked: 'Encounter', looksAt: ['encounter'], tellsOf: ['encounter', 'visit'], bySome: false, aside: ['bedpatientassignment'] },
      ...BESIDE,
      // By the appointments module's own advices (AppointmentAdvice, RecurringAppointmentsAdvice), unless the setting `atomfeed.publish.eventsForAppointments` says otherwise.
      { category: 'appointments', asked: 'appointments', looksAt: ['appointment'], tellsOf: ['appointment'], bySome: false, aside: [] },
      { category: 'location', asked: 'location', looksAt: ['location'], tellsOf: ['location'], bySome: true, aside: [] },
      { category: 'relationship', asked: 'relationship', looksAt: ['relationship'], tellsOf: ['relationship'], bySome: true, aside: [] },
      { category: 'programenrollment', asked: 'programenrollment', looksAt: ['programenrollment'], tellsOf: ['programenrollment'], bySome: true, aside: [] },
    ],
  },
};

/** Aggregates of which fhir2 alone tells: at every site those that are agreed on are asked for from time to time. */
export const TOLD_BESIDE: readonly Aggregate[] = BESIDE.flatMap(({ looksAt }) => looksAt);

/** Who tells of a feed's category at a site that such a teller tells of. */
export const tellerFor = (teller: Teller, feedCategory: string): Teller => (isToldByFhirAlone(feedCategory) ? 'fhir-lastupdated' : teller);

/** The feed of that category as the teller has it, whatever its case. `undefined` where it leads to nothing we know. */
export function feedOf(teller: Teller, feedCategory: string): ToldFeed | undefined {
  const wanted = feedCategory.trim().toLowerCase();
  return TELLERS[teller].feeds.find(({ category }) => category === wanted);
}

/** The feeds that every site told of so has; some have more. */
export const feedsOfEvery = (teller: Teller): readonly ToldFeed[] => TELLERS[teller].feeds.filter(({ bySome }) => !bySome);

/** Are all edits, voids and purges told of? Where not, every record agreed on is asked for from time to time. */
export const tellsAll = (teller: Teller): boolean => TELLERS[teller].publishesVoids && !TELLERS[teller].missesEdits;

/** The records that an entry about this one tells of too: a Bahmni encounter's visit. */
export function toldThrough(teller: Teller, { record, references }: Pick<CanonicalRecord, 'record' | 'references'>): readonly RecordRef[] {
  const aggregates = TELLERS[teller].tellsThrough[record.aggregate] ?? [];
  const told = references.flatMap(({ aggregate, uuid }) => (aggregate !== null && aggregates.includes(aggregate) ? [{ aggregate, uuid }] : []));
  return told.filter((one, index) => told.findIndex(({ aggregate, uuid }) => aggregate === one.aggregate && uuid === one.uuid) === index);
}

/** Are edits of such records told by chance only, when something that points at them is, or not all of them? Then an audit reads them whole. */
export const isToldByChance = (teller: Teller, aggregate: Aggregate): boolean =>
  TELLERS[teller].missesEdits ||
  TOLD_BESIDE.includes(aggregate) ||
  Object.values(TELLERS[teller].tellsThrough).some((aggregates) => aggregates.includes(aggregate));
