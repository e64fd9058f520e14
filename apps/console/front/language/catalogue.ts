import { en } from './en.js';

/** What every language has: each text of the English one. */
export type Catalogue = {
  readonly [Key in keyof typeof en]: (typeof en)[Key] extends (...args: infer Args) => string ? (...args: Args) => string : string;
};
