/** A FHIR resource, or a part of one, as it goes over the wire. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const listIn = (json: Json, key: string): readonly Json[] => (Array.isArray(json[key]) ? json[key].filter(isJson) : []);
export const textIn = (json: Json, key: string): string | null => (typeof json[key] === 'string' && json[key] !== '' ? json[key] : null);
export const partIn = (json: Json, key: string): Json => (isJson(json[key]) ? json[key] : {});

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isJson(value) && Object.keys(value).length === 0);

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((item) => !isEmpty(item));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      const kept = withoutEmpty(child);
      return isEmpty(kept) ? [] : [[key, kept]];
    }),
  );
}

/** Without what is empty at any depth: FHIR knows neither null nor empty lists, and HAPI leaves both out. */
export const compact = (json: Json): Json => withoutEmpty(json) as Json;

export const extensionsIn = (json: Json, url: string): readonly Json[] => listIn(json, 'extension').filter((extension) => extension['url'] === url);
