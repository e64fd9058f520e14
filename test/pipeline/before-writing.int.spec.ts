import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, SiteDownError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

describe('just before a write', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const name = (site: MemorySite, record: RecordRef) => site.fieldsOf(record)['name'];
  const jobs = (record: RecordRef) =>
    pipeline.query<{ state: string; outcome: string | null; reason: string | null; details: Record<string, unknown> }>(
      `select state, outcome, reason, details from job where uuid = $1 and link = 'kisumu' order by opened_at`,
      [record.uuid],
    );
  /** A location that both ends agreed on as `a` and kisumu changed to `b`; its push was handed back for this reason, and is let go by `goOn`. */
  const pushedLater = async () => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    kisumu.edit(record, { name: 'a' });
    await look('kisumu', record);
    await look('central', record);
    kisumu.edit(record, { name: 'b' });
    await pipeline.hub.repositories.store.claim('another#1', 'central', record, 3600);
    await pipeline.look('kisumu', record);
    await wasHandedBack(record, 'claimed');
    return { record, goOn: () => pipeline.query(`delete from claim where holder = 'another#1'`) };
  };
  const handedBack = (record: RecordRef, code: string) =>
    pipeline.query(
      `select 1 from inbox join outbox using (message_id) where stage = 'push' and code = $2 and settled_at is null and payload -> 'record' ->> 'uuid' = $1`,
      [record.uuid, code],
    );
  const wasHandedBack = (record: RecordRef, code: string) => until(`its push is put off as ${code}`, async () => (await handedBack(record, code)).length > 0);

  it('the rules are asked once more, and what they admit no longer is not written', async () => {
    const { record, goOn } = await pushedLater();
    const before = pipeline.hub.rules.current;
    const off = { pull: false, push: false };
    const configuration = twoChildren();
    pipeline.hub.rules.replace({ ...configuration, links: configuration.links.map((link) => ({ ...link, classes: { ...link.classes, location: off } })) });
    await goOn();
    await pipeline.atRest();
    expect([name(central, record), (await jobs(record)).at(-1)]).toMatchObject(['a', { state: 'ended', outcome: 'filtered' }]);

    pipeline.hub.rules.replace(before);
    await look('kisumu', record);
    expect(name(central, record)).toBe('b');
  });

  it('the switch that lets an instance write nothing is asked, and what it held up goes on once it is off', async () => {
    const { record, goOn } = await pushedLater();
    const before = pipeline.hub.rules.current;
    pipeline.hub.rules.replace({ ...before, instance: { ...before.instance, readOnly: true } });
    await goOn();
    await wasHandedBack(record, 'read-only');
    expect(name(central, record)).toBe('a');

    pipeline.hub.rules.replace(before);
    await pipeline.query(`update inbox set not_before = now() where code = 'read-only'`);
    await pipeline.atRest();
    expect(name(central, record)).toBe('b');
  });

  it('the agreement is asked once more, and what was read before the ends agreed on anything is not written, but read again', async () => {
    const { record, goOn } = await pushedLater();
    const { agreements } = pipeline.hub.repositories;
    await pipeline.hub.parts.database.transaction(async (tx) => {
      const before = await agreements.findForSave(tx, 'kisumu', record);
      await agreements.save(tx, 'kisumu', record, before.agreement!, { before, turns: before.turns, generations: before.generations, held: null });
    });
    kisumu.edit(record, { name: 'c' });
    const writes = central.writes.length;
    await goOn();
    await pipeline.atRest();
    expect([name(central, record), central.writes.length - writes]).toEqual(['c', 1]);
  });

  it('what another link sent, and nobody answered, is let land first, though its job is over', async () => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const siaya = pipeline.sites.site('siaya');
    kisumu.edit(record, { name: 'a', description: 'old' });
    for (const site of ['kisumu', 'central', 'siaya']) await look(site, record);
    pipeline.sites.longestRequest = 600_000;
    central.beforeWrite = async () => {
      central.beforeWrite = async () => undefined;
      throw new SiteDownError('no answer came');
    };
    kisumu.edit(record, { name: 'b' });
    await pipeline.look('kisumu', record);
    await wasHandedBack(record, 'unknown-write');
    const before = pipeline.hub.rules.current;
    const off = { location: { pull: true, push: false } };
    pipeline.hub.rules.replace({
      ...before,
      links: before.links.map((link) => (link.id === 'kisumu' ? { ...link, classes: { ...link.classes, ...off } } : link)),
    });
    await pipeline.query(`update inbox set not_before = now() where code = 'unknown-write'`);
    await pipeline.atRest();
    expect((await jobs(record)).at(-1)).toMatchObject({ outcome: 'filtered' });

    const writes = central.writes.length;
    siaya.edit(record, { description: 'new' });
    await pipeline.look('siaya', record);
    const answers = () =>
      pipeline.query(
        `select inbox.code from inbox join outbox using (message_id) join job on job.id::text = correlation_id::text where stage = 'push' and link = 'siaya' and direction = 'push' and job.uuid = $1`,
        [record.uuid],
      );
    await until('the push of the other link was in hand', async () => (await answers()).length > 0);
    expect([await answers(), central.writes.length - writes]).toEqual([[{ code: 'unknown-write' }], 0]);

    central.edit(record, { name: 'b' });
    await pipeline.query(`update intent set committed_at = committed_at - interval '1 hour' where uuid = $1`, [record.uuid]);
    await pipeline.query(`update inbox set not_before = now() where code = 'unknown-write'`);
    await pipeline.atRest();
    expect(central.fieldsOf(record)).toEqual({ name: 'b', description: 'new' });
    pipeline.hub.rules.replace(before);
    pipeline.sites.longestRequest = 200;
  });

  it('a source that is in doubt is not believed, and what it said goes on once a person has looked', async () => {
    const { record, goOn } = await pushedLater();
    await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.sites.quarantine(tx, 'kisumu', 'feed-location-does-not-fit'));
    await goOn();
    await wasHandedBack(record, 'site-quarantined');
    expect(name(central, record)).toBe('a');

    await pipeline.query(`update site set state = 'up' where id = 'kisumu'`);
    await pipeline.query(`update inbox set not_before = now() where code = 'site-quarantined'`);
    await pipeline.atRest();
    expect(name(central, record)).toBe('b');
  });

  it('the ends are counted that take turns for ever with one field, and the record is parked, the field named', async () => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const isParked = async () => (await jobs(record)).some(({ state }) => state === 'parked');
    let turns = 0;
    while (!(await isParked()) && turns < 30) {
      const [here, id] = turns % 2 === 0 ? [kisumu, 'kisumu'] : [central, 'central'];
      here.edit(record, { name: `computed ${turns}` });
      await look(id, record);
      turns += 1;
    }
    expect((await jobs(record)).at(-1)).toMatchObject({ state: 'parked', reason: 'oscillates', details: { fields: ['name'] } });
    expect(turns).toBeGreaterThan(20);
  });
});
