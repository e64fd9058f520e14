import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import type { ItemContext, ListSpec } from './list.js';
import { metadataCategory } from './metadata-category.js';
import type { Platform } from './platform.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { flag, number, reference, text } from './scalars.js';

const IngredientShape = z.looseObject({ uuid: Uuid.nullish(), ingredient: RefShape, strength: z.number().nullish(), units: RefShape.nullish() });
const MapShape = z.looseObject({ uuid: Uuid.nullish(), conceptReferenceTerm: RefShape, conceptMapType: RefShape });

/** What is in it, by concept. Nothing waits for what it names, because it is compared and never written. */
const ingredients: ListSpec = {
  name: 'ingredients',
  owner: 'drug',
  shape: IngredientShape,
  read: ({ uuid, ingredient, strength, units }: z.infer<typeof IngredientShape>, { canonicalUuid }: ItemContext) => ({
    key: canonicalUuid('concept', uuidOfRef(ingredient)),
    value: true,
    fields: { strength: strength ?? null, units: units ? canonicalUuid('concept', uuidOfRef(units)) : null },
    uuid: uuid ?? undefined,
    references: [],
  }),
  body: ({ key, fields }) => ({ ingredient: key, ...fields }),
  written: { by: 'item', path: 'ingredient' },
  asked: 'ingredients:(uuid,ingredient:ref,strength,units:ref)',
  onlyWhere: ({ hasDrugIngredients }) => hasDrugIngredients,
  fields: ['strength', 'units'],
  sameKey: 'one-item',
  unsupported: () =>
    'no server stores an ingredient that is saved with its drug, nor its units (openmrs-core 1.12 to 2.8 Drug.hbm.xml, DrugIngredient.hbm.xml)',
};

/** The codes that it has elsewhere, by term. */
const drugReferenceMaps: ListSpec = {
  name: 'drugReferenceMaps',
  owner: 'drug',
  shape: MapShape,
  read: ({ uuid, conceptReferenceTerm, conceptMapType }: z.infer<typeof MapShape>) => ({
    key: uuidOfRef(conceptReferenceTerm),
    value: uuidOfRef(conceptMapType),
    uuid: uuid ?? undefined,
    references: [],
  }),
  body: ({ key, value }) => ({ conceptReferenceTerm: key, conceptMapType: value }),
  written: { by: 'item', path: 'drugreferencemap' },
  asked: 'drugReferenceMaps:(uuid,conceptReferenceTerm:ref,conceptMapType:ref)',
  onlyWhere: ({ tellsDrugMaps }) => tellsDrugMaps,
  sameKey: 'one-item',
  unsupported: () => 'no webservices.rest takes back a map of a drug (2.26 to 3.4 DrugReferenceMapResource1_10.delete)',
};

const beforeOrderEntry = ({ hasOrderEntry }: Platform): boolean => !hasOrderEntry;

/**
 * What is given: a concept in a form and strength. Before platform 1.10 the strength is a number with units, and there is a route
 * (webservices.rest DrugResource1_8); since then it is text (DrugResource1_10, 1_12). Its description has a key and no column (openmrs-core
 * 1.9 to 2.8 Drug.hbm.xml), the units of the daily doses a column and no key: neither is carried. Nothing is saved while the setting `concepts.locked` is
 * on (ConceptServiceImpl.saveDrug).
 */
export const drug = metadataCategory({
  name: 'drug',
  title: 'Drug',
  openmrsClass: 'org.openmrs.Drug',
  scalars: {
    name: text,
    concept: reference('concept', null),
    dosageForm: reference('concept', null),
    combination: flag,
    strength: text,
    minimumDailyDose: number,
    maximumDailyDose: number,
    doseStrength: number,
    units: text,
    route: reference('concept', null),
  },
  onlyWhere: { strength: ({ hasOrderEntry }) => hasOrderEntry, doseStrength: beforeOrderEntry, units: beforeOrderEntry, route: beforeOrderEntry },
  lists: [ingredients, drugReferenceMaps],
  telltale: 'combination',
  requires: ['name', 'concept', 'combination'],
});
