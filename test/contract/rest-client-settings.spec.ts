import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, RestBench } from './rest-bench.js';

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a setting at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeAll(async () => {
    bench = await RestBench.start(profile);
  });
  afterAll(() => bench.stop());
  const made = (property: string, value: string): RecordRef => ({
    aggregate: 'systemsetting',
    uuid: bench.source.clinician.administrator.add('systemsetting', { property, value, description: 'at the door' }),
  });

  it('is made with value and description, and changed, each by one request', async () => {
    const record = made('clinic.greeting', 'Karibu');
    const { asked, written } = await bench.carry(record);
    expect([asked, written.presence, written.fields]).toEqual([
      ['POST systemsetting'],
      'present',
      { property: 'clinic.greeting', value: 'Karibu', description: 'at the door' },
    ]);
    bench.source.clinician.administrator.edit('systemsetting', record.uuid, { value: ' Welcome ' });
    const changed = await bench.carry(record);
    expect([changed.asked.length, changed.written.fields['value']]).toEqual([1, ' Welcome ']);
    expect(await bench.sites.of('target').presenceOf(record, call)).toBe('present');
  });

  it('is the one that has its name there, whatever its uuid', async () => {
    const own = randomUUID();
    bench.target.seedMetadata({ systemsetting: [{ uuid: own, property: 'clinic.motto', value: 'Afya', description: null }] });
    const record = made('clinic.motto', 'Health');
    const target = bench.sites.of('target');
    expect(await target.findTwin(await bench.sites.of('source').read(record, call), call, async () => false)).toBe(own);
    expect((await target.read(record, call)).fields).toMatchObject({ value: 'Afya' });
    expect(await target.settingOf('clinic.motto', call)).toEqual(record);
    expect(await target.settingOf('clinic.mott', call)).toBeNull();
  });

  it('is never taken out of use: nothing is sent', async () => {
    const record = made('clinic.hours', '8-5');
    const { written } = await bench.carry(record);
    bench.target.resetRequests();
    const taken = bench.sites.of('target').write(written, written, { presence: 'voided', fields: new Map() }, call);
    await expect(taken).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('purges') });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
