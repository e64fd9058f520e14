import type { Metadata } from '@sync-hub/contracts';
import { CARE, CLASSES, DATATYPES } from '@sync-hub/openmrs-simulator';
import { jane } from './rest-bench.js';

/** One kind of metadata as an administrator makes and edits it, by the keys of REST. */
export interface Sample {
  readonly made: Readonly<Record<string, unknown>>;
  readonly edited: Readonly<Record<string, unknown>>;
}

/** What has a name and a description. */
export const aNamed = (name: string, more: Readonly<Record<string, unknown>> = {}): Sample => ({
  made: { name, description: `What a ${name} is`, ...more },
  edited: { name: `${name} (new)`, description: 'Said anew' },
});

const FREE_TEXT = 'org.openmrs.customdatatype.datatype.FreeTextDatatype';
const attributeType: Sample = {
  made: { ...aNamed('Insurer').made, minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT },
  edited: { maxOccurs: null, datatypeClassname: FREE_TEXT.replace('FreeText', 'RegexValidatedText'), datatypeConfig: '[A-Z]+', description: null },
};

export const METADATA_SAMPLES: Readonly<Record<Metadata, Sample>> = {
  visittype: { ...aNamed('Outreach'), edited: { name: 'Outreach (new)', description: null } },
  encountertype: aNamed('Triage'),
  encounterrole: aNamed('Dispenser'),
  locationtag: { ...aNamed('Pharmacy'), edited: { description: null } },
  relationshiptype: {
    made: { aIsToB: 'Aunt', bIsToA: 'Niece', description: 'Of a parent', weight: 3 },
    edited: { bIsToA: 'Nephew', weight: 4 },
  },
  patientidentifiertype: {
    made: {
      ...aNamed('Clinic number').made,
      format: '[0-9]+',
      formatDescription: 'digits',
      required: false,
      locationBehavior: 'NOT_USED',
      uniquenessBehavior: 'LOCATION',
    },
    edited: { required: true, format: null, validator: 'org.openmrs.patient.impl.LuhnIdentifierValidator', uniquenessBehavior: 'UNIQUE' },
  },
  personattributetype: {
    made: { ...aNamed('Church').made, format: 'java.lang.String', sortWeight: 4.5, searchable: true, foreignKey: 1067, editPrivilege: 'Edit Churches' },
    edited: { format: 'java.lang.Integer', sortWeight: 7, searchable: false },
  },
  visitattributetype: attributeType,
  locationattributetype: attributeType,
  providerattributetype: attributeType,
  programattributetype: attributeType,
  conceptclass: aNamed('Immunisation'),
  conceptsource: { ...aNamed('National list'), edited: { hl7Code: 'NL', description: 'Said anew' } },
  conceptdatatype: aNamed('Waveform'),
  caresetting: aNamed('At home', { careSettingType: 'OUTPATIENT' }),
  ordertype: {
    made: { ...aNamed('Lab order').made, javaClassName: 'org.openmrs.TestOrder', conceptClasses: [CARE.testClass] },
    edited: { name: 'Lab order (new)', description: 'Said anew', javaClassName: 'org.openmrs.Order', conceptClasses: [] },
  },
  orderfrequency: { made: { frequencyPerDay: 2, concept: CARE.twiceDaily }, edited: { frequencyPerDay: 3.5, concept: CARE.thriceDaily } },
  program: { ...aNamed('TB program', { concept: CARE.tuberculosis }), edited: { description: 'Said anew', concept: CARE.malaria } },
  privilege: { ...aNamed('Edit Churches'), edited: { description: 'Said anew' } },
  role: {
    made: { ...aNamed('Verger').made, privileges: [CARE.getPatients], inheritedRoles: [CARE.clerk] },
    edited: { description: 'Said anew', privileges: [], inheritedRoles: [] },
  },
  concept: {
    made: {
      ...{ datatype: DATATYPES['Numeric'], conceptClass: CARE.testClass, version: '1', hiNormal: 16, lowNormal: 11.5, units: 'g/dl', allowDecimal: true },
      names: [{ name: 'Haemoglobin', locale: 'en', localePreferred: true, conceptNameType: 'FULLY_SPECIFIED' }],
    },
    edited: { conceptClass: CLASSES['Finding'], version: '2', hiNormal: 17, lowNormal: null, displayPrecision: 1, set: true },
  },
  conceptreferenceterm: {
    made: { code: 'M-17', conceptSource: CARE.ciel, name: 'Malaria', version: '2020' },
    edited: { code: 'M-18', name: null, description: 'Said anew' },
  },
  drug: {
    made: { name: 'Ibuprofen 200mg', concept: CARE.paracetamolConcept, combination: false, strength: '200mg', dosageForm: CARE.tablet, maximumDailyDose: 6 },
    edited: { name: 'Ibuprofen 400mg', combination: true, strength: '400mg', dosageForm: null, minimumDailyDose: 0.5 },
  },
  form: {
    made: { ...aNamed('Antenatal').made, version: '1.0', build: 1, published: false, encounterType: CARE.vitals },
    edited: { version: '1.1', build: null, published: true, encounterType: CARE.visitNote, description: null },
  },
  provider: { made: { person: jane, identifier: 'DOC-7', providerRole: CARE.clinicianOf }, edited: { identifier: 'DOC-8', providerRole: null } },
};
