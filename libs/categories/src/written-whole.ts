import { RefusedError } from '@sync-hub/contracts';
import { type Fields, fieldName } from '@sync-hub/merge';
import type { CategorySpec } from './category-spec.js';
import type { Platform } from './platform.js';
import type { Writes } from './step.js';

/** What a client that says a record in one request cannot say of it. */
export interface WrittenWhole {
  /** Scalars and lists that stay as they are where a body leaves them out, so that none of them is emptied. */
  readonly neverEmptied: readonly string[];
  /** Names of the fields whose values a site of that platform cannot hold. Nothing is sent then. */
  readonly cannotHold?: (fields: Fields, platform: Platform) => readonly string[];
}

/** Refuses values that the site cannot hold, before anything is sent. */
export function requireHeld(spec: CategorySpec, { cannotHold }: WrittenWhole, fields: Fields, platform: Platform): void {
  const cannot = cannotHold?.(fields, platform) ?? [];
  if (cannot.length > 0) throw new RefusedError('cannot-hold', `the site has no such ${cannot.join(', ')} of a ${spec.name}`, { fields: cannot });
}

/** Refuses to empty what is never emptied, and to change what is fixed. */
export function requireSayable(spec: CategorySpec, { neverEmptied }: WrittenWhole, { fields }: Writes, wanted: Fields): void {
  const touched = new Set([...fields.keys()].map(fieldName));
  const left = new Set(Object.entries(wanted).flatMap(([path, value]) => (value === null ? [] : [fieldName(path)])));
  const emptied = neverEmptied.filter((name) => touched.has(name) && !left.has(name));
  const fixed = (spec.fixed ?? []).filter((name) => fields.has(name));
  const cannot = [...new Set([...emptied, ...fixed])];
  if (cannot.length > 0) throw new RefusedError('cannot-change', `${cannot.join(', ')} of a ${spec.name} cannot be changed so there`, { fields: cannot });
}
