import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from '../index.js';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** What only the module's own tables hold. */
describe('of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  let weight: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
    const encounter = at.simulator.clinician.care.recordEncounter(at.vitals(jane, [{ concept: CARE.weight, value: 61.5 }]));
    weight = at.simulator.state().encounters.find(({ uuid }) => uuid === encounter)?.obs[0]?.uuid ?? '';
    at.simulator.feed.delete(() => true);
  });
  afterEach(() => at.simulator.stop());

  describe('a diagnostic report (DiagnosticReportTranslatorImpl 4.2.0)', () => {
    const report = (more: object = {}) => ({
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { coding: [{ code: CARE.weight }] },
      subject: { reference: `Patient/${jane}` },
      issued: '2026-01-02T03:00:00Z',
      result: [{ reference: `Observation/${weight}` }],
      conclusion: 'normal',
      ...more,
    });
    const put = (uuid: string, body: object) => at.fhir('PUT', `DiagnosticReport/${uuid}`, { resourceType: 'DiagnosticReport', ...body, id: uuid });

    it('is made under a uuid of the server, and neither REST nor the feed know of it', async () => {
      const { status, json } = await at.fhir('POST', 'DiagnosticReport', report({ id: `${UUID}9` }));
      expect([status, json.id === `${UUID}9`, at.simulator.feedRows()]).toEqual([201, false, []]);
      expect(json).toMatchObject({
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
        result: [{ reference: `Observation/${weight}`, type: 'Observation' }],
        issued: '2026-01-02T03:00:00.000+00:00',
        conclusion: 'normal',
      });
      expect((await at.call('GET', 'diagnosticreport')).status).toBe(404);
    });

    it('keeps with PUT what the body leaves out, except its results', async () => {
      const { json } = await at.fhir('POST', 'DiagnosticReport', report());
      await put(json.id, { status: 'corrected' });
      const [row] = at.simulator.state().diagnosticReports;
      expect(row?.values).toMatchObject({ status: 'unknown', subject: jane, conclusion: 'normal', results: [] });
      expect((await put(json.id, { basedOn: [{ reference: `ServiceRequest/${UUID}1` }] })).status).toBe(400);
    });

    it('fails without a status, is found by patient and result, and voided by DELETE', async () => {
      expect((await at.fhir('POST', 'DiagnosticReport', report({ status: undefined }))).status).toBe(500);
      const { json } = await at.fhir('POST', 'DiagnosticReport', report());
      expect((await at.fhir('GET', `DiagnosticReport?patient=${jane}&result=Observation/${weight}`)).json.total).toBe(1);
      await at.fhir('DELETE', `DiagnosticReport/${json.id}`);
      expect((await at.fhir('GET', `DiagnosticReport/${json.id}`)).status).toBe(410);
    });
  });

  describe('a task (TaskTranslatorImpl 4.2.0)', () => {
    const task = (more: object = {}) => ({
      resourceType: 'Task',
      status: 'requested',
      intent: 'plan',
      for: { reference: `Patient/${jane}`, type: 'Patient', display: 'Jane' },
      basedOn: [{ reference: `ServiceRequest/${UUID}1`, type: 'ServiceRequest' }],
      input: [
        { type: { coding: [{ code: CARE.weight }] }, valueString: 'fasting' },
        { type: { coding: [{ code: CARE.weight }] }, valueBoolean: true },
      ],
      ...more,
    });
    const put = (uuid: string, body: object) => at.fhir('PUT', `Task/${uuid}`, { resourceType: 'Task', ...body, id: uuid });

    it('keeps references to whatever they lead, is named by its uuid, and drops inputs that it cannot keep', async () => {
      const { status, json } = await at.fhir('POST', 'Task', task());
      expect(status).toBe(201);
      expect(json).toMatchObject({
        identifier: [{ system: 'http://fhir.openmrs.org/ext/task/identifier', value: json.id }],
        status: 'requested',
        intent: 'order',
        for: { reference: `Patient/${jane}`, type: 'Patient' },
        basedOn: [{ reference: `ServiceRequest/${UUID}1`, type: 'ServiceRequest' }],
        input: [{ valueString: 'fasting' }],
        authoredOn: '2026-01-02T03:04:05+00:00',
      });
      expect([json.input.length, json.for.display, at.simulator.state().tasks[0]?.values['name']]).toEqual([1, undefined, 'Task/null']);
    });

    it('loses nothing that a PUT leaves out, and cannot have a list cleared', async () => {
      const { json } = await at.fhir('POST', 'Task', task());
      const after = (await put(json.id, { status: 'completed', basedOn: [], input: [] })).json;
      expect([after.status, after.basedOn, after.input]).toEqual(['completed', json.basedOn, json.input]);
    });

    it('is made anew by each PUT of an id that is not known, where the setting names its type', async () => {
      expect((await put(`${UUID}1`, task())).status).toBe(404);
      await at.call('POST', 'systemsetting', { property: 'fhir2.upsert.supported.resources', value: 'Task' });
      const made = [await put(`${UUID}1`, task()), await put(`${UUID}1`, task())];
      expect(made.map(({ status }) => status)).toEqual([201, 201]);
      expect([at.simulator.state().tasks.length, made.some(({ json }) => json.id === `${UUID}1`)]).toEqual([2, false]);
    });

    it('is retired by DELETE, and needs no privilege', async () => {
      const { json } = await at.fhir('POST', 'Task', task());
      at.simulator.revoke('Get Observations');
      expect((await at.fhir('GET', `Task?status=requested&subject=Patient/${jane}`)).json.total).toBe(1);
      await at.fhir('DELETE', `Task/${json.id}`);
      expect([at.simulator.state().tasks[0]?.gone, (await at.fhir('GET', `Task/${json.id}`)).status]).toEqual([true, 410]);
    });
  });
});
