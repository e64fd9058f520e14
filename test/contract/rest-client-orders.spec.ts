import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { CARE, ORDER_TYPES, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, HandClock, jane, person, RestBench } from './rest-bench.js';

const orderOf = (uuid: string): RecordRef => ({ aggregate: 'order', uuid });
const encounterOf = (uuid: string): RecordRef => ({ aggregate: 'encounter', uuid });
const LAST_WEEK = new Date(Date.now() - 7 * 86_400_000).toISOString().replace(/\.\d+Z/, '.000+0000');
const SIMPLE = 'org.openmrs.SimpleDosingInstructions';

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  let visitNote: string;
  beforeEach(async () => {
    clock = new HandClock();
    bench = await RestBench.start(profile, clock);
    for (const site of [bench.source, bench.target]) site.seedMetadata({ ordertype: ORDER_TYPES });
    await bench.agreeOnJane();
    visitNote = bench.source.clinician.care.recordEncounter({ patient: jane, encounterType: CARE.visitNote, encounterDatetime: LAST_WEEK });
    await bench.carry(encounterOf(visitNote));
  });
  afterEach(() => bench.stop());
  const lists = () => bench.source.clinician.lists;
  const own = () => ({ patient: jane, encounter: visitNote, careSetting: CARE.outpatient, orderer: CARE.doctor, dateActivated: LAST_WEEK });
  const paracetamol = (more: object = {}) =>
    lists().order({
      ...{ ...own(), type: 'drugorder', orderType: ORDER_TYPES[0]?.uuid, concept: CARE.paracetamolConcept, drug: CARE.paracetamol, dosingType: SIMPLE },
      ...{ dose: 1.5, doseUnits: CARE.note, quantity: 20, quantityUnits: CARE.note, numRefills: 0, dosingInstructions: 'after food', ...more },
    });
  const bloodCount = (more: object = {}) =>
    lists().order({ ...own(), type: 'testorder', orderType: ORDER_TYPES[1]?.uuid, concept: CARE.pulse, clinicalHistory: 'fever', ...more });
  const carried = async (uuid: string) => {
    const { incoming, written, asked } = await bench.carry(orderOf(uuid));
    expect(written.fields).toEqual(Object.fromEntries(Object.entries(incoming.fields).filter(([path]) => covers(written, path))));
    return { incoming, written, asked };
  };
  const there = () => bench.target.state().orders.map(({ gone, values }) => [values['action'], gone, (values['dateStopped'] ?? null) !== null]);

  if (profile === '1.9') {
    it('is sent no order, and says why', async () => {
      const uuid = bloodCount();
      bench.target.resetRequests();
      await expect(bench.carry(orderOf(uuid))).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('before 1.10') });
      expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    });
    return;
  }

  it('gets drug and test orders by one request each, as they were made', async () => {
    for (const uuid of [paracetamol(), bloodCount()]) expect((await carried(uuid)).asked).toEqual(['POST order']);
    expect(bench.target.state().orders.map(({ values }) => [values['type'], values['dose'] ?? null, values['clinicalHistory'] ?? null])).toEqual([
      ['drugorder', 1.5, null],
      ['testorder', null, 'fever'],
    ]);
  });

  it('follows a chain link by link, and stops by itself what was followed', async () => {
    const first = paracetamol();
    await carried(first);
    const second = lists().follow(first, 'REVISE', { dose: 2, dosingInstructions: 'before food' });
    // Before the one that it follows it would have nothing to name.
    expect(await bench.sites.of('target').has({ resource: 'order', uuid: second }, call)).toBe(false);
    expect(await bench.sites.of('target').has({ resource: 'order', uuid: first }, call)).toBe(true);
    await carried(second);
    clock.tick();
    const third = lists().follow(second, 'DISCONTINUE', { orderReasonNonCoded: 'a rash' });
    await carried(third);
    expect(there()).toEqual([
      ['NEW', false, true],
      ['REVISE', false, true],
      ['DISCONTINUE', false, false],
    ]);
  });

  it('never changes one, and says so before anything is sent', async () => {
    const { written } = await carried(bloodCount());
    bench.target.resetRequests();
    const change = bench.sites.of('target').write(written, written, { fields: new Map([['instructions', 'fasting']]) }, call);
    await expect(change).rejects.toMatchObject({ code: 'cannot-change', details: { fields: ['instructions'] } });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('does not take what the server says of how it is carried out for an edit', async () => {
    const uuid = bloodCount();
    const { written } = await carried(uuid);
    lists().follow(uuid, 'DISCONTINUE');
    const now = await bench.sites.of('source').read(orderOf(uuid), call);
    for (const [path, value] of Object.entries(written.fields)) expect([path, now.fields[path]]).toEqual([path, value]);
  });

  it('voids one so that what it stopped goes on, and brings it back where REST can; an encounter takes its orders along', async () => {
    const first = paracetamol();
    const stopped = lists().follow(first, 'DISCONTINUE');
    await carried(first);
    const { written } = await carried(stopped);
    const target = bench.sites.of('target');
    const gone = await target.write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, there()[0]]).toEqual(['voided', ['NEW', false, false]]);
    const back = target.write(gone, written, { presence: 'present', fields: new Map() }, call);
    if (!bench.target.profile.undeletes) await expect(back).rejects.toMatchObject({ code: 'unsupported' });
    else expect(await back).toMatchObject({ presence: 'present', fields: written.fields });
    const local = await bench.aliases.toLocal(encounterOf(visitNote));
    expect(await target.dependants(encounterOf(visitNote), call)).toContain(`order/${first}`);
    bench.target.clinician.care.voidEncounter(local);
    expect(there().map(([, isGone]) => isGone)).toEqual([true, true]);
  });

  it('lists all of a patient, whatever their care setting, those that have ended too', async () => {
    const [first, other] = [paracetamol(), bloodCount()];
    const all = [first, other, lists().follow(first, 'DISCONTINUE')];
    for (const uuid of all) await carried(uuid);
    const target = bench.sites.of('target');
    expect([...(await target.historyOf(jane, ['order'], call))].map(({ uuid }) => uuid).sort()).toEqual([...all].sort());
    bench.target.clinician.lists.voidOrder(await bench.aliases.toLocal(orderOf(other)));
    expect(await target.historyOf(jane, ['order'], call)).toHaveLength(2);
    expect(await target.dependants(person(jane), call)).toEqual([`encounter/${visitNote}`]);
  });

  it('is found to have one that a create without an answer may have made', async () => {
    const { incoming } = await carried(bloodCount());
    const local = await bench.aliases.toLocal(incoming.record);
    bench.aliases.local.delete(`order/${incoming.record.uuid}`);
    bench.aliases.canonical.delete(`order/${local}`);
    const twin = await bench.sites.of('target').findTwin(incoming, call, async () => false);
    expect(twin === null).toBe(bench.target.profile.takesUuid);
    expect((await bench.sites.of('target').read(incoming.record, call)).presence).toBe('present');
  });
});
