import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

describe('a process that goes by older rules than another one', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const routes = () => pipeline.hub.routeRules();
  /** As another process does it that has taken another configuration. */
  const note = (service: string, noted: ReturnType<typeof routes>) =>
    pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.rules.note(tx, [service], noted));
  /** This one has noted it too. */
  const noted = (of: ReturnType<typeof routes>): void => pipeline.hub.rules.noted(new Map(of.map(({ link, writesBy = '' }) => [link, writesBy])));
  const otherwise = () => routes().map((route) => (route.link === 'kisumu' ? { ...route, writesBy: 'otherwise' } : route));
  const behind = async (record: RecordRef) =>
    pipeline.query(
      `select 1 from inbox join outbox using (message_id) where stage = 'push' and code = 'configuration-behind' and settled_at is null and payload -> 'record' ->> 'uuid' = $1`,
      [record.uuid],
    );
  const aWardAtTheParent = async (): Promise<RecordRef> => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    pipeline.sites.site('central').edit(record, { name: 'Ward' });
    await pipeline.look('central', record);
    return record;
  };
  const namesAt = (record: RecordRef) => ['kisumu', 'siaya'].map((site) => pipeline.sites.site(site).fieldsOf(record)['name']);

  it('writes nothing where they changed while it read the target', async () => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const kisumu = pipeline.sites.site('kisumu');
    kisumu.once('beforeRead', () => note('mapper', otherwise()).then(() => undefined));
    pipeline.sites.site('central').edit(record, { name: 'Ward' });
    await pipeline.look('central', record);
    await until('its push is put off', async () => (await behind(record)).length >= 1);
    expect(kisumu.reads).toBeGreaterThan(0);
    expect(namesAt(record)[0]).toBeUndefined();
    await note('mapper', routes());
    await pipeline.query(`update inbox set not_before = now() where code = 'configuration-behind'`);
    await pipeline.atRest();
    expect(namesAt(record)[0]).toBe('Ward');
  });

  it('writes nothing on a link whose rules have changed, and goes on with the others; and writes it once it has them too', async () => {
    await note('mapper', otherwise());
    const record = await aWardAtTheParent();
    await until('its push is put off', async () => (await behind(record)).length === 1);
    await until('the other link goes on', () => namesAt(record)[1] === 'Ward');
    expect(namesAt(record)).toEqual([undefined, 'Ward']);

    await note('pusher', otherwise());
    noted(otherwise());
    await pipeline.query(`update inbox set not_before = now() where code = 'configuration-behind'`);
    await pipeline.atRest();
    expect(namesAt(record)).toEqual(['Ward', 'Ward']);
  });

  it('writes nothing on a link that another has no more', async () => {
    await note(
      'fetcher',
      routes().filter(({ link }) => link !== 'siaya'),
    );
    const record = await aWardAtTheParent();
    await until('its push is put off', async () => (await behind(record)).length === 1);
    expect(namesAt(record)[1]).toBeUndefined();
  });

  it('is waited for before anything is looked at by the new ones, and is named', async () => {
    const [oneMapper, onePusher] = [randomUUID(), randomUUID()];
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const { rules, repositories, parts } = pipeline.hub;
    const { current } = rules;
    pipeline.sites.site('central').edit(record, { name: 'Ward' });
    const off = (link: (typeof current.links)[number]) => ({ ...link, classes: { ...link.classes, location: { pull: false, push: false } } });
    rules.replace({ ...current, links: current.links.map(off) });
    await pipeline.look('central', record);
    await until(
      'it is turned away',
      async () => (await pipeline.query(`select 1 from change where uuid = $1 and state = 'ended'`, [record.uuid])).length === 1,
    );

    const stillGoesByOlder = (id: string, service: string) =>
      parts.database.transaction((tx) => repositories.processes.goesBy(tx, { id, services: [service], settings: 'older' }, false));
    await stillGoesByOlder(oneMapper, 'mapper');
    rules.replace(current);
    for (const service of ['fetcher', 'mapper', 'pusher']) await note(service, routes());
    noted(routes());
    await pipeline.query(`update route_rules set noted_at = now() - interval '2 minutes'`);
    await pipeline.query(`update route_listed set digest = 'older'`);
    const isNamed = (names: string) => () => pipeline.lines.some((line) => line.includes('configuration-differs') && line.includes(names));
    await until('it is named', isNamed('"names":["mapper"]'));
    await stillGoesByOlder(onePusher, 'pusher');
    await until('both are named', isNamed('"names":["mapper","pusher"]'));
    expect([namesAt(record), await pipeline.query(`select digest from route_listed where digest <> 'older'`)]).toEqual([[undefined, undefined], []]);

    await repositories.processes.ends(oneMapper);
    await repositories.processes.ends(onePusher);
    await until('it is looked at', () => namesAt(record)[0] === 'Ward', 20_000);
  });
});
