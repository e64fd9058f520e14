import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { Metadata, RecordRef } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { CARE, PROFILE_IDS, type ProfileId, SAMPLE, type Values } from '@sync-hub/openmrs-simulator';
import { aNamed, METADATA_SAMPLES as SAMPLES } from './metadata-samples.js';
import { call, clinic, HandClock, jane, location, RestBench } from './rest-bench.js';

const PLATFORMS = PROFILE_IDS.map((profile) => ({ profile }));

const KINDS = Object.keys(SAMPLES) as Metadata[];
const READ_ONLY: readonly Metadata[] = ['conceptdatatype', 'caresetting'];
/** Of these no server keeps that they are retired. */
const KEPT_BY_NAME: readonly Metadata[] = ['privilege', 'role'];
/** How one is put in without a request, where the server keeps it otherwise than it is posted. */
const STORED: Readonly<Partial<Record<Metadata, Values>>> = { concept: { name: 'Haemoglobin', datatype: 'Numeric', conceptClass: 'Test' } };
/** What a site of that platform has no way to write. */
const UNSUPPORTED: Readonly<Record<ProfileId, readonly Metadata[]>> = {
  '1.9': [...READ_ONLY, 'concept', 'programattributetype', 'orderfrequency'],
  '1.12': [...READ_ONLY, 'programattributetype', 'orderfrequency'],
  '2.1-old': [...READ_ONLY, 'programattributetype', 'orderfrequency'],
  '2.3': READ_ONLY,
  '2.8': READ_ONLY,
};

/** What a record says, as far as the other one can say it too. */
const asFarAs = ({ fields }: CanonicalRecord, other: CanonicalRecord): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([path]) => covers(other, path)));

describe.each(PLATFORMS)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  beforeEach(async () => {
    clock = new HandClock();
    bench = await RestBench.start(profile, clock);
  });
  afterEach(() => bench.stop());
  const written = KINDS.filter((kind) => !UNSUPPORTED[profile].includes(kind));
  const administrator = () => bench.source.clinician.administrator;
  const at = (site: 'source' | 'target', record: RecordRef) => bench.sites.of(site).read(record, call);

  it.each(written)('gets a %s as it is made, changed, and where it can be retired and restored, by one request each time', async (kind) => {
    const { made, edited } = SAMPLES[kind];
    if (kind === 'provider') await bench.agreeOnJane();
    const record = { aggregate: kind, uuid: administrator().add(kind, made) };
    const created = await bench.carry(record);
    const local = await bench.aliases.toLocal(record);
    expect(created.asked).toEqual([`POST ${kind}`]);
    expect(asFarAs(created.written, created.incoming)).toEqual(asFarAs(created.incoming, created.written));
    expect(Object.keys(created.written.fields).length).toBeGreaterThan(1);
    expect(local === record.uuid).toBe(bench.target.profile.takesUuid);

    clock.tick();
    administrator().edit(kind, record.uuid, edited);
    const changed = await bench.carry(record);
    expect(changed.asked).toEqual([`POST ${kind}/${local}`]);
    expect(asFarAs(changed.written, changed.incoming)).toEqual(asFarAs(changed.incoming, changed.written));
    expect(asFarAs(changed.incoming, changed.written)).not.toEqual(asFarAs(created.incoming, created.written));

    if (KEPT_BY_NAME.includes(kind)) return;
    const client = bench.sites.of('target');
    const retired = await client.write(changed.written, changed.incoming, { presence: 'voided', fields: new Map() }, call);
    expect(retired).toMatchObject({ presence: 'voided', fields: changed.written.fields });
    clock.tick();
    const restored = await client.write(retired, changed.incoming, { presence: 'present', fields: new Map() }, call);
    expect(restored).toMatchObject({ presence: 'present', fields: changed.written.fields });
  });

  it('is sent nothing that it has no way to write, and says why', async () => {
    for (const kind of UNSUPPORTED[profile]) {
      const uuid = randomUUID();
      bench.source.seedMetadata({ [kind]: [{ uuid, ...(STORED[kind] ?? (SAMPLES[kind].made as Values)) }] });
      await expect(bench.carry({ aggregate: kind, uuid })).rejects.toMatchObject({ code: 'unsupported' });
      expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    }
  });

  it('is compared in what is the same at both ends and cannot be written', async () => {
    const record: RecordRef = { aggregate: 'caresetting', uuid: CARE.outpatient };
    const [here, there] = [await at('source', record), await at('target', record)];
    if (profile === '1.9') expect(there.presence).toBe('absent');
    else expect([there.presence, there.fields]).toEqual(['present', here.fields]);
  });

  it('gets an order type under the parent and for the classes that it has there, and again when they have changed', async () => {
    const [parent, type] = ['Any order', 'Lab order'].map((name) => ({
      aggregate: 'ordertype' as const,
      uuid: administrator().add('ordertype', { ...aNamed(name).made, javaClassName: 'org.openmrs.Order' }),
    })) as [RecordRef, RecordRef];
    const panel: RecordRef = { aggregate: 'conceptclass', uuid: administrator().add('conceptclass', aNamed('Panel').made) };
    for (const record of [parent, panel, type]) await bench.carry(record);
    administrator().edit('ordertype', type.uuid, { parent: parent.uuid, conceptClasses: [CARE.testClass, panel.uuid] });
    const { asked, written, incoming } = await bench.carry(type);
    if (!bench.target.profile.hasOrderEntry) return expect(asked).toEqual([]);
    expect(written.fields).toEqual(incoming.fields);
    const row = bench.target.metadata('ordertype').find(({ values }) => values['name'] === 'Lab order');
    const classes = [CARE.testClass, await bench.aliases.toLocal(panel)];
    expect(row?.values['parent']).toBe(await bench.aliases.toLocal(parent));
    expect([...((row?.values['conceptClasses'] ?? []) as string[])].sort()).toEqual(classes.sort());
  });

  it('is asked for a privilege or a role by its name before it is given one, and then knows it under the uuid it has', async () => {
    const theirs = bench.target.clinician.administrator;
    const names = { privilege: 'App: registration/edit', role: 'Nurse' } as const;
    for (const kind of ['privilege', 'role'] as const) {
      const record: RecordRef = { aggregate: kind, uuid: administrator().add(kind, { name: names[kind], description: 'As it is' }) };
      const incoming = await at('source', record);
      expect(await bench.sites.of('target').findTwin(incoming, call, async () => false)).toBeNull();
      const own = theirs.add(kind, { name: names[kind].toUpperCase(), description: 'As it is' });
      await expect(bench.sites.of('target').findTwin(incoming, call, async () => true)).rejects.toMatchObject({ code: 'name-taken' });
      expect(await bench.sites.of('target').findTwin(incoming, call, async () => false)).toBe(own);
      expect(await at('target', record)).toMatchObject({ presence: 'present', fields: { description: 'As it is' } });
      const other: RecordRef = { aggregate: kind, uuid: randomUUID() };
      await expect(bench.sites.of('target').findTwin({ ...incoming, record: other }, call, async () => false)).rejects.toMatchObject({ code: 'name-taken' });
      expect(bench.target.metadata(kind).filter(({ values }) => String(values['name']).toLowerCase() === names[kind].toLowerCase())).toHaveLength(1);
    }
    const simple: RecordRef = { aggregate: 'privilege', uuid: administrator().add('privilege', { name: 'Get Churches', description: 'x' }) };
    const own = theirs.add('privilege', { name: 'Get Churches', description: 'x' });
    bench.target.resetRequests();
    expect(await bench.sites.of('target').findTwin(await at('source', simple), call, async () => false)).toBe(own);
    expect(bench.target.requests.map(({ path }) => path)).toEqual([expect.stringContaining('/privilege/Get%20Churches')]);
  });

  it('gets what is said of a provider, changed and taken back one by one, and who was there as the provider that it has', async () => {
    await bench.agreeOnJane();
    const said = (attributeType: string, value: string) => ({ attributeType, value });
    const attributes = [said(CARE.licence, '17'), said(CARE.specialty, 'Eyes'), said(CARE.specialty, 'Ears')];
    const record: RecordRef = { aggregate: 'provider', uuid: administrator().add('provider', { person: jane, identifier: null, attributes }) };
    const { asked, written: made, incoming } = await bench.carry(record);
    expect([asked, made.fields]).toEqual([['POST provider'], { ...asFarAs(incoming, made), identifier: null }]);
    const [licence, , ears] = bench.source.metadataParts('providerattribute', record.uuid);
    administrator().editPart('providerattribute', String(licence?.uuid), { value: '18' });
    administrator().takePart('providerattribute', String(ears?.uuid));
    administrator().addPart('providerattribute', record.uuid, said(CARE.specialty, 'Teeth'));
    const changed = await bench.carry(record);
    const local = await bench.aliases.toLocal(record);
    const path = `provider/${local}/attribute`;
    expect(changed.asked.map((line) => line.replace(/attribute\/.*/, 'attribute/…'))).toEqual([`POST ${path}/…`, `POST ${path}`, `DELETE ${path}/…`]);
    expect(changed.written.fields).toEqual(asFarAs(changed.incoming, changed.written));
    expect(
      Object.keys(changed.written.fields)
        .filter((field) => field.startsWith('attributes'))
        .sort(),
    ).toEqual([`attributes[${CARE.licence}]`, `attributes[${CARE.specialty}|Eyes]`, `attributes[${CARE.specialty}|Teeth]`].sort());

    const encounter = bench.source.clinician.care.recordEncounter({
      patient: jane,
      encounterType: CARE.vitals,
      encounterDatetime: '2020-05-01T09:00:00.000+0000',
      encounterProviders: [{ provider: record.uuid, encounterRole: CARE.clinicianRole }],
    });
    const { written } = await bench.carry({ aggregate: 'encounter', uuid: encounter });
    expect(written.fields).toMatchObject({ [`encounterProviders[${record.uuid}|${CARE.clinicianRole}]`]: true });
    expect(bench.target.state().encounters.flatMap(({ providers }) => providers.map(({ values }) => values['provider']))).toEqual([local]);
  });

  it('compares what a drug is made of and is called elsewhere, and writes none of it', async () => {
    const uuid = randomUUID();
    const term = administrator().add('conceptreferenceterm', { code: 'D-1', conceptSource: CARE.ciel });
    bench.source.seedMetadata({
      drug: [{ uuid, name: 'Co-trimoxazole', concept: CARE.paracetamolConcept, combination: true }],
      drugingredient: [{ uuid: randomUUID(), owner: uuid, ingredient: CARE.malaria, strength: 400, units: CARE.tablet }],
      drugreferencemap: [{ uuid: randomUUID(), owner: uuid, conceptReferenceTerm: term, conceptMapType: CARE.sameAs }],
    });
    const { asked, incoming, written } = await bench.carry({ aggregate: 'drug', uuid });
    expect(asked).toEqual(['POST drug']);
    const itsParts = { [`ingredients[${CARE.malaria}].strength`]: 400, [`drugReferenceMaps[${term}]`]: CARE.sameAs };
    expect(incoming.fields).toMatchObject(itsParts);
    expect(incoming.references.map(({ path }) => path)).toEqual(['concept']);
    expect(Object.keys(written.fields).filter((path) => path.includes('['))).toEqual([]);
    expect([written.covers.includes('ingredients'), written.covers.includes('drugReferenceMaps')]).toEqual([
      profile !== '1.9',
      ['2.3', '2.8'].includes(profile),
    ]);
  });

  it('gets a form without its fields and files, which are compared, and what was recorded on it', async () => {
    await bench.agreeOnJane();
    const record: RecordRef = { aggregate: 'form', uuid: administrator().add('form', SAMPLES.form.made) };
    bench.source.seedMetadata({
      formfield: [{ uuid: randomUUID(), owner: record.uuid, name: 'Weight' }],
      formresource: [{ uuid: randomUUID(), owner: record.uuid, name: 'JSON schema', valueReference: 'a-clob' }],
    });
    const { asked, incoming, written } = await bench.carry(record);
    expect(asked).toEqual(['POST form']);
    const parts = (fields: object) => Object.keys(fields).filter((path) => path.includes('['));
    expect([parts(incoming.fields), parts(written.fields)]).toEqual([[expect.stringMatching(/^formFields\[/), 'resources[JSON schema]'], []]);
    expect([written.covers.includes('formFields'), written.covers.includes('resources')]).toEqual([true, true]);
    const seen = { patient: jane, encounterType: CARE.vitals, encounterDatetime: '2020-05-01T09:00:00.000+0000' };
    const encounter = bench.source.clinician.care.recordEncounter({ ...seen, form: record.uuid });
    expect((await bench.carry({ aggregate: 'encounter', uuid: encounter })).written.fields).toMatchObject({ form: record.uuid });
    expect(bench.target.state().encounters.map(({ values }) => values['form'])).toEqual([await bench.aliases.toLocal(record)]);
  });

  it('is sent no drug while its dictionary is locked', async () => {
    bench.target.seedMetadata({ systemsetting: [{ uuid: randomUUID(), property: 'concepts.locked', value: 'true' }] });
    const record: RecordRef = { aggregate: 'drug', uuid: administrator().add('drug', SAMPLES.drug.made) };
    await expect(bench.carry(record)).rejects.toMatchObject({ code: 'server-error' });
    expect(bench.target.metadata('drug').map(({ values }) => values['name'])).toEqual(['Paracetamol 500mg']);
  });

  it('keeps to itself what has another meaning at each server', async () => {
    const record: RecordRef = { aggregate: 'personattributetype', uuid: administrator().add('personattributetype', SAMPLES.personattributetype.made) };
    await bench.carry(record);
    const local = await bench.aliases.toLocal(record);
    const row = bench.target.metadata('personattributetype').find(({ uuid }) => uuid === local);
    expect([row?.values['foreignKey'] ?? null, row?.values['editPrivilege'] ?? null]).toEqual([null, null]);
  });

  it('learns from the source what a retired type was', async () => {
    const record: RecordRef = { aggregate: 'visittype', uuid: administrator().add('visittype', { name: 'Outreach' }) };
    administrator().retire('visittype', record.uuid);
    expect(await at('source', record)).toMatchObject({ presence: 'voided', fields: { name: 'Outreach', description: null } });
  });

  it('gets what refers to them under the uuids that they have there', async () => {
    await bench.agreeOnJane();
    const [visittype, tag] = [administrator().add('visittype', { name: 'Outreach' }), administrator().add('locationtag', { name: 'Pharmacy' })];
    for (const [aggregate, uuid] of [
      ['visittype', visittype],
      ['locationtag', tag],
    ] as const)
      await bench.carry({ aggregate, uuid });
    const visit = bench.source.clinician.care.startVisit({
      patient: jane,
      visitType: visittype,
      location: clinic,
      startDatetime: '2020-05-01T09:00:00.000+0000',
    });
    const carried = await bench.carry({ aggregate: 'visit', uuid: visit });
    expect(carried.written.fields).toMatchObject({ visitType: visittype });
    bench.source.clinician.edit('location', clinic, { tags: [SAMPLE.loginTag, tag] });
    expect((await bench.carry(location(clinic))).written.fields).toMatchObject({ [`tags[${tag}]`]: true, [`tags[${SAMPLE.loginTag}]`]: true });
    const [there, known] = [await bench.aliases.toLocal({ aggregate: 'visittype', uuid: visittype }), bench.sites.of('target')];
    expect(bench.target.state().visits.map(({ values }) => values['visitType'])).toEqual([there]);
    expect(await known.has({ resource: 'visittype', uuid: visittype }, call)).toBe(true);
    expect(await known.has({ resource: 'visittype', uuid: CARE.facilityVisit.replace('7', '8') }, call)).toBe(false);
  });

  it('finds the one of any kind that a create without an answer may have made', async () => {
    await bench.agreeOnJane();
    const records = written.map((kind) => ({ aggregate: kind, uuid: administrator().add(kind, SAMPLES[kind].made) }));
    const carried = [];
    for (const record of records) carried.push((await bench.carry(record)).incoming);
    bench.aliases.local.clear();
    bench.aliases.canonical.clear();
    for (const incoming of carried) {
      const twin = await bench.sites.of('target').findTwin(incoming, call, async () => false);
      // A site that takes our uuid has it under that, and nothing is to be found.
      expect([incoming.category, twin === null]).toEqual([incoming.category, bench.target.profile.takesUuid]);
      expect((await at('target', incoming.record)).presence).toBe('present');
    }
  });

  it('refuses what its own types already say, and tells by which rule', async () => {
    const record: RecordRef = { aggregate: 'encounterrole', uuid: administrator().add('encounterrole', aNamed('Dispenser').made) };
    bench.target.clinician.administrator.add('encounterrole', aNamed('Dispenser').made);
    await expect(bench.carry(record)).rejects.toMatchObject({ code: 'refused', details: { codes: ['encounterRole.duplicate.name'] } });
  });
});
