import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, ORDER_TYPES, SAMPLE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

// PatientServiceImpl.mergePatients
describe('two patients merged', () => {
  let at: Bench;
  let jane: string;
  let twin: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane('JANE-1', { attributes: [{ attributeType: SAMPLE.phone, value: '1' }] }));
    twin = at.simulator.clinician.addPatient(
      at.jane('TWIN-1', { names: [{ givenName: 'Janet', familyName: 'Doe' }], attributes: [{ attributeType: SAMPLE.phone, value: '2' }] }),
    );
  });
  afterEach(() => at.simulator.stop());

  const person = (uuid: string) => at.simulator.state().people.find((row) => row.uuid === uuid);

  it('leave one, with copies of the other’s parts under new uuids', () => {
    const before = new Set(person(twin)?.names.map(({ uuid }) => uuid));
    at.simulator.clinician.mergePatients(jane, twin);
    expect([person(twin)?.gone, String(person(twin)?.audit['voidReason']).startsWith('Merged with patient #')]).toEqual([true, true]);
    const survivor = person(jane);
    expect(survivor?.names.map(({ uuid, values }) => [before.has(uuid), values['givenName'], values['preferred']])).toEqual([
      [false, 'Jane', true],
      [false, 'Janet', false],
    ]);
    expect(survivor?.identifiers.map(({ values }) => values['identifier']).sort()).toEqual(['JANE-1', 'TWIN-1']);
    expect(survivor?.attributes.map(({ gone, values }) => [gone, values['value']])).toEqual([
      [false, '2'],
      [true, '1'],
    ]);
  });

  it('leave visits and encounters under their uuids, and obs under others', () => {
    const care = at.simulator.clinician.care;
    const visit = care.startVisit({ patient: twin, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00' });
    const encounter = care.recordEncounter(at.vitals(twin, [{ concept: CARE.weight, value: 61.5 }], { visit }));
    const heard = at.told(() => at.simulator.clinician.mergePatients(jane, twin));
    expect(at.simulator.state().visits).toMatchObject([{ uuid: visit, gone: false, values: { patient: jane } }]);
    expect(at.simulator.state().encounters).toMatchObject([
      {
        uuid: encounter,
        gone: false,
        values: { patient: jane },
        obs: [
          { gone: true, values: { person: twin } },
          { gone: false, values: { person: jane } },
        ],
      },
    ]);
    expect(heard).toEqual(expect.arrayContaining(['visit UPDATED', 'encounter UPDATED', 'observation CREATED', 'observation VOIDED', 'patient VOIDED']));
  });

  it('leave orders under their uuids, with the patient of their encounter', () => {
    const { care, lists } = at.simulator.clinician;
    const encounter = care.recordEncounter(at.vitals(twin, []));
    const own = { type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept: CARE.pulse, careSetting: CARE.outpatient, orderer: CARE.doctor };
    at.simulator.seedMetadata({ ordertype: ORDER_TYPES });
    const order = lists.order({ ...own, patient: twin, encounter });
    at.simulator.clinician.mergePatients(jane, twin);
    expect(at.simulator.state().orders).toMatchObject([{ uuid: order, gone: false, values: { patient: jane } }]);
  });

  it('leave enrollments under their uuids, and relationships under others, none of them twice and none to oneself', () => {
    const { care, programs } = at.simulator.clinician;
    const mother = at.simulator.clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Doe' }] });
    const enrolled = programs.enroll({ patient: twin, program: CARE.hivProgram, dateEnrolled: '2026-01-01T01:00:00' });
    const related = (personA: string, personB: string) => care.relate({ personA, relationshipType: CARE.parentOf, personB });
    const old = [related(mother, twin), related(twin, jane), related(twin, mother)];
    const known = related(jane, mother);
    at.simulator.clinician.mergePatients(jane, twin);
    expect(at.simulator.state().enrollments).toMatchObject([{ uuid: enrolled, gone: false, values: { patient: jane } }]);
    const { relationships } = at.simulator.state();
    expect(relationships.filter(({ gone }) => gone).map(({ uuid }) => uuid)).toEqual(old);
    expect(relationships.filter(({ gone }) => !gone).map(({ uuid, values }) => [uuid === known, values['personA'], values['personB']])).toEqual([
      [true, jane, mother],
      [false, mother, jane],
    ]);
  });
});
