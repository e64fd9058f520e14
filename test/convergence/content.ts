import type { LocationState, PersonState, RowState, SimulatorState } from '@sync-hub/openmrs-simulator';
import { careContents } from './care-content.js';
import { type Content, entry, type Held, type Known, live, PRESENCE, type RecordKey, typedAttributes, VOIDED } from './held.js';

export { type Content, type Held, type Known, PRESENCE, type RecordKey } from './held.js';

export const sameEverywhere: Known = (record) => record.slice(record.indexOf('/') + 1);

export const NOTHING_HELD: Content = new Map();

/** The name before the first bracket. */
export const groupOf = (path: string): string => {
  const name = path.split('[')[0] ?? path;
  return PREFERENCES[name] ?? name;
};

/** Which item of a list is preferred goes with the list: who changes one changes the other. */
const PREFERENCES: Readonly<Record<string, string>> = { preferredName: 'names', preferredAddress: 'addresses', preferredIdentifier: 'identifiers' };

const NAME = ['prefix', 'givenName', 'middleName', 'familyNamePrefix', 'familyName', 'familyName2', 'familyNameSuffix', 'degree'];

/** Every record of a site. A voided one says no more than that it is voided. */
export function contentsOf(state: SimulatorState, known: Known = sameEverywhere): Map<RecordKey, Content> {
  const canonical = (kind: string, uuid: string): string => known(`${kind}/${uuid}`);
  return new Map([
    ...state.locations.map((row): [RecordKey, Content] => [`location/${canonical('location', row.uuid)}`, locationContent(row, known)]),
    ...state.people.map((row): [RecordKey, Content] => [`person/${canonical('person', row.uuid)}`, personContent(row, known)]),
    ...careContents(state, known),
  ]);
}

function locationContent(row: LocationState, known: Known): Content {
  if (row.gone) return VOIDED;
  const { tags, parentLocation, ...scalars } = row.values;
  return new Map<string, Held>([
    [PRESENCE, 'present'],
    ...scalarEntries({ ...scalars, parentLocation: placeOf(parentLocation, known) }),
    ...(Array.isArray(tags) ? tags : []).map((tag): [string, Held] => [`tags[${tag}]`, true]),
    ...typedAttributes(row.attributes),
  ]);
}

function personContent(row: PersonState, known: Known): Content {
  if (row.gone) return VOIDED;
  const names = keyed(row.names, (values) => partsOf(values, NAME));
  const addresses = keyed(row.addresses, (values) =>
    partsOf(
      values,
      Object.keys(values)
        .filter((key) => key !== 'preferred')
        .sort(),
    ),
  );
  const identifiers = keyed(row.isPatient ? row.identifiers : [], (values) => `${String(values['identifierType'])}|${String(values['identifier'])}`);
  return new Map<string, Held>([
    [PRESENCE, 'present'],
    ['isPatient', row.isPatient],
    ...scalarEntries(row.values),
    ...list('names', names, 'preferredName'),
    ...list('addresses', addresses, 'preferredAddress'),
    ...list('identifiers', identifiers, 'preferredIdentifier'),
    ...identifiers.flatMap(({ key, values }) => entry(`identifiers[${key}].location`, placeOf(values['location'], known))),
    ...personAttributes(row, known),
  ]);
}

/** By type; a server that restores what went in one second may hold two of one type, of which the greater value is the second. */
function personAttributes(row: PersonState, known: Known): [string, Held][] {
  const attributes = live(row.attributes).map(({ values }) => ({ type: String(values['attributeType']), value: placeOf(values['value'], known) }));
  const ordered = attributes.sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
  const before = (index: number): number => ordered.slice(0, index).filter(({ type }) => type === ordered[index]?.type).length;
  return ordered.flatMap(({ type, value }, index) => entry(`attributes[${type}${before(index) === 0 ? '' : `#${before(index) + 1}`}]`, value));
}

/** The live items that say the same at one site, where there is more than one: a doubled write. */
export function doubles(state: SimulatorState, known: Known): readonly string[] {
  return state.people.flatMap((row) => {
    if (row.gone) return [];
    const keys = [
      ...live(row.names).map(({ values }) => `names ${partsOf(values, NAME)}`),
      ...live(row.identifiers).map(({ values }) => `identifiers ${String(values['identifierType'])}|${String(values['identifier'])}`),
      ...live(row.attributes).map(({ values }) => `attributes ${String(values['attributeType'])}`),
      ...live(row.addresses).map(
        ({ values }) =>
          `addresses ${partsOf(
            values,
            Object.keys(values)
              .filter((key) => key !== 'preferred')
              .sort(),
          )}`,
      ),
    ];
    return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `person/${known(`person/${row.uuid}`)}: ${key} is there more than once`);
  });
}

const scalarEntries = (values: RowState['values']): [string, Held][] => Object.entries(values).flatMap(([key, value]) => entry(key, value));

interface Item {
  readonly key: string;
  readonly values: RowState['values'];
}

const keyed = (rows: readonly RowState[], keyOf: (values: RowState['values']) => string): readonly Item[] =>
  live(rows).map(({ values }) => ({ key: keyOf(values), values }));

const list = (name: string, items: readonly Item[], preferred: string): [string, Held][] => [
  ...items.map(({ key }): [string, Held] => [`${name}[${key}]`, true]),
  ...entry(preferred, items.find(({ values }) => values['preferred'] === true)?.key ?? items.map(({ key }) => key).sort()[0]),
];

const partsOf = (values: RowState['values'], parts: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(parts.flatMap((part) => (values[part] === null || values[part] === undefined ? [] : [[part, values[part]]]))));

/** A value that may be the uuid of a location. */
const placeOf = (value: unknown, known: Known): string | null => (typeof value === 'string' ? known(`location/${value}`) : null);
