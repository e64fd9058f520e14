import type { Deed, Made, Subject } from './deeds.js';

/** How somebody takes a record away: voids or retires it, erases it for good, or merges its patient into another. */
export const DELETIONS = ['a void', 'an erasure', 'a merge'] as const;
export type Deletion = (typeof DELETIONS)[number];

/** What somebody does to the same record at the other end meanwhile, none the wiser. */
export const EDITS = ['a field', 'a new item', 'a new record below it', 'several edits'] as const;
export type EditOfIt = (typeof EDITS)[number];

export const ENDS = ['parent', 'child'] as const;
export type End = (typeof ENDS)[number];

/** What the hub hears of first. */
export const HEARD = ['the deletion first', 'the edit first', 'both at once'] as const;
export type Heard = (typeof HEARD)[number];

/** What whoever is asked decides: what was deleted shall be, or the record lives. */
export const ANSWERS = ['it is deleted', 'it lives'] as const;
export type Answer = (typeof ANSWERS)[number];

/** One kind of record that can be taken away at one end while it is edited at the other. */
export interface Deletable {
  readonly name: string;
  readonly make: Subject['make'];
  readonly deletions: Readonly<Partial<Record<Deletion, Deed>>>;
  readonly edits: Readonly<Partial<Record<EditOfIt, Deed>>>;
}

/** One case: a record of its own. */
export interface Cell {
  readonly kind: Deletable;
  readonly deletion: Deletion;
  readonly edit: EditOfIt;
  readonly deletedAt: End;
  readonly heard: Heard;
  readonly answer: Answer;
}

export const otherEnd = (end: End): End => (end === 'parent' ? 'child' : 'parent');

export const titleOf = ({ kind, deletion, edit, deletedAt, heard, answer }: Cell): string =>
  `${kind.name}: ${deletion} at the ${deletedAt} against ${edit}, ${heard}, ${answer}`;

const of = <Name extends string>(names: readonly Name[], deeds: Readonly<Partial<Record<Name, Deed>>>): readonly Name[] =>
  names.filter((name) => deeds[name] !== undefined);

/** Every case of every kind. */
export const allCells = (kinds: readonly Deletable[]): readonly Cell[] =>
  kinds.flatMap((kind) =>
    of(DELETIONS, kind.deletions).flatMap((deletion) =>
      of(EDITS, kind.edits).flatMap((edit) =>
        ENDS.flatMap((deletedAt) => HEARD.flatMap((heard) => ANSWERS.map((answer): Cell => ({ kind, deletion, edit, deletedAt, heard, answer })))),
      ),
    ),
  );

export const part = (made: Made, name: string): string => String(made.parts[name]);
