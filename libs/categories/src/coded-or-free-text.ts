import { RefShape, uuidOfRef } from './read-shape.js';
import { reference, type ScalarKind, text } from './scalars.js';

/**
 * What is coded, or said in words (openmrs-core 2.2 CodedOrFreeText): a concept, which of its names was chosen, and words where there is no concept. The
 * three stand in one object. A name is known by its uuid, by which no server is asked for one without its concept, so that it is not waited for.
 */
export const CODED_OR_FREE_TEXT: Readonly<Record<'coded' | 'specificName' | 'nonCoded', ScalarKind>> = {
  coded: reference('concept', null),
  specificName: {
    shape: RefShape.nullish(),
    normalise: (value) => (value === null || value === undefined ? null : uuidOfRef(value as RefShape)),
    encode: (value) => value,
  },
  nonCoded: text,
};
