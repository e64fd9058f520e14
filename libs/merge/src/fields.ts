/** One value of a field, after normalisation. `null` says the field is there and empty. */
export type Scalar = string | number | boolean | null;

/**
 * The content of a record as one flat map. A path is a field's name (`gender`), or an item of a list under its natural
 * key (`names[{"familyName":"Doe",…}]`), or a field of such an item (`identifiers[OpenMRS ID|100GEJ].location`).
 * An item that is not there has no path. Paths can hold patient data: only `fieldName` of one may be logged.
 */
export type Fields = Readonly<Record<string, Scalar>>;

/** The name before the first `[`: what may be shown, logged and counted. */
export function fieldName(path: string): string {
  const bracket = path.indexOf('[');
  return bracket === -1 ? path : path.slice(0, bracket);
}

/** The path of one item of a list. */
export const itemPath = (list: string, key: string): string => `${list}[${key}]`;

/** True for an item of a list or a field of one, whose absence means "not there" wherever the list is covered. */
export const isOfList = (path: string): boolean => path.includes('[');

/** The names of several paths, each once, sorted. */
export const fieldNames = (paths: Iterable<string>): string[] => [...new Set([...paths].map(fieldName))].sort();
