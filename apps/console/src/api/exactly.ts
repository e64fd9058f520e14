import type { z } from 'zod';

/** As JSON tells it: whoever may change it; what may be `undefined` may be missing, which is not the same as there being no such key; a moment is text. */
type Told<Shape> = Shape extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : Shape extends Date
    ? string
    : Shape extends object
      ? { readonly [Key in keyof Shape]-?: undefined extends Shape[Key] ? readonly [Told<Exclude<Shape[Key], undefined>>] : Told<Shape[Key]> }
      : Shape;

type AreSame<One, Other> = [Told<One>] extends [Told<Other>] ? ([Told<Other>] extends [Told<One>] ? true : false) : false;

/** A schema of just that shape, as JSON tells it; what is missing of it, too much or otherwise does not compile. */
export const exactly =
  <Shape>() =>
  <Schema extends z.ZodType>(schema: AreSame<z.output<Schema>, Shape> extends true ? Schema : never): Schema =>
    schema;
