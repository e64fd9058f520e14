import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { Sites } from '@sync-hub/openmrs';
import { CARE, type EncounterInput, type ObsState, PROFILE_IDS, type Simulator } from '@sync-hub/openmrs-simulator';
import { call, clinic, eachWithJane, type HandClock, jane, optionsOf, type RestBench } from './rest-bench.js';

const PLATFORMS = PROFILE_IDS.map((profile) => ({ profile }));
const encounterOf = (uuid: string): RecordRef => ({ aggregate: 'encounter', uuid });
const visitOf = (uuid: string): RecordRef => ({ aggregate: 'visit', uuid });
const NINE = '2020-05-01T09:00:00.000+0000';
const TEN = '2020-05-01T10:00:00.000+0000';

/** What a record says, as far as the other one can say it too; seconds are cut off by every server. */
const asFarAs = ({ fields }: CanonicalRecord, other: CanonicalRecord): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([path]) => covers(other, path) && !path.endsWith('.seconds')));
/** The obs of a record by uuid. */
const obsOf = ({ fields }: CanonicalRecord): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([path]) => path.startsWith('obs[') && path.endsWith(']')));
const vitals = (more: Partial<EncounterInput> = {}): EncounterInput => ({
  patient: jane,
  encounterType: CARE.vitals,
  encounterDatetime: NINE,
  location: clinic,
  form: CARE.vitalsForm,
  encounterProviders: [{ provider: CARE.nurse, encounterRole: CARE.clinicianRole }],
  obs: [
    { concept: CARE.weight, value: 61.5, comment: 'fasting' },
    {
      concept: CARE.bloodPressure,
      groupMembers: [
        { concept: CARE.systolic, value: 120 },
        { concept: CARE.diastolic, value: 80 },
      ],
    },
    { concept: CARE.note, value: ' Feels better ' },
    { concept: CARE.pregnant, value: true },
    { concept: CARE.lastPeriod, value: '2020-04-02' },
    { concept: CARE.timeOfBirth, value: '14:05' },
    { concept: CARE.admittedAt, value: '2020-05-01 08:30' },
    { concept: CARE.diagnosis, value: CARE.malaria },
  ],
  ...more,
});

/** Every live obs of a site's encounters, members of groups too. */
const liveIn = (site: Simulator): readonly ObsState[] => {
  const flat = (obs: readonly ObsState[]): readonly ObsState[] => obs.flatMap((one) => [one, ...flat(one.members)]);
  return flat(site.state().encounters.flatMap(({ obs }) => obs)).filter(({ gone }) => !gone);
};

describe.each(PLATFORMS)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
  });
  const at = (site: 'source' | 'target', record: RecordRef) => bench.sites.of(site).read(record, call);
  const rows = () => liveIn(bench.target);

  it('gets a visit with its attributes, and its stop', async () => {
    const care = bench.source.clinician.care;
    const visit = care.startVisit({ patient: jane, visitType: CARE.facilityVisit, location: clinic, startDatetime: NINE });
    care.addVisitAttribute(visit, { attributeType: CARE.punctuality, value: 'late' });
    const { incoming, written } = await bench.carry(visitOf(visit));
    expect(written.fields).toEqual(incoming.fields);
    care.stopVisit(visit, TEN);
    expect((await bench.carry(visitOf(visit))).written.fields).toMatchObject({ stopDatetime: '2020-05-01T10:00:00Z' });
  });

  it('gets an encounter with all its obs in one request, under their uuids', async () => {
    const uuid = bench.source.clinician.care.recordEncounter(vitals());
    const { incoming, written, asked } = await bench.carry(encounterOf(uuid));
    expect(asked).toEqual(['POST encounter']);
    expect(written.fields).toEqual(incoming.fields);
    expect(Object.keys(obsOf(written))).toHaveLength(10);
    expect(
      rows()
        .map((row) => row.uuid)
        .sort(),
    ).toEqual(
      Object.keys(obsOf(incoming))
        .filter((path) => path.endsWith(']'))
        .map((path) => path.slice(4, -1))
        .sort(),
    );
  });

  it('is sent a corrected obs as a void and another one, and adds a member to a group that stays', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals());
    const first = await bench.carry(encounterOf(uuid));
    const find = (word: string) =>
      (Object.entries(first.incoming.fields).find(([path, value]) => path.endsWith(']') && String(value).includes(word))?.[0] ?? '').slice(4, -1);
    care.editObs(find('61.5'), { value: 62 });
    care.addMember(find(CARE.bloodPressure), { concept: CARE.pulse, value: 77 });
    const { incoming, written } = await bench.carry(encounterOf(uuid));
    expect(written.fields).toEqual(asFarAs(incoming, written));
    expect(rows()).toHaveLength(11);
  });

  it('keeps two members of a group that have come to say the same, where the time of their encounter is corrected too', async () => {
    const care = bench.source.clinician.care;
    const members = [CARE.malaria, CARE.anaemia].map((value) => ({ concept: CARE.diagnosis, value }));
    const uuid = care.recordEncounter(vitals({ obs: [{ concept: CARE.bloodPressure, groupMembers: members }] }));
    const first = await bench.carry(encounterOf(uuid));
    const [corrected = ''] = Object.keys(obsOf(first.incoming)).filter((path) => String(first.incoming.fields[path]).includes(CARE.malaria));
    care.editObs(corrected.slice(4, -1), { value: CARE.anaemia });
    const [held, incoming] = [await at('target', encounterOf(uuid)), await at('source', encounterOf(uuid))];
    const added = Object.entries(incoming.fields).filter(([path]) => path.startsWith('obs[') && !(path in first.incoming.fields));
    const fields = new Map([['encounterDatetime', '2020-05-01T10:00:00Z'], [corrected, undefined], ...added] as const);
    const written = await bench.sites.of('target').write(held, incoming, { fields }, call);
    expect(obsOf(written)).toEqual(asFarAs({ ...incoming, fields: obsOf(incoming) as CanonicalRecord['fields'] }, written));
    expect((await at('target', encounterOf(uuid))).fields).toEqual(written.fields);
    expect(rows()).toHaveLength(3);
  });

  it('has no vitals doubled where the time of their encounter is corrected', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals());
    await bench.carry(encounterOf(uuid));
    care.moveEncounter(uuid, TEN);
    const { incoming, written } = await bench.carry(encounterOf(uuid));
    expect(written.fields).toEqual(asFarAs(incoming, written));
    expect(rows()).toHaveLength(10);
    expect((await at('target', encounterOf(uuid))).fields).toEqual(written.fields);
  });

  it('keeps what its own clinicians added, once, where the time of the encounter is corrected elsewhere', async () => {
    const uuid = bench.source.clinician.care.recordEncounter(vitals({ obs: [{ concept: CARE.weight, value: 61.5 }] }));
    await bench.carry(encounterOf(uuid));
    const local = bench.aliases.local.get(`encounter/${uuid}`) ?? uuid;
    bench.target.clinician.care.addObs(local, { concept: CARE.pulse, value: 77 });
    const held = await at('target', encounterOf(uuid));
    bench.source.clinician.care.moveEncounter(uuid, TEN);
    const incoming = await at('source', encounterOf(uuid));
    const [old] = Object.keys(held.fields).filter((path) => path.endsWith(']') && String(held.fields[path]).includes('61.5'));
    const [corrected] = Object.entries(incoming.fields).filter(([path]) => path.startsWith('obs['));
    const writes = new Map([['encounterDatetime', '2020-05-01T10:00:00Z'], [old ?? '', undefined], corrected ?? ['', null]] as const);
    const written = await bench.sites.of('target').write(held, incoming, { fields: writes }, call);
    expect(
      Object.values(obsOf(written))
        .map((value) => (JSON.parse(String(value)) as { numeric: number }).numeric)
        .sort(),
    ).toEqual([61.5, 77]);
    expect(rows()).toHaveLength(2);
  });

  it('keeps the time that an obs has of its own, where the time of its encounter is corrected', async () => {
    const uuid = bench.source.clinician.care.recordEncounter(vitals({ obs: [{ concept: CARE.weight, value: 61.5 }] }));
    const { written: held, incoming } = await bench.carry(encounterOf(uuid));
    const [path = ''] = Object.keys(obsOf(held));
    const writes = { encounterDatetime: '2020-05-01T10:00:00Z', [`${path}.obsDatetime`]: '2020-05-01T09:00:00Z' };
    const wanted = { ...incoming, fields: { ...incoming.fields, ...writes } };
    const written = await bench.sites.of('target').write(held, wanted, { fields: new Map(Object.entries(writes)) }, call);
    expect(written.fields).toEqual(expect.objectContaining(writes));
    expect(rows()).toHaveLength(1);
  });

  it('leaves an obs that somebody corrected before it was read back as it is then', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals({ obs: [{ concept: CARE.weight, value: 61.5 }] }));
    const first = await bench.carry(encounterOf(uuid));
    care.editObs(Object.keys(obsOf(first.incoming))[0]?.slice(4, -1) ?? '', { value: 62 });
    const acts = ['made', 'corrected'];
    bench.target.faults.latencyMs = ({ method }) => {
      const made = rows().find(({ values }) => values['valueNumeric'] === 62);
      if (method === 'GET' && made !== undefined && acts.pop() === 'corrected') bench.target.clinician.care.editObs(made.uuid, { value: 63 });
      return 0;
    };
    await bench.carry(encounterOf(uuid));
    expect(rows().map(({ values }) => values['valueNumeric'])).toEqual([63]);
  });

  it('has no obs alive in an encounter that somebody voided while it was written', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals({ obs: [{ concept: CARE.weight, value: 61.5 }] }));
    const first = await bench.carry(encounterOf(uuid));
    care.editObs(Object.keys(obsOf(first.incoming))[0]?.slice(4, -1) ?? '', { value: 62 });
    const local = bench.aliases.local.get(`encounter/${uuid}`) ?? uuid;
    const voids: string[] = [];
    bench.target.faults.latencyMs = ({ method, path }) => {
      if (method === 'POST' && path.endsWith('/obs') && voids.push(local) === 1) bench.target.clinician.care.voidEncounter(local);
      return 0;
    };
    const { written } = await bench.carry(encounterOf(uuid));
    expect(voids).toHaveLength(1);
    expect(written.presence).toBe('voided');
    expect(rows()).toEqual([]);
  });

  it('does not keep the visit that the server chose for an encounter without one', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals({ obs: [] }));
    const visit = care.startVisit({ patient: jane, visitType: CARE.facilityVisit, location: clinic, startDatetime: '2020-05-01T08:00:00.000+0000' });
    await bench.carry(visitOf(visit));
    const { written } = await bench.carry(encounterOf(uuid));
    expect(written.fields['visit']).toBeNull();
  });

  it('brings back with a restored encounter only what it was voided with', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals({ obs: [{ concept: CARE.weight, value: 61.5 }] }));
    const first = await bench.carry(encounterOf(uuid));
    care.editObs(Object.keys(obsOf(first.incoming))[0]?.slice(4, -1) ?? '', { value: 62 });
    const { written } = await bench.carry(encounterOf(uuid));
    clock.tick();
    const gone = await bench.sites.of('target').write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, rows().length]).toEqual(['voided', 0]);
    // Where REST gives no way to, people do (rest-client-restores.spec.ts).
    if (!bench.target.profile.undeletes) bench.target.clinician.care.restoreEncounter(bench.aliases.local.get(`encounter/${uuid}`) ?? uuid);
    else await bench.sites.of('target').write(gone, written, { presence: 'present', fields: new Map() }, call);
    const back = await bench.sites.of('target').read(gone.record, call);
    expect(obsOf(back)).toEqual(obsOf(written));
    expect(rows()).toHaveLength(1);
  });

  it('gets bytes reported and not sent, and everything else', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(
      vitals({
        obs: [
          { concept: CARE.weight, value: 61.5 },
          { concept: CARE.scan, value: 'SGVsbG8=' },
        ],
      }),
    );
    const { incoming, written } = await bench.carry(encounterOf(uuid));
    expect(Object.keys(incoming.fields).filter((path) => path.startsWith('obsNotCarried['))).toHaveLength(1);
    expect(obsOf(written)).toEqual(obsOf(incoming));
    expect(rows()).toHaveLength(1);
  });

  it('leads an obs to its encounter, a member to its root, and says what became of one', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals());
    const [member] = liveIn(bench.source).filter(({ values }) => (values['obsGroup'] ?? null) !== null);
    const source = bench.sites.of('source');
    expect(await source.recordOf({ aggregate: 'obs', uuid: member?.uuid ?? '' }, call)).toEqual(encounterOf(uuid));
    await source.read(encounterOf(uuid), call);
    bench.source.resetRequests();
    expect(await source.recordOf({ aggregate: 'obs', uuid: member?.uuid ?? '' }, call)).toEqual(encounterOf(uuid));
    expect(bench.source.requests).toEqual([]);
    expect(await source.whereabouts(member?.uuid ?? '', call)).toEqual({ state: 'live', record: encounterOf(uuid) });
    care.voidObs(member?.uuid ?? '');
    expect(await source.whereabouts(member?.uuid ?? '', call)).toEqual({ state: 'voided' });
    expect(await source.whereabouts('nobody', call)).toEqual({ state: 'absent' });
  });

  it('leads an obs to its encounter by either uuid, where the site has one of its own for it', async () => {
    const care = bench.source.clinician.care;
    const uuid = care.recordEncounter(vitals());
    await bench.carry(encounterOf(uuid));
    const everywhere = care.addObs(uuid, { concept: CARE.weight, value: 62 });
    await bench.carry(encounterOf(uuid));
    const there = bench.aliases.local.get(`obs/${everywhere}`) ?? everywhere;
    expect(there !== everywhere).toBe(profile === '1.9' || profile === '2.1-old');
    const sites = new Sites([optionsOf(bench.target, 'target')], () => bench.aliases);
    for (const known of [everywhere, there]) expect(await sites.of('target').recordOf({ aggregate: 'obs', uuid: known }, call)).toEqual(encounterOf(uuid));
    await sites.close();
  });

  it('names what would go with a visit and a patient', async () => {
    const care = bench.source.clinician.care;
    const visit = care.startVisit({ patient: jane, visitType: CARE.facilityVisit, location: clinic, startDatetime: NINE });
    await bench.carry(visitOf(visit));
    const uuid = care.recordEncounter(vitals({ visit, obs: [{ concept: CARE.weight, value: 61.5 }] }));
    await bench.carry(encounterOf(uuid));
    const target = bench.sites.of('target');
    expect(await target.dependants(visitOf(visit), call)).toEqual([`encounter/${uuid}`]);
    expect(await target.dependants({ aggregate: 'person', uuid: jane }, call)).toEqual([`encounter/${uuid}`, `visit/${visit}`]);
    expect(await target.dependants(encounterOf(uuid), call)).toEqual([]);
  });

  it('gets an observation that stands in no encounter, with its members, and its void', async () => {
    const authorization = `Basic ${Buffer.from('admin:Admin123').toString('base64')}`;
    const post = async (body: object) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${bench.source.baseUrl}/ws/rest/v1/obs`, { method: 'POST', headers, body: JSON.stringify(body) });
      return ((await answer.json()) as { uuid: string }).uuid;
    };
    const member = (concept: string, value: number) => ({ person: jane, obsDatetime: NINE, concept, value });
    const groupMembers = [member(CARE.systolic, 120), member(CARE.diastolic, 80)];
    const record = { aggregate: 'obs' as const, uuid: await post({ person: jane, obsDatetime: NINE, concept: CARE.bloodPressure, groupMembers }) };
    const { incoming, written, asked } = await bench.carry(record);
    expect(asked).toEqual(['POST obs']);
    expect(Object.keys(obsOf(incoming))).toHaveLength(3);
    expect(written.fields).toEqual(asFarAs(incoming, written));
    const gone = await bench.sites.of('target').write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect(gone.presence).toBe('voided');
    expect(await bench.sites.of('target').dependants({ aggregate: 'person', uuid: jane }, call)).toEqual([]);
  });
});
