import { describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, clinic, eachWithJane, type HandClock, jane, person, type RestBench } from './rest-bench.js';

const dispenseOf = (uuid: string): RecordRef => ({ aggregate: 'medicationdispense', uuid });

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
  });
  const dispense = () =>
    bench.source.clinician.lists.dispense({
      ...{ patient: jane, concept: CARE.paracetamolConcept, drug: CARE.paracetamol, status: CARE.yes, location: clinic, dispenser: CARE.nurse },
      ...{ quantity: 20, quantityUnits: CARE.note, dateHandedOver: '2024-02-01T08:00:00.000+0000', dosingInstructions: 'after food', wasSubstituted: false },
    });

  if (profile !== '2.8') {
    it('is sent no medication dispense, and says why', async () => {
      const uuid = dispense();
      bench.target.resetRequests();
      await expect(bench.carry(dispenseOf(uuid))).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('openmrs-core 2.6') });
      expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(await bench.sites.of('target').historyOf(jane, ['medicationdispense'], call)).toEqual([]);
    });
    return;
  }

  it('gets one by one request, its edits, its void and its restoration, and lists it', async () => {
    const uuid = dispense();
    const { incoming, written, asked } = await bench.carry(dispenseOf(uuid));
    expect(asked).toEqual(['POST medicationdispense']);
    expect(written.fields).toEqual(incoming.fields);
    bench.source.clinician.lists.editDispense(uuid, { status: CARE.no, statusReason: CARE.note, quantity: 0 });
    const changed = await bench.carry(dispenseOf(uuid));
    expect(changed.asked).toEqual([`POST medicationdispense/${uuid}`]);
    expect(changed.written.fields).toEqual({ ...incoming.fields, status: CARE.no, statusReason: CARE.note, quantity: 0 });

    const target = bench.sites.of('target');
    expect(await target.historyOf(jane, ['medicationdispense'], call)).toEqual([dispenseOf(uuid)]);
    expect(await target.dependants(person(jane), call)).toEqual([]);
    const gone = await target.write(changed.written, changed.incoming, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, bench.target.state().dispenses[0]?.gone]).toEqual(['voided', true]);
    clock.tick();
    const back = await target.write(gone, changed.incoming, { presence: 'present', fields: new Map() }, call);
    expect(back).toMatchObject({ presence: 'present', fields: changed.written.fields });
  });

  it('refuses one without what its columns need', async () => {
    const wrong = bench.target.clinician.lists;
    expect(() => wrong.dispense({ patient: jane, concept: CARE.paracetamolConcept, status: null })).toThrow("Column 'status' cannot be null");
    expect(bench.target.state().dispenses).toEqual([]);
  });
});
