import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { RunningProcessRepository } from './running-process.repository.js';

describe('the processes of a hub', () => {
  let bench: PipelineBench;
  let processes: RunningProcessRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['central']);
    processes = new RunningProcessRepository(bench.database);
  }, 60_000);
  beforeEach(() => bench.database.write(`delete from running_process`));
  afterAll(() => bench.close());

  const goesBy = async (service: string, settings: string, { id = randomUUID() as string, isAlone = false } = {}): Promise<string> => {
    await bench.database.transaction((tx) => processes.goesBy(tx, { id, services: [service], settings }, isAlone));
    return id;
  };

  it('have settled on a configuration once every one of them goes by it', async () => {
    const [fetcher, mapper] = [await goesBy('fetcher', 'old'), await goesBy('mapper', 'old')];
    expect(await processes.goingByOthers('old')).toEqual([]);
    await goesBy('fetcher', 'new', { id: fetcher });
    expect([await processes.goingByOthers('new'), await processes.goingByOthers('old')]).toEqual([['mapper'], ['fetcher']]);
    expect((await processes.overview()).map(({ services, isBehind }) => [services, isBehind])).toEqual([
      [['fetcher'], false],
      [['mapper'], true],
    ]);
    await goesBy('mapper', 'new', { id: mapper });
    expect(await processes.goingByOthers('new')).toEqual([]);
  });

  it('are not waited for once they have ended, or have not been seen for a minute', async () => {
    const [ended, killed] = [await goesBy('mapper', 'old'), await goesBy('pusher', 'old')];
    expect(await processes.goingByOthers('new')).toEqual(['mapper', 'pusher']);
    await processes.ends(ended);
    await bench.database.write(`update running_process set seen_at = now() - interval '59 seconds' where id = $1`, [killed]);
    expect(await processes.goingByOthers('new')).toEqual(['pusher']);
    await bench.database.write(`update running_process set seen_at = now() - interval '61 seconds' where id = $1`, [killed]);
    expect(await processes.goingByOthers('new')).toEqual([]);
    await processes.isThere(killed);
    expect(await processes.goingByOthers('new')).toEqual(['pusher']);
  });

  it('leave nothing behind where the next one is alone', async () => {
    await goesBy('standalone', 'old');
    await goesBy('standalone', 'new', { isAlone: true });
    expect(await processes.goingByOthers('new')).toEqual([]);
  });

  it('say what they refuse, and no more of it once they take something', async () => {
    const id = await goesBy('fetcher', 'old');
    const refused = async () => (await processes.overview())[0]?.refused;
    await processes.refuses(id, { code: 'configuration', message: 'sync-hub.yml cannot be used, one problem:\n  links: found nothing' });
    expect(await refused()).toEqual({ code: 'configuration', because: ['sync-hub.yml cannot be used, one problem:', '  links: found nothing'] });
    await processes.refuses(id, null);
    expect(await refused()).toBeNull();
    await processes.refuses(id, { code: 'configuration', message: 'again' });
    await goesBy('fetcher', 'new', { id });
    expect(await refused()).toBeNull();
  });
});
