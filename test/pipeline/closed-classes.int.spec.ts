import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import { NotAllowedError, type RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const MANY = 50;

function withAttributeTypes() {
  const { links, ...rest } = twoChildren();
  return parseConfiguration({
    ...rest,
    links: links.map((link) => ({ ...link, classes: { ...link.classes, programattributetype: { pull: true, push: false } } })),
  });
}

describe('a class that a site does not take', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let siaya: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withAttributeTypes(), times: { tryClosedSeconds: 3600 } });
    [central, kisumu, siaya] = ['central', 'kisumu', 'siaya'].map((id) => pipeline.sites.site(id)) as [MemorySite, MemorySite, MemorySite];
  }, 60_000);
  afterAll(() => pipeline.stop());

  const some = (aggregate: 'programattributetype' | 'location', count = MANY): RecordRef[] =>
    Array.from({ length: count }, () => ({ aggregate, uuid: randomUUID() }));
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const overview = () => pipeline.hub.repositories.overview.read();
  const learn = async (): Promise<void> => {
    await pipeline.query(`update site set learned_at = null where id = 'kisumu'`);
    await pipeline.hub.circuit.probeDue('kisumu');
  };
  const hasAll = (site: MemorySite, records: readonly RecordRef[]): boolean => records.every((record) => Object.keys(site.fieldsOf(record)).length > 0);
  const readsOf = async (site: MemorySite, act: () => Promise<unknown>): Promise<number> => {
    const before = site.reads;
    await act();
    return site.reads - before;
  };

  it('because it cannot is known before anything is sent, said once, written nowhere, and goes on as one when the site was upgraded', async () => {
    const modern = kisumu.capabilities;
    kisumu.capabilities = { ...modern, platform: '2.1.4', hasProgramAttributes: false };
    await learn();
    expect((await overview()).closedClasses).toMatchObject([
      { site: 'kisumu', class: 'programattributetype', code: 'unsupported', does: ['write'], waiting: 0, because: expect.stringContaining('2.2') },
    ]);

    const types = some('programattributetype');
    for (const one of types) central.edit(one, { name: 'Referred by', datatypeClassname: 'text' });
    await look('central', ...types);
    expect([kisumu.writes, hasAll(siaya, types)]).toEqual([[], true]);
    expect(await overview()).toMatchObject({ closedClasses: [{ class: 'programattributetype', waiting: MANY }], heldTotal: 0, held: [] });
    expect(await pipeline.query(`select distinct state, reason, code from job where target = 'kisumu' and state <> 'ended'`)).toEqual([
      { state: 'parked', reason: 'class-closed', code: 'unsupported' },
    ]);

    kisumu.capabilities = modern;
    await learn();
    await until('all have gone on', async () => hasAll(kisumu, types), 30_000);
    await pipeline.atRest();
    expect([(await overview()).closedClasses, await pipeline.open()]).toEqual([[], []]);
  });

  it('because our account may not closes with the first that was refused; the others cost no request, and all go on when it is granted', async () => {
    kisumu.withheld.add('Manage Locations');
    let refused = 0;
    kisumu.beforeWrite = async () => {
      refused += 1;
      throw new NotAllowedError('not allowed', { site: 'kisumu', what: 'location', kind: 'write', privilege: 'Manage Locations' });
    };
    const [first, ...others] = some('location') as [RecordRef, ...RecordRef[]];
    for (const one of [first, ...others]) central.edit(one, { name: 'Ward' });
    await look('central', first);
    expect(refused).toBe(1);
    expect(await readsOf(kisumu, () => look('central', ...others))).toBe(0);
    expect([refused, hasAll(siaya, others)]).toEqual([1, true]);
    expect(await overview()).toMatchObject({
      heldTotal: 0,
      closedClasses: [
        {
          site: 'kisumu',
          class: 'location',
          code: 'not-allowed',
          privilege: 'Manage Locations',
          does: ['make'],
          because: expect.stringContaining('Manage Locations'),
          waiting: MANY,
        },
      ],
    });

    kisumu.withheld.clear();
    kisumu.beforeWrite = async () => undefined;
    await learn();
    await until('all have gone on', async () => hasAll(kisumu, [first, ...others]), 30_000);
    await pipeline.atRest();
    expect([(await overview()).closedClasses, await pipeline.open()]).toEqual([[], []]);
  });

  it('because our account may not read it there closes with the first look, and every other waits unread until it is granted', async () => {
    kisumu.withheld.add('Get Locations');
    kisumu.beforeRead = async () => {
      throw new NotAllowedError('not allowed', { site: 'kisumu', what: 'location', kind: 'read', privilege: 'Get Locations' });
    };
    const [first, ...others] = some('location', 20) as [RecordRef, ...RecordRef[]];
    for (const one of [first, ...others]) kisumu.edit(one, { name: 'Ward' });
    await look('kisumu', first);
    expect(await readsOf(kisumu, () => look('kisumu', ...others))).toBe(0);
    expect(await overview()).toMatchObject({ heldTotal: 0, closedClasses: [{ class: 'location', does: ['look'], privilege: 'Get Locations', waiting: 20 }] });

    kisumu.withheld.clear();
    kisumu.beforeRead = async () => undefined;
    await learn();
    await until('all have gone on', async () => hasAll(central, [first, ...others]), 30_000);
    await pipeline.atRest();
    expect([(await overview()).closedClasses, await pipeline.open()]).toEqual([[], []]);
  });

  it('where nothing tells that it was granted, is tried by the one that was refused, and by no other', async () => {
    kisumu.withheld.add('Manage Locations');
    const refused: string[] = [];
    let isGranted = false;
    kisumu.beforeWrite = async () => {
      if (isGranted) return;
      refused.push('refused');
      throw new NotAllowedError('not allowed', { site: 'kisumu', what: 'location', kind: 'write', privilege: 'Manage Locations' });
    };
    const [first, ...others] = some('location', 10) as [RecordRef, ...RecordRef[]];
    for (const one of [first, ...others]) central.edit(one, { name: 'Ward' });
    await look('central', first);
    await look('central', ...others);
    const tryNow = async (): Promise<void> => {
      await pipeline.query(`update closed_class set tried_at = now() - interval '2 hours'`);
    };
    await tryNow();
    await until('it was tried', async () => refused.length === 2, 30_000);
    await pipeline.atRest();
    expect((await overview()).closedClasses).toMatchObject([{ class: 'location', waiting: 10 }]);

    isGranted = true;
    await tryNow();
    await until('all have gone on', async () => hasAll(kisumu, [first, ...others]), 30_000);
    await pipeline.atRest();
    expect([refused.length, (await overview()).closedClasses, await pipeline.open()]).toEqual([2, [], []]);
  });

  it('is none where the account has the privilege: then that record alone is held, and no other waits', async () => {
    kisumu.withheld.clear();
    const [odd, good] = some('location', 2) as [RecordRef, RecordRef];
    kisumu.once('beforeWrite', async () => {
      throw new NotAllowedError('not allowed', { site: 'kisumu', what: 'location', kind: 'write', privilege: 'Manage Locations' });
    });
    for (const one of [odd, good]) central.edit(one, { name: 'Ward' });
    await look('central', odd);
    await look('central', good);
    expect(await pipeline.open()).toMatchObject([{ state: 'parked', reason: 'refused', code: 'not-allowed' }]);
    expect([hasAll(kisumu, [good]), (await overview()).closedClasses, (await overview()).heldTotal]).toEqual([true, [], 1]);
  });

  it('takes what it has a privilege for: where nothing may be made, edits go on', async () => {
    const [known] = some('location', 1) as [RecordRef];
    central.edit(known, { name: 'Ward' });
    await look('central', known);
    kisumu.withheld.add('Manage Locations');
    kisumu.once('beforeWrite', async () => {
      throw new NotAllowedError('not allowed', { site: 'kisumu', what: 'location', kind: 'write', privilege: 'Manage Locations' });
    });
    const [made] = some('location', 1) as [RecordRef];
    central.edit(made, { name: 'Tent' });
    await look('central', made);
    central.edit(known, { name: 'Ward 1' });
    await look('central', known);
    expect([kisumu.fieldsOf(known), kisumu.fieldsOf(made)]).toMatchObject([{ name: 'Ward 1' }, {}]);
  });
});
