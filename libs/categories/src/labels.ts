import type { Scalar } from '@sync-hub/merge';
import type { Provenance, Reference } from './canonical.js';

/** What a site calls something, by the uuid that it has everywhere. May hold names of people. */
export type Labels = Readonly<Record<string, string>>;

/** A name that is longer is cut: one of webservices.rest is a line of a page, and not a document. */
const LONGEST = 120;

/**
 * What a body calls each thing that it names, by the thing's own uuid there: the `display` that webservices.rest puts beside the uuid of everything it refers to (3.4
 * RefRepresentation, DelegatingCrudResource), else the `name` that a module's own REST gives it.
 */
export function namesTold(body: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const lookAt = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) return value.forEach(lookAt);
    const { uuid, display, name } = value as Readonly<Record<string, unknown>>;
    const told = [display, name].find((one) => typeof one === 'string' && one.trim() !== '');
    if (typeof uuid === 'string' && typeof told === 'string' && told.trim() !== uuid) names.set(uuid, told.trim().slice(0, LONGEST));
    for (const part of Object.values(value)) lookAt(part);
  };
  lookAt(body);
  return names;
}

/** What of a record is shown by a uuid, and needs a name. */
interface ToName {
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly references: readonly Reference[];
  readonly provenance: Provenance;
  /** From uuids known everywhere to the ones that the body has for them, as far as they were asked for. */
  readonly localOf: ReadonlyMap<string, string>;
}

/** The names of what the record points at, and of who made and changed it. Nothing else that the body names is kept. */
export function labelsOf(names: ReadonlyMap<string, string>, { fields, references, provenance, localOf }: ToName): Labels {
  const named = [...references.map(({ uuid }) => uuid), ...localOf.keys(), provenance.creator, provenance.changedBy, ...Object.values(fields)];
  const labels = new Map<string, string>();
  for (const uuid of named) {
    if (typeof uuid !== 'string' || labels.has(uuid)) continue;
    const label = names.get(localOf.get(uuid) ?? uuid);
    if (label !== undefined) labels.set(uuid, label);
  }
  return Object.fromEntries(labels);
}
