import type { Row, Value } from '../database.js';
import { live } from '../parts.js';
import { attributeTarget } from '../people-parts.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import type { FhirReading, FhirWriting } from './fhir-call.js';
import { compact, extensionsIn, isJson, type Json, listIn } from './fhir-json.js';
import { joinPosted } from './person-parts.r4.js';
import { idIn, locationReference } from './references.r4.js';

const URL = 'http://fhir.openmrs.org/ext/person-attribute';

/** Only texts, booleans, locations and concepts; of others nothing is said (`PersonAttributeTranslatorImpl` 4.2.0). */
function shownValue(row: Row, format: Value | undefined, reading: FhirReading): Json | null {
  const value = row.values['value'];
  if (format === 'java.lang.String') return { valueString: value };
  if (format === 'java.lang.Boolean') return { valueBoolean: value === 'true' };
  const target = attributeTarget(row, reading.engine);
  if (format === 'org.openmrs.Location' && target) return { valueReference: locationReference(target.row) };
  if (format === 'org.openmrs.Concept' && target) return { valueCodeableConcept: shownConcept(target.row, reading) };
  return null;
}

/** The type goes by its name, the attribute has no id. */
export function shownAttributes(person: Row, reading: FhirReading): readonly Json[] {
  if (!reading.profile.personAttributes) return [];
  return live(reading.engine.database, person, 'personattribute').flatMap((row) => {
    const type = reading.engine.database.find('personattributetype', String(row.values['attributeType']));
    const value = type && compact(shownValue(row, type.values['format'], reading) ?? {});
    if (!type || !value || Object.keys(value).length === 0) return [];
    return [
      {
        url: URL,
        extension: [
          { url: `${URL}-type`, valueString: type.values['name'] },
          { url: `${URL}-value`, ...value },
        ],
      },
    ];
  });
}

/** What is stored: of a location or a concept its local id, of one that is unknown nothing. */
function postedValue(extension: Json, writing: FhirWriting): Value | undefined {
  if (typeof extension['valueBoolean'] === 'boolean') return String(extension['valueBoolean']);
  if (typeof extension['valueString'] === 'string') return extension['valueString'];
  if (isJson(extension['valueReference'])) {
    const uuid = idIn(extension['valueReference'], ['Location']);
    const location = writing.engine.database.find('location', uuid);
    return location ? String(location.serial) : null;
  }
  if (isJson(extension['valueCodeableConcept'])) {
    const concept = conceptOf(extension['valueCodeableConcept'], writing);
    return concept ? String(concept.serial) : null;
  }
  return undefined;
}

/** An extension of another shape than the two parts, or of a type that is not known here, is dropped. */
export function addAttributes(writing: FhirWriting, person: Row, body: Json): void {
  if (!writing.profile.personAttributes) return;
  for (const extension of extensionsIn(body, URL)) {
    const parts = listIn(extension, 'extension');
    const name = parts.find(({ url }) => url === `${URL}-type`)?.['valueString'];
    const value = postedValue(parts.find(({ url }) => url === `${URL}-value`) ?? {}, writing);
    const type = writing.engine.database.all('personattributetype').find(({ values }) => values['name'] === name && values['retired'] !== true);
    if (parts.length === 2 && type && value !== undefined) joinPosted(writing, person, {}, { attributeType: type.uuid, value });
  }
}
