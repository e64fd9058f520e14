import type { Ref, Row, Value } from './database.js';
import { type Field, type Node, one, type Site, text } from './resource.js';
import { conversion } from './rest-error.js';
import { isObject, type Writer } from './writer.js';

/** The columns of what is coded, or said in words (`org.openmrs.CodedOrFreeText`). */
export const CODED_OR_FREE_TEXT: Readonly<Record<string, Field>> = { coded: one('concept'), ...text('nonCoded specificName') };

const nameOf = (row: Row | undefined): Value => row?.values['name'] ?? null;

/** In words, as `display` has it. */
export const inWords = ({ values }: Row, site: Site): string =>
  String(nameOf(site.database.find('concept', String(values['coded']))) ?? values['nonCoded'] ?? '');

/** What is empty has no key (`CodedOrFreeTextConverter.asRepresentation`). */
export function readCodedOrFreeText({ values }: Row, site: Site): Node {
  const { coded, nonCoded, specificName } = values;
  const concept = site.database.find('concept', String(coded));
  return {
    json: {
      ...(specificName ? { specificName: { uuid: specificName, display: nameOf(concept) } } : {}),
      ...(concept ? { coded: { uuid: concept.uuid, display: nameOf(concept) } } : {}),
      ...(nonCoded ? { nonCoded } : {}),
    },
  };
}

/** A new one is made of what is posted; a concept is named by its uuid and no other way, and an unknown one is none (`CodedOrFreeTextConverter.setProperty`). */
export function setCodedOrFreeText(writer: Writer, target: Ref, posted: unknown): void {
  if (!isObject(posted)) throw conversion('null');
  const said = (key: string): string | null => {
    const value = posted[key] ?? null;
    if (value !== null && typeof value !== 'string') throw conversion('class java.util.LinkedHashMap cannot be cast to class java.lang.String');
    return value;
  };
  const coded = writer.site.database.find('concept', said('coded'))?.uuid ?? null;
  writer.tx.set(target, { coded, nonCoded: said('nonCoded'), specificName: said('specificName') });
}
