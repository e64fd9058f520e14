import type { Ref, Row, Values } from './database.js';
import { localMidnight, parseRestDate, restDate } from './java-time.js';
import { lookUp, type Node, resourceOf, type Site } from './resource.js';
import { conversion } from './rest-error.js';
import { setting } from './settings.js';
import { isObject, type Writer } from './writer.js';

/** Name of the datatype of the concept an obs answers; empty without a concept. */
export function datatypeOf(obs: Row, site: Site): string {
  const concept = site.database.find('concept', String(obs.values['concept']));
  return concept ? String(concept.values['datatype'] ?? 'N/A') : '';
}

export const LOCATION_MARK = 'org.openmrs.Location';
const VALUES = ['valueNumeric', 'valueText', 'valueCoded', 'valueDrug', 'valueDate', 'valueTime', 'valueDatetime', 'valueComplex'] as const;

/** The first column that holds a value, or null. */
export const heldValue = (obs: Row): (typeof VALUES)[number] | null => VALUES.find((key) => (obs.values[key] ?? null) !== null) ?? null;

function locationOf(obs: Row, site: Site): Node {
  const text = String(obs.values['valueText']);
  const found = site.database.find('location', text) ?? site.database.all('location').find(({ serial }) => String(serial) === text);
  return found ? { row: found, as: 'location' } : null;
}

function recordNamed(kind: 'concept' | 'drug', uuid: unknown, site: Site): Node {
  const found = site.database.find(kind, String(uuid));
  return found ? { row: found, as: kind } : null;
}

/** `ObsResource1_8.getValue`, `ObsResource1_11.getValueNumeric`: one key, whose type follows the datatype. A group has none. */
export function obsValue(obs: Row, site: Site): Node {
  if (datatypeOf(obs, site) === 'Complex') return { file: `obs/${obs.uuid}/value` };
  if (site.database.holding('obs', 'obsGroup', obs.uuid).length > 0) return null;
  const { values } = obs;
  switch (heldValue(obs)) {
    case 'valueDate':
      return values['valueDate'] ?? null;
    case 'valueTime':
      return restDate(localMidnight('1970-01-01', site.zone) + Date.parse(`1970-01-01T${String(values['valueTime'])}Z`), site.zone);
    case 'valueDatetime':
      return restDate(Number(values['valueDatetime']), site.zone);
    case 'valueDrug':
      return recordNamed('drug', values['valueDrug'], site);
    case 'valueCoded':
      return values['valueDrug'] ? recordNamed('drug', values['valueDrug'], site) : recordNamed('concept', values['valueCoded'], site);
    case 'valueText':
      return values['comment'] === LOCATION_MARK ? locationOf(obs, site) : (values['valueText'] ?? null);
    case 'valueNumeric':
      return values['valueNumeric'] ?? null;
    case 'valueComplex':
    case null:
      return null;
  }
}

/** `Obs.getValueAsString`, for the display. */
export function shownObsValue(obs: Row, site: Site): string {
  const { values } = obs;
  const named = site.database.find('concept', String(values['valueCoded'])) ?? site.database.find('drug', String(values['valueDrug']));
  if (datatypeOf(obs, site) === 'Boolean') return values['valueCoded'] === setting(site, 'concept.true') ? 'true' : 'false';
  if (named) return String(named.values['name']);
  const held = heldValue(obs);
  if (held === 'valueDatetime') return restDate(Number(values[held]), site.zone).slice(0, 16).replace('T', ' ');
  return held === null ? '' : String(values[held]);
}

/** `SimpleDateFormat` reads as far as its pattern goes and ignores what follows; another beginning it refuses. */
function pattern(text: string, expression: RegExp): string {
  const match = expression.exec(text);
  if (!match) throw conversion(`Unparseable date: "${text}"`);
  return match[0];
}

function numeric(text: string, concept: Row): number {
  const units = String(concept.values['units'] ?? '').trim();
  const bare = units !== '' && text.endsWith(units) ? text.slice(0, text.indexOf(units)).trim() : text;
  const number = Number(bare);
  if (bare === '' || Number.isNaN(number)) throw conversion(units === '' ? `For input string: "${text}"` : `${text} has invalid units`);
  return number;
}

function boolean(posted: unknown, site: Site): Values {
  const text = String(posted).trim().toLowerCase();
  const [yes, no] = [setting(site, 'concept.true'), setting(site, 'concept.false')];
  const isTrue = posted === true || posted === yes || ['true', '1', 'on', 'yes'].includes(text);
  const isFalse = posted === false || posted === no || ['false', '0', 'off', 'no'].includes(text);
  if (!isTrue && !isFalse) throw conversion(`Unexpected value: ${text} set as the value of boolean`);
  return { valueCoded: isTrue ? yes : no };
}

/** A concept by uuid or `SOURCE:CODE`, else a drug by uuid. */
function coded(posted: unknown, site: Site): Values {
  const key = String(isObject(posted) ? (posted['uuid'] ?? '') : posted);
  const concept = lookUp(site, resourceOf(site, 'concept'), key);
  if (concept) return { valueCoded: concept.uuid };
  const drug = lookUp(site, resourceOf(site, 'drug'), key);
  if (!drug) throw conversion(key);
  return { valueCoded: drug.values['concept'] ?? null, valueDrug: drug.uuid };
}

/** `Obs.setValueAsString`: dates of days, times and moments to the minute only, all on the server's clock and in no ISO form. */
function asString(text: string, datatype: string, concept: Row, site: Site): Values {
  if (datatype === 'Text' && text !== '') return { valueText: text };
  const trimmed = text.trim();
  if (trimmed === '') throw conversion('Cannot set value to a blank string');
  switch (datatype) {
    case 'Numeric':
      return { valueNumeric: numeric(trimmed, concept) };
    case 'Date':
      return { valueDate: pattern(trimmed, /^\d{4}-\d\d-\d\d/) };
    case 'Time':
      return { valueTime: `${pattern(trimmed, /^\d\d:\d\d/)}:00` };
    case 'Datetime':
      return { valueDatetime: parseRestDate(`${pattern(trimmed, /^\d{4}-\d\d-\d\d \d\d:\d\d/)}:00`, site.zone) };
    default:
      throw conversion(`Don't know how to handle values of datatype ${datatype}`);
  }
}

/** `ObsResource1_8.setValue`. Whatever looks like a location's uuid becomes its local id, marked in the comment. */
export function setObsValue(writer: Writer, target: Ref, posted: unknown): void {
  const { site, tx } = writer;
  if (posted === null || posted === undefined) throw conversion('The value for an observation cannot be null');
  const obs = tx.now(target);
  const concept = site.database.find('concept', String(obs.values['concept']));
  if (!concept) throw conversion('null');
  const datatype = datatypeOf(obs, site);
  if (datatype === 'Complex') return tx.set(target, { valueComplex: `raw file |${target.uuid}.raw`, complexData: String(posted) });
  if (datatype === 'Coded') return tx.set(target, { valueDrug: obs.values['valueDrug'] ?? null, ...coded(posted, site) });
  const place = site.database.find('location', String(isObject(posted) ? posted['uuid'] : posted));
  if (place) return tx.set(target, { valueText: String(place.serial), comment: LOCATION_MARK });
  if (datatype === 'Boolean') return tx.set(target, boolean(posted, site));
  return tx.set(target, asString(isObject(posted) ? JSON.stringify(posted) : String(posted), datatype, concept, site));
}
