import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, type PersonState, SAMPLE } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const EXT = 'http://fhir.openmrs.org/ext';
const UUID = '99999999-0000-4000-8000-00000000000';

describe('a patient of fhir2', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench();
  });
  afterEach(() => at.simulator.stop());

  const identifier = (value: string, more: object = {}) => ({
    id: `${UUID}1`,
    use: 'official',
    type: { text: 'OpenMRS ID' },
    value,
    extension: [{ url: `${EXT}/patient/identifier#location`, valueReference: { reference: `Location/${at.clinic}` } }],
    ...more,
  });
  const jane = (more: object = {}) => ({
    resourceType: 'Patient',
    identifier: [identifier('JANE-1')],
    name: [{ id: `${UUID}2`, family: 'Doe', given: ['Jane', 'Q'] }],
    gender: 'female',
    birthDate: '1985-05-12',
    ...more,
  });
  const people = (): readonly PersonState[] => at.simulator.state().people;
  const person = (uuid: string) => people().find((one) => one.uuid === uuid) as PersonState;
  const create = async (more: object = {}): Promise<string> => (await at.fhir('POST', 'Patient', jane(more))).json.id;
  const put = async (uuid: string, body: object) => at.fhir('PUT', `Patient/${uuid}`, { resourceType: 'Patient', id: uuid, ...body });
  const shown = async (uuid: string) => (await at.fhir('GET', `Patient/${uuid}`)).json;
  /** The feed's lines while something is asked for. */
  const told = async (act: () => Promise<unknown>): Promise<string[]> => {
    at.simulator.feed.delete(() => true);
    await act();
    return at.simulator.feedRows().map(({ tags }) => (tags ?? '').replace(',', ' '));
  };

  it('is shown with ids of its parts, its mark of the preferred ones, and its attributes by the names of their types (PatientTranslatorImpl)', async () => {
    const { clinician } = at.simulator;
    const uuid = clinician.addPatient({
      ...at.jane(),
      names: [{ uuid: `${UUID}2`, givenName: 'Jane', middleName: 'Q', familyName: 'Doe', familyName2: 'Smith', prefix: 'Ms', preferred: true }],
      addresses: [{ uuid: `${UUID}3`, address1: 'Plot 12', cityVillage: 'Kapina', countyDistrict: 'Kisumu', country: 'Kenya', latitude: '1', preferred: true }],
      attributes: [
        { uuid: `${UUID}4`, attributeType: SAMPLE.phone, value: '+254700000000' },
        { uuid: `${UUID}5`, attributeType: SAMPLE.civilStatus, value: SAMPLE.married },
        { uuid: `${UUID}6`, attributeType: SAMPLE.healthCentre, value: at.clinic },
      ],
    });
    const attribute = (type: string, value: object) => ({
      url: `${EXT}/person-attribute`,
      extension: [
        { url: `${EXT}/person-attribute-type`, valueString: type },
        { url: `${EXT}/person-attribute-value`, ...value },
      ],
    });
    const place = { reference: `Location/${at.clinic}`, type: 'Location', display: 'Clinic' };
    expect(await shown(uuid)).toEqual({
      resourceType: 'Patient',
      id: uuid,
      meta: { versionId: '1767323045000', lastUpdated: '2026-01-02T03:04:05.000+00:00' },
      text: { status: 'generated', div: expect.stringContaining('xmlns="http://www.w3.org/1999/xhtml"') },
      extension: expect.arrayContaining([
        attribute('Telephone Number', { valueString: '+254700000000' }),
        attribute('Civil Status', { valueCodeableConcept: { coding: [{ code: SAMPLE.married, display: 'Married' }], text: 'Married' } }),
        attribute('Health Center', { valueReference: place }),
      ]),
      identifier: [
        {
          id: person(uuid).identifiers[0]?.uuid,
          extension: [{ url: `${EXT}/patient/identifier#location`, valueReference: place }],
          use: 'official',
          type: { coding: [{ code: SAMPLE.openmrsId }], text: 'OpenMRS ID' },
          value: 'JANE-1',
        },
      ],
      active: true,
      name: [
        {
          id: `${UUID}2`,
          extension: [
            {
              url: `${EXT}/name`,
              extension: [
                { url: `${EXT}/name#prefix`, valueString: 'Ms' },
                { url: `${EXT}/name#familyName2`, valueString: 'Smith' },
              ],
            },
          ],
          text: 'Ms Jane Q Doe Smith',
          family: 'Doe',
          given: ['Jane', 'Q'],
        },
      ],
      telecom: [{ id: `${UUID}4`, value: '+254700000000' }],
      gender: 'female',
      birthDate: '1985-05-12',
      deceasedBoolean: false,
      address: [
        {
          id: `${UUID}3`,
          extension: [{ url: `${EXT}/address`, extension: [{ url: `${EXT}/address#address1`, valueString: 'Plot 12' }] }],
          use: 'home',
          city: 'Kapina',
          district: 'Kisumu',
          country: 'Kenya',
        },
      ],
    });
  });

  it('shows no voided name or address, as their translators answer nothing for one', async () => {
    const { clinician } = at.simulator;
    const uuid = clinician.addPatient(at.jane());
    clinician.voidName(clinician.addName(uuid, { givenName: 'Old', familyName: 'Name' }));
    clinician.voidAddress(clinician.addAddress(uuid, { address1: 'Plot 1' }));
    expect([(await shown(uuid)).name.length, (await shown(uuid)).address]).toEqual([1, undefined]);
  });

  it('shows an estimated birth date as a year, or of a young child as a month (BirthDateTranslatorImpl)', async () => {
    const { clinician } = at.simulator;
    const born = async (birthdate: string, i: number) =>
      (await shown(clinician.addPatient(at.jane(`B-${i}`, { birthdate, birthdateEstimated: true })))).birthDate;
    expect([await born('1985-05-12', 1), await born('2020-01-03', 2), await born('2020-01-02', 3)]).toEqual(['1985', '2020-01', '2020']);
  });

  it('gets a uuid of the server when made, while its parts keep their ids (HAPI CreateMethodBinding)', async () => {
    const { status, headers, json } = await at.fhir('POST', 'Patient', jane({ id: `${UUID}9` }));
    expect([status, json.id === `${UUID}9`]).toEqual([201, false]);
    expect(headers.get('location')).toBe(`${at.simulator.baseUrl}/ws/fhir2/R4/Patient/${json.id}/_history/${json.meta.versionId}`);
    const { identifiers, names, isPatient } = person(json.id);
    expect([isPatient, identifiers[0]?.uuid, names[0]?.uuid]).toEqual([true, `${UUID}1`, `${UUID}2`]);
  });

  it('is made past the services of core: nothing is made preferred that is not so named', async () => {
    const uuid = await create({
      address: [
        { city: 'Kapina', use: 'home' },
        { city: 'Ahero', use: 'home' },
      ],
    });
    const { names, addresses } = person(uuid);
    expect(names.map(({ values }) => values['preferred'])).toEqual([false]);
    expect(addresses.map(({ values }) => values['preferred'])).toEqual([true, true]);
  });

  it('is told of by the feed as by REST', async () => {
    const lines = await told(() => at.fhir('POST', 'Patient', jane()));
    expect(lines.sort()).toEqual(['patient CREATED', 'patient_identifier CREATED', 'person_name CREATED']);
    const uuid = people()[0]?.uuid ?? '';
    expect(await told(() => put(uuid, { gender: 'other' }))).toEqual(['patient UPDATED']);
    expect(await told(() => put(uuid, { gender: 'other' }))).toEqual([]);
    expect((await told(() => put(uuid, { name: [{ family: 'Roe', given: ['J'] }] }))).sort()).toEqual(['patient UPDATED', 'person_name CREATED']);
    expect(at.simulator.writes('client')).toHaveLength(3);
  });

  it('keeps with PUT what the body does not name, and loses nothing that the body leaves out (PatientTranslatorImpl.toOpenmrsType)', async () => {
    const uuid = await create({ address: [{ id: `${UUID}3`, city: 'Kapina' }], telecom: [{ id: `${UUID}4`, value: '0700' }] });
    const before = person(uuid);
    const { status } = await put(uuid, { active: false });
    expect([status, person(uuid)]).toEqual([200, before]);
  });

  it('writes onto a name whose id it knows, and adds one without an id each time', async () => {
    const uuid = await create();
    await put(uuid, {
      name: [{ id: `${UUID}2`, family: 'Roe', extension: [{ url: `${EXT}/name`, extension: [{ url: `${EXT}/name#degree`, valueString: 'MD' }] }] }],
    });
    expect(person(uuid).names[0]?.values).toMatchObject({ familyName: 'Roe', givenName: 'Jane', middleName: 'Q', degree: 'MD' });
    await put(uuid, { name: [{ given: ['Janet'], family: 'Roe' }] });
    await put(uuid, { name: [{ given: ['Janet'], family: 'Roe' }] });
    expect(person(uuid).names).toHaveLength(3);
    expect(person(uuid).names.find(({ values }) => values['givenName'] === 'Janet')?.values['middleName']).toBe('');
  });

  it('ignores what is said of an address or a telephone whose id it knows, and adds what has none', async () => {
    const uuid = await create({ address: [{ id: `${UUID}3`, city: 'Kapina' }], telecom: [{ id: `${UUID}4`, value: '0700' }] });
    await put(uuid, { address: [{ id: `${UUID}3`, city: 'Ahero' }], telecom: [{ id: `${UUID}4`, value: '0711' }] });
    expect(person(uuid).addresses.map(({ values }) => values['cityVillage'])).toEqual(['Kapina']);
    expect(person(uuid).attributes.map(({ values }) => values['value'])).toEqual(['0700']);
    await put(uuid, { address: [{ city: 'Ahero' }, { use: 'home' }], telecom: [{ value: '0711' }] });
    expect(person(uuid).addresses.map(({ values }) => values['cityVillage'])).toEqual(['Kapina', 'Ahero']);
    expect(person(uuid).attributes.map(({ gone, values }) => [gone, values['value']])).toEqual([
      [false, '0711'],
      [true, '0700'],
    ]);
  });

  it('finds the type of an identifier by its name or its system, never by its uuid, and drops one of an unknown type (PatientIdentifierTranslatorImpl)', async () => {
    await withFhirBench({ fhir: { identifierSystems: { [SAMPLE.nationalId]: 'urn:national' } } }, async (other) => {
      const uuid = other.simulator.clinician.addPatient(other.jane());
      const add = (one: object) => other.fhir('PUT', `Patient/${uuid}`, { resourceType: 'Patient', id: uuid, identifier: [{ use: 'usual', ...one }] });
      await add({ type: { coding: [{ code: SAMPLE.nationalId }] }, value: 'N-1' });
      expect((await add({ type: { text: 'Passport' }, value: 'N-2' })).status).toBe(200);
      await add({ type: { text: 'National ID' }, value: 'N-3' });
      await add({ system: 'urn:national', value: 'N-4' });
      const [state] = other.simulator.state().people;
      expect(state?.identifiers.map(({ values }) => values['identifier'])).toEqual(['JANE-1', 'N-3', 'N-4']);
      const { json } = await other.fhir('GET', `Patient/${uuid}`);
      expect(json.identifier[1].system).toBe('urn:national');
    });
  });

  it('needs the extension with the location where the type of an identifier asks for one', async () => {
    const { status, json } = await at.fhir('POST', 'Patient', jane({ identifier: [identifier('JANE-1', { extension: [] })] }));
    expect([status, people()]).toEqual([422, []]);
    expect(json.issue[0].diagnostics).toContain('Location');
  });

  it('fails over an identifier whose id it knows with other content, and drops one of the same content', async () => {
    const uuid = await create();
    expect((await put(uuid, { identifier: [identifier('JANE-2')] })).status).toBe(500);
    expect((await put(uuid, { identifier: [identifier('JANE-1', { id: undefined })] })).status).toBe(200);
    expect(person(uuid).identifiers).toHaveLength(1);
  });

  it('cannot die, for no cause of death is ever said (PersonValidator)', async () => {
    const uuid = await create();
    expect((await put(uuid, { deceasedDateTime: '2026-01-01T10:00:00Z' })).status).toBe(422);
    await at.call('POST', `person/${uuid}`, { dead: true, causeOfDeathNonCoded: 'fever' });
    expect((await shown(uuid)).deceasedBoolean).toBe(true);
    expect((await put(uuid, { deceasedDateTime: '2026-01-01T10:00:00+03:00' })).json.deceasedDateTime).toBe('2026-01-01T07:00:00+00:00');
    expect((await put(uuid, { deceasedBoolean: false })).json.deceasedBoolean).toBe(false);
    expect(person(uuid).values).toMatchObject({ dead: false, deathDate: Date.parse('2026-01-01T07:00:00Z'), causeOfDeathNonCoded: 'fever' });
  });

  it('is estimated to be born on the first day of a year or a month that is given', async () => {
    const uuid = await create({ birthDate: '1985' });
    expect(person(uuid).values).toMatchObject({ birthdate: '1985-01-01', birthdateEstimated: true });
    await put(uuid, { birthDate: '1985-05' });
    expect(person(uuid).values).toMatchObject({ birthdate: '1985-05-01', birthdateEstimated: true });
    await put(uuid, { birthDate: '1985-05-12' });
    expect(person(uuid).values).toMatchObject({ birthdate: '1985-05-12', birthdateEstimated: false });
    expect((await put(uuid, { birthDate: '12.5.1985' })).status).toBe(400);
  });

  it('takes attributes as extensions by the name of their type, and drops those it does not know (PersonAttributeTranslatorImpl)', async () => {
    const attribute = (type: string, value: object) => ({
      url: `${EXT}/person-attribute`,
      extension: [
        { url: `${EXT}/person-attribute-type`, valueString: type },
        { url: `${EXT}/person-attribute-value`, ...value },
      ],
    });
    const uuid = await create({
      extension: [
        attribute('Civil Status', { valueCodeableConcept: { coding: [{ code: SAMPLE.single }] } }),
        attribute('Health Center', { valueReference: { reference: `Location/${at.clinic}` } }),
        attribute('Tribe', { valueString: 'x' }),
      ],
    });
    expect(
      person(uuid)
        .attributes.map(({ values }) => values['value'])
        .sort(),
    ).toEqual([SAMPLE.single, at.clinic].sort());
    await put(uuid, { extension: [attribute('Civil Status', { valueCodeableConcept: { coding: [{ code: SAMPLE.married }] } })] });
    expect(person(uuid).attributes.map(({ gone, values }) => [gone, values['value']])).toContainEqual([true, SAMPLE.single]);
  });

  it('is refused with 422 by what core asks of patients', async () => {
    const status = async (more: object) => (await at.fhir('POST', 'Patient', jane(more))).status;
    expect(await status({ gender: undefined })).toBe(422);
    expect(await status({ name: [] })).toBe(422);
    expect(await status({ identifier: [] })).toBe(422);
    expect(await status({ birthDate: '2030-01-01' })).toBe(422);
    expect(people()).toEqual([]);
  });

  it('is 404 with PUT where it is not known, and is written where it is voided (BaseFhirService.update)', async () => {
    expect((await put(`${UUID}9`, jane())).status).toBe(404);
    const uuid = await create();
    at.simulator.clinician.voidPatient(uuid);
    expect((await put(uuid, { gender: 'other' })).json).toMatchObject({ active: false, gender: 'other' });
    expect([person(uuid).gone, person(uuid).values['gender']]).toEqual([true, 'O']);
  });

  it('is voided by DELETE with its parts and its encounters, but not its visits (PatientDataVoidHandler)', async () => {
    const uuid = await create();
    const visit = at.simulator.clinician.care.startVisit({ patient: uuid, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00.000+0000' });
    at.simulator.clinician.care.recordEncounter(at.vitals(uuid, [], { visit }));
    const { status, json } = await at.fhir('DELETE', `Patient/${uuid}`);
    expect([status, json.issue[0].details.coding[0].code]).toEqual([200, 'MSG_DELETED']);
    const { encounters, visits } = at.simulator.state();
    expect([person(uuid).gone, person(uuid).audit['voidReason'], person(uuid).names[0]?.gone]).toEqual([true, 'Voided via FHIR API', true]);
    expect([encounters[0]?.gone, visits[0]?.gone]).toEqual([true, false]);
    expect((await at.fhir('GET', `Patient/${uuid}`)).status).toBe(410);
    expect((await at.fhir('DELETE', `Patient/${uuid}`)).status).toBe(200);
    expect((await at.fhir('DELETE', `Patient/${UUID}9`)).status).toBe(404);
  });

  it('does not seem changed where only a name is (AuditableInterceptor stamps rows that differ)', async () => {
    const uuid = await create();
    at.pass(60);
    at.simulator.clinician.addName(uuid, { givenName: 'Janet', familyName: 'Doe' });
    expect((await at.fhir('GET', 'Patient?_lastUpdated=gt2026-01-02T03:04:30Z')).json.total).toBe(0);
  });
});

describe('a patient of fhir2 1.3.0', () => {
  const at = (use: (bench: FhirBench) => Promise<void>) => withFhirBench({ profile: '2.3' }, use);

  it('contains who made and changed it, under new ids each time, and has no version (FM2-464, FM2-605)', () =>
    at(async ({ fhir, simulator, jane, pass }) => {
      const uuid = simulator.clinician.addPatient(jane());
      const first = (await fhir('GET', `Patient/${uuid}`)).json;
      const again = await fhir('GET', `Patient/${uuid}`);
      expect([first.meta, again.headers.get('etag'), first.contained.length]).toEqual([undefined, null, 1]);
      expect(first.contained[0]).toMatchObject({
        resourceType: 'Provenance',
        activity: { coding: [{ code: 'CREATE' }] },
        recorded: '2026-01-02T03:04:05.000+00:00',
      });
      expect(again.json.contained[0].id).not.toBe(first.contained[0].id);
      pass(60);
      simulator.clinician.edit('person', uuid, { gender: 'O' });
      const changed = (await fhir('GET', `Patient/${uuid}`)).json;
      expect([changed.meta, changed.contained.length]).toEqual([{ lastUpdated: '2026-01-02T03:05:05.000+00:00' }, 2]);
    }));

  it('drops names whose id it knows, and fails over elements without one (PersonNameTranslatorImpl)', () =>
    at(async ({ fhir, simulator, jane }) => {
      const uuid = simulator.clinician.addPatient(jane());
      const name = simulator.state().people[0]?.names[0]?.uuid;
      const put = async (one: object) => (await fhir('PUT', `Patient/${uuid}`, { resourceType: 'Patient', id: uuid, name: [one] })).status;
      expect(await put({ id: name, family: 'Roe' })).toBe(200);
      expect(simulator.state().people[0]?.names[0]?.values['familyName']).toBe('Doe');
      expect(await put({ family: 'Roe', given: ['J'] })).toBe(500);
    }));

  it('refuses identifiers of a type that it does not know (PatientIdentifierTranslatorImpl)', () =>
    at(async ({ fhir, simulator, jane }) => {
      const uuid = simulator.clinician.addPatient(jane());
      const identifier = [{ id: `${UUID}1`, type: { text: 'Passport' }, value: 'X' }];
      expect((await fhir('PUT', `Patient/${uuid}`, { resourceType: 'Patient', id: uuid, identifier })).status).toBe(422);
    }));
});
