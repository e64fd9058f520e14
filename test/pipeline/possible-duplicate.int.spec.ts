import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(40_000);

const TYPE = '05a29f94-c0ed-11e2-94be-8c13b969e334';
const NUMBER = `identifiers[${TYPE}|100GEJ].location`;
const aPatient = (): RecordRef => ({ aggregate: 'person', uuid: randomUUID() });

describe('an identifier that another patient has at the target', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let there: RecordRef;
  let here: RecordRef;
  const start = async (mode: 'live' | 'observe'): Promise<void> => {
    const configuration = twoChildren();
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links: configuration.links.map((link) => ({ ...link, mode })) } });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
    [there, here] = [aPatient(), aPatient()];
    central.edit(there, { gender: 'F', [NUMBER]: 'loc' });
    kisumu.edit(here, { gender: 'M', [NUMBER]: 'loc' });
    await look('kisumu', here);
  };
  afterEach(() => pipeline.stop());

  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const job = () =>
    pipeline.query(`select state, reason, code, details, outcome from job where uuid = $1 and link = 'kisumu' and direction = 'push'`, [here.uuid]);

  describe('on a live link', () => {
    beforeEach(() => start('live'), 60_000);

    it('is a question with both patients, and no refusal', async () => {
      expect(await job()).toMatchObject([
        {
          state: 'parked',
          reason: 'possible-duplicate',
          code: 'identifier-in-use',
          details: { record: `person/${here.uuid}`, holder: `person/${there.uuid}` },
        },
      ]);
      const { held } = await pipeline.hub.repositories.overview.read();
      expect(held).toMatchObject([{ record: here, why: 'possible-duplicate', names: [`person/${there.uuid}`] }]);
      expect(pipeline.lines.join('') + JSON.stringify(await pipeline.query(`select * from audit`))).not.toContain('100GEJ');
    });

    it('goes on by itself when the other one has it no more', async () => {
      central.edit(there, { [NUMBER]: undefined });
      await look('central', there);
      expect([await job(), central.fieldsOf(here)]).toMatchObject([[{ state: 'ended', outcome: 'pushed' }], { gender: 'M', [NUMBER]: 'loc' }]);
    });

    it('goes on by itself when the other one is voided', async () => {
      central.edit(there, {}, 'voided');
      await look('central', there);
      expect(await job()).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
    });

    it('goes on by itself when its own patient has it no more', async () => {
      kisumu.edit(here, { [NUMBER]: undefined });
      await look('kisumu', here);
      expect([await job(), central.fieldsOf(here)]).toMatchObject([[{ state: 'ended', outcome: 'pushed' }], { gender: 'M' }]);
    });

    it('goes on by itself when the other one is voided, also where it had given up', async () => {
      await pipeline.query(`update job set reason = 'gave-up', code = 'already-there' where reason = 'possible-duplicate'`);
      central.edit(there, {}, 'voided');
      await look('central', there);
      expect(await job()).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
    });

    it.each(['possible-duplicate', 'gave-up'])('is asked about again where nobody told of the change, held as %s', async (reason) => {
      await pipeline.query(`update job set reason = $1, code = 'already-there' where reason = 'possible-duplicate'`, [reason]);
      central.edit(there, { [NUMBER]: undefined });
      const { waiters, changes } = pipeline.hub.repositories;
      const overdue = (seconds: number) => pipeline.hub.parts.database.transaction((tx) => waiters.overdue(tx, seconds, 10));
      expect((await overdue(60)).result).toEqual([]);
      await pipeline.query(`update job set held_at = now() - interval '31 minutes' where reason = $1`, [reason]);
      const { said } = await pipeline.hub.parts.database.transaction(async (tx) => changes.open(tx, await waiters.overdue(tx, 60, 10)));
      await pipeline.hub.outgoing.send(said);
      await pipeline.atRest();
      expect(await job()).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
    });
  });

  describe('on a link that is only observed', () => {
    beforeEach(() => start('observe'), 60_000);

    it('is found before anything is written', async () => {
      expect(await job()).toMatchObject([{ reason: 'possible-duplicate', details: { holder: `person/${there.uuid}` } }]);
      expect(central.writes).toEqual([]);
      central.edit(there, { [NUMBER]: undefined });
      await look('central', there);
      expect(await job()).toMatchObject([{ reason: 'observed', code: 'would-create' }]);
    });
  });
});
