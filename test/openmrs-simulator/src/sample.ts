import type { LocationInput, PatientInput } from './clinician.js';
import type { Kind, Values } from './database.js';
import { Random } from './random.js';
import { careMetadata } from './sample-care.js';

type MetadataRow = Values & { readonly uuid: string };
/** Rows by kind, with the uuids they have at every site. */
export type Metadata = Partial<Record<Kind, readonly MetadataRow[]>>;

export interface SampleData {
  readonly locations: readonly LocationInput[];
  readonly patients: readonly PatientInput[];
}

/** Uuids of the sample metadata: the reference application's own where it has one. */
export const SAMPLE = {
  openmrsId: '05a29f94-c0ed-11e2-94be-8c13b969e334',
  nationalId: 'a5d38e09-efcb-4d91-a526-50ce1ba5011a',
  phone: '14d4f066-15f5-102d-96e4-000c29c2a5d7',
  healthCentre: '8d87236c-c2cc-11de-8d13-0010c6dffd0f',
  civilStatus: '8d871f2a-c2cc-11de-8d13-0010c6dffd0f',
  loginTag: 'b8bbf83e-645f-451f-8efe-a0db56f09676',
  visitTag: '37dd4458-dc9e-4ae6-a1f1-789c1162d37b',
  facilityCode: '8a845a89-6aa5-4111-81d3-0af31c45c002',
  married: '5555AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  single: '1057AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  malaria: '116128AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

/** What patients and locations refer to, the same at all sites: types, tags and concepts. */
export function sampleMetadata(): Metadata {
  return {
    ...careMetadata,
    concept: [
      ...careMetadata.concept,
      { uuid: SAMPLE.married, name: 'Married' },
      { uuid: SAMPLE.single, name: 'Never married' },
      { uuid: SAMPLE.malaria, name: 'Malaria' },
    ],
    patientidentifiertype: [
      {
        uuid: SAMPLE.openmrsId,
        name: 'OpenMRS ID',
        description: 'Given by the clinic',
        format: '[A-Z0-9-]+',
        formatDescription: 'letters, digits and dashes',
        required: true,
        locationBehavior: 'REQUIRED',
        uniquenessBehavior: 'UNIQUE',
      },
      { uuid: SAMPLE.nationalId, name: 'National ID', description: 'Identity card', locationBehavior: 'NOT_USED', uniquenessBehavior: null },
    ],
    personattributetype: [
      { uuid: SAMPLE.phone, name: 'Telephone Number', description: 'Phone', format: 'java.lang.String', sortWeight: 1, searchable: false },
      { uuid: SAMPLE.healthCentre, name: 'Health Center', description: 'Home clinic', format: 'org.openmrs.Location', sortWeight: 2, searchable: false },
      { uuid: SAMPLE.civilStatus, name: 'Civil Status', description: 'Marital status', format: 'org.openmrs.Concept', sortWeight: 3, searchable: false },
    ],
    locationtag: [
      { uuid: SAMPLE.loginTag, name: 'Login Location', description: 'When a user logs in' },
      { uuid: SAMPLE.visitTag, name: 'Visit Location', description: 'Where visits take place' },
    ],
    locationattributetype: [
      {
        uuid: SAMPLE.facilityCode,
        name: 'Facility code',
        description: 'Of the ministry',
        minOccurs: 0,
        maxOccurs: 1,
        datatypeClassname: 'org.openmrs.customdatatype.datatype.FreeTextDatatype',
      },
    ],
  };
}

const WOMEN = ['Achieng', 'Wanjiru', 'Atieno', 'Chebet', 'Nyambura', 'Akinyi', 'Moraa', 'Zawadi'] as const;
const MEN = ['Otieno', 'Kamau', 'Kiprop', 'Mutiso', 'Barasa', 'Omondi', 'Juma', 'Wekesa'] as const;
const FAMILIES = ['Okello', 'Mwangi', 'Cheruiyot', 'Odhiambo', 'Njoroge', 'Wafula', 'Kiplagat', 'Mutua'] as const;
const VILLAGES = ['Kapina', 'Kisumu Ndogo', 'Maseno', 'Ahero', 'Muhoroni', 'Kombewa'] as const;

function patient(random: Random, index: number, clinic: string): PatientInput {
  const woman = random.next() < 0.55;
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    uuid: random.uuid(),
    gender: woman ? 'F' : 'M',
    birthdate: `${1940 + random.below(80)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
    birthdateEstimated: random.next() < 0.3,
    names: [
      { uuid: random.uuid(), givenName: random.pick(woman ? WOMEN : MEN), middleName: random.pick(MEN), familyName: random.pick(FAMILIES), preferred: true },
    ],
    addresses: [
      {
        uuid: random.uuid(),
        preferred: true,
        address1: `Plot ${1 + random.below(99)}`,
        cityVillage: random.pick(VILLAGES),
        countyDistrict: 'Kisumu',
        country: 'Kenya',
      },
    ],
    attributes: [
      { uuid: random.uuid(), attributeType: SAMPLE.phone, value: `+2547${String(random.below(100_000_000)).padStart(8, '0')}` },
      { uuid: random.uuid(), attributeType: SAMPLE.healthCentre, value: clinic },
      { uuid: random.uuid(), attributeType: SAMPLE.civilStatus, value: random.pick([SAMPLE.married, SAMPLE.single]) },
    ],
    identifiers: [
      { uuid: random.uuid(), identifier: `${random.hex(4).toUpperCase()}-${index + 1}`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true },
    ],
  };
}

/** A country, a district, a clinic with two wards, and patients of the clinic. The same seed gives the same people, uuids included. */
export function sampleData(seed: string, patients = 5): SampleData {
  const random = new Random(`sample/${seed}`);
  const [country, district, clinic] = [random.uuid(), random.uuid(), random.uuid()];
  const ward = (name: string): LocationInput => ({ uuid: random.uuid(), name: `${name}, ${seed}`, parentLocation: clinic, tags: [SAMPLE.visitTag] });
  return {
    locations: [
      { uuid: country, name: `Country of ${seed}`, country: 'Kenya' },
      { uuid: district, name: `District of ${seed}`, parentLocation: country, country: 'Kenya', stateProvince: 'Nyanza' },
      { uuid: clinic, name: `Clinic of ${seed}`, parentLocation: district, country: 'Kenya', cityVillage: 'Kisumu', tags: [SAMPLE.loginTag, SAMPLE.visitTag] },
      ward('Maternity'),
      ward('Outpatients'),
    ],
    patients: Array.from({ length: patients }, (_, index) => patient(random, index, clinic)),
  };
}
