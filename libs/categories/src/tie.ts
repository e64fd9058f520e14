import type { ToldTie, Uuid } from '@sync-hub/contracts';
import { CATEGORIES, patientsOf } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';

/** The categories of what ties a patient to something that a catchment can go by. */
export const TYING_CATEGORIES = ['programenrollment', 'visit', 'encounter'] as const;
export type TyingCategory = (typeof TYING_CATEGORIES)[number];

/** Of which of them is this record? `null` for any other. */
export const tyingCategoryOf = ({ record }: Pick<CanonicalRecord, 'record'>): TyingCategory | null =>
  TYING_CATEGORIES.find((category) => CATEGORIES[category].aggregate === record.aggregate) ?? null;

/** What a record ties which patient to: nobody to anything where it is voided or not there; unknown where it does not tell. */
export function tieOf(read: CanonicalRecord): (ToldTie & { readonly patient: Uuid }) | 'none' | 'unknown' {
  const ties = CATEGORIES[read.category].hangsOn?.ties;
  if (ties === undefined || read.presence !== 'present') return 'none';
  const [patient] = patientsOf(read);
  const asked = ties.ends === undefined ? [ties.to] : [ties.to, ties.ends];
  if (patient === undefined || !asked.every((name) => read.covers.includes(name))) return 'unknown';
  const to = read.fields[ties.to];
  return {
    uuid: read.record.uuid,
    patient: patient.uuid,
    to: typeof to === 'string' ? to : null,
    isEnded: ties.ends !== undefined && (read.fields[ties.ends] ?? null) !== null,
  };
}
