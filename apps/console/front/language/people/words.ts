import type { peopleEn } from './en.js';

/** What every language says of accounts. */
export type PeopleWords = {
  readonly [Key in keyof typeof peopleEn]: (typeof peopleEn)[Key] extends (...args: infer Args) => string ? (...args: Args) => string : string;
};
