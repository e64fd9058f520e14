import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '@sync-hub/merge';
import { absentRecord, patientsOf } from './all-categories.js';
import { planFhirAlone } from './fhir/fhir-alone.js';
import { taskAlone } from './fhir/task.r4.js';
import { MODERN_PLATFORM, type Platform, sameUuid, taskStatusesSince, type UuidTranslation } from './platform.js';
import type { Writes } from './step.js';
import { task } from './task.category.js';

const record = { aggregate: 'task' as const, uuid: 'task-1' };
const BEFORE_4_0: Platform = { ...MODERN_PLATFORM, hasTaskFocus: false, taskStatuses: taskStatusesSince('first') };
const spec = { ...task, fhirAlone: taskAlone };

const RESOURCE = {
  resourceType: 'Task',
  id: 'task-1',
  meta: { versionId: '1', lastUpdated: '2026-01-02T03:04:05.000+00:00' },
  identifier: [{ system: 'http://fhir.openmrs.org/ext/task/identifier', value: 'task-1' }],
  basedOn: [{ reference: 'ServiceRequest/order-1', type: 'ServiceRequest' }, { reference: 'https://lab.example/fhir/ServiceRequest/9' }],
  partOf: [{ reference: 'Task/task-0' }],
  status: 'requested',
  intent: 'order',
  code: { coding: [{ system: 'http://loinc.org', code: '58410-2' }, { code: 'blood-count' }] },
  focus: { reference: 'Observation/obs-1' },
  for: { reference: 'Patient/jane-1', type: 'Patient' },
  encounter: { reference: 'Encounter/note-1' },
  executionPeriod: { start: '2026-01-02T06:00:00+03:00' },
  authoredOn: '2026-01-01T00:00:00+00:00',
  owner: { reference: 'Practitioner/nurse-1' },
  note: [{ text: ' before noon ' }],
  location: { reference: 'Location/ward-1' },
  input: [{ type: { coding: [{ code: 'state' }] }, valueString: 'fasting' }],
  output: [
    { type: { coding: [{ code: 'result' }] }, valueReference: { reference: 'DiagnosticReport/report-1' } },
    { type: { coding: [{ code: 'count' }] }, valueDecimal: 2.5 },
    { type: { coding: [{ code: 'count' }] }, valueDateTime: '2026-01-02T06:00:00+03:00' },
  ],
};
const read = (change: object = {}, platform = MODERN_PLATFORM, canonicalUuid: UuidTranslation = sameUuid) =>
  task.decode(taskAlone.told({ ...RESOURCE, ...change }, platform), { record, client: 'fhir-r4', platform, canonicalUuid });
const plan = (writes: Writes, platform = MODERN_PLATFORM, localUuid = sameUuid) =>
  planFhirAlone(spec, { held: read(), incoming: read(), writes }, { platform, localUuid });
const fieldsOf = (...fields: [string, Scalar | undefined][]): Writes => ({ fields: new Map(fields) });

describe('a decoded task', () => {
  it('has what fhir2 tells of it, each reference as text, and each input by what it says: golden', () => {
    const { fields, references, provenance } = read();
    expect(fields).toEqual({
      patient: 'jane-1',
      subject: null,
      encounter: 'Encounter/note-1',
      location: 'Location/ward-1',
      owner: 'Practitioner/nurse-1',
      focus: 'Observation/obs-1',
      status: 'requested',
      code: 'blood-count',
      comment: 'before noon',
      executionStart: '2026-01-02T03:00:00Z',
      executionEnd: null,
      'basedOn[ServiceRequest/order-1]': true,
      'basedOn[https://lab.example/fhir/ServiceRequest/9]': true,
      'partOf[Task/task-0]': true,
      'input[{"type":"state","text":"fasting"}]': true,
      'output[{"type":"count","moment":"2026-01-02T03:00:00Z"}]': true,
      'output[{"type":"count","number":2.5}]': true,
      'output[{"type":"result","reference":"DiagnosticReport/report-1"}]': true,
    });
    expect(references.map(({ resource, uuid, aggregate, orElse }) => [`${resource}/${uuid}`, aggregate, orElse?.map((kind) => kind.resource)])).toEqual([
      ['patient/jane-1', 'person', undefined],
      ['encounter/note-1', 'encounter', ['visit']],
      ['location/ward-1', 'location', []],
      ['provider/nurse-1', null, ['user']],
      ['obs/obs-1', 'obs', []],
      ['concept/blood-count', null, undefined],
      ['order/order-1', 'order', []],
      ['task/task-0', 'task', []],
      ['concept/state', null, undefined],
      ['concept/count', null, undefined],
      ['concept/count', null, undefined],
      ['concept/result', null, undefined],
      ['diagnosticreport/report-1', 'diagnosticreport', []],
    ]);
    expect([patientsOf(read()).map(({ uuid }) => uuid), provenance.dateCreated]).toEqual([['jane-1'], '2026-01-01T00:00:00Z']);
  });

  it('of somebody else than a patient hangs on nobody, and says for whom it is', () => {
    const elsewhere = read({ for: { reference: 'https://hub.example/fhir/Patient/jane-1' } });
    expect([patientsOf(elsewhere), elsewhere.fields['subject'], elsewhere.fields['patient']]).toEqual([[], 'https://hub.example/fhir/Patient/jane-1', null]);
    expect(read({ for: { reference: 'Group/g-1' } }).fields['subject']).toBe('Group/g-1');
  });

  it('names what it leads to by the uuids known everywhere, whichever of several kinds that is, and says them back by the site’s own', () => {
    const theirs: Readonly<Record<string, string>> = {
      'visit/note-1': 'visit-9',
      'order/order-1': 'order-9',
      'diagnosticreport/report-1': 'report-9',
      'person/jane-1': 'jane-9',
    };
    const there: UuidTranslation = (aggregate, uuid) => theirs[`${aggregate}/${uuid}`] ?? uuid;
    const { fields } = read({}, MODERN_PLATFORM, there);
    expect([fields['patient'], fields['encounter'], fields['owner']]).toEqual(['jane-9', 'Encounter/visit-9', 'Practitioner/nurse-1']);
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining(['basedOn[ServiceRequest/order-9]', 'output[{"type":"result","reference":"DiagnosticReport/report-9"}]']),
    );
    expect(taskAlone.said(read().fields, there)).toMatchObject({
      for: { reference: 'Patient/jane-9' },
      encounter: { reference: 'Encounter/visit-9' },
      basedOn: [{ reference: 'ServiceRequest/order-9' }, { reference: 'https://lab.example/fhir/ServiceRequest/9' }],
      output: expect.arrayContaining([expect.objectContaining({ valueReference: { reference: 'DiagnosticReport/report-9' } })]),
    });
  });

  it('says nothing of a focus where the release has none', () => {
    expect(read({}, BEFORE_4_0).covers).not.toContain('focus');
    expect(read().covers).toContain('focus');
  });

  it.each([
    [{ for: { reference: 7 } }, 'for.reference is number, allowed is text'],
    [{ owner: [] }, 'owner is list, allowed is an object'],
    [{ basedOn: {} }, 'basedOn is object, allowed is a list'],
    [{ input: [{ type: null, valueString: 'x' }] }, 'input.0.type is null, allowed is text'],
    [{ code: { coding: [{ system: 'x', code: 'y' }] } }, 'code.coding is a list, allowed is a list with a code that has no system'],
    [{ status: 7 }, 'status is number, allowed is text'],
    [{ resourceType: 'OperationOutcome' }, 'resourceType is text, allowed is Task'],
  ])('is refused by the place where it cannot be read: %j', (change, message) => {
    expect(() => read(change)).toThrow(`Task: ${message}`);
  });
});

describe('a write of a task', () => {
  const make = (fields: object, platform = MODERN_PLATFORM) =>
    planFhirAlone(
      spec,
      { held: absentRecord(record), incoming: read(), writes: { fields: new Map(Object.entries(fields)) } },
      { platform, localUuid: sameUuid },
    );

  it('makes one by POST and never by PUT, which would make another each time, without an id, and always as an order', () => {
    expect(make(read().fields)).toMatchObject({ method: 'POST', path: 'Task', resource: { resourceType: 'Task', status: 'requested', intent: 'order' } });
    expect(make(read().fields)).not.toHaveProperty('resource.id');
    expect(() => make({ ...read().fields, status: null })).toThrow(expect.objectContaining({ code: 'incomplete', details: { fields: ['status'] } }));
    expect(() => make(read().fields, { ...MODERN_PLATFORM, hasTasks: false })).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('says what changes and no more, a list that changes whole', () => {
    expect(plan(fieldsOf(['status', 'accepted'], ['basedOn[ServiceRequest/order-2]', true]))).toEqual({
      method: 'PUT',
      path: 'Task/task-1',
      resource: {
        ...{ resourceType: 'Task', id: 'task-1', status: 'accepted', intent: 'order' },
        basedOn: ['ServiceRequest/order-1', 'https://lab.example/fhir/ServiceRequest/9', 'ServiceRequest/order-2'].map((to) => ({ reference: to })),
      },
    });
  });

  it('is refused where something is to be emptied that a body without it leaves as it is, and where its patient is another', () => {
    for (const name of ['owner', 'comment', 'executionStart'])
      expect(() => plan(fieldsOf([name, null]))).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: [name] } }));
    expect(() => plan(fieldsOf(['partOf[Task/task-0]', undefined]))).toThrow(
      expect.objectContaining({ code: 'cannot-change', details: { fields: ['partOf'] } }),
    );
    expect(() => plan(fieldsOf(['patient', 'john-1']))).toThrow(expect.objectContaining({ code: 'cannot-change' }));
  });

  it('is refused where the release has no such status, because it could not tell of the task again', () => {
    for (const status of ['ready', 'in-progress', 'unknown'])
      expect(() => plan(fieldsOf(['status', status]), BEFORE_4_0)).toThrow(expect.objectContaining({ code: 'cannot-hold', details: { fields: ['status'] } }));
    expect(() => make({ ...read().fields, status: 'failed' }, { ...MODERN_PLATFORM, taskStatuses: taskStatusesSince('4.0') })).toThrow(
      expect.objectContaining({ code: 'cannot-hold' }),
    );
    expect(plan(fieldsOf(['status', 'ready']), { ...MODERN_PLATFORM, taskStatuses: taskStatusesSince('4.0') })).toMatchObject({
      resource: { status: 'ready' },
    });
  });

  it('retires one, brings none back, and does nothing where nothing is to be done', () => {
    expect(plan({ presence: 'voided', fields: new Map() })).toEqual({ method: 'DELETE', path: 'Task/task-1' });
    expect(() => plan({ presence: 'present', fields: new Map() })).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(plan(fieldsOf())).toBeNull();
  });
});
