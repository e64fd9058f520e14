import type { Row } from '../database.js';
import type { FhirReading } from './fhir-call.js';
import { compact, type Json, listIn } from './fhir-json.js';

/** Codes of a concept in sources that have a URL, by URL: the one that is the same, or the only one. */
function mappedCodes(concept: Row, { engine, setUp }: FhirReading): ReadonlyMap<string, string> {
  const codes = new Map<string, { readonly same: string | undefined; readonly all: readonly string[] }>();
  for (const { values } of engine.database.ownedBy(concept.uuid, 'conceptmap')) {
    const term = engine.database.find('conceptreferenceterm', String(values['conceptReferenceTerm']));
    const url = setUp.conceptSources?.[String(term?.values['conceptSource'])];
    const code = term?.values['code'];
    if (url === undefined || typeof code !== 'string') continue;
    const isSame = String(engine.database.find('conceptmaptype', String(values['conceptMapType']))?.values['name']).toUpperCase() === 'SAME-AS';
    const before = codes.get(url);
    codes.set(url, { same: isSame ? code : before?.same, all: [...(before?.all ?? []), code] });
  }
  return new Map([...codes].flatMap(([url, { same, all }]) => (same !== undefined || all.length === 1 ? [[url, same ?? all[0] ?? ''] as const] : [])));
}

/** `ConceptTranslatorImpl.toFhirResource`: first the uuid, without a system; then what it is called elsewhere. */
export function shownConcept(concept: Row | undefined, reading: FhirReading): Json | null {
  if (concept === undefined) return null;
  const display = concept.values['name'];
  const mapped = [...mappedCodes(concept, reading)].map(([system, code]) => ({ system, code, ...(reading.profile.saysMore ? {} : { display }) }));
  return compact({ coding: [{ code: concept.uuid, display }, ...mapped], text: display });
}

/** `ConceptTranslatorImpl.toOpenmrsType`: the first coding that leads to a concept here; without a system its code is a uuid. Undefined for none. */
export function conceptOf(coded: unknown, reading: FhirReading): Row | undefined {
  const codings = typeof coded === 'object' && coded !== null ? listIn(coded as Json, 'coding') : [];
  for (const { system, code } of codings) {
    const found =
      typeof system !== 'string'
        ? reading.engine.database.find('concept', typeof code === 'string' ? code : null)
        : reading.engine.database.all('concept').find((concept) => mappedCodes(concept, reading).get(system) === code);
    if (found) return found;
  }
  return undefined;
}
