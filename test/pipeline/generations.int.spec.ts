import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('a site that was restored from a backup', () => {
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
  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const agree = async (record: RecordRef, name: string): Promise<void> => {
    kisumu.edit(record, { name });
    await look('kisumu', record);
    await look('central', record);
  };
  /** As the command `site accept` does it. */
  const accept = async (): Promise<void> => {
    const { said } = await pipeline.hub.parts.database.transaction(async (tx) => {
      await pipeline.hub.repositories.sites.beginGeneration(tx, 'kisumu');
      await pipeline.hub.repositories.sites.probed(tx, 'kisumu', { state: 'up', reason: null, nextProbeSeconds: 3600 });
      await pipeline.hub.repositories.changes.openForAgreed(tx, 'kisumu', ['kisumu']);
    });
    await pipeline.hub.outgoing.send(said);
    await pipeline.atRest();
    for (const key of new Set([...central.records.keys(), ...kisumu.records.keys()])) {
      const record: RecordRef = { aggregate: 'location', uuid: key.slice('location/'.length) };
      await pipeline.look('central', record);
    }
    await pipeline.atRest();
  };

  it('gets back what it lost, gives way where it is old, is asked where nobody can know, and deletes nothing', async () => {
    const [kept, rolledBack, lost, unknown] = [aLocation(), aLocation(), aLocation(), aLocation()];
    await agree(kept, 'same');
    await agree(rolledBack, 'yesterday');
    await agree(rolledBack, 'today');
    await agree(lost, 'made since the backup');
    await agree(unknown, 'agreed');
    kisumu.edit(rolledBack, { name: 'yesterday' });
    kisumu.edit(unknown, { name: 'typed on the restored server' });
    kisumu.records.delete(`location/${lost.uuid}`);
    await accept();

    expect(kisumu.fieldsOf(kept)).toEqual({ name: 'same' });
    expect([kisumu.fieldsOf(rolledBack)['name'], central.fieldsOf(rolledBack)['name']]).toEqual(['today', 'today']);
    expect(kisumu.fieldsOf(lost)['name']).toBe('made since the backup');
    expect([kisumu.fieldsOf(unknown)['name'], central.fieldsOf(unknown)['name']]).toEqual(['typed on the restored server', 'agreed']);
    expect(await pipeline.query(`select uuid from conflict where closed_at is null`)).toEqual([{ uuid: unknown.uuid }]);
    expect(central.writes.filter(({ presence }) => presence === 'voided')).toEqual([]);
    const open = await pipeline.query<{ uuid: string; state: string }>(
      `select distinct uuid, state from job where state <> 'ended' union select uuid, state from change where state <> 'ended'`,
    );
    expect(open).toEqual([{ uuid: unknown.uuid, state: 'conflict' }]);
  });
});
