import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, patientsOf } from './all-categories.js';
import { appointment } from './appointment.category.js';
import { appointmentRest } from './appointment-rest.js';
import { planOwnRest, type UuidOfName } from './own-rest.js';
import { APPOINTMENT_STATUSES, MODERN_PLATFORM, type Platform, sameUuid, type UuidTranslation } from './platform.js';
import type { Writes } from './step.js';

const record = { aggregate: 'appointment' as const, uuid: 'appointment-1' };
const BEFORE_2_1: Platform = { ...MODERN_PLATFORM, hasAppointmentReasons: false, appointmentStatuses: APPOINTMENT_STATUSES };
const spec = { ...appointment, ownRest: appointmentRest };
const uuidOfName: UuidOfName = (resource, name) =>
  ({ 'Eye care': 'service-1', 'Eye care: First visit': 'type-1' })[name] ?? (name === 'lost' ? null : `${resource} ${name}`);

const BODY = {
  uuid: 'appointment-1',
  appointmentNumber: '0000',
  dateCreated: Date.parse('2026-01-01T00:00:00Z'),
  dateAppointmentScheduled: Date.parse('2026-01-01T09:00:00Z'),
  patient: { name: 'Jane', uuid: 'jane-1', identifier: 'X', age: 30, gender: 'F', customAttributes: {} },
  service: { appointmentServiceId: 4, name: 'Eye care', uuid: 'their-service', location: {}, speciality: {} },
  serviceType: { duration: 15, name: 'First visit', uuid: 'their-type' },
  provider: null,
  location: { name: 'Ward', uuid: 'ward-1' },
  startDateTime: Date.parse('2026-02-01T06:00:00Z'),
  endDateTime: Date.parse('2026-02-01T06:30:00Z'),
  appointmentKind: 'Scheduled',
  status: 'Scheduled',
  comments: ' with her glasses ',
  priority: 'Routine',
  providers: [
    { uuid: 'nurse-1', response: 'ACCEPTED', comments: null, name: 'Nurse' },
    { uuid: 'doctor-1', response: 'CANCELLED', comments: null, name: 'Doctor' },
  ],
  reasons: [{ conceptUuid: 'malaria', name: 'Malaria' }],
  recurring: true,
  voided: false,
  teleconsultationLink: null,
};
const read = (change: object = {}, platform = MODERN_PLATFORM, canonicalUuid: UuidTranslation = sameUuid) =>
  appointment.decode(appointmentRest.told({ ...BODY, ...change }, platform), { record, client: 'rest', platform, canonicalUuid });
const plan = (writes: Writes, platform = MODERN_PLATFORM, localUuid = sameUuid) =>
  planOwnRest(spec, { held: read(), writes }, { platform, localUuid, uuidOfName });
const fieldsOf = (...fields: [string, Scalar | undefined][]): Writes => ({ fields: new Map(fields) });

describe('a decoded appointment', () => {
  it('has what the module tells of it, its service by name, and none of those who were taken away: golden', () => {
    const { fields, references, provenance } = read();
    expect(fields).toEqual({
      patient: 'jane-1',
      service: 'Eye care',
      serviceType: 'Eye care: First visit',
      location: 'ward-1',
      startDateTime: '2026-02-01T06:00:00Z',
      endDateTime: '2026-02-01T06:30:00Z',
      dateAppointmentScheduled: '2026-01-01T09:00:00Z',
      appointmentKind: 'Scheduled',
      status: 'Scheduled',
      priority: 'Routine',
      comments: 'with her glasses',
      appointmentNumber: '0000',
      recurring: true,
      'providers[nurse-1]': true,
      'providers[nurse-1].response': 'ACCEPTED',
      'providers[nurse-1].comments': null,
      'reasons[malaria]': true,
    });
    expect(references.map(({ resource, uuid, aggregate }) => [`${resource}/${uuid}`, aggregate])).toEqual([
      ['patient/jane-1', 'person'],
      ['appointmentservicename/Eye care', null],
      ['appointmentservicetypename/Eye care: First visit', null],
      ['location/ward-1', 'location'],
      ['provider/nurse-1', null],
      ['concept/malaria', null],
    ]);
    expect([patientsOf(read()).map(({ uuid }) => uuid), provenance.dateCreated]).toEqual([['jane-1'], '2026-01-01T00:00:00Z']);
  });

  it('says nothing of reasons where the release has none, and tells what it held once it is voided', () => {
    expect(['reasons', 'appointmentNumber'].filter((name) => read({}, BEFORE_2_1).covers.includes(name))).toEqual([]);
    expect([read({ recurring: false }).fields['recurring'], read({ recurring: false }).covers.includes('recurring')]).toEqual([null, true]);
    expect([read({ voided: true }).presence, read({ voided: true }).fields['status']]).toEqual(['voided', 'Scheduled']);
  });

  it.each([
    [{ patient: { uuid: 7 } }, 'patient'],
    [{ startDateTime: 'soon' }, 'startDateTime'],
    [{ service: 7 }, 'service'],
    [{ providers: [{ response: 'ACCEPTED' }] }, 'providers.0.uuid'],
    [{ reasons: [{ conceptUuid: 7 }] }, 'reasons.0'],
  ])('is refused by the place where it cannot be read: %j', (change, path) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ details: expect.objectContaining({ path: expect.stringContaining(path) }) }));
  });

  it('is read, or refused by an error with a path, whatever the module tells', () => {
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, [], {}, 1e300, -1, { name: 7 }, [{ uuid: 'p' }], [{ conceptUuid: null }]));
    const arbitrary = fc.record(Object.fromEntries(Object.keys(BODY).map((key) => [key, anything])), { requiredKeys: [] });
    fc.assert(
      fc.property(arbitrary, (body) => {
        try {
          const told = appointmentRest.told(body, MODERN_PLATFORM);
          expect(appointment.decode(told, { record, client: 'rest', platform: MODERN_PLATFORM }).category).toBe('appointment');
        } catch (error) {
          expect(error).toBeInstanceOf(ContractError);
          expect((error as ContractError).details).toMatchObject({ path: expect.any(String), found: expect.any(String), allowed: expect.any(String) });
        }
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe('a write of an appointment', () => {
  const make = (fields: object, platform = MODERN_PLATFORM) =>
    planOwnRest(spec, { held: absentRecord(record), writes: { fields: new Map(Object.entries(fields)) } }, { platform, localUuid: sameUuid, uuidOfName });

  it('makes one without a uuid, because the module looks for what it is given, and under the uuids that its services have there', () => {
    expect(make(read().fields)).toEqual({
      appointmentNumber: '0000',
      patientUuid: 'jane-1',
      serviceUuid: 'service-1',
      serviceTypeUuid: 'type-1',
      locationUuid: 'ward-1',
      startDateTime: '2026-02-01T06:00:00.000+0000',
      endDateTime: '2026-02-01T06:30:00.000+0000',
      dateAppointmentScheduled: '2026-01-01T09:00:00.000+0000',
      appointmentKind: 'Scheduled',
      status: 'Scheduled',
      priority: 'Routine',
      comments: 'with her glasses',
      providers: [{ uuid: 'nurse-1', response: 'ACCEPTED', comments: null }],
      reasonConceptUuids: ['malaria'],
    });
    expect(() => make({ ...read().fields, service: null })).toThrow(expect.objectContaining({ code: 'incomplete', details: { fields: ['service'] } }));
    expect(() => make({ ...read().fields, service: 'lost' })).toThrow(expect.objectContaining({ code: 'cannot-hold', details: { fields: ['service'] } }));
    expect(() => make(read().fields, { ...MODERN_PLATFORM, hasAppointments: false })).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('says all that stands there again, because the module empties what a body leaves out', () => {
    const body = plan(
      fieldsOf(['status', 'CheckedIn'], ['providers[doctor-1]', true], ['providers[doctor-1].response', 'AWAITING']),
      MODERN_PLATFORM,
      (aggregate, uuid) => (aggregate === 'appointment' ? 'theirs-1' : uuid),
    );
    expect(body).toMatchObject({
      uuid: 'theirs-1',
      status: 'CheckedIn',
      comments: 'with her glasses',
      locationUuid: 'ward-1',
      dateAppointmentScheduled: expect.any(String),
    });
    expect(body?.['providers']).toEqual([
      { uuid: 'nurse-1', response: 'ACCEPTED', comments: null },
      { uuid: 'doctor-1', response: 'AWAITING', comments: null },
    ]);
    expect(body).toMatchObject({ appointmentNumber: null });
  });

  it('is refused where something is to be emptied that the module keeps, where its patient is another, and where the release has no such status', () => {
    expect(() => plan(fieldsOf(['priority', null]))).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: ['priority'] } }));
    expect(() => plan(fieldsOf(['reasons[malaria]', undefined]))).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: ['reasons'] } }));
    expect(() => plan(fieldsOf(['patient', 'john-1']))).toThrow(expect.objectContaining({ code: 'cannot-change' }));
    expect(() => plan(fieldsOf(['status', 'Arrived']), BEFORE_2_1)).toThrow(expect.objectContaining({ code: 'cannot-hold', details: { fields: ['status'] } }));
    expect(plan(fieldsOf(['status', 'Arrived']))).toMatchObject({ status: 'Arrived' });
  });

  it('voids none, brings none back, and does nothing where nothing is to be done', () => {
    for (const presence of ['voided', 'present'] as const)
      expect(() => plan({ presence, fields: new Map() })).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(plan(fieldsOf())).toBeNull();
  });
});
