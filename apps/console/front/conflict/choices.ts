import type { ConflictChoice, ConflictDetail, ConflictField } from '@sync-hub/contracts';
import { TYPED_KINDS, type Typed, typedText, typedValue } from './typed-value.js';

/** What a person has chosen for a field. What was typed is kept as it stands in the input. */
export type Chosen = { readonly take: 'parent' | 'child' } | { readonly typed: string } | { readonly removed: true };

/** By path. A field that is not here goes as it goes by itself. */
export type Choices = ReadonlyMap<string, Chosen>;

export const NO_CHOICES: Choices = new Map();

export const choose = (choices: Choices, path: string, chosen: Chosen | null): Choices =>
  new Map([...[...choices].filter(([other]) => other !== path), ...(chosen === null ? [] : [[path, chosen] as const])]);

export const canType = ({ kind, takes }: ConflictField): boolean => takes.includes('value') && TYPED_KINDS.includes(kind);

export const canRemove = ({ item, takes }: ConflictField): boolean => takes.includes('value') && item !== null;

/** One end's value for every field that is asked about and takes it; what was chosen for others stays. */
export function takeAll(choices: Choices, fields: readonly ConflictField[], take: 'parent' | 'child'): Choices {
  const taken = fields.filter(({ does, takes }) => does === 'ask' && takes.includes(take)).map(({ path }) => [path, { take }] as const);
  return new Map([...choices, ...taken]);
}

/** Begins to type where another value stands, or where nothing does: from what the parent holds. */
export const beginTyping = (field: ConflictField, choices: Choices): Chosen => {
  const chosen = choices.get(field.path);
  if (chosen !== undefined && 'typed' in chosen) return chosen;
  const from = chosen !== undefined && 'take' in chosen ? field[chosen.take] : field.parent;
  return { typed: typedText(field.kind, from.value) };
};

/** What is typed into a field, read; null where nothing is. */
export function typedInto(field: ConflictField, chosen: Chosen | undefined): Typed | null {
  return chosen !== undefined && 'typed' in chosen ? typedValue(field.kind, chosen.typed, { isItem: field.item !== null }) : null;
}

/** The choices as the desk takes them; null where something that was typed is not right yet. */
export function asAnswered(fields: readonly ConflictField[], choices: Choices): ConflictChoice[] | null {
  const answered: ConflictChoice[] = [];
  for (const field of fields) {
    const chosen = choices.get(field.path);
    if (chosen === undefined) continue;
    if ('take' in chosen) answered.push({ path: field.path, take: chosen.take });
    else if ('removed' in chosen) answered.push({ path: field.path });
    else {
      const typed = typedInto(field, chosen);
      if (typed === null || 'problem' in typed) return null;
      answered.push({ path: field.path, value: valueUntouched(field, chosen.typed) ?? typed.value });
    }
  }
  return answered;
}

/** An input shows a moment in the reader's own zone, and a text with its own ends of lines: what nobody touched goes back as it came. */
function valueUntouched({ kind, parent, child }: ConflictField, text: string): string | null {
  const same = [parent, child].find(({ value }) => typeof value === 'string' && typedText(kind, value) === text);
  return typeof same?.value === 'string' ? same.value : null;
}

/** Paths at which an end holds something else than it did. */
export function whatIsNew(before: ConflictDetail, now: ConflictDetail): ReadonlySet<string> {
  const seen = new Map(before.fields.map((field) => [field.path, seenIn(field)]));
  return new Set(now.fields.filter((field) => seen.get(field.path) !== seenIn(field)).map(({ path }) => path));
}

const seenIn = ({ parent, child }: ConflictField): string => JSON.stringify([parent.value ?? null, parent.isKnown, child.value ?? null, child.isKnown]);

/** What was chosen for fields that are as they were, and are still there. */
export const stillStanding = (choices: Choices, now: ConflictDetail, news: ReadonlySet<string>): Choices =>
  new Map([...choices].filter(([path]) => !news.has(path) && now.fields.some((field) => field.path === path)));
