import { z } from 'zod';
import { defineCategory } from './define-category.js';
import { type ItemContext, type ListSpec, partsKey, partsOf } from './list.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { reference, type ScalarKind, text, textOf } from './scalars.js';

const concept = reference('concept', null);

const ALLERGEN: Readonly<Record<'allergenType' | 'codedAllergen' | 'nonCodedAllergen', ScalarKind>> = {
  allergenType: text,
  codedAllergen: concept,
  nonCodedAllergen: text,
};
const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  ...ALLERGEN,
  severity: concept,
  comment: text,
};

const ReactionShape = z.looseObject({ reaction: RefShape.nullish(), reactionNonCoded: z.string().nullish() });

/**
 * What the allergen does, each a concept with or without words. The list is written as a whole, and its rows are the server's own each time: it knows none of
 * them by a uuid (webservices.rest 3.4 AllergyReactionConverter2_0.getByUniqueId), so that one which is sent under an old uuid would stand beside the old one.
 */
const reactions: ListSpec = {
  name: 'reactions',
  owner: 'allergy',
  shape: ReactionShape,
  read: ({ reaction, reactionNonCoded }: z.infer<typeof ReactionShape>, { canonicalUuid }: ItemContext) => {
    if (reaction === undefined) return 'unknown';
    const uuid = reaction === null ? null : canonicalUuid('concept', uuidOfRef(reaction));
    const key = partsKey([
      ['reaction', uuid],
      ['reactionNonCoded', textOf(reactionNonCoded)],
    ]);
    return { key, value: true, references: uuid === null ? [] : [{ resource: 'concept', uuid, aggregate: null }] };
  },
  body: ({ key }, localUuid) => {
    const { reaction, ...words } = partsOf(key);
    return { ...(typeof reaction === 'string' ? { reaction: localUuid('concept', reaction) } : {}), ...words };
  },
  written: { by: 'nested' },
  names: ['concept'],
  asked: 'reactions:(uuid,reaction:ref,reactionNonCoded)',
  sameKey: 'one-item',
};

/**
 * What a patient does not bear. REST has it below the patient alone, and changes it in place (webservices.rest 2.20 to 3.4 PatientAllergyResource2_0); what people
 * edit in the server's own pages is voided, and another made (openmrs-core 2.0 to 2.8 PatientServiceImpl.setAllergies). No server has two of one allergen for a
 * patient (AllergyValidator). One that is in words has the concept for that beside them: words beside another concept put it out, and the other way round
 * (Allergen.setNonCodedAllergen, setCodedAllergen). Nobody brings a voided one back by REST. Not carried: that a patient is known to have none
 * (`patient.allergy_status`, which no entry and no FHIR tells), its encounter, and its place in a form. A void of the patient leaves it (PatientDataVoidHandler),
 * one of its encounter takes it along (openmrs-core 2.5 and newer, RequiredDataAdvice over Encounter.allergies). Feed entries name it alone: docs/adr/0085.
 */
export const allergy = defineCategory({
  name: 'allergy',
  title: 'Allergy',
  openmrsClass: 'org.openmrs.Allergy',
  aggregate: 'allergy',
  feeds: ['allergy'],
  flows: 'both-ways',
  resource: 'allergy',
  under: { by: 'patient', resource: 'patient', path: 'allergy' },
  owners: [{ owner: 'allergy', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  nested: { allergen: Object.keys(ALLERGEN) },
  hangsOn: { patients: ['patient'], listedBy: '' },
  oneOfEach: ({ codedAllergen = null, nonCodedAllergen = null }) => {
    const said = nonCodedAllergen ?? codedAllergen;
    return typeof said === 'string' ? said.toLowerCase() : null;
  },
  fixed: ['patient'],
  lists: [reactions],
  representation: () =>
    `custom:(uuid,patient:ref,allergen:(allergenType,codedAllergen:ref,nonCodedAllergen),severity:ref,comment,${reactions.asked ?? ''},voided,auditInfo)`,
  telltale: 'allergen',
  requires: ['patient', 'allergenType', 'codedAllergen'],
  cannotRestore: () => 'webservices.rest knows no way to (2.20 to 3.4 PatientAllergyResource2_0)',
  unsupported: ({ hasAllergies }) =>
    hasAllergies ? null : 'allergies are kept by openmrs-core 2.0 and newer, and made with their reactions by webservices.rest 2.20 and newer (RESTWS-668)',
});
