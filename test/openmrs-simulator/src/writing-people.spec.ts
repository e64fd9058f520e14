import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const NEW = '99999999-0000-4000-8000-000000000001';
const PART = '99999999-0000-4000-8000-000000000002';

describe('writing people', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const stateOf = (uuid: string) => at.simulator.state().people.find((person) => person.uuid === uuid);
  const joe = (more: object = {}, person: object = {}) => ({
    person: { uuid: NEW, gender: 'M', names: [{ givenName: 'Joe', familyName: 'Moe' }], ...person },
    identifiers: [at.identifier('JOE-1')],
    ...more,
  });

  it('creates a patient under our uuid only where it is the person’s', async () => {
    const refused = await at.call('POST', 'patient', joe({ uuid: PART }));
    expect([refused.status, refused.json.error.message]).toEqual([400, '[Some properties are not allowed to be set: uuid]']);
    expect((await at.call('POST', 'patient', joe({ uuid: NEW }))).status).toBe(201);
    expect(stateOf(NEW)?.isPatient).toBe(true);
  });

  it('keeps the uuids of nested parts, and marks the first name and identifier preferred', async () => {
    const parts = { names: [{ uuid: PART, givenName: 'Joe', familyName: 'Moe' }] };
    await at.call('POST', 'patient', joe({ identifiers: [{ ...at.identifier('JOE-1'), preferred: false }] }, parts));
    expect(stateOf(NEW)?.names).toMatchObject([{ uuid: PART, values: { preferred: true } }]);
    expect(stateOf(NEW)?.identifiers).toMatchObject([{ values: { preferred: true } }]);
  });

  it('makes a patient of a person that is named by a string, announced as an update', async () => {
    const person = at.simulator.clinician.addPerson({ gender: 'M', names: [{ givenName: 'Joe' }] });
    const heard = at.told(() => undefined);
    expect(heard).toEqual([]);
    expect((await at.call('POST', 'patient', joe({ person }))).json.uuid).toBe(person);
    expect(at.simulator.feedRows('patient').map(({ tags }) => tags)).toEqual(['patient,UPDATED']);
  });

  it('answers 500 to a second create of the same uuid, and nothing is written', async () => {
    const before = at.simulator.state();
    expect((await at.call('POST', 'patient', joe({}, { uuid: jane, gender: 'O' }))).status).toBe(500);
    expect((await at.call('POST', 'person', { uuid: jane, gender: 'O', names: [{ givenName: 'Joe' }] })).status).toBe(500);
    expect(at.simulator.state()).toEqual(before);
  });

  it('refuses the whole body for one key that it does not know or may not set, and names it', async () => {
    const unknown = await at.call('POST', `person/${jane}`, { gender: 'U', shoeSize: 9 });
    const readOnly = await at.call('POST', `person/${jane}`, { gender: 'U', uuid: NEW, dateCreated: '2020-01-01' });
    expect([unknown.status, unknown.json.error.message]).toEqual([400, expect.stringContaining('shoeSize on class org.openmrs.Person')]);
    expect([readOnly.status, readOnly.json.error.message]).toEqual([
      400,
      expect.stringMatching(/not allowed to be set: (uuid, dateCreated|dateCreated, uuid)/),
    ]);
    expect(stateOf(jane)?.values['gender']).toBe('F');
  });

  it('tolerates what a fetched body carries, and keys whose value does not change', async () => {
    const echo = { display: 'x', links: [], auditInfo: {}, resourceVersion: '1', uuid: jane, voided: false, gender: 'O' };
    expect((await at.call('POST', `person/${jane}`, echo)).status).toBe(200);
    expect(stateOf(jane)?.values['gender']).toBe('O');
  });

  it('names what is missing', async () => {
    const reply = await at.call('POST', 'person', { gender: 'F' });
    expect([reply.status, reply.json.error.message]).toEqual([400, '[Some required properties are missing: names]']);
    expect((await at.call('POST', 'patient', { identifiers: [] })).json.error.message).toBe('[The person property is missing]');
  });

  it('writes a nested object onto the record that its uuid names', async () => {
    await at.call('POST', `patient/${jane}/identifier`, { ...at.identifier('JANE-2'), location: { uuid: at.clinic, name: 'Renamed by accident' } });
    expect(at.simulator.state().locations[0]?.values['name']).toBe('Renamed by accident');
  });

  it('finds an identifier type and a location by name where no uuid fits', async () => {
    const named = { identifier: 'JANE-3', identifierType: 'OpenMRS ID', location: 'Clinic' };
    expect((await at.call('POST', `patient/${jane}/identifier`, named)).status).toBe(201);
    expect(stateOf(jane)?.identifiers.at(-1)?.values).toMatchObject({ identifierType: SAMPLE.openmrsId, location: at.clinic });
    expect((await at.call('GET', 'location/Clinic')).json.uuid).toBe(at.clinic);
    expect((await at.call('POST', `person/${jane}/attribute`, { attributeType: 'Civil Status', value: 'x' })).status).toBe(400);
  });

  it('keeps identifiers unique among live ones, with the identifier as the error’s code', async () => {
    const taken = await at.call('POST', 'patient', joe({ identifiers: [at.identifier('JANE-1')] }));
    expect(taken.json.error.globalErrors).toEqual([
      { code: 'Identifier JANE-1 already in use by another patient', message: 'Identifier JANE-1 already in use by another patient' },
    ]);
    at.simulator.clinician.voidPatient(jane);
    expect((await at.call('POST', 'patient', joe({ identifiers: [at.identifier('JANE-1')] }))).status).toBe(201);
  });

  it('checks an identifier’s format and asks for its location where the type does', async () => {
    const code = async (identifier: object) => (await at.call('POST', `patient/${jane}/identifier`, identifier)).json.error.globalErrors[0].code;
    expect(await code(at.identifier('lower case'))).toBe('Identifier "lower case" does not match : "letters, digits and dashes"');
    expect(await code({ identifier: 'A-1', identifierType: SAMPLE.openmrsId })).toBe('Identifier Location cannot be null for A-1');
    expect((await at.call('POST', `patient/${jane}/identifier`, { identifier: 'any thing', identifierType: SAMPLE.nationalId })).status).toBe(201);
  });

  it('moves the mark of the preferred identifier, and keeps at least one', async () => {
    const [first] = stateOf(jane)?.identifiers ?? [];
    expect((await at.call('DELETE', `patient/${jane}/identifier/${first?.uuid ?? ''}`)).status).toBe(400);
    await at.call('POST', `patient/${jane}/identifier`, at.identifier('JANE-2'));
    expect(stateOf(jane)?.identifiers.map(({ values }) => [values['identifier'], values['preferred']])).toEqual([
      ['JANE-2', true],
      ['JANE-1', false],
    ]);
    expect((await at.call('DELETE', `patient/${jane}/identifier/${first?.uuid ?? ''}`)).status).toBe(204);
  });

  it('cannot save a patient who was left without a preferred identifier', async () => {
    const [first] = stateOf(jane)?.identifiers ?? [];
    for (const value of ['JANE-2', 'JANE-3']) await at.call('POST', `patient/${jane}/identifier`, { ...at.identifier(value), preferred: false });
    await at.call('DELETE', `patient/${jane}/identifier/${first?.uuid ?? ''}`);
    expect((await at.call('POST', `person/${jane}`, { gender: 'O' })).json.error.globalErrors[0].code).toBe('error.preferredIdentifier');
  });

  it('merges posted names: known ones are written onto, none goes, and the others lose the mark', async () => {
    const [old] = stateOf(jane)?.names ?? [];
    await at.call('POST', `person/${jane}`, { names: [{ uuid: PART, givenName: 'Janet', familyName: 'Doe' }] });
    expect(stateOf(jane)?.names.map(({ uuid, values }) => [uuid, values['preferred']])).toEqual([
      [PART, true],
      [old?.uuid, false],
    ]);
    await at.call('POST', `person/${jane}`, { names: [{ uuid: old?.uuid, givenName: 'Jeanne' }] });
    expect(stateOf(jane)?.names[0]).toMatchObject({ uuid: old?.uuid, values: { givenName: 'Jeanne', preferred: true } });
  });

  it('silently undoes a second name marked preferred by itself, whatever its place, but not one named as preferredName', async () => {
    await at.call('POST', `person/${jane}/name`, { uuid: PART, givenName: 'Ada', familyName: 'Abbot' });
    const reply = await at.call('POST', `person/${jane}/name/${PART}`, { preferred: true });
    expect([reply.status, stateOf(jane)?.names[0]?.values['givenName']]).toEqual([200, 'Jane']);
    await at.call('POST', `person/${jane}`, { preferredName: PART });
    expect(stateOf(jane)?.names[0]?.values['givenName']).toBe('Ada');
    expect((await at.call('POST', `person/${jane}`, { preferredName: { givenName: 'New' } })).status).toBe(400);
  });

  it('lets the alphabet decide between the preferred name and a new one that is preferred too', async () => {
    for (const familyName of ['Zulu', 'Abbot']) await at.call('POST', `person/${jane}/name`, { givenName: 'New', familyName, preferred: true });
    expect(stateOf(jane)?.names.map(({ values }) => [values['familyName'], values['preferred']])).toEqual([
      ['Abbot', true],
      ['Doe', false],
      ['Zulu', false],
    ]);
  });

  it('demotes the other addresses for a preferred one, and drops one without content while saying 201', async () => {
    for (const address1 of ['Plot 1', 'Plot 2']) await at.call('POST', `person/${jane}/address`, { address1, preferred: true });
    expect(stateOf(jane)?.addresses.map(({ values }) => [values['address1'], values['preferred']])).toEqual([
      ['Plot 2', true],
      ['Plot 1', false],
    ]);
    expect((await at.call('POST', `person/${jane}/address`, { preferred: false })).status).toBe(201);
    expect(stateOf(jane)?.addresses).toHaveLength(2);
  });

  it('gives an attribute’s record as an object and takes it as a string', async () => {
    await at.call('POST', `person/${jane}/attribute`, { uuid: PART, attributeType: SAMPLE.civilStatus, value: SAMPLE.married });
    const shown = (await at.call('GET', `person/${jane}/attribute/${PART}`)).json;
    expect([shown.value.uuid, shown.value.display, shown.display]).toEqual([SAMPLE.married, 'Married', 'Civil Status = Married']);
    expect((await at.call('POST', `person/${jane}/attribute/${PART}`, { value: { uuid: SAMPLE.single } })).status).toBe(400);
    expect(stateOf(jane)?.attributes[0]?.values['value']).toBe(SAMPLE.married);
  });

  it('overwrites an attribute of that type in place when it comes through the person', async () => {
    const phone = (value: string, uuid?: string) => ({ attributeType: SAMPLE.phone, value, ...(uuid === undefined ? {} : { uuid }) });
    await at.call('POST', `person/${jane}`, { attributes: [phone('1', PART)] });
    await at.call('POST', `person/${jane}`, { attributes: [phone('2', NEW)] });
    expect(stateOf(jane)?.attributes).toMatchObject([{ uuid: PART, values: { value: '2' } }]);
  });

  it('voids the attribute of that type when another comes by itself, and drops the same value', async () => {
    for (const value of ['1', '2', '2']) await at.call('POST', `person/${jane}/attribute`, { attributeType: SAMPLE.phone, value });
    expect(stateOf(jane)?.attributes.map(({ values, gone, audit }) => [values['value'], gone, audit['voidReason']])).toEqual([
      ['2', false, undefined],
      ['1', true, 'New value: 2'],
    ]);
  });

  it('wants one cause of death, coded or in words, never both', async () => {
    const code = async (body: object) => (await at.call('POST', `person/${jane}`, body)).json.error?.fieldErrors.causeOfDeath[0].code;
    expect(await code({ dead: true })).toBe('Person.dead.causeOfDeathAndCauseOfDeathNonCodedNull');
    expect(await code({ dead: true, causeOfDeath: SAMPLE.malaria, causeOfDeathNonCoded: 'fever' })).toBe(
      'Person.dead.shouldHaveOnlyOneCauseOfDeathOrCauseOfDeathNonCodedSet',
    );
    expect(await code({ dead: true, causeOfDeath: SAMPLE.malaria, deathDate: '2025-12-31T10:00:00.000+0000' })).toBeUndefined();
    await at.call('POST', `person/${jane}`, { dead: false });
    expect(stateOf(jane)?.values['causeOfDeath']).toBeNull();
  });

  it('refuses a birthdate in the future, a name without a given name, and the last name’s void', async () => {
    const fields = async (method: string, path: string, body?: object) =>
      Object.entries((await at.call(method, path, body)).json.error.fieldErrors as Record<string, { code: string }[]>).map(([field, [error]]) => [
        field,
        error?.code,
      ]);
    expect(await fields('POST', `person/${jane}`, { birthdate: '2026-01-03' })).toEqual([['birthdate', 'error.date.future']]);
    expect(await fields('POST', `person/${jane}/name`, { givenName: ' ' })).toContainEqual(['names[1].givenName', 'Patient.names.required.given.family']);
    expect(await fields('DELETE', `person/${jane}/name/${stateOf(jane)?.names[0]?.uuid ?? ''}`)).toEqual([
      ['names', 'Person.shouldHaveAtleastOneNonVoidedName'],
    ]);
  });

  it('looks up a string it does not know as nothing, where nothing is allowed', async () => {
    const parent = await at.call('POST', `location/${at.clinic}`, { parentLocation: NEW });
    expect([parent.status, parent.json.parentLocation]).toEqual([200, null]);
  });
});
