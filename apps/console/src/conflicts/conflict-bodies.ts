import { ConflictAnswer } from '@sync-hub/contracts';
import { z } from 'zod';

/** Can a database keep this text, and give it back as it was? */
const isKeepable = (text: string): boolean => !/\p{Surrogate}|\0/u.test(text);

const KEEPABLE = 'is text without half characters and without the character 0';

const Text = (most: number) => z.string('is text').max(most, `is text of ${most} characters at most`).refine(isKeepable, KEEPABLE);

/** Who acts, by the name that stands in the history, as whoever has the console's own token says it; of who is signed in it is the account's name. */
export const Name = Text(100)
  .refine((name) => name.trim() !== '', 'is the name of a person')
  .optional();

export const Said = Text(2000).refine((text) => text.trim() !== '', 'is text, and not empty');

/** Why somebody is stopped, or something; `problem` says for whom it is said. */
export const WhyStopped = (problem: string) =>
  z
    .string(problem)
    .max(1000, 'is 1000 characters at most')
    .refine(isKeepable, KEEPABLE)
    .refine((text) => text.trim() !== '', problem);

/** Names the place of each value that a database could not keep. */
function keepable({ choices, note = '' }: ConflictAnswer, context: { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void }): void {
  const refuse = (...path: PropertyKey[]): void => context.addIssue({ code: 'custom', path, message: KEEPABLE });
  for (const [index, choice] of choices.entries()) if ('value' in choice && !isKeepable(String(choice.value))) refuse('choices', index, 'value');
  if (!isKeepable(note)) refuse('note');
}

export const PreviewBody = ConflictAnswer.superRefine(keepable);

export const AnswerBody = ConflictAnswer.extend({ by: Name }).superRefine(keepable);

/** An empty owner gives it back. */
export const AssignBody = z.strictObject({ owner: Text(100), by: Name });

export const NoteBody = z.strictObject({ text: Said, by: Name });

export const DismissBody = z.strictObject({ reason: Said, version: z.int().positive(), by: Name });
