import type { Body } from './category-spec.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { instantOf } from './scalars.js';

/** Who saved a row last, by the account's uuid at its site, and when: an instant in UTC, to the second. */
export interface Hand {
  readonly by: string;
  readonly at: string;
}

/** In the order in which they come to a row that has several of one second. */
const ACTS = [
  ['creator', 'dateCreated'],
  ['changedBy', 'dateChanged'],
  ['retiredBy', 'dateRetired'],
  ['voidedBy', 'dateVoided'],
] as const;

/** The last hand on each row of a body, and on what its groups hold; of a row nothing where its `auditInfo` does not tell who and when (webservices.rest ConversionUtil.getAuditInfo). */
export function handsOn(rows: readonly unknown[]): readonly Hand[] {
  return rows.flatMap((value) => {
    const row = (value ?? {}) as Body;
    const members = Array.isArray(row['groupMembers']) ? (row['groupMembers'] as readonly unknown[]) : [];
    return [...lastHandOn((row['auditInfo'] ?? {}) as Body), ...handsOn(members)];
  });
}

function lastHandOn(audit: Body): readonly Hand[] {
  const hands = ACTS.flatMap(([who, when]): readonly Hand[] => {
    const user = RefShape.safeParse(audit[who]);
    const at = typeof audit[when] === 'string' ? instantOf(audit[when]) : null;
    return user.success && at !== null ? [{ by: uuidOfRef(user.data), at }] : [];
  });
  const [first, ...others] = hands;
  return first === undefined ? [] : [others.reduce((last, hand) => (hand.at >= last.at ? hand : last), first)];
}
