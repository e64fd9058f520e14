import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord, Writes } from '@sync-hub/categories';
import { ContractError, LockedOutError, NotAllowedError, type RecordRef, RefusedError, SiteDownError, SyncError, TransientError } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import { type CallOptions, changeFromEntry, readFeed, type SiteOptions, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { SAMPLE, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';

const person = (uuid: string): RecordRef => ({ aggregate: 'person', uuid });
const location = (uuid: string): RecordRef => ({ aggregate: 'location', uuid });
const call: CallOptions = { signal: new AbortController().signal };
const data = sampleData('source', 3);
const [country, district, clinic] = data.locations.map(({ uuid }) => String(uuid)) as [string, string, string];
const [jane] = data.patients.map(({ uuid }) => String(uuid)) as [string];

/** Everything that `from` holds and `to` does not yet. */
function difference(from: CanonicalRecord, to: CanonicalRecord): Writes {
  const changed = Object.entries(from.fields).filter(([path, value]) => value !== null && to.fields[path] !== value);
  const emptied = Object.entries(from.fields).filter(([path, value]) => value === null && !path.includes('[') && (to.fields[path] ?? null) !== null);
  const gone = to.presence === 'present' ? Object.keys(to.fields).filter((path) => path.includes('[') && !(path in from.fields)) : [];
  return { fields: new Map<string, Scalar | undefined>([...changed, ...emptied, ...gone.map((path) => [path, undefined] as const)]) };
}

describe.each([{ profile: '2.8' as const }, { profile: '2.1-old' as const }])('a site of platform $profile', ({ profile }) => {
  let source: Simulator;
  let target: Simulator;
  let sites: Sites;
  let aliases: MemoryAliasBook;
  const old = profile === '2.1-old';

  beforeEach(async () => {
    source = await startSimulator({ id: 'source', profile: '2.8' });
    target = await startSimulator({ id: 'target', profile, timeZone: 'Africa/Nairobi' });
    for (const site of [source, target]) site.seedMetadata(sampleMetadata());
    source.load(data);
    aliases = new MemoryAliasBook();
    const options = (simulator: Simulator, id: string): SiteOptions => ({
      id,
      baseUrl: simulator.baseUrl,
      username: 'admin',
      password: 'Admin123',
      answerTimeoutMs: 2000,
      maxBodyBytes: 2_000_000,
      unlockWaitMs: 0,
    });
    sites = new Sites([options(source, 'source'), options(target, 'target')], (id) => (id === 'target' ? aliases : new MemoryAliasBook()));
  });

  afterEach(async () => {
    await sites.close();
    await Promise.all([source.stop(), target.stop()]);
  });

  /** Reads both ends and writes what differs to the target. */
  async function carry(record: RecordRef): Promise<{ incoming: CanonicalRecord; written: CanonicalRecord; asked: string[] }> {
    const incoming = await sites.of('source').read(record, call);
    const held = await sites.of('target').read(record, call);
    target.resetRequests();
    const written = await sites.of('target').write(held, incoming, difference(incoming, held), call);
    const asked = target.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.split('/ws/rest/v1/')[1]?.split('?')[0]}`);
    return { incoming, written, asked };
  }

  /** A patient, and the places it refers to, at both ends. */
  async function agreeOnJane(): Promise<CanonicalRecord> {
    for (const uuid of [country, district, clinic]) await carry(location(uuid));
    return (await carry(person(jane))).written;
  }

  it('tells what it is and can', async () => {
    const found = await sites.probe('target', call);
    expect(found).toMatchObject({
      takesUuids: !old,
      takesItemUuids: !old,
      addressLines: 15,
      hasBirthtime: true,
      hasCauseOfDeathNonCoded: !old,
      atomfeed: '1.0.13',
    });
    expect(Math.abs(found.clockSkewMs ?? Infinity)).toBeLessThan(2000);
    expect(await sites.ping('target', call)).toBe('up');
  });

  it('is taken for the oldest there is where it may not be asked', async () => {
    target.revoke('View Administration Functions');
    expect(await sites.probe('target', call)).toMatchObject({ platform: null, addressLines: 6, hasBirthtime: false });
  });

  it('has no record of a uuid that is a name, and none it never heard of', async () => {
    target.clinician.addLocation({ name: 'Kisumu' });
    expect((await sites.of('target').read(location('Kisumu'), call)).presence).toBe('absent');
    expect(await sites.of('target').has({ resource: 'location', uuid: 'Kisumu' }, call)).toBe(false);
    expect((await sites.of('target').read(person('nobody'), call)).presence).toBe('absent');
  });

  it('gets a tree of places as it is elsewhere, whatever uuids it gives them', async () => {
    for (const { uuid } of data.locations) {
      const { incoming, written } = await carry(location(String(uuid)));
      expect(written.fields).toEqual(incoming.fields);
      expect(written.record).toEqual(incoming.record);
    }
    expect(aliases.local.size).toBe(old ? data.locations.length : 0);
    expect(target.count('location')).toBe(data.locations.length);
    expect(await sites.of('target').has({ resource: 'location', uuid: clinic }, call)).toBe(true);
  });

  it('gets a patient as it is elsewhere, under the same uuid, in one request', async () => {
    for (const uuid of [country, district, clinic]) await carry(location(uuid));
    const { incoming, written, asked } = await carry(person(jane));
    const lost = old ? ['causeOfDeathNonCoded'] : [];
    expect(written.fields).toEqual(Object.fromEntries(Object.entries(incoming.fields).filter(([path]) => !lost.includes(path))));
    expect(asked).toEqual(['POST patient']);
    expect(aliases.local.has(`person/${jane}`)).toBe(false);
    expect(Object.values(written.itemUuids).sort()).toEqual(Object.values(incoming.itemUuids).sort());
  });

  it('gets Jane to Janet by one request to the same name', async () => {
    const held = await agreeOnJane();
    const [name] = Object.keys(held.itemUuids).filter((path) => path.startsWith('names['));
    const uuid = held.itemUuids[name ?? ''] ?? '';
    source.clinician.editName(uuid, { givenName: 'Janet', middleName: null });
    const { incoming, written, asked } = await carry(person(jane));
    expect(asked).toEqual([`POST person/${jane}/name/${uuid}`]);
    expect(written.fields['preferredName']).toBe(incoming.fields['preferredName']);
  });

  it('gets scalars in one request, and dates that no time zone moved', async () => {
    await agreeOnJane();
    source.clinician.edit('person', jane, {
      birthdate: '1950-02-03',
      dead: true,
      deathDate: '2020-05-01T23:30:00.000+0000',
      causeOfDeath: SAMPLE.malaria,
      birthtime: '1970-01-01T14:05:09.000',
    });
    const { incoming, written, asked } = await carry(person(jane));
    expect(asked).toEqual([`POST person/${jane}`]);
    expect(written.fields).toMatchObject({ birthdate: '1950-02-03', deathDate: '2020-05-01T23:30:00Z', causeOfDeath: SAMPLE.malaria, birthtime: '14:05:09' });
    expect(incoming.fields['birthtime']).toBe('14:05:09');
  });

  it('gets a second name and makes it the preferred one, whatever their alphabetical order', async () => {
    await agreeOnJane();
    for (const givenName of ['Aaa', 'Zzz']) {
      source.clinician.setPreferredName(jane, source.clinician.addName(jane, { givenName, familyName: 'Same' }));
      const { incoming, written } = await carry(person(jane));
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
    const held = await agreeOnJane();
    source.clinician.addIdentifier(jane, { identifier: 'NEW-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true });
    const old = Object.entries(held.itemUuids).find(([path]) => path.startsWith('identifiers['))?.[1] ?? '';
    source.clinician.voidIdentifier(old);
    const { incoming, written, asked } = await carry(person(jane));
    expect(written.fields['preferredIdentifier']).toBe(incoming.fields['preferredIdentifier']);
    expect(Object.keys(written.fields).filter((path) => /^identifiers\[.*\]$/.test(path))).toEqual([`identifiers[${SAMPLE.openmrsId}|NEW-1]`]);
    expect(asked.at(-1)).toBe(`DELETE patient/${jane}/identifier/${old}`);
  });

  it('gets attributes changed, added and removed, references as uuids', async () => {
    const held = await agreeOnJane();
    const uuidOf = (type: string) => held.itemUuids[`attributes[${type}]`] ?? '';
    source.clinician.editAttribute(uuidOf(SAMPLE.phone), { value: '+254 1' });
    source.clinician.editAttribute(uuidOf(SAMPLE.healthCentre), { value: district });
    source.clinician.voidAttribute(uuidOf(SAMPLE.civilStatus));
    const { written } = await carry(person(jane));
    expect(written.fields).toMatchObject({ [`attributes[${SAMPLE.phone}]`]: '+254 1', [`attributes[${SAMPLE.healthCentre}]`]: district });
    expect(written.fields).not.toHaveProperty([`attributes[${SAMPLE.civilStatus}]`]);
    expect(written.references).toContainEqual({ path: `attributes[${SAMPLE.healthCentre}]`, resource: 'location', uuid: district, aggregate: 'location' });
  });

  it('adds an item whose uuid a voided row of its own still has', async () => {
    const held = await agreeOnJane();
    const path = Object.keys(held.itemUuids).find((one) => one.startsWith('addresses[')) ?? '';
    target.clinician.voidAddress(held.itemUuids[path] ?? '');
    const { incoming, written } = await carry(person(jane));
    expect(written.fields[path]).toBe(true);
    expect(written.fields['preferredAddress']).toBe(incoming.fields['preferredAddress']);
  });

  it('makes a patient of a person it knows', async () => {
    const uuid = source.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Okello', preferred: true }] });
    for (const place of [country, district, clinic]) await carry(location(place));
    const first = await carry(person(uuid));
    expect(first.written).toMatchObject({ category: 'person', fields: { isPatient: false } });
    expect(aliases.local.has(`person/${uuid}`)).toBe(old);
    source.clinician.registerPatient(uuid, [{ identifier: 'M-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }]);
    const { written } = await carry(person(uuid));
    expect(written).toMatchObject({
      category: 'patient',
      fields: { isPatient: true, preferredIdentifier: `${SAMPLE.openmrsId}|M-1`, [`identifiers[${SAMPLE.openmrsId}|M-1].location`]: clinic },
    });
    expect(target.count('person')).toBe(1);
  });

  it('is found to hold what it would have doubled', async () => {
    const uuid = source.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Okello', preferred: true }] });
    await carry(person(uuid));
    await carry(location(country));
    aliases.local.clear();
    aliases.canonical.clear();
    const incoming = await sites.of('source').read(person(uuid), call);
    const place = await sites.of('source').read(location(country), call);
    const [twin, other] = [await sites.of('target').findTwin(incoming, call), await sites.of('target').findTwin(place, call)];
    expect([twin === null, other === null]).toEqual([!old, !old]);
    expect((await sites.of('target').read(person(uuid), call)).presence).toBe('present');
    const changed = { ...incoming, fields: { ...incoming.fields, gender: 'M' }, record: person('other') };
    expect(await sites.of('target').findTwin(changed, call)).toBeNull();
  });

  it('is voided, told as voided with nothing covered, and restored', async () => {
    const held = await agreeOnJane();
    const gone = await sites.of('target').write(held, held, { presence: 'voided', fields: new Map() }, call);
    expect(gone).toMatchObject({ presence: 'voided', covers: [], fields: {} });
    expect(gone.stamp).not.toBe(held.stamp);
    const back = await sites.of('target').write(gone, held, { presence: 'present', fields: new Map() }, call);
    expect(back.fields).toEqual(held.fields);
  });

  it('is retired and told with all its fields', async () => {
    await carry(location(country));
    const held = await sites.of('target').read(location(country), call);
    const gone = await sites.of('target').write(held, held, { presence: 'voided', fields: new Map() }, call);
    expect(gone).toMatchObject({ presence: 'voided', fields: held.fields });
    expect((await sites.of('target').write(gone, held, { presence: 'present', fields: new Map() }, call)).presence).toBe('present');
  });

  it('moves its stamp with every write, also of a child, also back to what it was', async () => {
    let at = Date.now();
    const clock = () => {
      at += 1000;
      return new Date(at);
    };
    await target.stop();
    target = await startSimulator({ id: 'target', profile, clock });
    target.seedMetadata(sampleMetadata());
    target.load(data);
    await sites.configure([{ id: 'target', baseUrl: target.baseUrl, username: 'admin', password: 'Admin123' }]);
    const stamps: string[] = [];
    const look = async () => stamps.push((await sites.of('target').read(person(jane), call)).stamp);
    await look();
    await look();
    expect(stamps[0]).toBe(stamps[1]);
    const { itemUuids, fields } = await sites.of('target').read(person(jane), call);
    const name = itemUuids[`names[${String(fields['preferredName'])}]`] ?? '';
    for (const familyName of ['A', 'B', 'A', 'B']) {
      target.clinician.editName(name, { familyName });
      await look();
    }
    const address = target.clinician.addAddress(jane, { address1: 'x' });
    await look();
    target.clinician.voidAddress(address);
    await look();
    expect(new Set(stamps.slice(1, 6)).size).toBe(5);
    expect([stamps[6] === stamps[5], stamps[7] === stamps[6]]).toEqual([false, false]);
  });

  it('names what would go with a patient and with a place', async () => {
    await agreeOnJane();
    expect(await sites.of('target').dependants(person(jane), call)).toEqual([]);
    target.seedRow('encounter', 'e-1', { patient: jane });
    target.seedRow('visit', 'v-1', { patient: jane });
    expect(await sites.of('target').dependants(person(jane), call)).toEqual(['encounter/e-1', 'visit/v-1']);
    expect(await sites.of('target').dependants(location(country), call)).toEqual([`location/${district}`]);
  });

  it('does not cover what a missing privilege hides', async () => {
    await agreeOnJane();
    target.revoke('Get Locations');
    const seen = await sites.of('target').read(person(jane), call);
    expect(seen.covers).not.toContain('identifiers');
    expect(seen.covers).toContain('names');
    expect(Object.keys(seen.fields).some((path) => path.startsWith('identifiers['))).toBe(false);
  });

  it('names the other patient where an identifier is in use, and not the identifier', async () => {
    await agreeOnJane();
    const other = target.clinician.addPatient({
      gender: 'M',
      names: [{ givenName: 'Otto', familyName: 'Other' }],
      identifiers: [{ identifier: 'SECRET-7', identifierType: SAMPLE.openmrsId, location: aliases.local.get(`location/${clinic}`) ?? clinic }],
    });
    source.clinician.addIdentifier(jane, { identifier: 'SECRET-7', identifierType: SAMPLE.openmrsId, location: clinic });
    const refusal = await carry(person(jane)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ code: 'identifier-in-use', details: { holder: `person/${other}` } });
    expect(JSON.stringify([(refusal as SyncError).message, (refusal as SyncError).details])).not.toContain('SECRET-7');
  });

  it('is refused what it does not take, by code and field', async () => {
    await agreeOnJane();
    const held = await sites.of('target').read(person(jane), call);
    const dead = sites.of('target').write(held, held, { fields: new Map([['dead', true]]) }, call);
    await expect(dead).rejects.toMatchObject({ code: 'refused', details: { fields: ['causeOfDeath'], status: 400 } });
    const tomorrow = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
    const unborn = sites.of('target').write(held, held, { fields: new Map([['birthdate', tomorrow]]) }, call);
    await expect(unborn).rejects.toMatchObject({ code: 'in-the-future', retry: 'later' });
  });

  it('closes one kind of record where a privilege is missing, and names it', async () => {
    target.revoke('Get Patients');
    const refusal = await sites
      .of('target')
      .read(person(jane), call)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotAllowedError);
    expect(refusal).toMatchObject({ details: { privilege: 'Get Patients' } });
  });

  it('says that a write was not allowed, and that it was not done', async () => {
    const incoming = await sites.of('source').read(location(country), call);
    const held = await sites.of('target').read(location(country), call);
    target.revoke('Manage Locations');
    await expect(sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toThrow(NotAllowedError);
    expect(target.count('location')).toBe(0);
  });

  it('reads on in a fresh session when the old one ended', async () => {
    await carry(location(country));
    target.expireSessions();
    expect((await sites.of('target').read(location(country), call)).presence).toBe('present');
  });

  it('does not know whether a write was done when its session had ended, and does it once', async () => {
    const incoming = await sites.of('source').read(location(country), call);
    const held = await sites.of('target').read(location(country), call);
    target.expireSessions();
    await expect(sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({ code: 'outcome-unknown', retry: 'later' });
    expect(target.count('location')).toBeLessThanOrEqual(1);
    expect(target.writes('client').length).toBeLessThanOrEqual(1);
  });

  it('does not know whether a write was done when its answer is lost', async () => {
    const incoming = await sites.of('source').read(location(country), call);
    const held = await sites.of('target').read(location(country), call);
    target.faults.loseAnswers(1);
    await expect(sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(target.count('location')).toBe(1);
  });

  it('locks us out once, and is not asked again before its time', async () => {
    target.lockAccount();
    await sites.configure([{ id: 'target', baseUrl: target.baseUrl, username: 'admin', password: 'Admin123', unlockWaitMs: 60_000 }]);
    await expect(sites.of('target').read(person(jane), call)).rejects.toThrow(LockedOutError);
    target.resetRequests();
    expect(await sites.ping('target', call)).toBe('locked-out');
    expect(target.requests).toEqual([]);
  });

  it.each([
    ['html', SiteDownError],
    ['json-stack-trace-200', TransientError],
    ['huge-50mb', ContractError],
    ['wrong-type', ContractError],
    ['truncated', SiteDownError],
  ] as const)('answers with %s and is refused with an error of its site and record alone', async (body, kind) => {
    await agreeOnJane();
    target.faults.wrongBody(({ path }) => path.includes('/patient/'), body);
    const refusal = await sites
      .of('target')
      .read(person(jane), call)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(kind);
    const told = JSON.stringify([(refusal as SyncError).message, (refusal as SyncError).details]);
    expect(told).toContain('target');
    expect(told).toContain(jane);
    expect(told).not.toMatch(/Achieng|Wanjiru|Okello|exception|Plot|\+254/i);
  });

  it('is down when nobody answers, and a read that never ends is given up', async () => {
    await carry(location(country));
    target.faults.neverAnswer(({ path }) => path.includes('/location/'));
    await expect(sites.of('target').read(location(country), call)).rejects.toMatchObject({ code: 'site-down', details: { reason: 'timed out' } });
    target.faults.heal();
    await target.down();
    await expect(sites.of('target').read(location(country), call)).rejects.toThrow(SiteDownError);
    expect(await sites.ping('target', call)).toBe('down');
    await target.up();
    expect(await sites.ping('target', call)).toBe('up');
  });

  it('tells of each write in its feed, which is read entry by entry', async () => {
    await agreeOnJane();
    const feed = sites.feed('target', 'patient', call);
    const reading = await readFeed({ position: null, startAt: 'beginning', fetchPage: feed });
    expect(reading.entries.map(({ entry }) => changeFromEntry(entry, 'patient'))).toContainEqual({ record: person(jane), action: 'created' });
    target.expireSessions();
    target.clinician.voidPatient(jane);
    const next = await readFeed({ position: reading.position, startAt: 'beginning', fetchPage: feed });
    expect(next.entries.map(({ entry }) => changeFromEntry(entry, 'patient'))).toContainEqual({ record: person(jane), action: 'voided' });
    const empty = await readFeed({ position: null, startAt: 'beginning', fetchPage: sites.feed('target', 'misspelt', call) });
    expect(empty.findings).toEqual([{ kind: 'never-had-an-entry' }]);
  });

  it('asks before each request whether the claim is held, and stops where it is not', async () => {
    const lost = new TransientError('claim-lost', 'the claim is lost');
    const beforeRequest = () => {
      throw lost;
    };
    await sites.probe('target', call);
    target.resetRequests();
    await expect(sites.of('target').read(location(country), { ...call, beforeRequest })).rejects.toBe(lost);
    expect(target.requests).toEqual([]);
  });
});
