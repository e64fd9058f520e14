/** What an import could not carry over as it was. `needed` must be answered before the draft loads; `changed` works otherwise now; `lost` has no counterpart. */
export interface ImportNote {
  readonly kind: 'needed' | 'changed' | 'lost';
  /** Where it stands, in Sync 2.0's or the atomfeed module's own words: `pull.classes[visit]`. */
  readonly where: string;
  readonly what: string;
}

export const needed = (where: string, what: string): ImportNote => ({ kind: 'needed', where, what });
export const changed = (where: string, what: string): ImportNote => ({ kind: 'changed', where, what });
export const lost = (where: string, what: string): ImportNote => ({ kind: 'lost', where, what });

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
