import type { Row, Value, Values } from '../database.js';
import { localDate, localMidnight, localTime } from '../java-time.js';
import { datatypeOf, shownObsValue } from '../obs-values.js';
import { setting } from '../settings.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, findRow } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { nullPointer } from './fhir-error.js';
import { compact, isJson, type Json } from './fhir-json.js';
import { shownMoment } from './provenance.r4.js';

const UCUM = 'http://unitsofmeasure.org';
/** Units that UCUM knows, among those in common use. */
const UNITS: ReadonlySet<string> = new Set([
  'kg',
  'g',
  'mg',
  'cm',
  'm',
  'mm',
  'L',
  'mL',
  '%',
  'mm[Hg]',
  'Cel',
  '/min',
  'mmol/L',
  'mg/dL',
  'g/dL',
  'h',
  'd',
  'wk',
  'mo',
  'a',
]);

const booleanOf = ({ values }: Row, { engine }: FhirReading): boolean => values['valueCoded'] === setting(engine, 'concept.true');

/** A number whose concept allows no decimals loses them; only units of UCUM have a code (`ObservationValueTranslatorImpl`, `ObservationQuantityCodingTranslatorImpl`). */
function quantity(value: number, concept: Row | undefined, { profile }: FhirReading): Json {
  const unit = concept?.values['units'];
  const whole = profile.saysMore && concept?.values['allowDecimal'] !== true;
  const coded = profile.saysMore && typeof unit === 'string' && UNITS.has(unit) ? { system: UCUM, code: unit } : {};
  return compact({ value: whole ? Math.trunc(value) : value, unit, ...coded });
}

const midnight = (date: string, { engine }: FhirReading): number => localMidnight(date, engine.zone);

/** Dates, times and moments alike; a time is one of the first day there was. */
function momentOf({ values }: Row, reading: FhirReading): number | null {
  if (typeof values['valueDatetime'] === 'number') return values['valueDatetime'];
  if (typeof values['valueDate'] === 'string') return midnight(values['valueDate'], reading);
  if (typeof values['valueTime'] === 'string') return midnight('1970-01-01', reading) + Date.parse(`1970-01-01T${values['valueTime']}Z`);
  return null;
}

/** `ObservationValueTranslatorImpl.toFhirResource`: a drug is its concept, and what has no value of its own, a group too, is said in words. */
export function shownValue(obs: Row, members: readonly Row[], reading: FhirReading): Json {
  const { values } = obs;
  const concept = findRow(reading, 'concept', values['concept']);
  if (typeof values['valueCoded'] === 'string' && datatypeOf(obs, reading.engine) === 'Boolean') return { valueBoolean: booleanOf(obs, reading) };
  if (typeof values['valueCoded'] === 'string') return { valueCodeableConcept: shownConcept(findRow(reading, 'concept', values['valueCoded']), reading) };
  const moment = momentOf(obs, reading);
  if (moment !== null) return { valueDateTime: shownMoment(moment, reading) };
  if (typeof values['valueNumeric'] === 'number') return { valueQuantity: quantity(values['valueNumeric'], concept, reading) };
  if (typeof values['valueText'] === 'string') return { valueString: values['valueText'] };
  if (typeof values['valueComplex'] === 'string') return { valueString: values['valueComplex'].split('|')[0]?.trim() };
  return { valueString: members.map((member) => shownObsValue(member, reading.engine)).join(', ') };
}

const RANGES = { normal: 'Normal', treatment: 'Critical', absolute: 'Absolute' } as const;

/** `ObservationReferenceRangeTranslatorImpl`: of a number the ranges that its concept has. */
export function shownRanges(obs: Row, reading: FhirReading): readonly Json[] {
  const concept = findRow(reading, 'concept', obs.values['concept']);
  if (typeof obs.values['valueNumeric'] !== 'number' || concept === undefined || datatypeOf(obs, reading.engine) !== 'Numeric') return [];
  return Object.entries(RANGES).flatMap(([code, key]) => {
    const [low, high] = [concept.values[`low${key}`], concept.values[`hi${key}`]];
    if (typeof low !== 'number' && typeof high !== 'number') return [];
    const system = code === 'absolute' ? 'http://fhir.openmrs.org/ext/obs/reference-range' : 'http://terminology.hl7.org/CodeSystem/referencerange-meaning';
    return [compact({ low: { value: low }, high: { value: high }, type: { coding: [{ system, code }] } })];
  });
}

function dated(text: string, datatype: string, { engine }: FhirReading): Values {
  const { at } = readMoment(text, engine.zone);
  if (datatype === 'Date') return { valueDate: localDate(at, engine.zone) };
  if (datatype === 'Time') return { valueTime: localTime(at, engine.zone) };
  return { valueDatetime: Math.floor(at / 1000) * 1000 };
}

/** `ObservationValueTranslatorImpl.toOpenmrsType`: other kinds of value are not read, and a value that is left out stays as it is, or in 1.3.0 fails. */
export function postedValue(body: Json, datatype: string, reading: FhirReading): Values {
  const { valueQuantity, valueCodeableConcept, valueDateTime, valueInteger, valueBoolean, valueString } = body;
  if (isJson(valueQuantity)) return { valueNumeric: typeof valueQuantity['value'] === 'number' ? valueQuantity['value'] : numberMissing() };
  if (isJson(valueCodeableConcept)) return { valueCoded: conceptOf(valueCodeableConcept, reading)?.uuid ?? null };
  if (typeof valueDateTime === 'string') return dated(valueDateTime, datatype, reading);
  if (typeof valueInteger === 'number') return { valueNumeric: valueInteger };
  if (typeof valueBoolean === 'boolean') return { valueCoded: setting(reading.engine, valueBoolean ? 'concept.true' : 'concept.false') };
  if (typeof valueString === 'string') return { valueText: valueString };
  const isThere = Object.keys(body).some((key) => /^value[A-Z]/.test(key));
  if (!isThere && !reading.profile.saysMore) throw nullPointer();
  return {};
}

function numberMissing(): never {
  throw nullPointer();
}

const MEANINGS: Readonly<Record<string, Value>> = {
  ...{ N: 'NORMAL', A: 'ABNORMAL', AA: 'CRITICALLY_ABNORMAL', HH: 'CRITICALLY_HIGH', LL: 'CRITICALLY_LOW', H: 'HIGH', L: 'LOW' },
  ...{ '<': 'OFF_SCALE_LOW', '>': 'OFF_SCALE_HIGH', D: 'SIGNIFICANT_CHANGE_DOWN', U: 'SIGNIFICANT_CHANGE_UP', R: 'RESISTANT', S: 'SUSCEPTIBLE' },
  ...{ I: 'INTERMEDIATE', POS: 'POSITIVE', NEG: 'NEGATIVE', VS: 'VERY_SUSCEPTIBLE' },
};

/** `ObservationInterpretationTranslatorImpl`. */
export function shownMeaning({ values }: Row): readonly Json[] {
  const code = Object.keys(MEANINGS).find((key) => MEANINGS[key] === values['interpretation']);
  if (code === undefined) return [];
  const display = String(MEANINGS[code])
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const system = code === 'VS' ? 'http://fhir.openmrs.org/ext/obs/interpretations' : 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
  return [{ coding: [{ system, code, display }], text: display }];
}

/** Of the first coding; a code that is not known means nothing. */
export function postedMeaning(body: Json): Values {
  const [first] = Array.isArray(body['interpretation']) ? body['interpretation'] : [];
  const [coding] = isJson(first) && Array.isArray(first['coding']) ? first['coding'] : [];
  return isJson(coding) ? { interpretation: MEANINGS[String(coding['code'])] ?? null } : {};
}
