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

/** What covers a field of a list's items. */
export const coverName = (list: string, field: string): string => `${list}.${field}`;

/** The name under which a path is covered: a field's or a list's own, or `list.field` for a field of an item. Keys may hold brackets: an item's path ends with one. */
export function coverNameOf(path: string): string {
  const close = path.lastIndexOf(']');
  return close === -1 || close === path.length - 1 ? fieldName(path) : coverName(fieldName(path), path.slice(close + 2));
}

/**
 * Do these names cover the path? A list's name covers its items, and all their fields too, unless fields of it are named beside
 * it (`obs`, `obs.comment`): then only those.
 */
export function coversPath(names: readonly string[], path: string): boolean {
  const list = fieldName(path);
  if (!names.includes(list)) return false;
  const own = coverNameOf(path);
  return own === list || names.includes(own) || !names.some((name) => name.startsWith(`${list}.`));
}

/** The path of one item of a list. */
export const itemPath = (list: string, key: string): string => `${list}[${key}]`;

/** True for an item of a list or a field of one, whose absence means "not there" wherever the list is covered. */
export const isOfList = (path: string): boolean => path.includes('[');

/** The names of several paths, each once, sorted. */
export const fieldNames = (paths: Iterable<string>): string[] => [...new Set([...paths].map(fieldName))].sort();
