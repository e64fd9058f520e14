import type { Ref, Row, Value, Values } from '../database.js';
import { inOneLine, RestError } from '../rest-error.js';
import type { SiteReading, Stu3Reading, Stu3Writing } from './fhir-call.js';
import { fhirDateTime, readMoment } from './fhir-dates.js';
import { nullPointer, unprocessable } from './fhir-error.js';
import { extensionsIn, isJson, type Json, listIn, textIn } from './fhir-json.js';

/** One type of openmrs-module-fhir: what of it is found under an id is live, whatever else is not there. */
export interface Stu3Resource {
  readonly type: string;
  readonly find: (reading: Stu3Reading, uuid: string) => Row | undefined;
  /** Of what there is the row of that uuid, gone or not: what PUT and DELETE look for. */
  readonly held: (reading: Stu3Reading, uuid: string) => Row | undefined;
  readonly privileges: { readonly read: string; readonly save: readonly string[]; readonly remove: string };
  /** Each search takes one parameter, and gives all at once. */
  readonly searches: Readonly<Record<string, (value: string, reading: Stu3Reading) => readonly Row[]>>;
  readonly show: (row: Row, reading: Stu3Reading) => Json;
  /** Of a body without an id a record with one of the server's, else with that. */
  readonly create: (writing: Stu3Writing, body: Json) => Ref;
  readonly update: (writing: Stu3Writing, row: Row, body: Json) => Ref;
  readonly remove?: (writing: Stu3Writing, row: Row | undefined) => void;
}

const DATE_CREATED = 'http://fhir-es.transcendinsights.com/stu3/StructureDefinition/resource-date-created';
const CREATOR = 'https://purl.org/elab/fhir/StructureDefinition/Creator-crew-version1';

/** `BaseOpenMRSDataUtil.setBaseExtensionFields`: who made, changed and voided or retired a record, and when. */
export function auditExtensions(row: Row, { engine }: SiteReading, made: Values = row.values): readonly Json[] {
  const { values } = row;
  const user = (url: string, uuid: Value | undefined): readonly Json[] => (typeof uuid === 'string' ? [{ url, valueString: engine.userName(uuid) }] : []);
  const moment = (url: string, at: Value | undefined): readonly Json[] =>
    typeof at === 'number' ? [{ url, valueDateTime: fhirDateTime(at, engine.zone) }] : [];
  const changed = typeof values['dateChanged'] === 'number' ? [...moment('dateChanged', values['dateChanged']), ...user('changedBy', values['changedBy'])] : [];
  const gone = (how: 'void' | 'retire', state: 'voided' | 'retired'): readonly Json[] => {
    if (values[state] !== true) return [];
    const by = `${state[0]?.toUpperCase() ?? ''}${state.slice(1)}`;
    const reason = { url: `${how}Reason`, valueString: values[`${how}Reason`] };
    return [{ url: state, valueBoolean: true }, ...moment(`date${by}`, values[`date${by}`]), ...user(`${state}By`, values[`${state}By`]), reason];
  };
  return [...moment(DATE_CREATED, made['dateCreated']), ...user(CREATOR, made['creator']), ...changed, ...gone('void', 'voided'), ...gone('retire', 'retired')];
}

/** What those extensions say of who made it, for a record that is made (`readBaseExtensionFields`). */
export function postedStamps(body: Json, { engine }: SiteReading): Values {
  const [at] = extensionsIn(body, DATE_CREATED).map((extension) => textIn(extension, 'valueDateTime'));
  const [by] = extensionsIn(body, CREATOR).map((extension) => textIn(extension, 'valueString'));
  const creator = typeof by === 'string' ? engine.userUuid(by) : null;
  return { ...(typeof at === 'string' ? { dateCreated: readMoment(at, engine.zone).start } : {}), ...(creator === null ? {} : { creator }) };
}

/** 422 with all that was found wrong (`FHIRUtils.checkGeneratorErrorList`). */
export function refuse(errors: readonly string[]): void {
  if (errors.length > 0)
    throw unprocessable(`The request cannot be processed due to following issues \n${errors.map((error, i) => `${i + 1} : ${error}`).join('\n')}`);
}

/** What core says of a record that it does not take. */
export const wordsOf = (error: RestError): string => (error.parts.fieldErrors === undefined ? error.message : inOneLine(error));

/** What core refuses is 422 where the module catches it; where it does not, HAPI makes 500 of it. */
export function caught(error: unknown): unknown {
  return error instanceof RestError ? unprocessable(`The request cannot be processed due to the following issues \n${wordsOf(error)}`) : error;
}

/** The id of a body without what stands before a slash. */
export const idOf = (body: Json): string | null => textIn(body, 'id')?.split('/').at(-1) ?? null;

/** By the **element's** id, its identifier's, or what stands behind the slash; Java falls over a reference without any (`FHIRUtils.getObjectUuidByReference`). */
export function uuidBehind(reference: unknown): string | null {
  const json = isJson(reference) ? reference : {};
  const own = textIn(json, 'id') ?? (isJson(json['identifier']) ? textIn(json['identifier'], 'id') : null);
  if (own !== null) return own;
  const literal = textIn(json, 'reference');
  if (literal === null) throw nullPointer();
  return literal.split('/')[1] ?? null;
}

/** Names of concept sources and the systems that they are called by (`FHIRConstants.conceptSourceMap`); any other goes by its own name. */
const SYSTEMS: Readonly<Record<string, string>> = {
  ciel: 'http://ciel.org',
  loinc: 'http://loinc.org',
  'snomed ct': 'http://snomed.info/sct',
  'icd-10-who': 'http://hl7.org/fhir/sid/icd-10',
};
const OWN = 'http://openmrs.org';

function mapped(concept: Row, { engine }: SiteReading): readonly Json[] {
  return engine.database.ownedBy(concept.uuid, 'conceptmap').flatMap(({ values }) => {
    const term = engine.database.find('conceptreferenceterm', String(values['conceptReferenceTerm']));
    const source = String(engine.database.find('conceptsource', String(term?.values['conceptSource']))?.values['name']).toLowerCase();
    return term ? [{ system: SYSTEMS[source] ?? source, code: term.values['code'] }] : [];
  });
}

/** First what it is called elsewhere, the uuid last. */
export const codingsOf = (concept: Row, reading: SiteReading): readonly Json[] => [
  ...mapped(concept, reading),
  { system: OWN, code: concept.uuid, display: concept.values['name'] },
];

const isMapped = (concept: Row, coding: Json, reading: SiteReading): boolean =>
  mapped(concept, reading).some(({ system, code }) => system === coding['system'] && code === coding['code']);

/** `FHIRUtils.getConceptFromCode`: by uuid, or by a code that only one concept has. */
export function conceptIn(coded: unknown, reading: SiteReading): Row | undefined {
  for (const coding of isJson(coded) ? listIn(coded, 'coding') : []) {
    const own = coding['system'] === OWN ? reading.engine.database.find('concept', textIn(coding, 'code')) : undefined;
    const found = own ? [own] : reading.engine.database.all('concept').filter((concept) => isMapped(concept, coding, reading));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** `FHIRUtils.getConceptByCodeableConcept`: by what it is called elsewhere alone, **never** by its uuid. */
export const answerIn = (coded: Json, reading: SiteReading): Row | undefined =>
  listIn(coded, 'coding').flatMap((coding) => reading.engine.database.all('concept').filter((concept) => isMapped(concept, coding, reading)))[0];
