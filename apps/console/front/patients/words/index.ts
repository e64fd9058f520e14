import type { LanguageCode } from '../../language/words.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

/** What every language has: each text of the English one. */
export type PatientWords = typeof en;

export const PATIENT_WORDS: Readonly<Record<LanguageCode, PatientWords>> = { en, fr, es };
