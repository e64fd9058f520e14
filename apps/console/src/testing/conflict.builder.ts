import type { ConflictDetail, ConflictField, ConflictSide, ConflictSummary, ConflictValue } from '@sync-hub/contracts';

export const side = (value: ConflictValue, label: string | null = null): ConflictSide => ({ value, label, isKnown: true });

export const UNSEEN: ConflictSide = { value: undefined, label: null, isKnown: false };

/** An id of that number. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A field that both ends edited: base, parent and child. */
export function aField(path: string, base: ConflictValue, parent: ConflictValue, child: ConflictValue, more: Partial<ConflictField> = {}): ConflictField {
  return {
    path,
    field: path.replace(/\[.*$/s, ''),
    item: null,
    kind: 'text',
    base: { parent: side(base), child: side(base) },
    parent: side(parent),
    child: side(child),
    does: 'ask',
    why: 'both-edited',
    takes: ['parent', 'child', 'value'],
    ...more,
  };
}

const edited = (field: ConflictField): boolean => field.does === 'ask';

/** A conflict of a patient between central and kisumu, with these fields. */
export function aConflict(number: number, fields: readonly ConflictField[], more: Partial<ConflictSummary> = {}): ConflictDetail {
  const conflict: ConflictSummary = {
    id: idOf(number),
    link: 'kisumu',
    parent: 'central',
    child: 'kisumu',
    record: { aggregate: 'person', uuid: `8d6c993e-c2cc-11de-8d13-${String(number).padStart(12, '0')}` },
    category: 'patient',
    reason: 'both-edited',
    fields: [...new Set(fields.filter(edited).map(({ field }) => field))].sort(),
    state: 'open',
    owner: null,
    version: 1,
    openedAt: new Date(Date.now() - number * 3_600_000).toISOString(),
    updatedAt: new Date(Date.now() - 1_800_000).toISOString(),
    waitingBehind: 0,
    jobId: idOf(number + 1000),
    ...more,
  };
  return {
    conflict,
    titles: { parent: 'Central', child: 'Kisumu clinic' },
    fields,
    authors: {
      parent: { who: 'u-1', label: 'Amina Okello', at: new Date(Date.now() - 7_200_000).toISOString() },
      child: { who: 'u-2', label: null, at: new Date(Date.now() - 3_900_000).toISOString() },
    },
    dashboards: { parent: `http://127.0.0.1:9/openmrs/patient/${number}`, child: null },
    notes: [],
  };
}

/** A patient with something of every kind: asked, merged by itself, and equal. */
export const aPatientConflict = (number = 1, more: Partial<ConflictSummary> = {}): ConflictDetail =>
  aConflict(
    number,
    [
      aField('birthdate', '1980-03-01', '1980-03-11', '1981-03-01', { kind: 'date' }),
      aField('gender', 'F', 'F', 'O', { kind: 'text' }),
      aField('dead', false, true, false, { kind: 'boolean', does: 'to-child', why: 'one-end-edited' }),
      aField('names[{"familyName":"Okello","givenName":"Achieng"}]', null, null, null, {
        item: 'Achieng Okello',
        kind: 'item',
        base: null,
        parent: side(true, 'Achieng Okello'),
        child: side(undefined),
        does: 'to-child',
        why: 'only-one-end-has-it',
      }),
      aField('attributes[phone]', '+254700000001', '+254700000001', '+254700000001', { item: 'Telephone Number', does: 'nothing', why: 'both-hold-it' }),
      aField('birthdateEstimated', true, true, true, { kind: 'boolean', does: 'nothing', why: 'both-hold-it' }),
    ],
    more,
  );
