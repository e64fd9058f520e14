import { ADMISSION } from './admission.js';
import { CLINICAL_LISTS } from './clinical-lists.js';
import { ENDING } from './ending.js';
import { MERGING } from './merging.js';
import type { Mutation } from './mutation.js';
import { SAFE } from './safe.js';
import { SILENCE } from './silence.js';
import { SITES } from './sites.js';
import { WAITING } from './waiting.js';
import { WRITING } from './writing.js';

/** Every mechanism that is taken out, by what it is of. */
export const MUTATIONS: readonly Mutation[] = [...ENDING, ...MERGING, ...WRITING, ...ADMISSION, ...WAITING, ...SITES, ...SILENCE, ...SAFE, ...CLINICAL_LISTS];
