import { z } from 'zod';

/**
 * The messages of our schemas say what is *allowed*, and nothing else; what was *found* and where is added by `problemsOf`.
 * A mapping's message is the list of its keys, from which "did you mean" is told.
 */
export const KEY_SEPARATOR = ', ';

/** A mapping that has these keys and no others. */
export const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, { error: Object.keys(shape).join(KEY_SEPARATOR) });

/** A list with at least `least` items. */
export const listOf = <Item extends z.ZodType>(item: Item, what: string, least = 0) => {
  const allowed = least === 0 ? `a list of ${what}` : `a list of ${what}, at least ${least}`;
  return z.array(item, { error: allowed }).min(least, { error: allowed });
};

/** One of a few words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) => z.enum(words, { error: words.join(' or ') });

export const trueOrFalse = z.boolean({ error: 'true or false' });

/** A switch that knows a third word. */
export const trueOrFalseOr = <const Word extends string>(word: Word) => z.union([z.boolean(), z.literal(word)], { error: `true, false or ${word}` });

/** A table with keys of one kind and values of one kind. */
export const tableOf = (key: z.ZodString, value: z.ZodString, allowed: string) => z.record(key, value, { error: allowed });

export const wholeNumber = (from: number, to: number, unit: string) => {
  const allowed = `a whole number from ${from} to ${to} (${unit})`;
  return z.int({ error: allowed }).min(from, { error: allowed }).max(to, { error: allowed });
};

/** Text that passes `fits`. */
export const textThat = (allowed: string, fits: (text: string) => boolean) => z.string({ error: allowed }).refine(fits, { error: allowed });
