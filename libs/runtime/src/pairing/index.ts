export * from './accept-pair.js';
export type { FoundPair, FoundPeople } from './find-pairs.js';
export type { Alike, Likeness } from './likeness.js';
export * from './pair-link.js';
