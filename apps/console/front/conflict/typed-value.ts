import type { ConflictFieldKind, ConflictValue } from '@sync-hub/contracts';
import type { Catalogue } from '../language/catalogue.js';

/** What was typed, as the field holds it; or what would be right, by its key in the catalogue. */
export type Typed = { readonly value: string | number | boolean | null } | { readonly problem: keyof Catalogue };

/** Kinds of field into which a person can type. */
export const TYPED_KINDS: readonly ConflictFieldKind[] = ['text', 'number', 'boolean', 'date', 'instant', 'presence'];

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads what stands in the input of a field: nothing is no value, except in an item of a list, which has one or is taken away. */
export function typedValue(kind: ConflictFieldKind, text: string, { isItem }: { readonly isItem: boolean }): Typed {
  if (text === '') return isItem || kind === 'presence' ? { problem: 'mustBeFilled' } : { value: null };
  switch (kind) {
    case 'number':
      return NUMBER.test(text.trim()) ? { value: Number(text) } : { problem: 'mustBeNumber' };
    case 'boolean':
      return { value: text === 'true' };
    case 'date':
      return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? { value: text } : { problem: 'mustBeDate' };
    case 'instant':
      return Number.isNaN(Date.parse(text)) ? { problem: 'mustBeInstant' } : { value: momentOf(text) };
    default:
      return text === text.trim() ? { value: text } : { problem: 'noBlanksAtEnds' };
  }
}

/** A moment of the reader's own clock as fields hold it: UTC, cut to seconds. */
const momentOf = (local: string): string => `${new Date(local).toISOString().slice(0, 19)}Z`;

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A value as its input shows it. */
export function typedText(kind: ConflictFieldKind, value: ConflictValue): string {
  if (value === null || value === undefined) return '';
  if (kind !== 'instant' || Number.isNaN(Date.parse(String(value)))) return String(value);
  const at = new Date(String(value));
  const day = [String(at.getFullYear()).padStart(4, '0'), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join('-');
  return `${day}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':')}`;
}
