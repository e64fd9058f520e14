import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Direction, LinkAct, RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const ward = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

describe('a link that a person', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: twoChildren() });
  }, 60_000);
  afterEach(() => pipeline.stop());

  const site = (id: string) => pipeline.sites.site(id);
  const isAt = (id: string, { uuid }: RecordRef): boolean => site(id).records.has(`location/${uuid}`);
  const act = (what: LinkAct, direction?: Direction) =>
    pipeline.hub.linkDesk().act('kisumu', what, { by: 'Amina', reason: 'stocktaking of Achieng', ...(direction === undefined ? {} : { direction }) });
  const waitsAs = (code: string) =>
    pipeline.query<{ seconds: number }>(
      `select extract(epoch from not_before - now())::int as seconds from inbox where code = $1 and settled_at is null and not_before > now()`,
      [code],
    );
  const enter = async (id: string, name = 'Ward'): Promise<RecordRef> => {
    const record = ward();
    site(id).edit(record, { name });
    await pipeline.look(id, record);
    return record;
  };
  const pausesShown = async () =>
    (await pipeline.hub.repositories.overview.read()).routes.filter(({ route }) => route.link === 'kisumu').map(({ pause }) => pause?.how ?? null);

  it('pauses writes nothing, in either direction, while every other does; what waits is shown, and goes on at once when they let it', async () => {
    expect(await act('pause')).toBe('done');
    const [down, up] = [await enter('central'), await enter('kisumu')];
    await until('the other child has it', () => isAt('siaya', down));
    await until('both wait', async () => (await waitsAs('link-paused')).length === 2);
    expect([isAt('kisumu', down), isAt('central', up), await pausesShown()]).toEqual([false, false, ['pause', 'pause']]);
    expect((await waitsAs('link-paused')).every(({ seconds }) => seconds > 20)).toBe(true);
    expect(await act('resume')).toBe('done');
    await until('both have arrived', () => isAt('kisumu', down) && isAt('central', up));
    await pipeline.atRest();
    expect([await pipeline.open(), await pausesShown()]).toEqual([[], [null, null]]);
  });

  it('pauses in one direction goes on in the other', async () => {
    await act('pause', 'push');
    const [down, up] = [await enter('central'), await enter('kisumu')];
    await until('it goes down', () => isAt('kisumu', down));
    await until('it waits on its way up', async () => (await waitsAs('link-paused')).length === 1);
    expect([isAt('central', up), await pausesShown()]).toEqual([false, [null, 'pause']]);
  });

  it('lets run dry ends what was noticed before, and begins nothing else', async () => {
    await act('pause', 'push');
    const before = await enter('kisumu', 'Before');
    await until('it waits', async () => (await waitsAs('link-paused')).length === 1);
    expect(await act('drain', 'push')).toBe('done');
    await until('what was noticed before is written', () => isAt('central', before));
    const after = await enter('kisumu', 'After');
    await until('what came after waits', async () => (await waitsAs('link-draining')).length === 1);
    expect([isAt('central', after), await pausesShown()]).toEqual([false, [null, 'drain']]);
    await act('resume', 'push');
    await until('it has arrived', () => isAt('central', after));
  });

  it('stops is stopped once, and stays so for a process that begins later; who did it, and why, is kept, and why is in nothing that is said', async () => {
    expect([await act('pause', 'push'), await act('pause', 'push'), await act('resume', 'pull')]).toEqual(['done', 'as-it-is', 'as-it-is']);
    const standing = (direction: Direction) =>
      pipeline.hub.repositories.engines.standingForPush('kisumu', pipeline.hub.rules.current.instance.id, { direction, openedAt: new Date(0) });
    expect([await standing('push'), await standing('pull')]).toEqual(['paused', 'here']);
    await until('it is in the audit', async () => (await pipeline.query(`select 1 from audit where type = 'link.acted.v1'`)).length === 1);
    const [audited] = await pipeline.query<{ details: Record<string, unknown> }>(`select details from audit where type = 'link.acted.v1'`);
    expect(audited?.details).toMatchObject({ link: 'kisumu', direction: 'push', what: 'pause', by: 'Amina' });
    const history = await pipeline.hub.linkDesk().history('kisumu');
    expect(history).toMatchObject([{ what: 'pause', direction: 'push', by: 'Amina', reason: 'stocktaking of Achieng' }]);
    expect(JSON.stringify([audited, await pipeline.query(`select sealed::text, by from link_act`), pipeline.lines])).not.toContain('Achieng');
    expect([await pipeline.hub.linkDesk().act('nowhere', 'pause', { by: 'Amina', reason: 'x' }), await pipeline.hub.linkDesk().history('nowhere')]).toEqual([
      'no-such-link',
      null,
    ]);
  });
});
