import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import { CATEGORIES } from './all-categories.js';
import type { CanonicalRecord, RecordCategory } from './canonical.js';

/** Who writes a site's feed: the generic module (openmrs-module-atomfeed), or Bahmni's own (openmrs-atomfeed). */
export const FEED_FLAVOURS = ['generic', 'bahmni'] as const;
export type FeedFlavour = (typeof FEED_FLAVOURS)[number];

/** What one of a flavour's feeds tells of. */
export interface FlavourFeed {
  /** The feed's category as configuration and markers have it. */
  readonly category: string;
  /** How it is asked for. The database compares it with the rows' own, and only MySQL does so without their case. */
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

interface Flavour {
  readonly feeds: readonly FlavourFeed[];
  /** Does an entry tell of every void, unvoid and purge? Where not, records that were agreed on are asked for from time to time. */
  readonly publishesVoids: boolean;
  /** What an entry tells of beside the record it names: what that record points at, by its aggregate. */
  readonly tellsThrough: Partial<Readonly<Record<Aggregate, readonly Aggregate[]>>>;
}

const FLAVOURS: Readonly<Record<FeedFlavour, Flavour>> = {
  generic: {
    publishesVoids: true,
    tellsThrough: {},
    feeds: Object.values(CATEGORIES).flatMap(({ name, feeds, aggregate }) =>
      feeds.map((category) => ({ category, asked: category, looksAt: [aggregate], tellsOf: [name], bySome: false, aside: [] })),
    ),
  },
  // openmrs-atomfeed 2.7: `PatientAdvice` after `savePatient` alone; `EncounterSaveAdvice` writes `Encounter`, and the bed
  // management module writes beds into the same feed. `LocationAdvice` is in Bahmni's fork of 2017 only; relationships and enrollments
  // are published where the settings `atomfeed.publish.eventsForPatientRelationshipChange` and `…ProgramStateChange` say so.
  bahmni: {
    publishesVoids: false,
    // A visit has no entries of its own: it is looked at whenever an encounter of it is.
    tellsThrough: { encounter: ['visit'] },
    feeds: [
      { category: 'patient', asked: 'patient', looksAt: ['person'], tellsOf: ['patient'], bySome: false, aside: [] },
      { category: 'encounter', asked: 'Encounter', looksAt: ['encounter'], tellsOf: ['encounter', 'visit'], bySome: false, aside: ['bedpatientassignment'] },
      { category: 'location', asked: 'location', looksAt: ['location'], tellsOf: ['location'], bySome: true, aside: [] },
      { category: 'relationship', asked: 'relationship', looksAt: ['relationship'], tellsOf: ['relationship'], bySome: true, aside: [] },
      { category: 'programenrollment', asked: 'programenrollment', looksAt: ['programenrollment'], tellsOf: ['programenrollment'], bySome: true, aside: [] },
    ],
  },
};

/** The feed of that category as the flavour has it, whatever its case. `undefined` where it leads to nothing we know. */
export function feedOf(flavour: FeedFlavour, feedCategory: string): FlavourFeed | undefined {
  const wanted = feedCategory.trim().toLowerCase();
  return FLAVOURS[flavour].feeds.find(({ category }) => category === wanted);
}

/** The feeds that every site of the flavour has; some have more. */
export const feedsOfEvery = (flavour: FeedFlavour): readonly FlavourFeed[] => FLAVOURS[flavour].feeds.filter(({ bySome }) => !bySome);

/** Does the flavour's feed tell of every void, unvoid and purge? */
export const publishesVoids = (flavour: FeedFlavour): boolean => FLAVOURS[flavour].publishesVoids;

/** The records that an entry about this one tells of too: a Bahmni encounter's visit. */
export function toldThrough(flavour: FeedFlavour, { record, references }: Pick<CanonicalRecord, 'record' | 'references'>): readonly RecordRef[] {
  const aggregates = FLAVOURS[flavour].tellsThrough[record.aggregate] ?? [];
  const told = references.flatMap(({ aggregate, uuid }) => (aggregate !== null && aggregates.includes(aggregate) ? [{ aggregate, uuid }] : []));
  return told.filter((one, index) => told.findIndex(({ aggregate, uuid }) => aggregate === one.aggregate && uuid === one.uuid) === index);
}

/** Are edits of such records told by chance only, when something that points at them is? Then an audit reads them whole. */
export const isToldByChance = (flavour: FeedFlavour, aggregate: Aggregate): boolean =>
  Object.values(FLAVOURS[flavour].tellsThrough).some((aggregates) => aggregates.includes(aggregate));
