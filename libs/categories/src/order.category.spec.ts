import { describe, expect, it } from '@jest/globals';
import { absentRecord, patientsOf } from './all-categories.js';
import { order } from './order.category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

describe('a decoded order', () => {
  const body = {
    uuid: 'order-2',
    orderNumber: 'ORD-17',
    accessionNumber: null,
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    concept: { uuid: 'blood-count' },
    action: 'REVISE',
    careSetting: { uuid: 'outpatient' },
    previousOrder: { uuid: 'order-1-here' },
    dateActivated: '2020-05-01T13:15:00.000+0300',
    scheduledDate: null,
    dateStopped: '2020-05-02T13:15:00.000+0300',
    autoExpireDate: null,
    encounter: { uuid: 'visit-note' },
    orderer: { uuid: 'doctor' },
    orderReason: null,
    orderReasonNonCoded: null,
    orderType: { uuid: 'test-orders', name: 'Test order' },
    urgency: 'ROUTINE',
    instructions: null,
    commentToFulfiller: null,
    specimenSource: null,
    laterality: null,
    clinicalHistory: 'fever',
    frequency: null,
    numberOfRepeats: null,
    fulfillerStatus: 'COMPLETED',
    type: 'testorder',
    auditInfo: { dateCreated: '2020-05-01T13:15:00.000+0300' },
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/order/order-2' }],
  };
  const of = (change: object = {}) =>
    order.decode(
      { ...body, ...change },
      {
        record: { aggregate: 'order', uuid: 'order-2' },
        client: 'rest',
        platform: MODERN_PLATFORM,
        canonicalUuid: (_aggregate, uuid) => uuid.replace('-here', ''),
      },
    );

  it('has what was ordered, and neither its number nor what became of it: golden', () => {
    const { fields, covers, presence } = of();
    expect({ fields, presence }).toEqual({
      presence: 'present',
      fields: {
        type: 'testorder',
        patient: 'jane-1',
        encounter: 'visit-note',
        previousOrder: 'order-1',
        action: 'REVISE',
        concept: 'blood-count',
        orderer: 'doctor',
        careSetting: 'outpatient',
        orderType: 'test-orders',
        urgency: 'ROUTINE',
        dateActivated: '2020-05-01T10:15:00Z',
        scheduledDate: null,
        autoExpireDate: null,
        orderReason: null,
        orderReasonNonCoded: null,
        instructions: null,
        commentToFulfiller: null,
        frequency: null,
        specimenSource: null,
        laterality: null,
        clinicalHistory: 'fever',
        numberOfRepeats: null,
      },
    });
    // Of keys that only drug orders have nothing is known, which is not that they are empty.
    expect(covers).not.toContain('dose');
    expect(of({ dateStopped: null, fulfillerStatus: null, accessionNumber: 'LAB-1' }).fields).toEqual(fields);
  });

  it('waits for the order that it follows, its encounter and its patient', () => {
    expect(of().references.flatMap(({ path, aggregate, uuid }) => (aggregate === null ? [] : [[path, aggregate, uuid]]))).toEqual([
      ['patient', 'person', 'jane-1'],
      ['encounter', 'encounter', 'visit-note'],
      ['previousOrder', 'order', 'order-1'],
    ]);
    expect(patientsOf(of()).map(({ uuid }) => uuid)).toEqual(['jane-1']);
  });

  it('is voided where its stamps say so, for no key of it does', () => {
    expect(of({ auditInfo: { ...body.auditInfo, dateVoided: '2020-05-03T00:00:00.000+0300' } })).toMatchObject({ presence: 'voided', fields: {} });
    expect(of({ auditInfo: undefined }).presence).toBe('present');
    expect(of({ voided: true }).presence).toBe('voided');
  });

  it('is made as it was, and never changed', () => {
    const { fields, record } = of();
    const [step] = order.planSteps(absentRecord(record), of(), { fields: new Map(Object.entries(fields)) }, { platform: MODERN_PLATFORM });
    expect(step).toMatchObject({ method: 'POST', path: 'order', body: { uuid: 'order-2', type: 'testorder', action: 'REVISE', previousOrder: 'order-1' } });
    expect(Object.keys(step?.body ?? {})).not.toEqual(expect.arrayContaining(['dose']));
    for (const name of ['dateStopped', 'orderNumber', 'accessionNumber', 'fulfillerStatus']) expect(step?.body).not.toHaveProperty(name);
    expect(() => order.planSteps(of(), of(), { fields: new Map([['instructions', 'fasting']]) }, { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ code: 'cannot-change', details: { fields: ['instructions'] } }),
    );
  });

  it('names a drug in words where the platform has them', () => {
    const older: Platform = { ...MODERN_PLATFORM, hasNonCodedDrugs: false };
    expect([order.scalarsOn(older).includes('drugNonCoded'), order.scalarsOn(MODERN_PLATFORM).includes('drugNonCoded')]).toEqual([false, true]);
  });
});
