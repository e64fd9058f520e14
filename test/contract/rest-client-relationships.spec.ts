import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, HandClock, jane, person, RestBench } from './rest-bench.js';

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+Z/, '.000+0000');
const kin = (uuid: string): RecordRef => ({ aggregate: 'relationship', uuid });

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  let mother: string;
  beforeEach(async () => {
    clock = new HandClock();
    bench = await RestBench.start(profile, clock);
    await bench.agreeOnJane();
    mother = bench.source.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Okello' }] });
  });
  afterEach(() => bench.stop());
  const relate = () => bench.source.clinician.care.relate({ personA: mother, relationshipType: CARE.parentOf, personB: jane, startDate: YESTERDAY });

  it('gets a relationship between persons it knows by any uuid, its edits, its void and its restoration', async () => {
    await bench.carry(person(mother));
    const uuid = relate();
    const { incoming, written, asked } = await bench.carry(kin(uuid));
    expect(asked).toEqual(['POST relationship']);
    expect(written.fields).toEqual(incoming.fields);
    const local = await bench.aliases.toLocal(person(mother));
    expect(bench.target.state().relationships.map(({ values }) => [values['personA'], values['personB']])).toEqual([[local, jane]]);
    expect(local === mother).toBe(bench.target.profile.takesUuid);

    bench.source.clinician.care.editRelationship(uuid, { relationshipType: CARE.doctorOf, endDate: new Date().toISOString() });
    const changed = await bench.carry(kin(uuid));
    expect(changed.asked).toEqual([`POST relationship/${await bench.aliases.toLocal(kin(uuid))}`]);
    expect(changed.written.fields).toEqual(changed.incoming.fields);

    const client = bench.sites.of('target');
    const gone = await client.write(changed.written, changed.incoming, { presence: 'voided', fields: new Map() }, call);
    expect(gone.presence).toBe('voided');
    clock.tick();
    const back = await client.write(gone, changed.incoming, { presence: 'present', fields: new Map() }, call);
    expect(back).toMatchObject({ presence: 'present', fields: changed.written.fields });
  });

  it('says whether it has both ends, and lists what hangs on either of them', async () => {
    const target = bench.sites.of('target');
    expect(await target.has({ resource: 'person', uuid: mother }, call)).toBe(false);
    await bench.carry(person(mother));
    expect(await target.has({ resource: 'person', uuid: mother }, call)).toBe(true);
    const uuid = relate();
    await bench.carry(kin(uuid));
    expect(await target.historyOf(jane, ['visit', 'relationship'], call)).toEqual([kin(uuid)]);
    expect(await target.historyOf(jane, ['visit'], call)).toEqual([]);
    // It is nothing that a void of the patient would take with it.
    expect(await target.dependants(person(jane), call)).toEqual([]);
  });

  it('is found to have one that a create without an answer may have made', async () => {
    await bench.carry(person(mother));
    const { incoming } = await bench.carry(kin(relate()));
    const local = await bench.aliases.toLocal(incoming.record);
    bench.aliases.local.delete(`relationship/${incoming.record.uuid}`);
    bench.aliases.canonical.delete(`relationship/${local}`);
    const twin = await bench.sites.of('target').findTwin(incoming, call, async () => false);
    expect(twin === null).toBe(bench.target.profile.takesUuid);
    expect((await bench.sites.of('target').read(incoming.record, call)).presence).toBe('present');
  });
});
