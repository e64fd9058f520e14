import type { z } from 'zod';

/** The same, whoever may change it, and whether what is optional may be there as `undefined`. */
type Plain<Shape> = Shape extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : Shape extends object
    ? { readonly [Key in keyof Shape]: Plain<Exclude<Shape[Key], undefined>> }
    : Shape;

type AreSame<One, Other> = [Plain<One>] extends [Plain<Other>] ? ([Plain<Other>] extends [Plain<One>] ? true : false) : false;

/** A schema of just that shape; what is missing of it, too much or otherwise does not compile. */
export const exactly =
  <Shape>() =>
  <Schema extends z.ZodType>(schema: AreSame<z.output<Schema>, Shape> extends true ? Schema : never): Schema =>
    schema;
