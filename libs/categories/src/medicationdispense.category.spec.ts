import { describe, expect, it } from '@jest/globals';
import { patientsOf } from './all-categories.js';
import { medicationDispense } from './medicationdispense.category.js';
import { MODERN_PLATFORM } from './platform.js';

describe('a decoded medication dispense', () => {
  const body = {
    uuid: 'dispense-1',
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    encounter: { uuid: 'visit-note' },
    drugOrder: { uuid: 'order-1' },
    concept: { uuid: 'paracetamol' },
    drug: { uuid: 'paracetamol-500' },
    location: { uuid: 'pharmacy' },
    dispenser: { uuid: 'nurse' },
    status: { uuid: 'completed' },
    quantity: 20,
    wasSubstituted: false,
    asNeeded: null,
    dateHandedOver: '2020-05-01T13:15:00.000+0300',
    voided: false,
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/medicationdispense/dispense-1' }],
  };
  const of = (change: object = {}) =>
    medicationDispense.decode(
      { ...body, ...change },
      { record: { aggregate: 'medicationdispense', uuid: 'dispense-1' }, client: 'rest', platform: MODERN_PLATFORM },
    );

  it('waits for its patient, its encounter, its order and its place: golden', () => {
    const { fields, references } = of();
    expect(fields).toMatchObject({ status: 'completed', quantity: 20, asNeeded: null, dateHandedOver: '2020-05-01T10:15:00Z' });
    expect(references.flatMap(({ path, aggregate }) => (aggregate === null ? [] : [[path, aggregate]]))).toEqual([
      ['patient', 'person'],
      ['encounter', 'encounter'],
      ['drugOrder', 'order'],
      ['location', 'location'],
    ]);
    expect(patientsOf(of()).map(({ uuid }) => uuid)).toEqual(['jane-1']);
  });

  it('is changed in place, all but its patient, and brought back by its mark', () => {
    const plan = (path: string, value: string | number) =>
      medicationDispense.planSteps(of(), of(), { fields: new Map([[path, value]]) }, { platform: MODERN_PLATFORM });
    expect(plan('quantity', 10)).toEqual([{ method: 'POST', path: 'medicationdispense/dispense-1', body: { quantity: 10 } }]);
    expect(() => plan('patient', 'john-1')).toThrow(expect.objectContaining({ code: 'cannot-change' }));
    const restore = medicationDispense.planSteps(of({ voided: true }), of(), { presence: 'present', fields: new Map() }, { platform: MODERN_PLATFORM });
    expect(restore).toEqual([{ method: 'POST', path: 'medicationdispense/dispense-1', body: { voided: false } }]);
  });
});
