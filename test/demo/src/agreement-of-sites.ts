import type { LocationState, PersonState, RowState, Simulator } from '@sync-hub/openmrs-simulator';

/** What sites hold differently. It names the field and the sites, and says nothing of what they hold. */
export interface Difference {
  /** `location/<uuid>` or `person/<uuid>`. */
  readonly record: string;
  /** `presence`, `birthdate`, `names`, `preferredName`, ... */
  readonly field: string;
  /** The sites in groups; those of one group hold the same. */
  readonly sites: readonly (readonly string[])[];
}

export interface Comparison {
  /** By site, the uuid that a record has everywhere to the one it has there, where that is another. */
  readonly aliases?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether a record counts; all of them unless told otherwise. */
  readonly inScope?: (record: string) => boolean;
}

type Site = Pick<Simulator, 'id' | 'profile' | 'state'>;
/** What one site holds of one record, each field in one normal form. */
type Content = ReadonlyMap<string, string>;
type ByRecord = ReadonlyMap<string, Content>;

const GONE: Content = new Map([['presence', 'gone']]);

/**
 * Every field of every record in which the sites do not hold the same. Made from the sites' own rows: lists as sets of their live items by
 * content, empty as absent, and a record that is voided, retired or was never there as gone, whatever else it says.
 */
export function compareSites(sites: readonly Site[], { aliases = new Map(), inScope = () => true }: Comparison = {}): Difference[] {
  const held = sites.map((site) => ({ site, records: contentsOf(site, aliases.get(site.id) ?? new Map()) }));
  const records = [...new Set(held.flatMap((one) => [...one.records.keys()]))].filter(inScope).sort();
  return records.flatMap((record) => {
    const contents = held.map(({ site, records: of }) => ({ site, content: of.get(record) ?? GONE }));
    const presence = differenceIn(record, 'presence', contents);
    if (presence !== null) return [presence];
    const fields = [...new Set(contents.flatMap(({ content }) => [...content.keys()]))].sort();
    return fields.flatMap(
      (field) =>
        differenceIn(
          record,
          field,
          contents.filter(({ site }) => !lacks(site, record, field)),
        ) ?? [],
    );
  });
}

/** How many records the sites hold between them, those that are gone everywhere left out. */
export function countRecords(sites: readonly Site[], { aliases = new Map(), inScope = () => true }: Comparison = {}): number {
  const live = sites.flatMap((site) =>
    [...contentsOf(site, aliases.get(site.id) ?? new Map())].flatMap(([record, content]) => (content === GONE ? [] : [record])),
  );
  return new Set(live.filter(inScope)).size;
}

interface SiteContent {
  readonly site: Site;
  readonly content: Content;
}

function differenceIn(record: string, field: string, contents: readonly SiteContent[]): Difference | null {
  const groups = new Map<string | undefined, string[]>();
  for (const { site, content } of contents) {
    const value = content.get(field);
    groups.set(value, [...(groups.get(value) ?? []), site.id]);
  }
  return groups.size < 2 ? null : { record, field, sites: [...groups.values()] };
}

/** A platform need not agree on what it has no column for. */
const lacks = ({ profile }: Site, record: string, field: string): boolean => profile.lacks.includes(`${record.slice(0, record.indexOf('/'))}.${field}`);

function contentsOf(site: Site, aliases: ReadonlyMap<string, string>): ByRecord {
  const canonical = new Map([...aliases].map(([everywhere, local]) => [local, everywhere]));
  const known: Known = (uuid) => canonical.get(uuid) ?? uuid;
  const { locations, people } = site.state();
  return new Map([
    ...locations.map((row) => [`location/${known(row.uuid)}`, row.gone ? GONE : locationContent(row, known)] as const),
    ...people.map((row) => [`person/${known(row.uuid)}`, row.gone ? GONE : personContent(row, known)] as const),
  ]);
}

/** A uuid of the site as it is known everywhere; any other text as it is. */
type Known = (uuid: string) => string;

function locationContent(row: LocationState, known: Known): Content {
  const { tags, ...scalars } = row.values;
  return new Map([
    ['presence', 'present'],
    ...filled(scalars, known),
    ...setOf('tags', Array.isArray(tags) ? tags : []),
    ...setOf('attributes', contentOfItems(row.attributes, known)),
  ]);
}

function personContent(row: PersonState, known: Known): Content {
  return new Map([
    ['presence', 'present'],
    ['isPatient', String(row.isPatient)],
    ...filled(row.values, known),
    ...listWithPreferred('names', 'preferredName', row.names, known),
    ...listWithPreferred('addresses', 'preferredAddress', row.addresses, known),
    ...listWithPreferred('identifiers', 'preferredIdentifier', row.isPatient ? row.identifiers : [], known),
    ...setOf('attributes', contentOfItems(row.attributes, known)),
  ]);
}

function listWithPreferred(field: string, preferredField: string, rows: readonly RowState[], known: Known): [string, string][] {
  const items = contentOfItems(rows, known).sort();
  const marked = contentOfItems(
    rows.filter(({ values }) => values['preferred'] === true),
    known,
  ).sort();
  const preferred = marked[0] ?? items[0];
  return [...setOf(field, items), ...(preferred === undefined ? [] : [[preferredField, preferred] as [string, string]])];
}

/** Live rows by what they say, without their own uuids and marks. */
const contentOfItems = (rows: readonly RowState[], known: Known): string[] =>
  rows.filter(({ gone }) => !gone).map(({ values: { preferred: _, ...values } }) => JSON.stringify(filled(values, known).sort(([a], [b]) => (a < b ? -1 : 1))));

const setOf = (field: string, items: readonly string[]): [string, string][] =>
  items.length === 0 ? [] : [[field, JSON.stringify([...new Set(items)].sort())]];

/** Every column that holds something. */
const filled = (values: RowState['values'], known: Known): [string, string][] =>
  Object.entries(values).flatMap(([key, value]): [string, string][] => {
    if (value === null || value === '') return [];
    return [[key, typeof value === 'string' ? known(value) : JSON.stringify(value)]];
  });
