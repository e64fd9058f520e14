import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { call, clinic, country, data, district, HandClock, jane, location, PROFILES, person, RestBench } from './rest-bench.js';

describe.each(PROFILES)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
  });
  afterEach(() => bench.stop());

  it('gets a tree of places as it is elsewhere, whatever uuids it gives them', async () => {
    for (const { uuid } of data.locations) {
      const { incoming, written } = await bench.carry(location(String(uuid)));
      expect(written.fields).toEqual(incoming.fields);
      expect(written.record).toEqual(incoming.record);
    }
    expect(bench.aliases.local.size).toBe(bench.old ? data.locations.length : 0);
    expect(bench.target.count('location')).toBe(data.locations.length);
    expect(await bench.sites.of('target').has({ resource: 'location', uuid: clinic }, call)).toBe(true);
  });

  it('gets a patient as it is elsewhere, under the same uuid, in one request', async () => {
    for (const uuid of [country, district, clinic]) await bench.carry(location(uuid));
    const { incoming, written, asked } = await bench.carry(person(jane));
    const lost = bench.old ? ['causeOfDeathNonCoded'] : [];
    expect(written.fields).toEqual(Object.fromEntries(Object.entries(incoming.fields).filter(([path]) => !lost.includes(path))));
    expect(asked).toEqual(['POST patient']);
    expect(bench.aliases.local.has(`person/${jane}`)).toBe(false);
    expect(Object.values(written.itemUuids).sort()).toEqual(Object.values(incoming.itemUuids).sort());
  });

  it('gets Jane to Janet by one request to the same name', async () => {
    const held = await bench.agreeOnJane();
    const [name] = Object.keys(held.itemUuids).filter((path) => path.startsWith('names['));
    const uuid = held.itemUuids[name ?? ''] ?? '';
    bench.source.clinician.editName(uuid, { givenName: 'Janet', middleName: null });
    const { incoming, written, asked } = await bench.carry(person(jane));
    expect(asked).toEqual([`POST person/${jane}/name/${uuid}`]);
    expect(written.fields['preferredName']).toBe(incoming.fields['preferredName']);
  });

  it('gets scalars in one request, and dates that no time zone moved', async () => {
    await bench.agreeOnJane();
    bench.source.clinician.edit('person', jane, {
      birthdate: '1950-02-03',
      dead: true,
      deathDate: '2020-05-01T23:30:00.000+0000',
      causeOfDeath: SAMPLE.malaria,
      birthtime: '1970-01-01T14:05:09.000',
    });
    const { incoming, written, asked } = await bench.carry(person(jane));
    expect(asked).toEqual([`POST person/${jane}`]);
    expect(written.fields).toMatchObject({ birthdate: '1950-02-03', deathDate: '2020-05-01T23:30:00Z', causeOfDeath: SAMPLE.malaria, birthtime: '14:05:09' });
    expect(incoming.fields['birthtime']).toBe('14:05:09');
  });

  it('gets a second name and makes it the preferred one, whatever their alphabetical order', async () => {
    await bench.agreeOnJane();
    for (const givenName of ['Aaa', 'Zzz']) {
      bench.source.clinician.setPreferredName(jane, bench.source.clinician.addName(jane, { givenName, familyName: 'Same' }));
      const { incoming, written } = await bench.carry(person(jane));
      expect(written.fields['preferredName']).toBe(incoming.fields['preferredName']);
      expect(
        Object.keys(written.fields)
          .filter((path) => path.startsWith('names['))
          .sort(),
      ).toEqual(
        Object.keys(incoming.fields)
          .filter((path) => path.startsWith('names['))
          .sort(),
      );
    }
  });

  it('gets another preferred identifier before it loses the old one', async () => {
    const held = await bench.agreeOnJane();
    bench.source.clinician.addIdentifier(jane, { identifier: 'NEW-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true });
    const old = Object.entries(held.itemUuids).find(([path]) => path.startsWith('identifiers['))?.[1] ?? '';
    bench.source.clinician.voidIdentifier(old);
    const { incoming, written, asked } = await bench.carry(person(jane));
    expect(written.fields['preferredIdentifier']).toBe(incoming.fields['preferredIdentifier']);
    expect(Object.keys(written.fields).filter((path) => /^identifiers\[.*\]$/.test(path))).toEqual([`identifiers[${SAMPLE.openmrsId}|NEW-1]`]);
    expect(asked.at(-1)).toBe(`DELETE patient/${jane}/identifier/${old}`);
  });

  it('is written to though its clinic has left a patient without a preferred identifier', async () => {
    const held = await bench.agreeOnJane();
    const at = (uuid: string) => bench.aliases.local.get(`location/${uuid}`) ?? uuid;
    for (const identifier of ['B-1', 'C-1']) bench.target.clinician.addIdentifier(jane, { identifier, identifierType: SAMPLE.openmrsId, location: at(clinic) });
    bench.target.clinician.voidIdentifier(held.itemUuids[`identifiers[${String(held.fields['preferredIdentifier'])}]`] ?? '');
    const now = await bench.sites.of('target').read(person(jane), call);
    const written = await bench.sites.of('target').write(now, now, { fields: new Map([['gender', 'O']]) }, call);
    expect(written.fields).toEqual({ ...now.fields, gender: 'O' });
  });

  it('gets attributes changed, added and removed, references as uuids', async () => {
    const held = await bench.agreeOnJane();
    const uuidOf = (type: string) => held.itemUuids[`attributes[${type}]`] ?? '';
    bench.source.clinician.editAttribute(uuidOf(SAMPLE.phone), { value: '+254 1' });
    bench.source.clinician.editAttribute(uuidOf(SAMPLE.healthCentre), { value: district });
    bench.source.clinician.voidAttribute(uuidOf(SAMPLE.civilStatus));
    const { written } = await bench.carry(person(jane));
    expect(written.fields).toMatchObject({ [`attributes[${SAMPLE.phone}]`]: '+254 1', [`attributes[${SAMPLE.healthCentre}]`]: district });
    expect(written.fields).not.toHaveProperty([`attributes[${SAMPLE.civilStatus}]`]);
    expect(written.references).toContainEqual({ path: `attributes[${SAMPLE.healthCentre}]`, resource: 'location', uuid: district, aggregate: 'location' });
  });

  it('adds an item whose uuid a voided row of its own still has', async () => {
    const held = await bench.agreeOnJane();
    const path = Object.keys(held.itemUuids).find((one) => one.startsWith('addresses[')) ?? '';
    bench.target.clinician.voidAddress(held.itemUuids[path] ?? '');
    const { incoming, written } = await bench.carry(person(jane));
    expect(written.fields[path]).toBe(true);
    expect(written.fields['preferredAddress']).toBe(incoming.fields['preferredAddress']);
  });

  it('makes a patient of a person it knows', async () => {
    const uuid = bench.source.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Okello', preferred: true }] });
    for (const place of [country, district, clinic]) await bench.carry(location(place));
    const first = await bench.carry(person(uuid));
    expect(first.written).toMatchObject({ category: 'person', fields: { isPatient: false } });
    expect(bench.aliases.local.has(`person/${uuid}`)).toBe(bench.old);
    bench.source.clinician.registerPatient(uuid, [{ identifier: 'M-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }]);
    const { written } = await bench.carry(person(uuid));
    expect(written).toMatchObject({
      category: 'patient',
      fields: { isPatient: true, preferredIdentifier: `${SAMPLE.openmrsId}|M-1`, [`identifiers[${SAMPLE.openmrsId}|M-1].location`]: clinic },
    });
    expect(bench.target.count('person')).toBe(1);
  });

  const nobodys = async (): Promise<boolean> => false;

  it('is found to hold what it would have doubled', async () => {
    const uuid = bench.source.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Okello', preferred: true }] });
    await bench.carry(person(uuid));
    await bench.carry(location(country));
    bench.aliases.local.clear();
    bench.aliases.canonical.clear();
    const incoming = await bench.sites.of('source').read(person(uuid), call);
    const place = await bench.sites.of('source').read(location(country), call);
    const [twin, other] = [await bench.sites.of('target').findTwin(incoming, call, nobodys), await bench.sites.of('target').findTwin(place, call, nobodys)];
    expect([twin === null, other === null]).toEqual([!bench.old, !bench.old]);
    expect((await bench.sites.of('target').read(person(uuid), call)).presence).toBe('present');
    const changed = { ...incoming, fields: { ...incoming.fields, gender: 'M' }, record: person('other') };
    expect(await bench.sites.of('target').findTwin(changed, call, nobodys)).toBeNull();
  });

  it('is voided, and told as voided with nothing covered', async () => {
    const held = await bench.agreeOnJane();
    const gone = await bench.sites.of('target').write(held, held, { presence: 'voided', fields: new Map() }, call);
    expect(gone).toMatchObject({ presence: 'voided', covers: [], fields: {} });
    expect(gone.stamp).not.toBe(held.stamp);
  });

  it('is retired and told with all its fields', async () => {
    await bench.carry(location(country));
    const held = await bench.sites.of('target').read(location(country), call);
    const gone = await bench.sites.of('target').write(held, held, { presence: 'voided', fields: new Map() }, call);
    expect(gone).toMatchObject({ presence: 'voided', fields: held.fields });
    expect((await bench.sites.of('target').write(gone, held, { presence: 'present', fields: new Map() }, call)).presence).toBe('present');
  });

  it('moves its stamp with every write, also of a child, also back to what it was', async () => {
    await bench.stop();
    const clock = new HandClock();
    bench = await RestBench.start(profile, clock);
    bench.target.load(data);
    const stamps: string[] = [];
    const look = async () => {
      clock.tick();
      stamps.push((await bench.sites.of('target').read(person(jane), call)).stamp);
    };
    await look();
    await look();
    expect(stamps[0]).toBe(stamps[1]);
    const { itemUuids, fields } = await bench.sites.of('target').read(person(jane), call);
    const name = itemUuids[`names[${String(fields['preferredName'])}]`] ?? '';
    for (const familyName of ['A', 'B', 'A', 'B']) {
      bench.target.clinician.editName(name, { familyName });
      await look();
    }
    const address = bench.target.clinician.addAddress(jane, { address1: 'x' });
    await look();
    bench.target.clinician.voidAddress(address);
    await look();
    expect(new Set(stamps.slice(1, 6)).size).toBe(5);
    expect([stamps[6] === stamps[5], stamps[7] === stamps[6]]).toEqual([false, false]);
  });
});
