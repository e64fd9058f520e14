import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Metadata } from '@sync-hub/contracts';
import { CARE, type RowState, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
const DOWN = { pull: true, push: false };
const CHILDREN = ['kisumu', 'siaya'] as const;
const FREE_TEXT = 'org.openmrs.customdatatype.datatype.FreeTextDatatype';
const SITES = ['central', ...CHILDREN] as const;

/** One of each kind that has rules of its own, as its administrator makes it; of the others the contract tests tell. */
const MADE: Readonly<Partial<Record<Metadata, Readonly<Record<string, unknown>>>>> = {
  visittype: { name: 'Outreach', description: 'In the village' },
  encountertype: { name: 'Triage', description: '' },
  encounterrole: { name: 'Dispenser', description: 'Hands out drugs' },
  locationtag: { name: 'Pharmacy', description: 'Drugs are handed out' },
  relationshiptype: { aIsToB: 'Aunt', bIsToA: 'Niece', description: 'Of a parent', weight: 2 },
  patientidentifiertype: { name: 'Clinic number', description: 'Of the register', format: '[0-9]+', required: false, uniquenessBehavior: 'LOCATION' },
  personattributetype: { name: 'Church', description: 'Where she prays', format: 'java.lang.String', sortWeight: 4, searchable: true },
};
const KINDS = Object.keys(MADE) as Metadata[];
/** Each feed is asked for every second, so that only what is told of has one. */
const TOLD: readonly Metadata[] = [...KINDS, 'role'];
const CARRIED: readonly Metadata[] = [...TOLD, 'visitattributetype', 'locationattributetype', 'privilege', 'provider', 'providerattributetype'];

describe('metadata of the parent', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    const classes = { location: DOWN, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, ...Object.fromEntries(CARRIED.map((kind) => [kind, DOWN])) };
    world = await runningHub({ publishes: TOLD, link: () => ({ metadataFromChild: false, classes }) });
    clinic = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest(60_000);
  }, 180_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const administrator = () => clinicianAt('central').administrator;
  const rowAt = (site: string, kind: Metadata, uuid: string): RowState | undefined =>
    world
      .site(site)
      .metadata(kind)
      .find((row) => row.uuid === uuid);
  /** What the sites say of it, but for what says nothing. */
  const saidAt = (site: string, kind: Metadata, uuid: string) => {
    const row = rowAt(site, kind, uuid);
    return row && { gone: row.gone, said: Object.fromEntries(Object.entries(row.values).filter(([, value]) => value !== null && value !== '')) };
  };
  const visitsAt = (site: string) => world.site(site).state().visits;
  const aPatient = () => {
    const uuid = aUuid();
    const identifiers = [{ identifier: `${uuid.slice(0, 8).toUpperCase()}-1`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }];
    return clinicianAt('central').addPatient({ uuid, gender: 'F', names: [{ givenName: 'Moraa', familyName: 'Kemunto' }], identifiers });
  };
  const aVisitOf = (visitType: string) => {
    const patient = aPatient();
    return clinicianAt('central').care.startVisit({ uuid: aUuid(), patient, visitType, location: clinic, startDatetime: '2026-03-02T08:30:00.000+0000' });
  };
  const anEncounterWith = (provider: string) => {
    const patient = aPatient();
    const encounterProviders = [{ provider, encounterRole: CARE.clinicianRole }];
    const encounterDatetime = '2026-03-02T08:30:00.000+0000';
    return clinicianAt('central').care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.vitals, encounterDatetime, encounterProviders });
  };
  const heldOf = async (uuid: string) => (await world.held(uuid)).map(({ state }) => state);

  it('arrives at all children under the same uuids as it is made, changed, retired and restored', async () => {
    const made = KINDS.map((kind) => [kind, administrator().add(kind, { uuid: aUuid(), ...MADE[kind] })] as const);
    const everywhere = (site: string) => made.map(([kind, uuid]) => saidAt(site, kind, uuid));
    const agree = async (): Promise<void> => {
      await world.atRest(60_000);
      for (const child of CHILDREN) expect(everywhere(child)).toEqual(everywhere('central'));
    };
    await agree();
    expect(everywhere('kisumu').map((row) => row?.gone)).toEqual(KINDS.map(() => false));

    for (const [kind, uuid] of made) administrator().edit(kind, uuid, { description: `Changed: ${kind}` });
    await agree();
    expect(everywhere('siaya').map((row) => row?.said['description'])).toEqual(KINDS.map((kind) => `Changed: ${kind}`));

    for (const [kind, uuid] of made) administrator().retire(kind, uuid);
    await agree();
    expect(everywhere('siaya').map((row) => row?.gone)).toEqual(KINDS.map(() => true));

    for (const [kind, uuid] of made) administrator().restore(kind, uuid);
    await agree();
    expect(await world.held()).toEqual([]);
  });

  it('is waited for by a visit of a type, and by what it and a place say, of which no feed ever told; all land', async () => {
    const [type, insurer, code] = [aUuid(), aUuid(), aUuid()];
    const made = { description: null, minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT };
    world.site('central').seedMetadata({
      visittype: [{ uuid: type, name: 'Camp', description: null }],
      visitattributetype: [{ ...made, uuid: insurer, name: 'Scheme' }],
      locationattributetype: [{ ...made, uuid: code, name: 'Grid code' }],
    });
    const visit = aVisitOf(type);
    clinicianAt('central').care.addVisitAttribute(visit, { attributeType: insurer, value: 'Linda' });
    const place = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Post', attributes: [{ attributeType: code, value: 'G-7' }] });
    await world.atRest(60_000);
    for (const child of CHILDREN) {
      const [camp, scheme, grid] = [rowAt(child, 'visittype', type), rowAt(child, 'visitattributetype', insurer), rowAt(child, 'locationattributetype', code)];
      expect([camp, scheme, grid].map((row) => row?.values['name'])).toEqual(['Camp', 'Scheme', 'Grid code']);
      const [there, post] = [
        visitsAt(child).find(({ uuid }) => uuid === visit),
        world
          .site(child)
          .state()
          .locations.find(({ uuid }) => uuid === place),
      ];
      expect(there?.values).toMatchObject({ visitType: type });
      expect([there, post].map((row) => row?.attributes.map(({ values }) => values['value']))).toEqual([['Linda'], ['G-7']]);
    }
    expect(await world.count(`select count(*) from audit where type = 'job.held.v1' and uuid = $1 and outcome = 'waiting'`, [visit])).toBeGreaterThan(0);
    expect(await world.held()).toEqual([]);
  });

  it('finds the privilege of that name at a child, whatever its uuid, and gives it to the role there; a new one is made', async () => {
    const [shared, made] = [aUuid(), aUuid()];
    const own = new Map(CHILDREN.map((child) => [child, aUuid()]));
    const row = (uuid: string | undefined) => ({ uuid: String(uuid), name: 'Get Churches', description: 'Able to get churches' });
    world.site('central').seedMetadata({ privilege: [row(shared), { uuid: made, name: 'Edit Churches', description: 'Able to edit churches' }] });
    for (const child of CHILDREN) world.site(child).seedMetadata({ privilege: [row(own.get(child))] });
    const role = administrator().add('role', { uuid: aUuid(), name: 'Verger', description: 'Of the church', privileges: [shared, made] });
    await world.atRest(60_000);
    for (const child of CHILDREN) {
      expect([...((rowAt(child, 'role', role)?.values['privileges'] ?? []) as string[])].sort()).toEqual([String(own.get(child)), made].sort());
      expect(rowAt(child, 'privilege', shared)).toBeUndefined();
    }
    expect(await world.held()).toEqual([]);
  });

  it('of a clinician is waited for by an encounter, with who she is and what is said of her, of none of which a feed told', async () => {
    const [doctor, council] = [aUuid(), aUuid()];
    const central = world.site('central');
    central.seedMetadata({
      providerattributetype: [{ uuid: council, name: 'Council', description: null, minOccurs: 0, maxOccurs: 1, datatypeClassname: FREE_TEXT }],
    });
    const person = clinicianAt('central').addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Achieng', familyName: 'Were' }] });
    administrator().add('provider', { uuid: doctor, person, identifier: 'DOC-17', attributes: [{ attributeType: council, value: 'K-7' }] });
    const encounter = anEncounterWith(doctor);
    await world.atRest(60_000);
    for (const child of CHILDREN) {
      expect(rowAt(child, 'provider', doctor)).toMatchObject({ gone: false, values: { person, identifier: 'DOC-17' } });
      expect(
        world
          .site(child)
          .metadataParts('providerattribute', doctor)
          .map(({ values }) => values),
      ).toEqual([{ attributeType: council, value: 'K-7' }]);
      const there = world.site(child).state();
      expect(there.people.find(({ uuid }) => uuid === person)?.isPatient).toBe(false);
      expect(there.encounters.find(({ uuid }) => uuid === encounter)?.providers.map(({ values }) => values['provider'])).toEqual([doctor]);
    }
    expect(await world.held()).toEqual([]);
  });

  it('comes though it is out of use, where something still refers to it', async () => {
    const type = aUuid();
    world.site('central').seedMetadata({ visittype: [{ uuid: type, name: 'Home visit of old', description: null, retired: true, retireReason: 'merged' }] });
    const visit = aVisitOf(type);
    await world.atRest(60_000);
    for (const child of CHILDREN) {
      expect(rowAt(child, 'visittype', type)?.gone).toBe(true);
      expect(visitsAt(child).find(({ uuid }) => uuid === visit)?.values).toMatchObject({ visitType: type });
    }
    expect(await world.held()).toEqual([]);
  });

  it('that a child changes stays as it is there and goes nowhere, as a place does; what the parent changes too is asked about', async () => {
    const type = administrator().add('visittype', { uuid: aUuid(), name: 'Review', description: 'As agreed' });
    const ward = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Review ward', description: 'As agreed' });
    await world.atRest(60_000);
    const named = (site: string) => [
      rowAt(site, 'visittype', type)?.values['name'],
      world
        .site(site)
        .state()
        .locations.find(({ uuid }) => uuid === ward)?.values['name'],
    ];
    clinicianAt('kisumu').administrator.edit('visittype', type, { name: 'Kisumu review' });
    clinicianAt('kisumu').edit('location', ward, { name: 'Kisumu ward' });
    await world.atRest(60_000);
    expect(SITES.map(named)).toEqual([
      ['Review', 'Review ward'],
      ['Kisumu review', 'Kisumu ward'],
      ['Review', 'Review ward'],
    ]);

    administrator().edit('visittype', type, { description: 'Changed' });
    clinicianAt('central').edit('location', ward, { description: 'Changed' });
    await world.atRest(60_000);
    expect(rowAt('kisumu', 'visittype', type)?.values).toMatchObject({ name: 'Kisumu review', description: 'Changed' });
    expect(named('kisumu')).toEqual(['Kisumu review', 'Kisumu ward']);

    administrator().edit('visittype', type, { name: 'Follow-up' });
    clinicianAt('central').edit('location', ward, { name: 'Follow-up ward' });
    await world.atRest(60_000);
    expect(SITES.map(named)).toEqual([
      ['Follow-up', 'Follow-up ward'],
      ['Kisumu review', 'Kisumu ward'],
      ['Follow-up', 'Follow-up ward'],
    ]);
    expect([await heldOf(type), await heldOf(ward)]).toEqual([['conflict'], ['conflict']]);
  });
});

describe('metadata of the parent at a child that gives uuids of its own', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    const down = Object.fromEntries(CARRIED.map((kind) => [kind, DOWN]));
    const classes = { location: DOWN, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, ...down, provider: BOTH };
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.1-old' }, publishes: TOLD, link: () => ({ metadataFromChild: true, classes }) });
  }, 180_000);
  afterAll(() => world.stop());

  it('is there once, and known there by what refers to it, in both directions', async () => {
    const [central, kisumu] = [world.site('central'), world.site('kisumu')];
    const type = central.clinician.administrator.add('visittype', { uuid: aUuid(), name: 'Outreach' });
    const identifierType = central.clinician.administrator.add('patientidentifiertype', { uuid: aUuid(), name: 'Clinic number', description: '' });
    central.clinician.addLocation({ uuid: aUuid(), name: 'Clinic' });
    await world.atRest(60_000);
    const [there, itsType] = [
      kisumu.metadata('visittype').find(({ values }) => values['name'] === 'Outreach')?.uuid,
      kisumu.metadata('patientidentifiertype').find(({ values }) => values['name'] === 'Clinic number')?.uuid,
    ];
    expect([there === type, itsType === identifierType]).toEqual([false, false]);
    const place = kisumu.state().locations.find(({ values }) => values['name'] === 'Clinic')?.uuid;
    const uuid = aUuid();
    const patient = kisumu.clinician.addPatient({
      uuid,
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      identifiers: [
        { identifier: 'C-1', identifierType: String(itsType), location: String(place), preferred: true },
        { identifier: 'M-1', identifierType: SAMPLE.openmrsId, location: String(place) },
      ],
    });
    kisumu.clinician.care.startVisit({ patient, visitType: String(there), startDatetime: '2026-03-02T08:30:00.000+0000' });
    central.clinician.administrator.edit('visittype', type, { name: 'Village day' });
    await world.atRest(60_000);
    expect(central.state().visits.map(({ values }) => values['visitType'])).toEqual([type]);
    const identifiers = central.state().people.find((one) => one.uuid === uuid)?.identifiers ?? [];
    expect(identifiers.map(({ values }) => values['identifierType']).sort()).toEqual([identifierType, SAMPLE.openmrsId].sort());
    expect(kisumu.metadata('visittype').map(({ values }) => values['name'])).toEqual(['Facility Visit', 'Home Visit', 'Village day']);
    expect(await world.held()).toEqual([]);
  });

  it('takes up what the child has made, where the link says so: a clinician, with who she is, by way of an encounter', async () => {
    const [central, kisumu] = [world.site('central'), world.site('kisumu')];
    const names = [{ givenName: 'Akinyi', familyName: 'Odera' }];
    const place = String(kisumu.state().locations.find(({ values }) => values['name'] === 'Clinic')?.uuid);
    const nurse = kisumu.clinician.addPerson({ gender: 'F', names });
    const provider = kisumu.clinician.administrator.add('provider', { person: nurse, identifier: 'N-9' });
    const identifiers = [{ identifier: 'M-9', identifierType: SAMPLE.openmrsId, location: place, preferred: true }];
    const patient = kisumu.clinician.addPatient({ uuid: aUuid(), gender: 'F', names, identifiers });
    const encounterProviders = [{ provider, encounterRole: CARE.clinicianRole }];
    const encounterDatetime = '2026-03-02T08:30:00.000+0000';
    const encounter = kisumu.clinician.care.recordEncounter({ patient, encounterType: CARE.vitals, encounterDatetime, encounterProviders });
    await world.atRest(60_000);
    expect(central.metadata('provider').find(({ uuid }) => uuid === provider)?.values).toMatchObject({ person: nurse, identifier: 'N-9' });
    expect(
      central
        .state()
        .encounters.find(({ uuid }) => uuid === encounter)
        ?.providers.map(({ values }) => values['provider']),
    ).toEqual([provider]);

    central.clinician.administrator.edit('provider', provider, { identifier: 'N-10' });
    const doctor = central.clinician.administrator.add('provider', { person: nurse, identifier: 'DOC-18' });
    central.clinician.care.editEncounter(encounter, { encounterProviders: [{ provider: doctor, encounterRole: CARE.unknownRole }] });
    await world.atRest(60_000);
    const known = kisumu.metadata('provider').find(({ values }) => values['identifier'] === 'DOC-18')?.uuid;
    expect(known === doctor).toBe(false);
    const there = kisumu.state().encounters.find(({ uuid }) => uuid === encounter)?.providers ?? [];
    expect(
      there
        .filter(({ gone }) => !gone)
        .map(({ values }) => values['provider'])
        .sort(),
    ).toEqual([provider, String(known)].sort());
    expect(await world.held()).toEqual([]);
  });
});
