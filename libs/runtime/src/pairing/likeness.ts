import { type CanonicalRecord, listPathOf } from '@sync-hub/categories';
import type { PatientIdentifier } from '@sync-hub/openmrs';

/** Whether something that two records say of a person speaks for one person or for two. */
export type Alike = 'same' | 'similar' | 'other' | 'unknown';

/** What two patients have in common, and what not. */
export interface Likeness {
  /** `similar`: they share a part of a name, in whatever place. */
  readonly name: Alike;
  /** `similar`: one of the two is estimated, and they are two years apart at most; or one digit differs. */
  readonly birthdate: Alike;
  readonly gender: Alike;
}

type Said = Pick<CanonicalRecord, 'fields'>;

/** Compares what two records say of who the person is. What one does not say is unknown, never other. */
export const likenessOf = (one: Said, other: Said): Likeness => ({
  name: namesAlike(namesIn(one), namesIn(other)),
  birthdate: birthdatesAlike(one, other),
  gender: equalOr('other', wordOf(one.fields['gender']), wordOf(other.fields['gender'])),
});

/** The identifiers that a patient has, with their types as they are known everywhere. */
export const identifiersIn = ({ fields }: Said): readonly PatientIdentifier[] =>
  itemsOf(fields, 'identifiers').map((key) => ({ type: key.slice(0, key.indexOf('|')), identifier: key.slice(key.indexOf('|') + 1) }));

/** The name that a person would call the patient by. */
export function nameIn({ fields }: Said): string {
  const preferred = fields['preferredName'];
  const key = typeof preferred === 'string' ? preferred : itemsOf(fields, 'names')[0];
  const parts = key === undefined ? {} : partsOf(key);
  return [parts['givenName'], parts['middleName'], parts['familyName']].filter((part) => part !== undefined && part !== '').join(' ');
}

const itemsOf = (fields: CanonicalRecord['fields'], list: string): readonly string[] =>
  Object.keys(fields).flatMap((path) => {
    const at = listPathOf(path);
    return at?.list === list && at.field === null ? [at.key] : [];
  });

const partsOf = (key: string): Readonly<Record<string, string>> => JSON.parse(key) as Record<string, string>;

/** Each name as its words, without marks and case, in no order: people write the family name first or last. */
const namesIn = ({ fields }: Said): readonly (readonly string[])[] =>
  itemsOf(fields, 'names').map((key) =>
    ['givenName', 'middleName', 'familyName', 'familyName2']
      .flatMap((part) => plain(partsOf(key)[part] ?? '').split(/[^\p{L}\p{N}]+/u))
      .filter((word) => word !== '')
      .sort(),
  );

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function namesAlike(one: readonly (readonly string[])[], other: readonly (readonly string[])[]): Alike {
  if (one.length === 0 || other.length === 0) return 'unknown';
  if (one.some((name) => other.some((theirs) => name.join(' ') === theirs.join(' ')))) return 'same';
  const words = new Set(other.flat());
  return one.flat().some((word) => word.length > 1 && words.has(word)) ? 'similar' : 'other';
}

function birthdatesAlike({ fields: one }: Said, { fields: other }: Said): Alike {
  const [here, there] = [wordOf(one['birthdate']), wordOf(other['birthdate'])];
  if (here === null || there === null || here === there) return equalOr('other', here, there);
  const isEstimated = one['birthdateEstimated'] === true || other['birthdateEstimated'] === true;
  const yearsApart = Math.abs(Number(here.slice(0, 4)) - Number(there.slice(0, 4)));
  return (isEstimated && yearsApart <= 2) || digitsApart(here, there) === 1 ? 'similar' : 'other';
}

const digitsApart = (one: string, other: string): number => [...one].filter((digit, index) => digit !== other[index]).length;

const wordOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? plain(value.trim()) : null);

const equalOr = (else_: Alike, one: string | null, other: string | null): Alike =>
  one === null || other === null ? 'unknown' : one === other ? 'same' : else_;
