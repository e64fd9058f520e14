import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HeldDesk, RecordRef } from '@sync-hub/contracts';
import { AskedWhyRepository } from '@sync-hub/persistence';
import { askedElsewhere, heldDeskOn } from '@sync-hub/runtime';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const WAITING = { takenMs: 20_000, answeredMs: 30_000, lookMs: 20 };

describe('a console that has no logins', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let desk: HeldDesk;
  let record: RecordRef;
  let type: string;
  let id: string;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
    // As the console's own process has it: the database and the keys, and nobody to ask a site.
    desk = deskWith(WAITING);
    [record, type] = [{ aggregate: 'location', uuid: randomUUID() }, randomUUID()];
    central.lacks.add(`locationattributetype/${type}`);
    kisumu.edit(record, { name: 'Ward', parentLocation: type }, 'present', [
      { path: 'parentLocation', resource: 'locationattributetype', uuid: type, aggregate: null },
    ]);
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    [{ id }] = (await pipeline.query<{ id: string }>(`select id from job where uuid = $1`, [record.uuid])) as [{ id: string }];
  }, 60_000);
  afterAll(() => pipeline.stop());

  const deskWith = (waiting: typeof WAITING): HeldDesk => {
    const { database, vault } = pipeline.hub.parts;
    return heldDeskOn(database, vault, askedElsewhere(new AskedWhyRepository(database), waiting));
  };
  const stored = () =>
    Promise.all(
      [`select * from job`, `select count(*) from audit`, `select count(*) from change`, `select count(*) from outbox`].map((sql) => pipeline.query(sql)),
    );

  it('says why something will not work now, and that it will, as a pusher finds it, which writes nothing', async () => {
    const before = [central.writes.length + kisumu.writes.length, await stored()];
    expect(await desk.why(id)).toMatchObject({ works: 'no', prospect: 'would-be-held', why: 'unmapped', site: 'central' });
    central.lacks.delete(`locationattributetype/${type}`);
    expect(await desk.why(id)).toMatchObject({ works: 'yes', prospect: 'would-write', site: 'central' });
    expect([central.writes.length + kisumu.writes.length, await stored()]).toEqual(before);
    expect(await pipeline.query(`select id from asked_why`)).toEqual([]);
  });

  it('is answered though the look failed, with nothing of what went wrong', async () => {
    const { held } = pipeline.hub.repositories;
    const failing = jest.spyOn(held, 'away').mockRejectedValueOnce(new Error('Achieng'));
    expect(await desk.why(id)).toMatchObject({ works: 'unknown', prospect: 'cannot-be-read', code: 'bug', names: [] });
    failing.mockRestore();
    expect(pipeline.lines.some((line) => line.includes('answer-why'))).toBe(true);
    expect(pipeline.lines.join('')).not.toContain('Achieng');
  });

  it('says that nobody has answered where nobody takes the question, and leaves none behind', async () => {
    const taking = jest.spyOn(pipeline.hub.repositories.askedWhy, 'take').mockResolvedValue([]);
    expect(await deskWith({ ...WAITING, takenMs: 40 }).why(id)).toMatchObject({ works: 'unknown', prospect: 'not-asked', code: 'nobody-answers' });
    taking.mockRestore();
    expect(await pipeline.query(`select id from asked_why`)).toEqual([]);
    expect(await desk.why(randomUUID())).toBeNull();
  });
});
