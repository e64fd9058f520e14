import type { Agreement, Decision, Version } from '@sync-hub/merge';
import { type Base, type Decided, FIELDS, type Field, type Seen, type Value } from './world.js';

type Values = Readonly<Record<Field, Value>>;
const versions = new Map<string, Version>();

/** What a look saw, as the product's functions are given it. The same content is the same object, for speed. */
export function versionOf({ f, g }: Values, stamp = ''): Version {
  const key = `${f} ${g} ${stamp}`;
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version: Version = { presence: 'present', fields: { f, g }, covers: FIELDS, stamp };
  versions.set(key, version);
  return version;
}

export const valuesOf = (seen: Seen): Values => ({ f: seen.f.v, g: seen.g.v });

export const asVersion = (seen: Seen): Version => versionOf(valuesOf(seen));

/** The revision of an agreement as it stands; revisions are told apart by how far they are ahead of it. */
const STANDING = 1;

/** How many revisions ahead of the standing one. */
export const aheadOf = (agreement: Agreement | null): number => (agreement === null || agreement.revision === 0 ? 0 : agreement.revision - STANDING);

export function asAgreement(base: Base | null, ahead = 0): Agreement | null {
  if (base === null) return null;
  const side = (fields: Base['parent']) => ({ presence: 'present' as const, fields, covers: FIELDS });
  return { revision: STANDING + ahead, parent: side(base.parent), child: side(base.child), ...(base.disputed.length > 0 ? { disputed: base.disputed } : {}) };
}

export function asBase({ parent, child, disputed }: Agreement): Base {
  const only = (fields: Agreement['parent']['fields']): Base['parent'] =>
    Object.fromEntries(FIELDS.filter((field) => fields[field] !== undefined).map((field) => [field, fields[field]]));
  return { parent: only(parent.fields), child: only(child.fields), disputed: FIELDS.filter((field) => (disputed ?? []).includes(field)) };
}

export const asDecisions = (decided: readonly Decided[]): Decision[] =>
  decided.map(({ field, atParent, atChild, value }) => ({ path: field, seenAtParent: atParent, seenAtChild: atChild, value }));

/** The decisions that a function left, with what the model knows of each besides. */
export function asDecided(left: readonly Decision[], before: readonly Decided[]): Decided[] {
  return left.flatMap(({ path, seenAtParent, seenAtChild, value }) => {
    const known = before.find((one) => one.field === path && one.value === value);
    return known === undefined ? [] : [{ ...known, atParent: seenAtParent as Value, atChild: seenAtChild as Value }];
  });
}
