import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { basic } from '../simulator.bench.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const NOBODY = { authorization: '' };

/** HAPI 5.7.9 and `omod` of openmrs-module-fhir2 4.2.0, where no other source is named. */
describe('fhir2', () => {
  let at: FhirBench;
  let jane: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  it('answers application/fhir+json in UTF-8, with a version, a date and an address of it', async () => {
    const { status, headers, json } = await at.fhir('GET', `Patient/${jane}`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'application/fhir+json;charset=UTF-8', 'no-store']);
    expect(headers.get('etag')).toBe(`W/"${Date.parse('2026-01-02T03:04:05Z')}"`);
    expect(headers.get('last-modified')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(headers.get('content-location')).toBe(`${at.simulator.baseUrl}/ws/fhir2/R4/Patient/${jane}/_history/${json.meta.versionId}`);
    expect((await at.fhir('GET', `Patient/${jane}`, undefined, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('is not there where the module is not', async () => {
    for (const options of [{ fhir: false }, { profile: '1.9' }, { profile: '2.1-old' }] as const)
      await withFhirBench(options, async (other) => {
        expect((await other.fhir('GET', 'metadata')).status).toBe(404);
        expect(JSON.stringify((await other.call('GET', 'module?v=full')).json)).not.toContain('fhir2');
      });
  });

  it('tells everybody what it can do, and of which release it is by REST', async () => {
    const { json } = await at.fhir('GET', 'metadata', undefined, NOBODY);
    expect([json.resourceType, json.fhirVersion, json.rest[0].resource[0].type]).toEqual(['CapabilityStatement', '4.0.1', 'Patient']);
    const versions = async (other: FhirBench) => (await other.call('GET', 'module/fhir2?v=full')).json.version;
    expect(await versions(at)).toBe('4.2.0');
    await withFhirBench({ profile: '2.3' }, async (other) => expect(await versions(other)).toBe('1.3.0'));
  });

  it('asks nobody in particular to log in, with a page of the container', async () => {
    const refused = await at.fhir('GET', `Patient/${jane}`, undefined, NOBODY);
    expect([refused.status, refused.headers.get('content-type'), refused.headers.get('www-authenticate')]).toEqual([401, 'text/html;charset=utf-8', null]);
    expect((await at.fhir('GET', `Patient/${jane}`, undefined, { authorization: basic('admin', 'wrong') })).status).toBe(401);
  });

  it('takes the cookie of any login', async () => {
    const cookie = (await at.call('GET', 'session')).headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await at.fhir('GET', `Patient/${jane}`, undefined, { ...NOBODY, cookie })).status).toBe(200);
    at.simulator.expireSessions();
    expect((await at.fhir('GET', `Patient/${jane}`, undefined, { ...NOBODY, cookie })).status).toBe(401);
  });

  it('fails where a privilege is missing, as nobody handles that exception (FhirPatientDao)', async () => {
    at.simulator.revoke('Get Patients');
    const { status, json } = await at.fhir('GET', `Patient/${jane}`);
    expect([status, json.resourceType, json.issue[0].code]).toEqual([500, 'OperationOutcome', 'processing']);
    expect(json.issue[0].diagnostics).toContain('APIAuthenticationException: Privileges required: Get Patients');
  });

  it('says 404 of what it does not know, 410 of what is gone and 400 of what it cannot read', async () => {
    at.simulator.clinician.voidPatient(jane);
    const status = async (method: string, path: string, body?: unknown) => (await at.fhir(method, path, body)).status;
    expect(await status('GET', 'Patient/nobody')).toBe(404);
    expect(await status('GET', 'Basic/1')).toBe(404);
    expect(await status('GET', `Patient/${jane}`)).toBe(410);
    expect(await status('POST', 'Patient', '{')).toBe(400);
    expect(await status('POST', 'Patient', { resourceType: 'Location' })).toBe(400);
    expect(await status('POST', `Patient/${jane}`, { resourceType: 'Patient' })).toBe(400);
    expect(await status('PUT', `Patient/${jane}`, { resourceType: 'Patient' })).toBe(400);
    expect(await status('PUT', `Patient/${jane}`, { resourceType: 'Patient', id: 'other' })).toBe(400);
    expect(await status('GET', 'Patient?nonsense=1')).toBe(400);
  });
});

describe('searches of fhir2', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench();
  });
  afterEach(() => at.simulator.stop());

  const add = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => {
      at.pass(60);
      return at.simulator.clinician.addPatient(at.jane(`P-${i}`));
    });
  // biome-ignore lint/suspicious/noExplicitAny: whatever comes back
  const idsOf = (bundle: any): string[] => (bundle.entry ?? []).map((entry: any) => entry.resource.id);
  // biome-ignore lint/suspicious/noExplicitAny: whatever comes back
  const linkOf = (bundle: any, relation: string): string | undefined => bundle.link.find((link: any) => link.relation === relation)?.url;

  it('give ten at once if not asked otherwise, a hundred at most, and a link to those after', async () => {
    const all = add(12);
    const { json } = await at.fhir('GET', 'Patient');
    expect([json.type, json.total, idsOf(json)]).toEqual(['searchset', 12, all.slice(0, 10)]);
    const next = linkOf(json, 'next') ?? '';
    expect(next).toMatch(/\/ws\/fhir2\/R4\?_getpages=[-0-9a-f]+&_getpagesoffset=10&_count=10&_bundletype=searchset$/);
    const second = (await at.request('GET', next.split('/openmrs/')[1] ?? '')).json;
    expect([idsOf(second), linkOf(second, 'next'), linkOf(second, 'previous')?.includes('_getpagesoffset=0')]).toEqual([all.slice(10), undefined, true]);
    expect((await at.fhir('GET', 'Patient?_count=5')).json.entry).toHaveLength(5);
    await at.call('POST', 'systemsetting', { property: 'fhir2.paging.maximum', value: '3' });
    expect((await at.fhir('GET', 'Patient?_count=5')).json.entry).toHaveLength(3);
    expect((await at.fhir('GET', 'Patient?_summary=count')).json).toMatchObject({ total: 12 });
  });

  it('are forgotten after a hundred others, or when the server starts again', async () => {
    add(3);
    const page = async (count: number) => linkOf((await at.fhir('GET', `Patient?_count=${count}`)).json, 'next')?.split('/openmrs/')[1] ?? '';
    const first = await page(1);
    for (let i = 0; i < 99; i += 1) await page(2);
    expect((await at.request('GET', first)).status).toBe(200);
    await page(2);
    expect((await at.request('GET', first)).status).toBe(410);
    const last = await page(1);
    at.simulator.restore(at.simulator.backup());
    expect((await at.request('GET', last)).status).toBe(410);
  });

  it('look again for every page: what goes between two of them shifts the rest (SearchQueryBundleProvider 4.2.0)', async () => {
    const [gone = '', , missed, last] = add(4);
    const { json } = await at.fhir('GET', 'Patient?_count=2');
    at.simulator.clinician.voidPatient(gone);
    const second = (await at.request('GET', linkOf(json, 'next')?.split('/openmrs/')[1] ?? '')).json;
    expect([idsOf(second), second.total]).toEqual([[last], 4]);
    expect(idsOf(json)).not.toContain(missed);
  });

  it('keep what they found in older releases (SearchQueryBundleProvider 1.3.0)', () =>
    withFhirBench({ profile: '2.3' }, async (old) => {
      const [gone = '', , ...rest] = [1, 2, 3, 4].map((i) => old.simulator.clinician.addPatient(old.jane(`P-${i}`)));
      const { json } = await old.fhir('GET', 'Patient?_count=2');
      old.simulator.clinician.voidPatient(gone);
      const second = (await old.request('GET', linkOf(json, 'next')?.split('/openmrs/')[1] ?? '')).json;
      expect(idsOf(second)).toEqual(rest);
    }));

  it('by date of change take `gt` for `ge`, and `lt` for `le` of the end (SearchQueryHelper.handleDate)', async () => {
    const [first, second] = add(2);
    const ids = async (query: string) => idsOf((await at.fhir('GET', `Patient?${query}`)).json);
    expect(await ids('_lastUpdated=ge2026-01-02T03:06:05Z')).toEqual([second]);
    expect(await ids('_lastUpdated=gt2026-01-02T03:06:05Z')).toEqual([second]);
    expect(await ids('_lastUpdated=lt2026-01-02T03:05:05Z')).toEqual([first]);
    expect(await ids('_lastUpdated=lt2026-01-02T03:05:04Z')).toEqual([first]);
    expect(await ids('_lastUpdated=lt2026-01-02T03:05:03Z')).toEqual([]);
    expect(await ids('_lastUpdated=ge2026-01-02T03:05:05Z&_lastUpdated=le2026-01-02T03:05:05Z')).toEqual([first]);
    expect(await ids('_lastUpdated=2026-01-02')).toEqual([first, second]);
    expect(await ids('_sort=-_lastUpdated')).toEqual([second, first]);
    expect((await at.fhir('GET', 'Patient?_lastUpdated=geyesterday')).status).toBe(400);
  });

  it('by id find several, and never one that is gone', async () => {
    const [first = '', second = ''] = add(3);
    const found = async () => idsOf((await at.fhir('GET', `Patient?_id=${first},${second}`)).json);
    expect(await found()).toEqual([first, second]);
    at.simulator.clinician.voidPatient(first);
    expect(await found()).toEqual([second]);
  });

  it('of patients go by name, birth and identifier, of which the type goes by its name', async () => {
    const [first] = add(2);
    const ids = async (query: string) => idsOf((await at.fhir('GET', `Patient?${query}`)).json);
    expect(await ids('family=do&birthdate=1985-05-12&gender=female')).toHaveLength(2);
    expect(await ids('family:exact=do')).toEqual([]);
    expect(await ids('identifier=P-0')).toEqual([first]);
    expect(await ids('identifier=OpenMRS%20ID%7CP-0')).toEqual([first]);
    expect(await ids('identifier=National%20ID%7CP-0')).toEqual([]);
  });
});
