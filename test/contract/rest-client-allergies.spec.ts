import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, PROFILE_IDS, SAMPLE } from '@sync-hub/openmrs-simulator';
import { call, eachWithJane, type HandClock, jane, person, RestBench } from './rest-bench.js';

const allergyOf = (uuid: string): RecordRef => ({ aggregate: 'allergy', uuid });
const forJane = { ...call, patients: [person(jane)] };
const PALE = { reaction: CARE.anaemia, reactionNonCoded: 'pale' };
const nobodys = async (): Promise<boolean> => false;

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('allergies at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
    for (const site of [bench.source, bench.target])
      site.seedMetadata({ systemsetting: [{ uuid: 'c0a80101-0000-4000-8000-0000000000aa', property: 'allergy.concept.otherNonCoded', value: CARE.note }] });
  });
  const add = (more: object = {}) =>
    bench.source.clinician.lists.addAllergy({
      ...{ patient: jane, allergen: { allergenType: 'DRUG', codedAllergen: CARE.paracetamolConcept } },
      ...{ severity: CARE.yes, comment: 'since childhood', reactions: [PALE, { reaction: SAMPLE.malaria }] },
      ...more,
    });
  const inWords = { allergen: { allergenType: 'OTHER', codedAllergen: CARE.note, nonCodedAllergen: 'dust' }, severity: null, comment: null, reactions: [] };
  /** As the pusher does: the target is told whose it is to be. */
  const carry = async (uuid: string) => {
    const target = bench.sites.of('target');
    const incoming = await bench.sites.of('source').read(allergyOf(uuid), call);
    const held = await target.read(allergyOf(uuid), forJane);
    bench.target.resetRequests();
    const fields = new Map([
      ...Object.entries(incoming.fields).filter(([path, value]) => (held.fields[path] ?? null) !== value),
      ...Object.keys(held.fields).flatMap((path) => (path in incoming.fields ? [] : [[path, undefined] as const])),
    ]);
    const written = await target.write(held, incoming, { fields }, forJane);
    return { incoming, written, asked: asked() };
  };
  const asked = () =>
    bench.target.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/ws/rest/v1/')[1]?.split('?')[0]}`);
  const there = () => bench.target.state().allergies;
  const below = `patient/${jane}/allergy`;

  if (['1.9', '1.12'].includes(profile)) {
    it('are not sent, and it says why', async () => {
      bench.target.resetRequests();
      await expect(carry(add())).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('openmrs-core 2.0') });
      expect(asked()).toEqual([]);
      expect(await bench.sites.of('target').historyOf(jane, ['allergy'], call)).toEqual([]);
    });
    return;
  }

  it.each([
    ['coded', () => add()],
    ['in words', () => add(inWords)],
  ])('are made by one request, %s, as they are at the source', async (_, make) => {
    const { incoming, written, asked: wrote } = await carry(make());
    expect(wrote).toEqual([`POST ${below}`]);
    expect(written).toMatchObject({ presence: 'present', fields: incoming.fields });
    expect(there().map(({ uuid, values }) => [uuid === incoming.record.uuid, values['patient']])).toEqual([[profile !== '2.1-old', jane]]);
  });

  it('are changed in place, their reactions as a whole, and voided; nobody brings them back', async () => {
    const uuid = add();
    await carry(uuid);
    const [row] = there();
    clock.tick();
    bench.source.clinician.lists.changeAllergy(uuid, { severity: null, comment: 'since June', reactions: [PALE, { reaction: CARE.pregnant }] });
    const changed = await carry(uuid);
    expect(changed.asked).toEqual([`POST ${below}/${row?.uuid}`]);
    expect(changed.written.fields).toEqual(changed.incoming.fields);
    expect(
      there()[0]
        ?.reactions.map(({ values }) => values['reaction'])
        .sort(),
    ).toEqual([CARE.anaemia, CARE.pregnant].sort());
    bench.source.clinician.lists.changeAllergy(uuid, inWords);
    const words = await carry(uuid);
    expect(words.written.fields).toEqual(words.incoming.fields);

    const target = bench.sites.of('target');
    const gone = await target.write(words.written, words.incoming, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, there().map((one) => one.gone)]).toEqual(['voided', [true]]);
    bench.target.resetRequests();
    await expect(target.write(gone, words.incoming, { presence: 'present', fields: new Map() }, call)).rejects.toMatchObject({ code: 'unsupported' });
    expect(asked()).toEqual([]);
  });

  it('are listed by their patient, and not taken along by a void of hers', async () => {
    const target = bench.sites.of('target');
    expect(await target.historyOf(jane, ['allergy'], call)).toEqual([]);
    const uuids = [add(), add(inWords)];
    for (const uuid of uuids) await carry(uuid);
    expect(await target.historyOf(jane, ['allergy'], call)).toEqual(uuids.map(allergyOf));
    expect(await target.dependants(person(jane), call)).toEqual([]);
    bench.target.clinician.voidPatient(jane);
    expect(there().map(({ gone }) => gone)).toEqual([false, false]);
  });

  it('are the same where a server would take them for the same, unless the hub knows what is there as another', async () => {
    const target = bench.sites.of('target');
    const mine = await bench.sites.of('source').read(allergyOf(add({ allergen: { ...inWords.allergen, nonCodedAllergen: 'Dust' } })), call);
    expect(await target.findTwin(mine, call, nobodys)).toBeNull();
    const theirs = bench.target.clinician.lists.addAllergy({ patient: jane, ...inWords });
    await expect(target.findTwin(mine, call, async () => true)).rejects.toMatchObject({ code: 'already-there', retry: 'later' });
    expect(await target.findTwin(mine, call, nobodys)).toBe(theirs);
    expect(await target.canonicalOf(allergyOf(theirs))).toEqual(mine.record);
    expect((await target.read(mine.record, forJane)).fields).toMatchObject({ nonCodedAllergen: 'dust', comment: null });
    expect(await target.findTwin(mine, call, nobodys)).toBeNull();
  });

  it('move their stamp when reactions are written that say the same as before', async () => {
    const uuid = add();
    const { written } = await carry(uuid);
    const [row] = there();
    bench.target.clinician.lists.changeAllergy(row?.uuid ?? '', { reactions: [PALE, { reaction: SAMPLE.malaria }] });
    const after = await bench.sites.of('target').read(allergyOf(uuid), forJane);
    expect([after.fields, after.stamp === written.stamp]).toEqual([written.fields, false]);
  });

  if (profile !== '2.8') return;
  it('go with an encounter in which they were recorded there', async () => {
    const { care, lists } = bench.target.clinician;
    const encounter = care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: '2024-02-01T08:00:00.000+0000' });
    const inside = lists.addAllergy({ patient: jane, ...inWords, encounter });
    expect(await bench.sites.of('target').dependants({ aggregate: 'encounter', uuid: encounter }, call)).toEqual([`allergy/${inside}`]);
    care.voidEncounter(encounter);
    expect(there().map(({ gone }) => gone)).toEqual([true]);
  });
});

describe.each([
  { profile: '2.3' as const, has: 'fhir2' },
  { profile: '2.8' as const, has: 'fhir2' },
  { profile: '2.8' as const, has: 'no fhir2' },
])('an allergy of which nothing is known but its uuid, at a site of $profile with $has', ({ profile, has }) => {
  let bench: RestBench;
  let uuid: string;
  beforeEach(async () => {
    bench = await RestBench.start(profile, undefined, has === 'fhir2' ? {} : { fhir: false });
    await bench.agreeOnJane();
    uuid = bench.target.clinician.lists.addAllergy({ patient: jane, allergen: { allergenType: 'FOOD', codedAllergen: CARE.malaria } });
    bench.target.resetRequests();
  });
  afterEach(() => bench.stop());
  const read = (): Promise<CanonicalRecord> => bench.sites.of('target').read(allergyOf(uuid), call);
  const byFhir = () => bench.target.requests.filter(({ path }) => path.includes('AllergyIntolerance')).length;

  if (has === 'no fhir2') {
    it('is nobody’s: it says what to do about it, and asks for nothing else', async () => {
      const refused = { code: 'unsupported', message: expect.stringMatching(/only fhir2 can tell, which target has not: install openmrs-module-fhir2/) };
      await expect(read()).rejects.toMatchObject(refused);
      await expect(bench.sites.of('target').presenceOf(allergyOf(uuid), call)).rejects.toMatchObject(refused);
      expect(bench.target.requests.filter(({ path }) => path.includes('allerg') || path.includes('fhir2'))).toEqual([]);
    });

    it('is found where it is said whose it is, and after that without being told', async () => {
      expect(await bench.sites.of('target').read(allergyOf(uuid), forJane)).toMatchObject({ presence: 'present', fields: { patient: jane } });
      expect(await read()).toMatchObject({ fields: { patient: jane } });
    });
    return;
  }

  it('is found by the patient that fhir2 names, which is asked once', async () => {
    expect(await read()).toMatchObject({ presence: 'present', fields: { patient: jane, codedAllergen: CARE.malaria } });
    expect((await read()).fields['patient']).toBe(jane);
    expect(byFhir()).toBe(1);
  });

  it('is voided where fhir2 says 410, and not there where it says 404', async () => {
    bench.target.clinician.lists.voidAllergy(uuid);
    const target = bench.sites.of('target');
    expect([(await read()).presence, await target.presenceOf(allergyOf(uuid), call)]).toEqual(['voided', 'voided']);
    expect((await target.read(allergyOf('nobody-knows-it'), call)).presence).toBe('absent');
  });

  it('is voided where it was seen before, and its stamp says when', async () => {
    const before = await read();
    bench.target.clinician.lists.voidAllergy(uuid);
    const after = await read();
    expect([after.presence, after.stamp === before.stamp, after.stamp === '']).toEqual(['voided', false, false]);
    expect(byFhir()).toBe(1);
  });
});
