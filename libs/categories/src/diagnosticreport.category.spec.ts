import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '@sync-hub/merge';
import { absentRecord, patientsOf } from './all-categories.js';
import { diagnosticReport } from './diagnosticreport.category.js';
import { diagnosticReportAlone } from './fhir/diagnostic-report.r4.js';
import { planFhirAlone } from './fhir/fhir-alone.js';
import { MODERN_PLATFORM, type Platform, sameUuid } from './platform.js';
import type { Writes } from './step.js';

const record = { aggregate: 'diagnosticreport' as const, uuid: 'report-1' };
const BEFORE_3_0: Platform = { ...MODERN_PLATFORM, tellsReportsWhole: false };
const spec = { ...diagnosticReport, fhirAlone: diagnosticReportAlone };

const RESOURCE = {
  resourceType: 'DiagnosticReport',
  id: 'report-1',
  meta: { versionId: '1', lastUpdated: '2026-01-02T03:04:05.000+00:00' },
  status: 'final',
  category: [{ coding: [{ code: 'LAB' }] }],
  code: {
    coding: [
      { system: 'http://loinc.org', code: '58410-2' },
      { code: 'blood-count', display: 'Blood count' },
    ],
    text: 'Blood count',
  },
  subject: { reference: 'Patient/jane-1', type: 'Patient', display: 'Jane' },
  encounter: { reference: 'Encounter/visit-note-1' },
  issued: '2026-01-02T06:00:00.000+03:00',
  result: [{ reference: 'Observation/obs-2' }, { reference: 'Observation/obs-1' }],
  basedOn: [{ reference: 'ServiceRequest/order-1' }],
  conclusion: ' normal ',
};
const read = (change: object = {}, platform = MODERN_PLATFORM) =>
  diagnosticReport.decode(diagnosticReportAlone.told({ ...RESOURCE, ...change }, platform), { record, client: 'fhir-r4', platform });
const plan = (writes: Writes, platform = MODERN_PLATFORM) => planFhirAlone(spec, { held: read(), incoming: read(), writes }, { platform, localUuid: sameUuid });
const fieldsOf = (...fields: [string, Scalar | undefined][]): Writes => ({ fields: new Map(fields) });

describe('a decoded diagnostic report', () => {
  it('has what fhir2 tells of it, its concept by the code that is its uuid, and waits for its obs and orders: golden', () => {
    const { fields, references, client } = read();
    expect(fields).toEqual({
      patient: 'jane-1',
      encounter: 'visit-note-1',
      code: 'blood-count',
      status: 'final',
      issued: '2026-01-02T03:00:00Z',
      conclusion: 'normal',
      'results[obs-1]': true,
      'results[obs-2]': true,
      'orders[order-1]': 'ServiceRequest',
    });
    expect(references.map(({ resource, uuid, aggregate }) => [`${resource}/${uuid}`, aggregate])).toEqual([
      ['patient/jane-1', 'person'],
      ['encounter/visit-note-1', 'encounter'],
      ['concept/blood-count', null],
      ['obs/obs-1', 'obs'],
      ['obs/obs-2', 'obs'],
      ['order/order-1', 'order'],
    ]);
    expect([client, patientsOf(read()).map(({ uuid }) => uuid)]).toEqual(['fhir-r4', ['jane-1']]);
  });

  it('says nothing of what a release does not tell, and has a stamp that moves with its row and with what it holds', () => {
    expect(read({}, BEFORE_3_0).covers).toEqual(['code', 'encounter', 'issued', 'patient', 'results', 'status']);
    const stamps = [read(), read({ meta: { lastUpdated: '2026-01-02T03:04:06.000+00:00' } }), read({ result: [] })].map(({ stamp }) => stamp);
    expect(new Set(stamps).size).toBe(3);
  });

  it.each([
    [{ subject: { reference: 'Group/g' } }, 'subject.reference is something else, allowed is a reference to a Patient'],
    [{ result: {} }, 'result is object, allowed is a list'],
    [{ result: [{ reference: 'Observation' }] }, 'result.0.reference is something else, allowed is a reference to a Observation'],
    [{ code: { coding: [{ system: 'x', code: 'y' }] } }, 'code.coding is a list, allowed is a list with a code that has no system'],
    [{ status: 7 }, 'status is number, allowed is text'],
    [{ resourceType: 'OperationOutcome' }, 'resourceType is text, allowed is DiagnosticReport'],
  ])('is refused by the place where it cannot be read: %j', (change, message) => {
    expect(() => read(change)).toThrow(`Diagnostic report: ${message}`);
  });
});

describe('a write of a diagnostic report', () => {
  it('makes one without an id, and not without a patient, a code and a status', () => {
    const absent = absentRecord(record);
    const make = (fields: object, platform = MODERN_PLATFORM) =>
      planFhirAlone(spec, { held: absent, incoming: read(), writes: { fields: new Map(Object.entries(fields)) } }, { platform, localUuid: sameUuid });
    expect(make(read().fields)).toMatchObject({ method: 'POST', path: 'DiagnosticReport', resource: { resourceType: 'DiagnosticReport', status: 'final' } });
    expect(make(read().fields)).not.toHaveProperty('resource.id');
    const { code: _, ...bare } = read().fields;
    expect(() => make(bare)).toThrow(expect.objectContaining({ code: 'incomplete', details: { fields: ['code'] } }));
    expect(() => make(read().fields, { ...MODERN_PLATFORM, hasDiagnosticReports: false })).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('says all results again, because fhir2 takes those that it names for all', () => {
    expect(plan(fieldsOf(['status', 'amended'], ['results[obs-3]', true], ['results[obs-1]', undefined]))).toMatchObject({
      method: 'PUT',
      path: 'DiagnosticReport/report-1',
      resource: { id: 'report-1', status: 'amended', result: [{ reference: 'Observation/obs-2' }, { reference: 'Observation/obs-3' }] },
    });
  });

  it('is refused where something is to be emptied that a body without it leaves as it is, and where its patient is another', () => {
    for (const name of ['encounter', 'conclusion', 'issued'])
      expect(() => plan(fieldsOf([name, null]))).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: [name] } }));
    expect(() => plan(fieldsOf(['orders[order-1]', undefined]))).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: ['orders'] } }));
    expect(() => plan(fieldsOf(['patient', 'john-1']))).toThrow(expect.objectContaining({ code: 'cannot-change' }));
  });

  it('voids one, brings none back, and does nothing where nothing is to be done', () => {
    expect(plan({ presence: 'voided', fields: new Map() })).toEqual({ method: 'DELETE', path: 'DiagnosticReport/report-1' });
    expect(() => plan({ presence: 'present', fields: new Map() })).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(plan(fieldsOf())).toBeNull();
  });
});
