import type { Row, Value } from '../database.js';
import { localDate } from '../java-time.js';
import type { FhirReading } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { type Json, textIn } from './fhir-json.js';

/** `BirthDateTranslatorImpl`: an estimated one is shown as its year, or of a child of five and less as its month. */
export function shownBirthDate({ values }: Row, { engine }: FhirReading): string | null {
  const born = values['birthdate'];
  if (typeof born !== 'string') return null;
  if (values['birthdateEstimated'] !== true) return born;
  const today = localDate(engine.now(), engine.zone);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0);
  return born.slice(0, years > 5 ? 4 : 7);
}

/** A year or a month is an estimate, of its first day. */
export function postedBirthDate(body: Json, { engine }: FhirReading): Record<string, Value> {
  const text = textIn(body, 'birthDate');
  if (text === null) return {};
  const { start, precision } = readMoment(text, engine.zone);
  return { birthdate: localDate(start, engine.zone), birthdateEstimated: precision === 'year' || precision === 'month' };
}

const GENDERS: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other', U: 'unknown' };
/** `GenderTranslatorImpl`; any other letter is not shown. */
export const shownGender = ({ values }: Row): string | null => GENDERS[String(values['gender']).toUpperCase()] ?? null;
export function postedGender(body: Json): Record<string, Value> {
  const gender = textIn(body, 'gender');
  return gender === null ? {} : { gender: Object.keys(GENDERS).find((letter) => GENDERS[letter] === gender) ?? null };
}

/** `gender` in a search: other and unknown ask for those who have none (`SearchQueryHelper.handleGender`). */
export const genderFits = ({ values }: Row, wanted: string): boolean =>
  wanted === 'male' || wanted === 'female' ? values['gender'] === (wanted === 'male' ? 'M' : 'F') : (values['gender'] ?? null) === null;
