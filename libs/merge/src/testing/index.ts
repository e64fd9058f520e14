import type { Scalar } from '../fields.js';
import type { MergeRule } from '../rules.js';
import type { AgreedSide, Agreement, Decision, Presence, Version } from '../version.js';

type Content = Readonly<Record<string, Scalar>>;

/** A version that covers the names of its fields and those given. */
export function versionOf(
  fields: Content,
  extra: { readonly presence?: Presence; readonly covers?: readonly string[]; readonly stamp?: string; readonly rules?: readonly MergeRule[] } = {},
): Version {
  return {
    presence: extra.presence ?? 'present',
    fields,
    covers: extra.covers ?? namesOf(fields),
    stamp: extra.stamp ?? JSON.stringify(fields),
    ...(extra.rules === undefined ? {} : { rules: extra.rules }),
  };
}

export const VOIDED: Version = { presence: 'voided', fields: {}, covers: [], stamp: 'voided' };
export const GONE: Version = { presence: 'gone', fields: {}, covers: [], stamp: 'gone' };
export const ABSENT: Version = { presence: 'absent', fields: {}, covers: [], stamp: 'absent' };

export function sideOf(fields: Content, extra: { readonly presence?: Presence; readonly covers?: readonly string[] } = {}): AgreedSide {
  return { presence: extra.presence ?? 'present', fields, covers: extra.covers ?? namesOf(fields) };
}

/** Both sides the same where only one is given. */
export function agreementOf(
  parent: Content | AgreedSide,
  child: Content | AgreedSide = parent,
  extra: { readonly revision?: number; readonly disputed?: readonly string[] } = {},
): Agreement {
  return { revision: extra.revision ?? 1, parent: asSide(parent), child: asSide(child), ...(extra.disputed === undefined ? {} : { disputed: extra.disputed }) };
}

export const decisionOf = (path: string, seenAtParent: Scalar | undefined, seenAtChild: Scalar | undefined, value: Scalar | undefined): Decision => ({
  path,
  seenAtParent,
  seenAtChild,
  value,
});

const namesOf = (fields: Content): string[] => [...new Set(Object.keys(fields).map((path) => path.split('[')[0] ?? path))];

const asSide = (given: Content | AgreedSide): AgreedSide => (isSide(given) ? given : sideOf(given));

const isSide = (given: Content | AgreedSide): given is AgreedSide => typeof given['fields' as never] === 'object';
