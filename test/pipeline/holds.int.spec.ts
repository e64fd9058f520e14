import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, RefusedError, TransientError } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('a job', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const jobsOf = (record: RecordRef) =>
    pipeline.query<{ link: string; direction: string; state: string; outcome: string | null; reason: string | null; details: Record<string, unknown> }>(
      `select link, direction, state, outcome, reason, details from job where uuid = $1 order by link, opened_at`,
      [record.uuid],
    );
  const agreed = async (record: RecordRef, fields: Record<string, string>): Promise<void> => {
    kisumu.edit(record, fields);
    await look('kisumu', record);
    await look('central', record);
  };
  const references = (record: RecordRef, resource: string, uuid: string): void => {
    const held = kisumu.records.get(`location/${record.uuid}`);
    if (held === undefined) throw new Error('no such record');
    const aggregate = resource === 'location' ? ('location' as const) : null;
    kisumu.records.set(`location/${record.uuid}`, { ...held, references: [{ path: 'parentLocation', resource, uuid, aggregate }] });
  };

  it('waits for the record it refers to, which is fetched, and goes on by itself', async () => {
    const [parent, child] = [aLocation(), aLocation()];
    kisumu.edit(parent, { name: 'Hospital' });
    kisumu.edit(child, { name: 'Ward', parentLocation: parent.uuid });
    references(child, 'location', parent.uuid);
    await look('kisumu', child);
    expect(central.fieldsOf(child)).toMatchObject({ name: 'Ward', parentLocation: parent.uuid });
    expect(central.writes.map(({ record }) => record.uuid).slice(-2)).toEqual([parent.uuid, child.uuid]);
    expect((await jobsOf(child)).filter(({ link }) => link === 'kisumu')).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
  });

  it('names what blocks it when the record it waits for is nowhere', async () => {
    const [child, nowhere] = [aLocation(), randomUUID()];
    kisumu.edit(child, { name: 'Ward', parentLocation: nowhere });
    references(child, 'location', nowhere);
    await look('kisumu', child);
    expect((await jobsOf(child)).filter(({ link }) => link === 'kisumu')).toMatchObject([
      { state: 'waiting', details: { missing: [`location/${nowhere}`], blockedBy: 'not at kisumu' } },
    ]);
    kisumu.edit(child, { parentLocation: null });
    references(child, 'location', 'none');
    await look('kisumu', child);
    expect((await jobsOf(child)).filter(({ link }) => link === 'kisumu')).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
  });

  it('goes on where the record it refers to went out of use before it ever travelled: that one is created, and taken out of use', async () => {
    const [parent, child] = [aLocation(), aLocation()];
    kisumu.tellsVoided = true;
    kisumu.edit(parent, { name: 'Tent' }, 'voided');
    kisumu.edit(child, { name: 'Bed', parentLocation: parent.uuid });
    references(child, 'location', parent.uuid);
    await look('kisumu', child);
    kisumu.tellsVoided = false;
    expect(central.fieldsOf(child)).toMatchObject({ name: 'Bed', parentLocation: parent.uuid });
    expect(central.records.get(`location/${parent.uuid}`)).toMatchObject({ presence: 'voided', fields: { name: 'Tent' } });
    expect((await jobsOf(parent)).concat(await jobsOf(child)).filter(({ link, state }) => link === 'kisumu' && state !== 'ended')).toEqual([]);
  });

  it('waits in peace where that one cannot be told any more, and says so', async () => {
    const [parent, child] = [aLocation(), aLocation()];
    kisumu.edit(parent, { name: 'Tent' }, 'voided');
    kisumu.edit(child, { name: 'Bed', parentLocation: parent.uuid });
    references(child, 'location', parent.uuid);
    await look('kisumu', child);
    expect((await jobsOf(child)).filter(({ link }) => link === 'kisumu')).toMatchObject([
      { state: 'waiting', details: { blockedBy: 'voided before it travelled' } },
    ]);
    const [looks] = await pipeline.query<{ count: string }>(`select count(*) from audit where type = 'record.changed.v1' and uuid = $1`, [child.uuid]);
    expect(Number(looks?.count)).toBeLessThan(5);
  });

  it('is parked as unmapped where metadata is missing that a person must add, and names it', async () => {
    const [record, type] = [aLocation(), randomUUID()];
    central.lacks.add(`locationattributetype/${type}`);
    kisumu.edit(record, { name: 'Ward', parentLocation: type });
    references(record, 'locationattributetype', type);
    await look('kisumu', record);
    expect((await jobsOf(record)).filter(({ link }) => link === 'kisumu')).toMatchObject([
      { state: 'parked', reason: 'unmapped', details: { missing: [`locationattributetype/${type}`] } },
    ]);
    expect(central.fieldsOf(record)).toEqual({});
  });

  it('is parked as refused, delays no other record, and wakes when its record changes', async () => {
    const [bad, good] = [aLocation(), aLocation()];
    central.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    kisumu.edit(bad, { name: 'Bad' });
    await look('kisumu', bad);
    central.beforeWrite = async () => undefined;
    expect((await jobsOf(bad)).filter(({ link }) => link === 'kisumu')).toMatchObject([{ state: 'parked', reason: 'refused' }]);
    kisumu.edit(good, { name: 'Good' });
    await look('kisumu', good);
    expect(central.fieldsOf(good)).toMatchObject({ name: 'Good' });
    await look('kisumu', bad);
    expect((await jobsOf(bad)).filter(({ link }) => link === 'kisumu')).toMatchObject([{ state: 'parked', reason: 'refused' }]);
    kisumu.edit(bad, { name: 'Mended' });
    await look('kisumu', bad);
    expect(central.fieldsOf(bad)).toMatchObject({ name: 'Mended' });
  });

  it('gives up on a record that fails again and again, visibly', async () => {
    const record = aLocation();
    central.beforeRead = async () => {
      throw new TransientError('server-error', 'the site failed on this', { status: 500 });
    };
    kisumu.edit(record, { name: 'Never' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest(25_000);
    central.beforeRead = async () => undefined;
    expect((await jobsOf(record)).filter(({ link }) => link === 'kisumu')).toMatchObject([{ state: 'parked', reason: 'gave-up' }]);
  });

  it('asks, and voids nothing, where the other end edited what this end voided, in either order', async () => {
    for (const [voider, editor] of [
      [kisumu, central],
      [central, kisumu],
    ] as const) {
      const record = aLocation();
      await agreed(record, { name: 'Ward' });
      voider.edit(record, {}, 'voided');
      editor.edit(record, { name: 'Ward 2' });
      await look(voider.site, record);
      await look(editor.site, record);
      expect(editor.records.get(`location/${record.uuid}`)?.presence).toBe('present');
      expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toEqual([
        { reason: 'delete-against-edit' },
      ]);
    }
  });

  it('voids and restores at the other end where nobody edited', async () => {
    const record = aLocation();
    await agreed(record, { name: 'Ward' });
    kisumu.edit(record, {}, 'voided');
    await look('kisumu', record);
    await look('central', record);
    expect(central.records.get(`location/${record.uuid}`)?.presence).toBe('voided');
    kisumu.edit(record, { name: 'Ward 9' }, 'present');
    await look('kisumu', record);
    await look('central', record);
    expect(central.records.get(`location/${record.uuid}`)).toMatchObject({ presence: 'present', fields: { name: 'Ward 9' } });
    expect((await jobsOf(record)).filter(({ state }) => state !== 'ended')).toEqual([]);
  });

  describe('that is to bring back what its target brings back for nobody', () => {
    /** Voided at both ends, brought back at Kisumu; central refuses it before anything is sent. */
    const refusedRestore = async (): Promise<RecordRef> => {
      const record = aLocation();
      await agreed(record, { name: 'Ward' });
      kisumu.edit(record, {}, 'voided');
      await look('kisumu', record);
      await look('central', record);
      central.beforeWrite = async () => {
        throw new RefusedError('unsupported', 'a location cannot be brought back there: by hand', { fields: ['presence'] });
      };
      kisumu.edit(record, { name: 'Ward 9' }, 'present');
      await look('kisumu', record);
      expect((await jobsOf(record)).filter(({ state }) => state !== 'ended')).toMatchObject([{ link: 'kisumu', state: 'parked', reason: 'refused' }]);
      return record;
    };
    const heldOf = async (record: RecordRef) => (await jobsOf(record)).filter(({ state }) => state !== 'ended');
    const presences = (record: RecordRef) => [kisumu, central].map((site) => site.records.get(`location/${record.uuid}`)?.presence);
    afterEach(() => {
      central.beforeWrite = async () => undefined;
    });

    it('is held, leaves no write in doubt, and tries again with nothing but a change', async () => {
      const record = await refusedRestore();
      expect(await pipeline.query(`select settled_as from intent where uuid = $1 and settled_at is null`, [record.uuid])).toEqual([]);
      const tries = () => pipeline.query(`select id from intent where uuid = $1`, [record.uuid]);
      const before = await tries();
      await look('central', record);
      await look('kisumu', record);
      expect(await tries()).toEqual(before);
      kisumu.edit(record, { name: 'Ward 10' });
      await look('kisumu', record);
      expect(await tries()).toHaveLength(before.length + 1);
      expect([await heldOf(record), presences(record)]).toMatchObject([[{ state: 'parked', reason: 'refused' }], ['present', 'voided']]);
    });

    it('ends by itself once somebody restores it there by hand, and what else was edited meanwhile goes on', async () => {
      const record = await refusedRestore();
      central.beforeWrite = async () => undefined;
      central.edit(record, {}, 'present');
      await look('central', record);
      expect(await heldOf(record)).toEqual([]);
      expect(presences(record)).toEqual(['present', 'present']);
      expect(central.fieldsOf(record)).toMatchObject({ name: 'Ward 9' });
    });

    it('leaves a write in doubt where a part of it had landed before the rest was refused: who takes that back is not overruled', async () => {
      const record = aLocation();
      await agreed(record, { name: 'Ward' });
      central.once('afterWrite', async () => {
        throw new RefusedError('unsupported', 'the rest cannot be written there', { fields: ['name'] });
      });
      kisumu.edit(record, { name: 'Ward 9' });
      await look('kisumu', record);
      central.edit(record, { name: 'Ward' });
      kisumu.edit(record, { description: 'looked at again' });
      await look('kisumu', record);
      expect(central.fieldsOf(record)).toMatchObject({ name: 'Ward' });
      expect(await heldOf(record)).toMatchObject([{ state: 'conflict' }]);
    });

    it('ends by itself once it is voided again where it was brought back', async () => {
      const record = await refusedRestore();
      kisumu.edit(record, {}, 'voided');
      await look('kisumu', record);
      expect(await heldOf(record)).toEqual([]);
      expect(presences(record)).toEqual(['voided', 'voided']);
    });

    it('asks nobody where it was restored there by hand and voided again at once: that one is tried once more', async () => {
      const record = await refusedRestore();
      central.edit(record, {}, 'present');
      central.edit(record, {}, 'voided');
      await look('central', record);
      kisumu.edit(record, { name: 'Ward 10' });
      await look('kisumu', record);
      expect(await heldOf(record)).toMatchObject([{ state: 'parked', reason: 'refused' }]);
      expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toEqual([]);
    });
  });

  it('asks where a void would take with it what nobody has sent', async () => {
    const record = aLocation();
    await agreed(record, { name: 'Ward' });
    central.dependantsOf = ['encounter/e1'];
    kisumu.edit(record, {}, 'voided');
    await look('kisumu', record);
    central.dependantsOf = [];
    expect(central.records.get(`location/${record.uuid}`)?.presence).toBe('present');
    expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toEqual([
      { reason: 'void-would-take-others' },
    ]);
  });

  it('never takes absence for a deletion', async () => {
    const record = aLocation();
    await agreed(record, { name: 'Ward' });
    kisumu.records.delete(`location/${record.uuid}`);
    await pipeline.look('kisumu', record);
    await pipeline.atRest(25_000);
    expect(central.records.get(`location/${record.uuid}`)?.presence).toBe('present');
    expect(await pipeline.query(`select state, reason, code from change where uuid = $1 and state <> 'ended'`, [record.uuid])).toEqual([
      { state: 'parked', reason: 'gave-up', code: 'missing-at-source' },
    ]);
  });
});
