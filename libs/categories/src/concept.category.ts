import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { type ItemContext, type ListSpec, partsKey, partsOf } from './list.js';
import { metadataCategory } from './metadata-category.js';
import { COMPLEX_DATATYPE } from './obs-value.js';
import { orderedReferences } from './ordered-references.js';
import type { Platform } from './platform.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { flag, number, reference, text, textOf } from './scalars.js';

const NameShape = z.looseObject({
  uuid: Uuid.nullish(),
  voided: z.boolean().nullish(),
  name: z.string(),
  locale: z.string(),
  localePreferred: z.boolean().nullish(),
  conceptNameType: z.string().nullish(),
});
const FULLY_SPECIFIED = 'FULLY_SPECIFIED';

/**
 * Names, keyed by their locale, kind and text; the value says whether it is the one preferred in its locale, of which a server keeps exactly one. They are
 * written as one list, because between two requests a locale would have two preferred names, or none, and the server refuses the one
 * and mends the other (openmrs-core 1.12 to 2.8 ConceptValidator, ConceptServiceImpl.ensurePreferredNameForLocale). What is not in the list is deleted
 * (webservices.rest 2.15 to 3.4 ConceptResource1_8.setNames), and an obs may name it: so a name that leaves is a synonym first and voided then. What stands
 * first in a new concept is made the fully specified name (openmrs-core Concept.addName).
 */
const names: ListSpec = {
  name: 'names',
  owner: 'concept',
  shape: NameShape,
  read: ({ uuid, voided, name, locale, localePreferred, conceptNameType }: z.infer<typeof NameShape>) =>
    voided === true
      ? null
      : {
          key: partsKey([
            ['locale', locale],
            ['type', conceptNameType ?? null],
            ['name', textOf(name)],
          ]),
          value: localePreferred === true,
          uuid: uuid ?? undefined,
          references: [],
        },
  body: ({ key, value }) => {
    const { locale, type = null, name = '' } = partsOf(key);
    return { name, locale, localePreferred: value === true, conceptNameType: type };
  },
  written: { by: 'nested', leaves: { path: 'name', as: { conceptNameType: null, localePreferred: false }, alike: localeAndText } },
  asked: 'names:(uuid,name,locale,localePreferred,conceptNameType)',
  first: ({ key }) => partsOf(key)['type'] === FULLY_SPECIFIED,
  sameKey: 'one-item',
  atLeastOne: true,
};

/** No concept has two names of one text in one locale, whatever their case (openmrs-core ConceptValidator). */
function localeAndText(key: string): string {
  const { locale, name } = partsOf(key);
  return `${String(locale)} ${String(name).toLowerCase()}`;
}

const DescriptionShape = z.looseObject({ uuid: Uuid.nullish(), description: z.string().nullish(), locale: z.string() });

const descriptions: ListSpec = {
  name: 'descriptions',
  owner: 'concept',
  shape: DescriptionShape,
  read: ({ uuid, description, locale }: z.infer<typeof DescriptionShape>) => {
    const words = textOf(description);
    if (words === null) return null;
    const parts = [['locale', locale] as const, ['description', words] as const];
    return { key: partsKey(parts), value: true, uuid: uuid ?? undefined, references: [] };
  },
  body: ({ key }) => partsOf(key),
  written: { by: 'item', path: 'description' },
  asked: 'descriptions:(uuid,description,locale)',
  sameKey: 'one-item',
};

const MapShape = z.looseObject({ uuid: Uuid.nullish(), conceptReferenceTerm: RefShape, conceptMapType: RefShape.nullish() });

/**
 * What it is called in dictionaries, by term, of which no concept has one twice (openmrs-core ConceptValidator); the value is the kind of map. Written as one
 * list: by itself one can be added and never taken away (webservices.rest 2.12 to 3.4 ConceptMapResource1_8.delete, and purge, which does not save).
 */
const mappings: ListSpec = {
  name: 'mappings',
  owner: 'concept',
  shape: MapShape,
  read: ({ uuid, conceptReferenceTerm, conceptMapType }: z.infer<typeof MapShape>, { canonicalUuid }: ItemContext) => {
    const term = canonicalUuid('conceptreferenceterm', uuidOfRef(conceptReferenceTerm));
    const type = conceptMapType ? uuidOfRef(conceptMapType) : null;
    return {
      key: term,
      value: type,
      uuid: uuid ?? undefined,
      references: [
        { resource: 'conceptreferenceterm', uuid: term, aggregate: null },
        ...(type === null ? [] : [{ resource: 'conceptmaptype', uuid: type, aggregate: null }]),
      ],
    };
  },
  body: ({ key, value }, localUuid) => ({ conceptReferenceTerm: localUuid('conceptreferenceterm', key), conceptMapType: value }),
  written: { by: 'nested' },
  asked: 'mappings:(uuid,conceptReferenceTerm:ref,conceptMapType:ref)',
  names: ['conceptreferenceterm', 'conceptmaptype'],
  sameKey: 'one-item',
};

const LIMITS = ['hiNormal', 'hiAbsolute', 'hiCritical', 'lowNormal', 'lowAbsolute', 'lowCritical'] as const;
const tellsLimits = ({ writesConcepts }: Platform): boolean => writesConcepts;
const tellsPrecision = ({ writesConcepts, hasConceptPrecision }: Platform): boolean => writesConcepts && hasConceptPrecision;

/**
 * One entry of the dictionary: a question, an answer, a set, a finding. Answers and members are in order, may be written later, and may lead back to it.
 * An answer may be a drug; one that is a numeric concept is refused by every webservices.rest (2.12 to 3.4 ConceptResource1_8.setAnswers takes it for a drug).
 * The datatype stays: no request makes a concept numeric that was not (newDelegate), and core keeps that of one that was observed
 * (ConceptServiceImpl.checkIfDatatypeCanBeChanged). Nothing is saved while the setting `concepts.locked` is on (checkIfLocked). A feed that is configured for
 * `org.openmrs.Concept` tells of no numeric one: that is another class (openmrs-module-atomfeed 1.0.13 EventManager). Attributes, and the tags of names, are not
 * carried.
 */
export const concept = metadataCategory({
  name: 'concept',
  title: 'Concept',
  openmrsClass: 'org.openmrs.Concept',
  scalars: {
    datatype: reference('conceptdatatype', null),
    conceptClass: reference('conceptclass', null),
    set: flag,
    version: text,
    ...Object.fromEntries(LIMITS.map((limit) => [limit, number])),
    units: text,
    allowDecimal: flag,
    displayPrecision: number,
    answers: orderedReferences('concept', 'drug'),
    setMembers: orderedReferences('concept'),
  },
  onlyWhere: {
    ...Object.fromEntries([...LIMITS, 'units'].map((limit) => [limit, tellsLimits])),
    allowDecimal: tellsPrecision,
    displayPrecision: tellsPrecision,
  },
  lists: [names, descriptions, mappings],
  telltale: 'datatype',
  requires: ['names', 'datatype', 'conceptClass'],
  fixed: ['datatype'],
  deferrable: ['answers', 'setMembers'],
  unsupported: ({ writesConcepts }) =>
    writesConcepts ? null : 'webservices.rest before 2.17 makes no numeric concepts or does not tell their limits, and cannot write names (ConceptResource1_8)',
  cannotMake: {
    which: 'a complex one',
    is: ({ datatype }) => datatype === COMPLEX_DATATYPE,
    reason: 'webservices.rest has no key for its handler (2.12 to 3.4 ConceptResource1_8)',
  },
});
