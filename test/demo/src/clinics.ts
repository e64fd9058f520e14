import { SAMPLE, type SampleData, type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import type { World } from './world.js';

export type RecordKind = 'location' | 'person' | 'patient';

/** Something that somebody at a site has typed. It says what was done, and nothing of what was typed. */
export interface Deed {
  readonly site: string;
  readonly kind: RecordKind;
  readonly uuid: string;
  /** `corrects the birthdate of`. */
  readonly does: string;
  readonly at: Date;
}

/** One record as somebody at a site sees it. */
export interface Place {
  readonly site: string;
  readonly uuid: string;
}

const PATIENTS_EACH = 4;
const MOST_DEEDS = 2000;

/** The people at the sites: what they do is done through each OpenMRS, and remembered. */
export class Clinics {
  /** The latest; the oldest of a long run are forgotten. */
  readonly deeds: Deed[] = [];
  readonly samples: ReadonlyMap<string, SampleData>;
  private readonly hearers: ((deed: Deed) => void)[] = [];

  constructor(private readonly world: World) {
    this.samples = new Map([...world.sites.keys()].map((site) => [site, sampleData(site, PATIENTS_EACH)]));
  }

  onDeed(hear: (deed: Deed) => void): void {
    this.hearers.push(hear);
  }

  at(site: string): Simulator {
    return this.world.site(site);
  }

  /** Each site has places and patients of its own, entered before anybody joined it to others. */
  enterSampleData(): void {
    for (const [site, data] of this.samples) {
      this.at(site).load(data);
      for (const { uuid } of data.locations) this.remember({ site, uuid: String(uuid) }, 'location', 'has entered');
      for (const { uuid } of data.patients) this.remember({ site, uuid: String(uuid) }, 'patient', 'has entered');
    }
  }

  registerPatient(site: string, number: number): void {
    const [patient] = sampleData(`${site}/${number}`, 1).patients;
    const clinic = this.samples.get(site)?.locations[2]?.['uuid'];
    if (patient === undefined) return;
    const ofThisClinic = { identifiers: patient.identifiers.map((one) => ({ ...one, location: clinic })), attributes: [] };
    const uuid = this.at(site).clinician.addPatient({ ...patient, ...ofThisClinic });
    this.remember({ site, uuid }, 'patient', 'registers');
  }

  addRelative(site: string, number: number): void {
    const [relative] = sampleData(`${site}/relative/${number}`, 1).patients;
    if (relative === undefined) return;
    const { identifiers: _, ...person } = relative;
    const uuid = this.at(site).clinician.addPerson({ ...person, attributes: [] });
    this.remember({ site, uuid }, 'person', 'enters');
  }

  openWard(site: string, number: number): void {
    const parentLocation = this.samples.get(site)?.locations[2]?.['uuid'] ?? null;
    const uuid = this.at(site).clinician.addLocation({ name: `Ward ${number}, ${site}`, parentLocation, tags: [SAMPLE.visitTag] });
    this.remember({ site, uuid }, 'location', 'opens');
  }

  describeWard({ site, uuid }: Place, number: number): void {
    this.at(site).clinician.edit('location', uuid, { description: `as of note ${number}` });
    this.remember({ site, uuid }, 'location', 'describes');
  }

  moveWard({ site, uuid }: Place, parent: string): void {
    this.at(site).clinician.moveLocation(uuid, parent);
    this.remember({ site, uuid }, 'location', 'moves');
  }

  closeWard({ site, uuid }: Place): void {
    this.at(site).clinician.retireLocation(uuid);
    this.remember({ site, uuid }, 'location', 'closes');
  }

  reopenWard({ site, uuid }: Place): void {
    this.at(site).clinician.unretireLocation(uuid);
    this.remember({ site, uuid }, 'location', 'reopens');
  }

  correctBirthdate({ site, uuid }: Place, year: number): void {
    this.at(site).clinician.edit('person', uuid, { birthdate: `${year}-07-01`, birthdateEstimated: true });
    this.remember({ site, uuid }, 'patient', 'corrects the birthdate of');
  }

  correctGender({ site, uuid }: Place, gender: 'F' | 'M' | 'O'): void {
    this.at(site).clinician.edit('person', uuid, { gender });
    this.remember({ site, uuid }, 'patient', 'corrects the gender of');
  }

  changePhone({ site, uuid }: Place, number: number): void {
    this.at(site).clinician.addAttribute(uuid, { attributeType: SAMPLE.phone, value: `+2547${String(number).padStart(8, '0')}` });
    this.remember({ site, uuid }, 'patient', 'changes the phone of');
  }

  addAddress({ site, uuid }: Place, number: number): void {
    this.at(site).clinician.addAddress(uuid, { address1: `House ${number}`, cityVillage: 'Ahero', country: 'Kenya' });
    this.remember({ site, uuid }, 'patient', 'adds an address to');
  }

  addName({ site, uuid }: Place, givenName: string): void {
    this.at(site).clinician.addName(uuid, { givenName, familyName: 'Okello' });
    this.remember({ site, uuid }, 'patient', 'adds a name to');
  }

  voidName({ site, uuid }: Place, givenName: string): void {
    const person = this.at(site)
      .state()
      .people.find((one) => one.uuid === uuid);
    const name = person?.names.find(({ gone, values }) => !gone && values['givenName'] === givenName && values['familyName'] === 'Okello');
    if (name === undefined) return;
    this.at(site).clinician.voidName(name.uuid);
    this.remember({ site, uuid }, 'patient', 'voids a name of');
  }

  giveNationalId({ site, uuid }: Place, number: number): void {
    this.at(site).clinician.addIdentifier(uuid, { identifier: `ID-${number}`, identifierType: SAMPLE.nationalId });
    this.remember({ site, uuid }, 'patient', 'adds a national id to');
  }

  voidPatient({ site, uuid }: Place): void {
    this.at(site).clinician.voidPatient(uuid);
    this.remember({ site, uuid }, 'patient', 'voids');
  }

  restorePatient({ site, uuid }: Place): void {
    this.at(site).clinician.restorePatient(uuid);
    this.remember({ site, uuid }, 'patient', 'restores');
  }

  private remember({ site, uuid }: Place, kind: RecordKind, does: string): void {
    const deed = { site, uuid, kind, does, at: new Date() };
    this.deeds.push(deed);
    if (this.deeds.length > MOST_DEEDS) this.deeds.splice(0, MOST_DEEDS / 2);
    for (const hear of this.hearers) hear(deed);
  }
}
