import { CARE_CATEGORIES, type CanonicalRecord, conceptsNamedBy } from '@sync-hub/categories';
import type { Exclude } from './exclude.schema.js';

/** Why a link keeps a record at its site, or cannot tell whether it should. One word for type and concept: which of them it was would itself tell of the patient. */
export const EXCLUDED = ['excluded', 'exclusion-unknown'] as const;
export type Excluded = (typeof EXCLUDED)[number];

/** Does the link exclude anything? */
export const excludesAnything = (exclude: Exclude): boolean => exclude !== undefined && exclude.encounterTypes.length + exclude.concepts.length > 0;

/**
 * Why the record must stay where it is by what the link excludes; `null` where it need not. Of what hangs on a patient alone. An encounter with one
 * excluded obs stays whole. What does not tell its type, or its obs, stays.
 */
export function whyExcluded(exclude: Exclude, record: CanonicalRecord): Excluded | null {
  if (exclude === undefined || !excludesAnything(exclude) || !CARE_CATEGORIES.includes(record.category)) return null;
  if (record.presence === 'voided' && record.covers.length === 0) return null;
  if (namesConcept(exclude, record) || isOfType(exclude, record)) return 'excluded';
  return tellsAll(exclude, record) ? null : 'exclusion-unknown';
}

const namesConcept = ({ concepts }: NonNullable<Exclude>, record: CanonicalRecord): boolean => {
  const named = concepts.length === 0 ? new Set<string>() : conceptsNamedBy(record);
  return concepts.some((concept) => named.has(concept));
};

const isOfType = ({ encounterTypes }: NonNullable<Exclude>, { fields }: CanonicalRecord): boolean =>
  encounterTypes.some((type) => type === fields['encounterType']);

/** Only an encounter has a type; encounters and obs have obs. */
function tellsAll({ encounterTypes, concepts }: NonNullable<Exclude>, { category, covers, fields }: CanonicalRecord): boolean {
  const tellsType = category !== 'encounter' || encounterTypes.length === 0 || typeof fields['encounterType'] === 'string';
  const hasObs = category === 'encounter' || category === 'observation';
  return tellsType && (!hasObs || concepts.length === 0 || covers.includes('obs'));
}
