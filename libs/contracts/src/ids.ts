import { z } from 'zod';

/** A site's id, as in Sync 2.0's instance id: lower case, no dots (it is one word of a routing key). */
export const SiteId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a site id is lower-case letters, digits and dashes, and starts with a letter or digit');
export type SiteId = z.infer<typeof SiteId>;

/** A link's id: the name the configuration gives to one child and its parent. */
export const LinkId = SiteId;
export type LinkId = z.infer<typeof LinkId>;

/**
 * An OpenMRS uuid: opaque, up to 38 characters. CIEL's `5089AAAA…` and other ids that are not hexadecimal are in use
 * (openmrs-core BaseOpenmrsObject: `uuid char(38)`), so nothing more may be asked of one.
 */
export const Uuid = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,37}$/, 'an OpenMRS uuid is 1 to 38 letters, digits, dots, dashes or underscores');
export type Uuid = z.infer<typeof Uuid>;

/** A place at a site, and all that it is in, as far as the hub has seen. */
export interface PlaceAbove {
  /** The place itself first. */
  readonly chain: readonly Uuid[];
  /** Does the chain lead up to a place that is in no other? */
  readonly isWhole: boolean;
}

/** What ties a patient to something at a site: an enrollment to a program, a visit or an encounter to a place. */
export interface Tie {
  /** `null` where the record names none. */
  readonly to: Uuid | null;
  /** Has it an end, as a completed enrollment has? */
  readonly isEnded: boolean;
}

/** A tie, and the record that tells of it. */
export interface ToldTie extends Tie {
  readonly uuid: Uuid;
}

/** Our own row ids. */
export const ChangeId = z.uuid();
export const JobId = z.uuid();
export const SnapshotId = z.uuid();

/** Plain metadata that can travel: what other records refer to by uuid. Each is aggregate, category and REST resource under one name. */
export const METADATA = [
  'visittype',
  'encountertype',
  'encounterrole',
  'locationtag',
  'relationshiptype',
  'patientidentifiertype',
  'personattributetype',
  'visitattributetype',
  'locationattributetype',
  'providerattributetype',
  'programattributetype',
  'conceptclass',
  'conceptsource',
  'conceptdatatype',
  'caresetting',
  'ordertype',
  'orderfrequency',
  'program',
  'privilege',
  'role',
  'provider',
  'conceptreferenceterm',
  'drug',
  'concept',
  'form',
] as const;
export type Metadata = (typeof METADATA)[number];

/** What is the same of every kind of metadata, by kind. */
export const ofMetadata = <One>(one: (kind: Metadata) => One): Readonly<Record<Metadata, One>> =>
  Object.fromEntries(METADATA.map((kind) => [kind, one(kind)])) as Readonly<Record<Metadata, One>>;

/**
 * The kinds of record that move and merge. A person and a patient of one uuid are one record, so both are `person` here.
 * `obs` is an observation that stands in no encounter, with its members; those of an encounter are part of it, and have an
 * alias under `obs` where a site would not take their uuid.
 */
export const AGGREGATES = [
  'location',
  'person',
  'visit',
  'encounter',
  'obs',
  'relationship',
  'programenrollment',
  'condition',
  'diagnosis',
  'order',
  'medicationdispense',
  'allergy',
  'diagnosticreport',
  'task',
  'appointment',
  'cohort',
  'user',
  'systemsetting',
  ...METADATA,
] as const;
export const Aggregate = z.enum(AGGREGATES);
export type Aggregate = z.infer<typeof Aggregate>;

/** Which record: its aggregate and the uuid it is known by everywhere. */
export const RecordRef = z.strictObject({ aggregate: Aggregate, uuid: Uuid });
export type RecordRef = z.infer<typeof RecordRef>;

/** `location/8d6c…`: one record as one word, for maps, logs and locks. */
export const recordKey = ({ aggregate, uuid }: RecordRef): string => `${aggregate}/${uuid}`;

/** What `recordKey` names; null where that is of no kind that moves. */
export function recordNamed(key: string): RecordRef | null {
  const [aggregate, uuid] = key.split('/');
  const record = RecordRef.safeParse({ aggregate, uuid });
  return record.success ? record.data : null;
}

/** `pull` is parent to child, `push` child to parent. */
export const Direction = z.enum(['pull', 'push']);
export type Direction = z.infer<typeof Direction>;

/** One direction of a link, with its two ends by name. */
export const Route = z.strictObject({ link: LinkId, direction: Direction, source: SiteId, target: SiteId });
export type Route = z.infer<typeof Route>;
