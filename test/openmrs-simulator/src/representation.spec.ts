import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from './index.js';
import { localDate, parseRestDate, restDate } from './java-time.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

describe('representations', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(
      at.jane('JANE-1', {
        names: [{ givenName: 'Jane', familyName: 'Doe', prefix: 'Ms', preferred: true }],
        addresses: [{ address1: 'Plot 12', country: 'Kenya', preferred: true }],
        attributes: [{ attributeType: SAMPLE.healthCentre, value: at.clinic }],
      }),
    );
  });
  afterEach(() => at.simulator.stop());

  const get = async (path: string) => (await at.call('GET', path)).json;

  it('show a patient in full with default parts, whose names say neither preferred nor prefix', async () => {
    const full = await get(`patient/${jane}?v=full`);
    expect(Object.keys(full)).toEqual(['uuid', 'display', 'identifiers', 'person', 'voided', 'auditInfo', 'links', 'resourceVersion']);
    expect(Object.keys(full.person.names[0])).toEqual([
      'display',
      'uuid',
      'givenName',
      'middleName',
      'familyName',
      'familyName2',
      'voided',
      'links',
      'resourceVersion',
    ]);
    expect(full.display).toBe('JANE-1 - Ms Jane Doe');
    expect(full.person).toMatchObject({ gender: 'F', age: 40, birthdate: '1985-05-12T00:00:00.000+0000', causeOfDeathNonCoded: null, birthtime: null });
    expect(full.identifiers[0].location.display).toBe('Clinic');
  });

  it('show a name in full with all its parts', async () => {
    const { results } = await get(`person/${jane}/name?v=full`);
    expect(results[0]).toMatchObject({ preferred: true, prefix: 'Ms', degree: null });
  });

  it('follow a custom one, nested ones included, and refuse a key they do not know', async () => {
    const custom = 'custom:(uuid,identifiers:(identifier,preferred),person:(gender,names:full,causeOfDeath:ref,attributes:(value)))';
    const shown = await get(`patient/${jane}?v=${custom}`);
    expect(shown).toEqual({
      uuid: jane,
      identifiers: [{ identifier: 'JANE-1', preferred: true, resourceVersion: '1.8' }],
      person: {
        gender: 'F',
        names: [expect.objectContaining({ prefix: 'Ms', preferred: true })],
        causeOfDeath: null,
        attributes: [{ value: expect.objectContaining({ uuid: at.clinic, display: 'Clinic' }), resourceVersion: '1.8' }],
        resourceVersion: '1.11',
      },
      resourceVersion: '1.9',
    });
    expect((await at.call('GET', `patient/${jane}?v=custom:(uuid,shoeSize)`)).status).toBe(400);
    expect((await at.call('GET', `patient/${jane}?v=huge`)).status).toBe(400);
  });

  it('list references unless told otherwise, never more than a hundred', async () => {
    const { results } = await get('location');
    expect(Object.keys(results[0])).toEqual(['uuid', 'display', 'links']);
    expect((await at.call('GET', 'location?limit=101')).status).toBe(500);
    expect((await at.call('GET', 'patient')).status).toBe(400);
  });

  it('page long lists by index', async () => {
    for (let i = 0; i < 4; i += 1) at.simulator.clinician.addLocation({ name: `Ward ${i}` });
    const { results, links, totalCount } = await get('location?limit=2&startIndex=2&totalCount=true');
    expect([results.length, links.map(({ rel }: { rel: string }) => rel), totalCount]).toEqual([2, ['next', 'prev'], 5]);
  });

  it('find patients by identifier or name, and settings by prefix', async () => {
    expect((await get('patient?identifier=JANE-1')).results[0].uuid).toBe(jane);
    expect((await get('patient?q=jan')).results[0].uuid).toBe(jane);
    expect((await get('patient?q=nobody')).results).toEqual([]);
    const made = await at.call('POST', 'systemsetting', { property: 'synchub.engine.a', value: '1' });
    await at.call('POST', 'systemsetting/synchub.engine.a', { value: '2' });
    expect((await get('systemsetting?q=synchub.engine&v=full')).results).toEqual([expect.objectContaining({ uuid: made.json.uuid, value: '2' })]);
    expect((await at.call('DELETE', 'systemsetting/synchub.engine.a')).status).toBe(204);
    expect((await at.call('GET', 'systemsetting/synchub.engine.a')).status).toBe(404);
  });

  it('leave voided parts out of lists, but list voided names under their own address', async () => {
    const name = at.simulator.clinician.addName(jane, { givenName: 'Old' });
    at.simulator.clinician.voidName(name);
    at.simulator.clinician.voidAddress(at.simulator.state().people[0]?.addresses[0]?.uuid ?? '');
    const person = await get(`person/${jane}?v=full`);
    expect([person.names.length, person.addresses]).toEqual([1, []]);
    expect((await get(`person/${jane}/name`)).results.map(({ voided }: { voided: boolean }) => voided)).toEqual([false, true]);
    expect((await get(`person/${jane}/address`)).results).toEqual([]);
    expect((await get(`person/${jane}/name/${name}`)).voided).toBe(true);
  });

  it('say in auditInfo who did what and when, of the row they are of', async () => {
    const person = at.simulator.clinician.addPerson({ gender: 'M', names: [{ givenName: 'Joe' }] });
    at.pass(60);
    await at.call('POST', 'patient', { person, identifiers: [at.identifier('JOE-1')] });
    const { auditInfo, person: shown } = await get(`patient/${person}?v=full`);
    expect(auditInfo).toMatchObject({ creator: { display: 'admin' }, dateCreated: '2026-01-02T03:05:05.000+0000', changedBy: { display: 'admin' } });
    expect(shown.auditInfo).toMatchObject({ creator: { display: 'clinician' }, dateCreated: '2026-01-02T03:04:05.000+0000' });
    at.simulator.clinician.voidPatient(person, 'twice');
    expect((await get(`patient/${person}?v=full`)).auditInfo).toMatchObject({
      voidReason: 'twice',
      voidedBy: { display: 'clinician' },
      dateVoided: '2026-01-02T03:05:05.000+0000',
    });
  });

  it('do not move the patient’s dateChanged when only a part changes', async () => {
    at.simulator.clinician.addName(jane, { givenName: 'Janet' });
    expect((await get(`patient/${jane}?v=full`)).auditInfo.dateChanged).toBeNull();
  });

  it('read a gone record as 200, and one that was never there as 404', async () => {
    at.simulator.clinician.voidPatient(jane);
    at.simulator.clinician.retireLocation(at.clinic, 'closed');
    expect(await get(`patient/${jane}`)).toMatchObject({ voided: true });
    expect(await get(`location/${at.clinic}`)).toMatchObject({ retired: true });
    const none = await at.call('GET', 'patient/99999999-0000-4000-8000-000000000009');
    expect([none.status, none.json.error.message]).toEqual([404, "Object with given uuid doesn't exist [null]"]);
    expect((await at.call('GET', `person/${at.clinic}/name/${at.simulator.state().people[0]?.names[0]?.uuid ?? ''}`)).status).toBe(404);
  });

  it('tell the platform and its modules', async () => {
    const { systemInfo } = await get('systeminformation?v=full');
    expect(systemInfo['SystemInfo.title.openmrsInformation']['SystemInfo.OpenMRSInstallation.openmrsVersion']).toMatch(/^2\.8\.0/);
    const versions = (await get('module?v=full')).results.map(({ uuid, version }: Record<string, string>) => [uuid, version]);
    expect(versions).toContainEqual(['webservices.rest', '3.4.0']);
  });
});

describe('dates', () => {
  it('carry the zone’s offset of their own time, without a colon', () => {
    expect(restDate(Date.parse('2026-01-02T03:04:05Z'), 'Africa/Nairobi')).toBe('2026-01-02T06:04:05.000+0300');
    expect(restDate(Date.parse('1936-05-11T21:30:00Z'), 'Africa/Nairobi')).toBe('1936-05-12T00:00:00.000+0230');
    expect(restDate(Date.parse('2026-01-02T03:04:05Z'), 'America/Port-au-Prince')).toBe('2026-01-01T22:04:05.000-0500');
  });

  it.each([
    ['2020-05-01T10:15:00.000+0000', '2020-05-01T10:15:00.000Z'],
    ['2020-05-01T10:15:00.000+03:00', '2020-05-01T07:15:00.000Z'],
    ['2020-05-01T10:15:00', '2020-05-01T07:15:00.000Z'],
    ['2020-05-01 10:15:00', '2020-05-01T07:15:00.000Z'],
    ['2020-05-01', '2020-04-30T21:00:00.000Z'],
  ])('are read from %s, in the server’s zone where none is given', (text, instant) => {
    expect(new Date(parseRestDate(text, 'Africa/Nairobi') ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each(['yesterday', '2020-02-30', '05/01/2020', '2020-05-01T10:15'])('are not read from %s', (text) => {
    expect(parseRestDate(text, 'UTC')).toBeNull();
  });

  it('are stored as the day the server’s clock shows: an instant sent as UTC midnight falls on the day before in the west', () => {
    expect(localDate(Date.parse('1985-05-12T00:00:00Z'), 'America/Port-au-Prince')).toBe('1985-05-11');
  });

  it('of birth come back as the server’s midnight, and others cut to seconds', () =>
    withBench({ timeZone: 'Africa/Nairobi' }, async (at) => {
      const made = await at.call('POST', 'person', {
        gender: 'F',
        names: [{ givenName: 'Jane' }],
        birthdate: '1930-05-12',
        addresses: [{ address1: 'x', startDate: '2020-05-01T10:15:00.789+0000' }],
      });
      const shown = (await at.call('GET', `person/${made.json.uuid}?v=full`)).json;
      expect([shown.birthdate, shown.addresses[0].startDate]).toEqual(['1930-05-12T00:00:00.000+0230', '2020-05-01T13:15:00.000+0300']);
    }));
});
