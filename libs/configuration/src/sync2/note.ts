/** What became of a setting. `needed` must be answered before the draft loads; `changed` works otherwise now; `lost` has no counterpart; `kept` means here what it meant there. */
export interface ImportNote {
  readonly kind: 'needed' | 'changed' | 'lost' | 'kept';
  /** Where it stands, in Sync 2.0's or the atomfeed module's own words: `pull.classes[visit]`. */
  readonly where: string;
  readonly what: string;
}

export const needed = (where: string, what: string): ImportNote => ({ kind: 'needed', where, what });
export const changed = (where: string, what: string): ImportNote => ({ kind: 'changed', where, what });
export const lost = (where: string, what: string): ImportNote => ({ kind: 'lost', where, what });

export const kept = (where: string, what: string): ImportNote => ({ kind: 'kept', where, what });
/** The same of several entries of a list: none where there are none. */
export const keptOf = (list: string, names: readonly string[], what: string): ImportNote[] =>
  names.length === 0 ? [] : [kept(`${list}[${names.join(', ')}]`, what)];
/** What stood in entries of a list, and is of no use here: none where no entry has it. */
export const unusedKeys = (list: string, entries: readonly Json[], keys: readonly string[], what: string): ImportNote[] =>
  keys.filter((key) => entries.some((entry) => entry[key] !== undefined)).map((key) => changed(`${list}[].${key}`, what));

export type Json = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
export const objectsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
/** The atomfeed module takes its switches as text too (atomfeed 1.0.12, `"enabled": "true"`). */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

/** Keys that neither Sync 2.0 nor we know: Sync 2.0 refused a file that has one. */
export const unknownKeys = (value: Json, known: readonly string[], where: string): ImportNote[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => lost(where === '' ? key : `${where}.${key}`, 'an unknown key'));
