import type { Row, Value } from '../database.js';
import type { FhirReading } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { invalid } from './fhir-error.js';
import type { FhirResource } from './fhir-resource.js';

/** Does a row fit one value of a parameter? `modifier` is what follows the colon in its name. */
export type Parameter = (row: Row, value: string, modifier: string, reading: FhirReading) => boolean;

type Read<T> = (row: Row, reading: FhirReading) => T;

/** `code` or `system|code`: whatever system is named, the code counts, as in most of the module's handlers. */
export const token =
  (read: Read<readonly (Value | undefined)[]>): Parameter =>
  (row, value, _modifier, reading) =>
    read(row, reading).includes(value.slice(value.lastIndexOf('|') + 1));

/** `SearchQueryHelper.propertyLike`: the beginning, whatever the case, unless `:exact` or `:contains`. */
export const string =
  (read: Read<readonly (Value | undefined)[]>): Parameter =>
  (row, value, modifier, reading) => {
    const wanted = value.toLowerCase();
    const fits = (held: string): boolean =>
      modifier === 'exact' ? held === value : modifier === 'contains' ? held.toLowerCase().includes(wanted) : held.toLowerCase().startsWith(wanted);
    return read(row, reading).some((held) => typeof held === 'string' && fits(held));
  };

/** `uuid` or `Type/uuid`, of a row that is held by that uuid; `:Type.chain` and `chain` are left out. */
export const reference =
  (read: Read<Value | undefined>): Parameter =>
  (row, value, _modifier, reading) =>
    read(row, reading) === value.slice(value.lastIndexOf('/') + 1);

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)$/;

/** `SearchQueryHelper.handleDate`: seconds at the finest, `gt` is `ge`, and `lt` is `le` of the end, that end included. */
export const date =
  (read: Read<Value | undefined>): Parameter =>
  (row, value, _modifier, reading) => {
    const [, prefix = 'eq', text = ''] = PREFIXED.exec(value) ?? [];
    const { start, end } = readMoment(text, reading.engine.zone);
    const held = read(row, reading);
    if (typeof held !== 'number') return false;
    if (prefix === 'ge' || prefix === 'gt') return held >= start;
    if (prefix === 'le' || prefix === 'lt') return held <= end;
    if (prefix === 'sa') return held > end;
    if (prefix === 'eb') return held < end;
    return (held >= start && held < end) === (prefix !== 'ne');
  };

/** Parameters that every search takes and that do not choose rows. */
const GENERAL = new Set([
  '_count',
  '_sort',
  '_summary',
  '_format',
  '_pretty',
  '_elements',
  '_total',
  '_include',
  '_revinclude',
  '_getpages',
  '_getpagesoffset',
  '_bundletype',
  '_lastUpdated',
  '_id',
]);

const common = (resource: FhirResource): Readonly<Record<string, Parameter>> => ({
  _id: token(({ uuid }) => [uuid]),
  _lastUpdated: date((row) => resource.updatedAt(row)),
  ...resource.parameters,
});

/** 400 for a parameter that no search method of the type takes (HAPI finds no method then). */
function refuseUnknown(resource: FhirResource, query: URLSearchParams): void {
  const names = [...query.keys()].map((name) => name.split(':')[0] ?? name);
  const foreign = names.filter((name) => !GENERAL.has(name) && !(name in resource.parameters));
  if (foreign.length > 0)
    throw invalid(
      `Invalid request: The FHIR endpoint on this server does not know how to handle GET operation[${resource.type}] with parameters [[${names.join(', ')}]]`,
    );
}

/** Rows that fit all of a query, in its order: values separated by commas are alternatives, repeated parameters must all fit. By default in the order in which rows were made. */
export function found(resource: FhirResource, query: URLSearchParams, reading: FhirReading): readonly Row[] {
  refuseUnknown(resource, query);
  const parameters = common(resource);
  const conditions = [...query].flatMap(([key, value]) => {
    const [name = '', modifier = ''] = key.split(':');
    const fits = parameters[name];
    return fits === undefined || value === '' ? [] : [(row: Row): boolean => value.split(',').some((one) => fits(row, one, modifier, reading))];
  });
  const rows = resource
    .all(reading)
    .filter((row) => !resource.isGone(row) && (resource.isFoundAlways?.(row) === true || conditions.every((fits) => fits(row))));
  return sorted(resource, rows, query.get('_sort') ?? '', reading);
}

function sorted(resource: FhirResource, rows: readonly Row[], sort: string, reading: FhirReading): readonly Row[] {
  const keys = sort
    .split(',')
    .filter(Boolean)
    .map((key) => ({ name: key.replace(/^-/, ''), sign: key.startsWith('-') ? -1 : 1 }));
  const read = (name: string, row: Row): Value => {
    if (name === '_lastUpdated') return resource.updatedAt(row);
    if (name === '_id') return row.uuid;
    return resource.sorts?.[name]?.(row, reading) ?? null;
  };
  const table = (row: Row): number => resource.table?.(row) ?? 0;
  return [...rows].sort((a, b) => {
    if (table(a) !== table(b)) return table(a) - table(b);
    for (const { name, sign } of keys) {
      const [left, right] = [read(name, a) ?? '', read(name, b) ?? ''];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.serial - b.serial;
  });
}
