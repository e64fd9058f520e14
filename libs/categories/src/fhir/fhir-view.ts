import { type Fields, fieldName, type Scalar } from '@sync-hub/merge';
import type { CanonicalRecord } from '../canonical.js';
import { listPathOf } from '../list.js';
import type { UuidTranslation } from '../platform.js';
import type { Writes } from '../step.js';

/** A resource of FHIR, or a part of one. */
export type FhirJson = Readonly<Record<string, unknown>>;

/** What a view goes by: the record as it stands and as it shall be, and what it is called at the site. */
export interface FhirSides {
  readonly held: CanonicalRecord;
  /** Uuids of new items. */
  readonly incoming: Pick<CanonicalRecord, 'itemUuids'>;
  readonly writes: Writes;
  /** All fields as they shall be. */
  readonly wanted: Fields;
  readonly uuid: string;
  readonly localUuid: UuidTranslation;
  /** The resource as it stands at the site; only where the view asks for it. */
  readonly there: FhirJson | null;
}

/** How fhir2 writes records of a kind. It tells less of them than REST, so that it is never read for a comparison. */
export interface FhirView {
  readonly resource: string;
  /** The oldest fhir2 of which all that is said here is true. */
  readonly since: string;
  /** What a PUT changes as it is told to, and nothing beside it: by name. All else is for REST. */
  readonly writes: readonly string[];
  /** Set where a PUT must say again what stands there. */
  readonly saysAgain?: true;
  /** Set where fhir2 does what REST cannot. It is used then whatever client is preferred. */
  readonly isBetter?: true;
  /** The resource to PUT; or, by name, the fields that it cannot say so that nothing is lost. */
  readonly put: (sides: FhirSides) => { readonly resource: FhirJson } | { readonly cannot: readonly string[] };
}

/** A write by fhir2, or the names of the fields for which it must go by REST. */
export type FhirPlan = { readonly put: { readonly path: string; readonly resource: FhirJson } } | { readonly byRest: readonly string[] };

/** What of a write fhir2 can do, all of it or nothing: no record is written by two clients at once. Voids, restores and creates are for REST. */
export function planFhir(view: FhirView, sides: FhirSides): FhirPlan {
  const { held, writes, uuid } = sides;
  const touched = [...new Set([...writes.fields.keys()].map(fieldName))];
  if (held.presence !== 'present' || writes.presence !== undefined || writes.fields.size === 0) return { byRest: touched };
  const others = touched.filter((name) => !view.writes.includes(name));
  if (others.length > 0) return { byRest: others };
  const planned = view.put(sides);
  if ('cannot' in planned) return { byRest: planned.cannot };
  return { put: { path: `${view.resource}/${uuid}`, resource: { ...planned.resource, resourceType: view.resource, id: uuid } } };
}

/** Keys of the items that a write adds to a list; `null` where it changes or takes away any, which fhir2 does not. */
export function addedOnly(list: string, { held, writes }: Pick<FhirSides, 'held' | 'writes'>): readonly string[] | null {
  const keys: string[] = [];
  for (const [path, value] of writes.fields) {
    const at = listPathOf(path);
    if (at?.list !== list) continue;
    if (value === undefined || path in held.fields) return null;
    if (at.field === null) keys.push(at.key);
  }
  return keys;
}

/** The value under a name, where it is text. */
export const textOf = (fields: Fields, name: string): string | null => {
  const value: Scalar | undefined = fields[name];
  return typeof value === 'string' ? value : null;
};

/** Without the keys that hold nothing. */
export const said = (json: Readonly<Record<string, unknown>>): FhirJson =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null && value !== undefined));
