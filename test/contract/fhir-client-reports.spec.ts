import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, type ProfileId } from '@sync-hub/openmrs-simulator';
import { call, difference, jane, person, RestBench } from './rest-bench.js';

const reportOf = (uuid: string): RecordRef => ({ aggregate: 'diagnosticreport', uuid });
const encounterOf = (uuid: string): RecordRef => ({ aggregate: 'encounter', uuid });
const REPORT = '5f0c9a92-6f24-11e3-af88-0050568210a0';
const NOON = Date.parse('2024-02-01T12:00:00Z');
const nobodys = async (): Promise<boolean> => false;

interface Case {
  readonly profile: ProfileId;
  readonly fhir?: false;
}

const WITHOUT: readonly Case[] = [{ profile: '1.9' }, { profile: '1.12' }, { profile: '2.1-old' }, { profile: '2.8', fhir: false }];

describe.each(WITHOUT)('a site without fhir2 (%j)', ({ profile, fhir }) => {
  it('is sent no diagnostic report, says why, and is asked for none', async () => {
    const bench = await RestBench.start(profile, undefined, fhir === false ? { fhir } : {});
    await bench.agreeOnJane();
    bench.source.clinician.lists.addReport({ uuid: REPORT, status: 'final', code: CARE.weight, subject: jane });
    const incoming = await bench.sites.of('source').read(reportOf(REPORT), call);
    bench.target.resetRequests();
    const target = bench.sites.of('target');
    const held = await target.read(reportOf(REPORT), call);
    expect([held.presence, await target.presenceOf(reportOf(REPORT), call), await target.historyOf(jane, ['diagnosticreport'], call)]).toEqual([
      'absent',
      'absent',
      [],
    ]);
    await expect(target.write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('fhir2'),
    });
    expect(bench.target.requests.filter(({ method, path }) => method !== 'GET' || path.includes('fhir2'))).toEqual([]);
    await bench.stop();
  });
});

describe.each([{ profile: '2.3' as const }, { profile: '2.8' as const }])('diagnostic reports at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let weight: string;
  let encounter: string;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
    await bench.agreeOnJane();
    encounter = bench.source.clinician.care.recordEncounter({
      ...{ patient: jane, encounterType: CARE.vitals, encounterDatetime: '2024-02-01T08:00:00.000+0000' },
      obs: [{ concept: CARE.weight, value: 61.5 }],
    });
    weight = bench.source.state().encounters.find(({ uuid }) => uuid === encounter)?.obs[0]?.uuid ?? '';
    await bench.carry(encounterOf(encounter));
  });
  afterEach(() => bench.stop());
  const add = (more: object = {}) =>
    bench.source.clinician.lists.addReport({
      uuid: REPORT,
      status: 'final',
      code: CARE.weight,
      subject: jane,
      encounter,
      issued: NOON,
      results: [weight],
      conclusion: 'normal',
      ...more,
    });
  const there = () => bench.target.state().diagnosticReports;
  const target = () => bench.sites.of('target');
  const wrote = () => bench.target.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/R4/')[1]}`);
  const said = profile === '2.8' ? { conclusion: 'normal' } : {};

  it('are made by one request under a uuid of the server, by which they are known from then on', async () => {
    const { incoming, written } = await bench.carry(reportOf(add()));
    expect(wrote()).toEqual(['POST DiagnosticReport']);
    const { conclusion: _, ...fields } = incoming.fields;
    expect(written).toMatchObject({ presence: 'present', client: 'fhir-r4', fields: { ...fields, ...said } });
    const [row] = there();
    expect([there().length, row?.uuid === REPORT, await target().canonicalOf(reportOf(String(row?.uuid)))]).toEqual([1, false, reportOf(REPORT)]);
    expect(row?.values).toMatchObject({ subject: jane, encounter, code: CARE.weight, results: [weight] });
    expect(await target().historyOf(jane, ['diagnosticreport'], call)).toEqual([reportOf(REPORT)]);
    expect(await target().dependants(person(jane), call)).toEqual([`encounter/${encounter}`]);
  });

  it('are changed by one request that says all results again, and voided', async () => {
    add();
    await bench.carry(reportOf(REPORT));
    const [row] = there();
    bench.source.clinician.lists.changeReport(REPORT, { status: 'amended', results: [] });
    const { written } = await bench.carry(reportOf(REPORT));
    expect(wrote()).toEqual([`PUT DiagnosticReport/${row?.uuid}`]);
    expect(written.fields).toMatchObject({ status: 'amended', ...said });
    expect(there()[0]?.values).toMatchObject({ results: [], code: CARE.weight });
    const gone = await target().write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, there().map((one) => one.gone), await target().presenceOf(reportOf(REPORT), call)]).toEqual(['voided', [true], 'voided']);
    expect(gone.stamp).not.toBe(written.stamp);
  });

  it('move their stamp with every write that touches their row, and with their results', async () => {
    add();
    const first = (await bench.sites.of('source').read(reportOf(REPORT), call)).stamp;
    bench.source.clinician.lists.changeReport(REPORT, { results: [] });
    expect((await bench.sites.of('source').read(reportOf(REPORT), call)).stamp).not.toBe(first);
  });

  it('are found again after a create that nobody answered, by what they say, unless there are two', async () => {
    add(profile === '2.8' ? {} : { conclusion: null });
    const incoming = await bench.sites.of('source').read(reportOf(REPORT), call);
    const own = { status: 'final', code: CARE.weight, subject: jane, encounter, issued: NOON, results: [weight], ...said };
    bench.target.clinician.lists.addReport({ uuid: 'made-there-1', ...own });
    bench.target.clinician.lists.addReport({ uuid: 'made-there-2', ...own });
    expect(await target().findTwin(incoming, call, nobodys)).toBeNull();
    bench.target.clinician.lists.voidReport('made-there-2');
    expect(await target().findTwin(incoming, call, async () => true)).toBeNull();
    expect(await target().findTwin(incoming, call, nobodys)).toBe('made-there-1');
    expect((await target().read(reportOf(REPORT), call)).presence).toBe('present');
  });
});
