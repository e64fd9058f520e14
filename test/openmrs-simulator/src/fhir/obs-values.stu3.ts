import type { Row, Values } from '../database.js';
import { localDate, localMidnight } from '../java-time.js';
import { membersOf } from '../obs-saving.js';
import { datatypeOf, shownObsValue } from '../obs-values.js';
import { setting } from '../settings.js';
import { findRow, type Stu3Reading } from './fhir-call.js';
import { fhirDateTime, readMoment } from './fhir-dates.js';
import { failed } from './fhir-error.js';
import { isJson, type Json, listIn, textIn } from './fhir-json.js';
import { answerIn, codingsOf } from './stu3-resource.js';

const UCUM = 'http://unitsofmeasure.org';

/** In words, as `Obs.getValueAsString` has it: of a group those of its members. */
function inWords(obs: Row, { engine }: Stu3Reading): string {
  const members = membersOf(engine, obs).filter(({ values }) => values['voided'] !== true);
  return members.length > 0 ? members.map((member) => shownObsValue(member, engine)).join(', ') : shownObsValue(obs, engine);
}

const whole = (start: string | null): Json => ({ valuePeriod: { start, end: start } });

/** `FHIRObsUtil.generateObs`: by the datatype of the concept; dates and moments are periods, booleans codes, times and drugs words and concepts. */
export function shownValue(obs: Row, reading: Stu3Reading): Json {
  const { values } = obs;
  const { zone } = reading.engine;
  const concept = findRow(reading, 'concept', values['concept']);
  const units = concept?.values['units'];
  switch (datatypeOf(obs, reading.engine)) {
    case 'Numeric':
      return typeof values['valueNumeric'] === 'number' ? { valueQuantity: { value: values['valueNumeric'], unit: units, system: UCUM, code: units } } : {};
    case 'Boolean':
      return { valueCodeableConcept: { coding: [{ code: String(values['valueCoded'] === setting(reading.engine, 'concept.true')) }] } };
    case 'Datetime':
      return whole(typeof values['valueDatetime'] === 'number' ? fhirDateTime(values['valueDatetime'], zone) : null);
    case 'Date':
      return whole(typeof values['valueDate'] === 'string' ? fhirDateTime(localMidnight(values['valueDate'], zone), zone) : null);
    case 'Coded': {
      const answer = findRow(reading, 'concept', values['valueCoded']);
      return answer ? { valueCodeableConcept: { coding: codingsOf(answer, reading), text: answer.values['name'] } } : {};
    }
    case 'Complex':
      return { valueAttachment: { data: Buffer.from(String(values['valueComplex'])).toString('base64'), url: `/complexObsServlet?obsId=${obs.serial}` } };
    default:
      return { valueString: typeof values['valueText'] === 'string' ? values['valueText'] : inWords(obs, reading) };
  }
}

/** Of a number the bounds beyond which nothing is taken. */
export function shownRange(obs: Row, reading: Stu3Reading): readonly Json[] {
  const concept = findRow(reading, 'concept', obs.values['concept']);
  if (!concept || datatypeOf(obs, reading.engine) !== 'Numeric') return [];
  const { units, lowAbsolute, hiAbsolute } = concept.values;
  const bound = (value: unknown): Json | null => (typeof value === 'number' ? { value, unit: units, system: UCUM, code: units } : null);
  return [{ low: bound(lowAbsolute), high: bound(hiAbsolute) }];
}

const mistaken = (to: string): never => {
  throw failed(`java.lang.ClassCastException: cannot be cast to org.hl7.fhir.dstu3.model.${to}`);
};

function start(body: Json, { engine }: Stu3Reading): number | null {
  if (!isJson(body['valuePeriod'])) return mistaken('Period');
  const text = textIn(body['valuePeriod'], 'start');
  return text === null ? null : Math.floor(readMoment(text, engine.zone).at / 1000) * 1000;
}

/** `FHIRObsUtil.generateOpenMRSObs`: another kind of value than the datatype asks for is a cast that fails; of times and groups nothing is read. */
export function postedValue(body: Json, datatype: string, reading: Stu3Reading): Values {
  const { valueQuantity, valueString, valueCodeableConcept } = body;
  const { zone } = reading.engine;
  switch (datatype) {
    case 'Numeric':
      return isJson(valueQuantity) && typeof valueQuantity['value'] === 'number' ? { valueNumeric: valueQuantity['value'] } : mistaken('Quantity');
    case 'Text':
      return typeof valueString === 'string' ? { valueText: valueString } : mistaken('StringType');
    case 'Boolean': {
      if (!isJson(valueCodeableConcept)) return mistaken('CodeableConcept');
      const isTrue = textIn(listIn(valueCodeableConcept, 'coding')[0] ?? {}, 'code')?.toLowerCase() === 'true';
      return { valueCoded: setting(reading.engine, isTrue ? 'concept.true' : 'concept.false') };
    }
    case 'Datetime':
      return { valueDatetime: start(body, reading) };
    case 'Date': {
      const at = start(body, reading);
      return { valueDate: at === null ? null : localDate(at, zone) };
    }
    case 'Coded':
      return isJson(valueCodeableConcept) ? { valueCoded: answerIn(valueCodeableConcept, reading)?.uuid ?? null } : mistaken('CodeableConcept');
    default:
      return {};
  }
}
