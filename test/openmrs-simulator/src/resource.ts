import type { Database, Kind, Ref, Row, Value } from './database.js';
import type { Profile } from './profile.js';
import type { Random } from './random.js';
import type { Writer } from './writer.js';

export type ResourceName = Kind | 'patient';

/** A column as webservices.rest sees it. `column` where the key and the column differ in name. */
export type Field = { readonly column?: string } & (
  | { readonly is: 'text'; readonly max: number }
  | { readonly is: 'boolean' | 'number' | 'instant' | 'date' | 'time' | 'user' }
  | { readonly is: 'one' | 'many'; readonly of: ResourceName }
  | { readonly is: 'choice'; readonly from: readonly string[] }
);

/** A row to be shown as one resource: a patient's row is shown as `person` too. */
export interface Shown {
  readonly row: Row;
  readonly as: ResourceName;
  /** Set where the representation does not follow the one asked for. */
  readonly always?: 'ref' | 'full';
}

/** What a property holds before it is given a representation: `json` is shown as it is, `file` as a link, `undefined` not at all. */
export type Node = Value | undefined | Shown | readonly Shown[] | { readonly json: unknown } | { readonly file: string };

/** What reading and writing need to know of the server they happen on. */
export interface Site {
  readonly database: Database;
  readonly resources: ReadonlyMap<ResourceName, Resource>;
  readonly profile: Profile;
  readonly zone: string;
  readonly random: Random;
  /** Now on this server's clock, cut to seconds. */
  now(): number;
  userName(uuid: string): string | null;
  userUuid(uuidOrName: string): string | null;
}

export interface Privileges {
  readonly get: string | null;
  readonly add: string;
  readonly edit: string;
  readonly remove: string;
  readonly purge: string;
}

/** One line of the table: everything in which one REST resource differs from another. */
export interface Resource {
  readonly name: ResourceName;
  readonly kind: Kind;
  readonly javaClass: string;
  /** Set for a sub-resource: `/person/{u}/name`. `by` where it is no part of what it is below: the column that names that. */
  readonly under?: { readonly parent: ResourceName; readonly path: string; readonly by?: string };
  readonly life: 'voided' | 'retired' | 'neither';
  readonly version: string;
  readonly privileges: Privileges;
  readonly fields: Readonly<Record<string, Field>>;
  readonly defaults: Readonly<Record<string, Value>>;
  /** The default and the full representation in the words of a custom one. */
  readonly standard: string;
  readonly full: string;
  /** Keys that can be set, in the order in which they are. */
  readonly create: readonly string[];
  readonly required: readonly string[];
  readonly update: readonly string[];
  /** The column by which a record is found when no uuid matches (`getByUniqueId`). */
  readonly alsoFoundBy?: string;
  /** Set for a part that has no uuid: the column by which it is known within its owner. */
  readonly knownBy?: string;
  /** Rows that are voided, restored and purged with this one. */
  readonly parts: readonly Kind[];
  readonly listable: boolean;
  readonly finds?: (row: Row, site: Site) => boolean;
  readonly display: (row: Row, site: Site) => string;
  readonly reads: Readonly<Record<string, (row: Row, site: Site) => Node>>;
  readonly sets: Readonly<Record<string, (writer: Writer, target: Ref, posted: unknown) => void>>;
  /** What core's service does on save: defaults, validation, preferred ones. */
  readonly save: (writer: Writer, target: Ref) => void;
  /** Voiding and restoring, with what goes along, where more than the row and its parts is concerned. */
  readonly voids?: (writer: Writer, row: Row, reason: string) => void;
  readonly unvoids?: (writer: Writer, row: Row) => void;
  /** Set where `{"deleted":"false"}` is refused, or answered and does nothing. */
  readonly staysDeleted?: 'refused' | 'silently';
  /** Erasing, where core does not just do it. */
  readonly purges?: (writer: Writer, row: Row) => void;
}

export const words = (text: string): string[] => text.split(' ').filter(Boolean);
export const each = (names: string, field: Field): Record<string, Field> => Object.fromEntries(words(names).map((name) => [name, field]));
export const text = (names: string, max = 255): Record<string, Field> => each(names, { is: 'text', max });
export const one = (of: ResourceName): Field => ({ is: 'one', of });

const STAMPS: Record<string, Field> = { ...each('creator changedBy', { is: 'user' }), ...each('dateCreated dateChanged', { is: 'instant' }) };
const VOIDED: Record<string, Field> = {
  ...each('voided', { is: 'boolean' }),
  ...each('voidedBy', { is: 'user' }),
  ...each('dateVoided', { is: 'instant' }),
  ...text('voidReason'),
};
const RETIRED: Record<string, Field> = {
  ...each('retired', { is: 'boolean' }),
  ...each('retiredBy', { is: 'user' }),
  ...each('dateRetired', { is: 'instant' }),
  ...text('retireReason'),
};

/** Keys of the columns that say who and when; webservices.rest 3.0 takes them on create. */
export const auditKeys = (life: Resource['life']): string[] => [
  ...Object.keys(STAMPS),
  ...Object.keys(life === 'voided' ? VOIDED : life === 'retired' ? RETIRED : {}),
];

type Given = Partial<Resource> & Pick<Resource, 'name' | 'javaClass' | 'life' | 'fields' | 'standard' | 'full' | 'display'>;

const MANAGED: Privileges = { get: null, add: 'Manage Metadata', edit: 'Manage Metadata', remove: 'Manage Metadata', purge: 'Purge Metadata' };

/** Fills in what most resources have in common. */
export function resource(given: Given): Resource {
  const create = given.create ?? [];
  return {
    kind: given.name === 'patient' ? 'person' : given.name,
    version: '1.8',
    privileges: MANAGED,
    defaults: {},
    required: [],
    parts: [],
    listable: given.life === 'retired',
    reads: {},
    sets: {},
    save: () => undefined,
    ...given,
    create,
    update: given.life === 'retired' ? [...new Set([...(given.update ?? create), 'retired'])] : (given.update ?? create),
    fields: { ...STAMPS, ...(given.life === 'voided' ? VOIDED : given.life === 'retired' ? RETIRED : {}), ...given.fields },
  };
}

/** Without what every object has: a posted key can be `constructor`. */
const bare = <T extends object>(table: T): T => Object.assign(Object.create(null), table) as T;

/** The table as one platform has it: without the resources and the keys that it lacks. */
export function resourcesOf(table: readonly Resource[], profile: Profile): ReadonlyMap<ResourceName, Resource> {
  const strip = (name: ResourceName, keys: string): string =>
    words(keys)
      .filter((key) => !profile.lacks.includes(`${name}.${key.split(':')[0]}`))
      .join(' ');
  const has = (line: Resource, key: string): boolean => !profile.lacks.includes(`${line.name}.${key}`);
  const asThere = (line: Resource): Resource => ({
    ...line,
    version: profile.versions[line.name] ?? line.version,
    defaults: Object.fromEntries(Object.entries(line.defaults).filter(([key]) => has(line, key))),
    standard: strip(line.name, line.standard),
    full: strip(line.name, line.full),
    create: words(strip(line.name, line.create.join(' '))),
    update: words(strip(line.name, line.update.join(' '))),
    required: [
      ...line.required.filter((key) => has(line, key)),
      ...profile.requires.filter((key) => key.startsWith(`${line.name}.`)).map((key) => key.slice(line.name.length + 1)),
    ],
    fields: bare(Object.fromEntries(Object.entries(line.fields).filter(([key]) => has(line, key)))),
    reads: bare(Object.fromEntries(Object.entries(line.reads).filter(([key]) => has(line, key)))),
    sets: bare(line.sets),
  });
  return new Map(table.filter(({ name }) => !profile.lacks.includes(name)).map((line) => [line.name, asThere(line)]));
}

export function resourceOf(site: Site, name: ResourceName): Resource {
  const found = site.resources.get(name);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

/** What a sub-resource is below, by uuid. */
export function parentOf({ under }: Pick<Resource, 'under'>, row: Row): string | null {
  const named = under?.by === undefined ? row.owner : row.values[under.by];
  return typeof named === 'string' ? named : null;
}

/** The record under that uuid; else, for some resources, the one of that name: a wrong uuid can hit another record. */
export function lookUp(site: Site, line: Resource, key: string): Row | null {
  const fits = (row: Row): boolean => line.finds?.(row, site) ?? true;
  const row = site.database.find(line.kind, key);
  if (row) return fits(row) ? row : null;
  const column = line.alsoFoundBy;
  if (column === undefined) return null;
  const named = site.database.all(line.kind).filter((other) => other.values[column] === key);
  return named.find((other) => other.values['retired'] !== true) ?? named[0] ?? null;
}
