import { refuseWrongAllergy } from '../allergies.js';
import type { Ref, Row, Value } from '../database.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { narrative, nullPointer } from './fhir-error.js';
import { compact, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import { reference, token } from './fhir-search.js';
import { fhirSetting } from './fhir-settings.js';
import { metaOf, shownMoment } from './provenance.r4.js';
import { idIn, patientReference, userIn, userReference } from './references.r4.js';

const CODES = 'http://terminology.hl7.org/CodeSystem';
const CLINICAL = `${CODES}/allergyintolerance-clinical`;
const CATEGORIES: Readonly<Record<string, string>> = { DRUG: 'medication', FOOD: 'food', ENVIRONMENT: 'environment' };
const CRITICALITIES = { mild: 'low', moderate: 'unable-to-assess', severe: 'high' } as const;
const SEVERITIES = Object.keys(CRITICALITIES) as (keyof typeof CRITICALITIES)[];

const severityConcept = (severity: keyof typeof CRITICALITIES, reading: FhirReading): string => fhirSetting(reading, `allergy.concept.severity.${severity}`);
const severityOf = ({ values }: Row, reading: FhirReading): keyof typeof CRITICALITIES | undefined =>
  SEVERITIES.find((severity) => values['severity'] === severityConcept(severity, reading));

const withText = (concept: Json | null, text: Value | undefined): Json | null => {
  if (typeof text !== 'string') return concept;
  if (concept === null) throw nullPointer();
  return { ...concept, text };
};

const reactions = (row: Row, { engine }: FhirReading): readonly Row[] => engine.database.ownedBy(row.uuid, 'allergyreaction');

/** `AllergyIntoleranceTranslatorImpl.toFhirResource`: an allergen of another kind has no category, reactions that are only said in words are not shown. */
function show(row: Row, reading: FhirReading): Json {
  const { codedAllergen, nonCodedAllergen, allergenType, comment, patient, creator, dateCreated } = row.values;
  const { meta, contained } = metaOf(row, reading);
  const severity = severityOf(row, reading);
  const allergen = withText(shownConcept(findRow(reading, 'concept', codedAllergen), reading), nonCodedAllergen);
  const status = isVoided(row) ? 'Inactive' : 'Active';
  const manifestation = reactions(row, reading).map(({ values }) =>
    typeof values['reaction'] === 'string'
      ? withText(shownConcept(findRow(reading, 'concept', values['reaction']), reading), values['reactionNonCoded'])
      : null,
  );
  return compact({
    resourceType: 'AllergyIntolerance',
    id: row.uuid,
    meta,
    text: narrative(String(allergen?.['text'] ?? '')),
    contained,
    clinicalStatus: { coding: [{ system: CLINICAL, code: status.toLowerCase(), display: status }], text: status },
    verificationStatus: { coding: [{ system: `${CODES}/allergyintolerance-verification`, code: 'confirmed', display: 'Confirmed' }], text: 'Confirmed' },
    type: 'allergy',
    category: [CATEGORIES[String(allergenType)]],
    criticality: severity === undefined ? null : CRITICALITIES[severity],
    code: allergen,
    patient: patientReference(findRow(reading, 'person', patient), reading),
    recordedDate: shownMoment(dateCreated, reading),
    recorder: userReference(creator, reading),
    note: [{ text: comment }],
    reaction: [{ substance: allergen, manifestation, severity }],
  });
}

/** Each manifestation is one more, its text kept beside its concept (`AllergyIntoleranceReactionComponentTranslatorImpl`). */
function addReactions(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine } = writing;
  for (const reaction of listIn(body, 'reaction')) {
    const severity = SEVERITIES.find((one) => one === reaction['severity']);
    if (severity !== undefined) writer.tx.set(row, { severity: findRow(writing, 'concept', severityConcept(severity, writing))?.uuid ?? null });
    for (const manifestation of listIn(reaction, 'manifestation')) {
      const values = { reaction: conceptOf(manifestation, writing)?.uuid ?? null, reactionNonCoded: textIn(manifestation, 'text') };
      writer.tx.insert('allergyreaction', engine.random.uuid(), row.uuid, values);
      if (!writer.isNew(row)) writer.tx.touch(row);
    }
  }
}

/** `AllergyIntoleranceTranslatorImpl.toOpenmrsType`: the allergen is fixed, the patient that is left out is none, inactive is voided. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer } = writing;
  const [category] = Array.isArray(body['category']) ? body['category'] : [];
  const patient = findRow(writing, 'person', idIn(partIn(body, 'patient'), ['Patient']));
  const isInactive = listIn(partIn(body, 'clinicalStatus'), 'coding').some(({ system, code }) => system === CLINICAL && code === 'inactive');
  const [note] = listIn(body, 'note');
  writer.tx.set(row, {
    ...(writer.isNew(row) ? { codedAllergen: conceptOf(body['code'], writing)?.uuid ?? null } : {}),
    ...(typeof category === 'string' ? { allergenType: Object.keys(CATEGORIES).find((type) => CATEGORIES[type] === category) ?? null } : {}),
    voided: isInactive,
    patient: patient?.values['isPatient'] === true ? patient.uuid : null,
    creator: userIn(body['recorder'], writing) ?? writer.author,
    ...(note ? { comment: textIn(note, 'text') } : {}),
  });
  addReactions(writing, row, body);
  refuseWrongAllergy(writer, row);
  return row;
}

export const allergyIntoleranceR4: FhirResource = {
  type: 'AllergyIntolerance',
  find: (reading, uuid) => findRow(reading, 'allergy', uuid),
  all: ({ engine }) => engine.database.all('allergy'),
  isGone: isVoided,
  privileges: { read: [['Get Allergies']], save: ['Add Allergies', 'Edit Allergies'], remove: ['Delete Allergies'] },
  updatedAt: lastUpdated,
  parameters: {
    patient: reference(({ values }) => values['patient']),
    subject: reference(({ values }) => values['patient']),
    category: token(({ values }) => [CATEGORIES[String(values['allergenType'])]]),
    code: token(({ values }) => [values['codedAllergen']]),
    severity: token((row, reading) => [severityOf(row, reading)]),
    manifestation: token((row, reading) => reactions(row, reading).map(({ values }) => values['reaction'])),
    'clinical-status': token((row) => [isVoided(row) ? 'inactive' : 'active']),
  },
  show,
  create: (writing, body) => write(writing, writing.writer.tx.insert('allergy', writing.engine.random.uuid(), null, { voided: false }), body),
  update: write,
  remove: ({ writer, engine }, row) => {
    if (!isVoided(row)) writer.tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: engine.now(), voidReason: 'Voided via FHIR API' });
  },
};
