import { CLASSES, DATATYPES } from './concepts.js';
import type { Values } from './database.js';

type Row = Values & { readonly uuid: string };

/** Uuid of a concept of the CIEL dictionary. */
const ciel = (code: number): string => String(code).padEnd(36, 'A');

/** Uuids of what visits, encounters and obs refer to: the reference application's own, and CIEL's, where they have one. */
export const CARE = {
  facilityVisit: '7b0f5697-27e3-40c4-8bae-f4049abfb4ed',
  homeVisit: 'd66e9fe0-7d51-4801-a550-5d462ad1c944',
  insurance: 'aac48226-d143-4274-80e0-264db4e368ee',
  punctuality: '57ea0cbb-064f-4d09-8cf4-e8228700491c',
  vitals: '67a71486-1a54-468f-ac3e-7091a9a79584',
  visitNote: 'd7151f82-c1f3-4152-a605-2f9ea7414a79',
  clinicianRole: '240b26f9-dd88-4172-823d-4a8bfeb7841f',
  unknownRole: 'a0b03050-c99b-11e0-9572-0800200c9a66',
  doctor: 'c2299800-cca9-11e0-9572-0800200c9a66',
  nurse: 'f9badd80-ab76-11e2-9e96-0800200c9a66',
  parentOf: '8d91a210-c2cc-11de-8d13-0010c6dffd0f',
  doctorOf: '8d919b58-c2cc-11de-8d13-0010c6dffd0f',
  hivProgram: '64f950e6-1b07-4ac0-8e7e-f3e148f3463f',
  treatment: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f01',
  waiting: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f02',
  onTreatment: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f03',
  transferredOut: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f04',
  regimen: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f05',
  ciel: '21ef32aa-81b1-102d-b0b3-001ec94a0cc5',
  sameAs: '35543629-7d8c-11e1-909d-c80aa9edcf4e',
  narrowerThan: '43ac5109-7d8c-11e1-909d-c80aa9edcf4e',
  tablet: '1513'.padEnd(36, 'A'),
  licence: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f06',
  specialty: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f07',
  clinicianOf: '6e7a4dc5-1c5c-4e4b-9f8e-3d2b1a0c9f08',
  vitalsForm: 'a000cb34-9ec1-4344-a1c8-f692232f6edd',
  paracetamol: '09e58895-e7f0-4649-b7c0-e665c5c08e93',
  weight: ciel(5089),
  temperature: ciel(5088),
  pulse: ciel(5087),
  systolic: ciel(5085),
  diastolic: ciel(5086),
  bloodPressure: ciel(159614),
  diagnoses: ciel(159947),
  diagnosis: ciel(1284),
  malaria: ciel(116128),
  anaemia: ciel(121629),
  note: ciel(162169),
  pregnant: ciel(5272),
  lastPeriod: ciel(1427),
  timeOfBirth: ciel(163286),
  admittedAt: ciel(1640),
  scan: '42ed45fd-f3f6-44b6-bfc2-8bde1bb41e00',
  paracetamolConcept: ciel(70116),
  twiceDaily: ciel(160858),
  thriceDaily: ciel(160866),
  tuberculosis: ciel(160541),
  outcomes: ciel(159492),
  testClass: '8d4907b2-c2cc-11de-8d13-0010c6dffd0f',
  getPatients: '0f1e2d3c-0000-4000-8000-000000000001',
  clerk: '0f1e2d3c-0000-4000-8000-000000000002',
  outpatient: '6f0c9a92-6f24-11e3-af88-005056821db0',
  yes: ciel(1065),
  no: ciel(1066),
} as const;

const concept = (uuid: string, name: string, datatype: string, conceptClass: string, more: Values = {}): Row => ({
  uuid,
  name,
  datatype,
  conceptClass,
  ...more,
});
const number = (uuid: string, name: string, units: string, bounds: Values): Row =>
  concept(uuid, name, 'Numeric', 'Test', { units, allowDecimal: true, mapping: `CIEL:${uuid.replace(/A+$/, '')}`, ...bounds });

const CONCEPTS: readonly Row[] = [
  number(CARE.weight, 'Weight (kg)', 'kg', { lowAbsolute: 0, hiAbsolute: 250 }),
  number(CARE.temperature, 'Temperature (C)', 'DEG C', { lowAbsolute: 25, hiAbsolute: 43, hiNormal: 37.5, lowNormal: 36, hiCritical: 40 }),
  number(CARE.pulse, 'Pulse', 'beats/min', { lowAbsolute: 0, hiAbsolute: 230, allowDecimal: false }),
  number(CARE.systolic, 'Systolic blood pressure', 'mmHg', { lowAbsolute: 0, hiAbsolute: 250, allowDecimal: false }),
  number(CARE.diastolic, 'Diastolic blood pressure', 'mmHg', { lowAbsolute: 0, hiAbsolute: 150, allowDecimal: false }),
  concept(CARE.bloodPressure, 'Blood pressure', 'N/A', 'ConvSet', { set: true }),
  concept(CARE.diagnoses, 'Visit diagnoses', 'N/A', 'ConvSet', { set: true }),
  concept(CARE.diagnosis, 'Problem list', 'Coded', 'Diagnosis'),
  concept(CARE.anaemia, 'Anaemia', 'N/A', 'Diagnosis'),
  concept(CARE.note, 'Text of encounter note', 'Text', 'Misc'),
  concept(CARE.pregnant, 'Pregnant', 'Boolean', 'Finding'),
  concept(CARE.lastPeriod, 'Date of last menstrual period', 'Date', 'Misc'),
  concept(CARE.timeOfBirth, 'Time of birth', 'Time', 'Misc'),
  concept(CARE.admittedAt, 'Admitted at', 'Datetime', 'Misc'),
  concept(CARE.scan, 'Scan', 'Complex', 'Misc'),
  concept(CARE.paracetamolConcept, 'Paracetamol', 'N/A', 'Misc'),
  concept(CARE.tablet, 'Tablet', 'N/A', 'Misc'),
  concept(CARE.twiceDaily, 'Twice daily', 'N/A', 'Frequency'),
  concept(CARE.thriceDaily, 'Thrice daily', 'N/A', 'Frequency'),
  concept(CARE.tuberculosis, 'Tuberculosis program', 'N/A', 'Misc'),
  concept(CARE.outcomes, 'Outcomes of the program', 'Coded', 'Misc'),
  concept(CARE.yes, 'Yes', 'N/A', 'Misc'),
  concept(CARE.no, 'No', 'N/A', 'Misc'),
];

const FREE_TEXT = 'org.openmrs.customdatatype.datatype.FreeTextDatatype';
const setting = (property: string, value: string, uuid: string): Row => ({ uuid, property, value });

/** Metadata of care; providers have a name but no person. */
export const careMetadata = {
  concept: CONCEPTS,
  conceptsource: [{ uuid: CARE.ciel, name: 'CIEL', description: 'The dictionary of Columbia University' }],
  conceptmaptype: [
    { uuid: CARE.sameAs, name: 'SAME-AS', description: null, isHidden: false },
    { uuid: CARE.narrowerThan, name: 'NARROWER-THAN', description: null, isHidden: false },
  ],
  drug: [{ uuid: CARE.paracetamol, name: 'Paracetamol 500mg', strength: '500mg', concept: CARE.paracetamolConcept }],
  visittype: [
    { uuid: CARE.facilityVisit, name: 'Facility Visit', description: 'At the clinic' },
    { uuid: CARE.homeVisit, name: 'Home Visit', description: 'At home' },
  ],
  conceptclass: Object.entries(CLASSES).map(([name, uuid]) => ({ uuid, name, description: `${name} of core` })),
  conceptdatatype: Object.entries(DATATYPES).map(([name, uuid]) => ({ uuid, name, description: `${name} of core` })),
  privilege: [{ uuid: CARE.getPatients, name: 'Get Patients', description: 'Able to get patient objects' }],
  role: [{ uuid: CARE.clerk, name: 'Clerk', description: 'Registers patients', privileges: [CARE.getPatients], inheritedRoles: [] }],
  caresetting: [{ uuid: CARE.outpatient, name: 'Outpatient', description: 'Out-patient care setting', careSettingType: 'OUTPATIENT' }],
  visitattributetype: [
    { uuid: CARE.insurance, name: 'Insurance number', description: 'Of the payer', minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT },
    { uuid: CARE.punctuality, name: 'Punctuality', description: 'Came when', minOccurs: 0, maxOccurs: null, datatypeClassname: FREE_TEXT },
  ],
  encountertype: [
    { uuid: CARE.vitals, name: 'Vitals', description: 'Vital signs' },
    { uuid: CARE.visitNote, name: 'Visit Note', description: 'What the clinician wrote' },
  ],
  encounterrole: [
    { uuid: CARE.clinicianRole, name: 'Clinician', description: 'Who treats' },
    { uuid: CARE.unknownRole, name: 'Unknown', description: 'Of old encounters' },
  ],
  program: [{ uuid: CARE.hivProgram, name: 'HIV Program', description: 'Care and treatment', concept: CARE.diagnosis }],
  workflow: [{ uuid: CARE.treatment, name: 'Treatment status', program: CARE.hivProgram }],
  workflowstate: [
    { uuid: CARE.waiting, owner: CARE.treatment, name: 'Waiting' },
    { uuid: CARE.onTreatment, owner: CARE.treatment, name: 'On treatment' },
    { uuid: CARE.transferredOut, owner: CARE.treatment, name: 'Transferred out', terminal: true },
  ],
  programattributetype: [{ uuid: CARE.regimen, name: 'Regimen', description: 'What is taken', minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT }],
  relationshiptype: [
    { uuid: CARE.parentOf, aIsToB: 'Parent', bIsToA: 'Child', description: 'Of a father or mother, and a child', weight: 0 },
    { uuid: CARE.doctorOf, aIsToB: 'Doctor', bIsToA: 'Patient', description: 'Of a doctor and a patient', weight: 0 },
  ],
  providerattributetype: [
    { uuid: CARE.licence, name: 'Licence number', description: 'Of the council', minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT },
    { uuid: CARE.specialty, name: 'Specialty', description: 'What of', minOccurs: 0, maxOccurs: null, datatypeClassname: FREE_TEXT },
  ],
  providerrole: [{ uuid: CARE.clinicianOf, name: 'Clinician', description: 'Treats patients' }],
  provider: [
    { uuid: CARE.doctor, name: 'Grace Okello', identifier: 'DOC-1', person: null },
    { uuid: CARE.nurse, name: 'Peter Were', identifier: 'NURSE-1', person: null },
  ],
  form: [{ uuid: CARE.vitalsForm, name: 'Vitals form', description: 'Vital signs', version: '1.0', build: null, published: true, encounterType: CARE.vitals }],
  systemsetting: [
    setting('concept.true', CARE.yes, 'c0a80101-0000-4000-8000-000000000001'),
    setting('concept.false', CARE.no, 'c0a80101-0000-4000-8000-000000000002'),
  ],
} as const;
