import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { aConfiguration, aLink, aSite } from '@sync-hub/configuration/testing';
import type { SyncError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { createLog } from '@sync-hub/observability';
import { readSettings, type Settings } from './settings.js';
import { SettingsWatch } from './settings-watch.js';

const log = createLog({ service: 'test', level: 'silent', destination: { write: () => undefined } });
const ONE: Settings = { configuration: aConfiguration(), logins: new Map() };
const of = (configuration: Configuration): Settings => ({ ...ONE, configuration });
const OTHER = of(aConfiguration({ links: [aLink('kisumu')] }));

/** A watch over what `read` says, with what it took and refused. */
function watching(read: () => Promise<Settings>, begins = ONE) {
  let current = begins;
  const taken: Settings[] = [];
  const refused: (SyncError | null)[] = [];
  let fails = 0;
  let readings = 0;
  const watch = new SettingsWatch({
    everyMs: 1,
    log,
    read: async () => {
      readings += 1;
      return read();
    },
    current: () => current,
    take: async (settings) => {
      current = settings;
      if (fails-- > 0) throw new Error('half-way');
      taken.push(settings);
    },
    refuse: async (error) => void refused.push(error),
  });
  watch.start();
  return {
    taken,
    refused,
    stop: () => watch.stop(),
    failOnce: (): void => {
      fails = 1;
    },
    /** It was read so often since. */
    isRead: async (times: number): Promise<void> => {
      const before = readings;
      await until('it is read again', () => readings >= before + times);
    },
  };
}

/** Says these one after the other, each once, the last of them for ever. */
function saying(...all: readonly (Settings | Error)[]): () => Promise<Settings> {
  const rest = [...all];
  return async () => {
    const [next] = rest.length > 1 ? rest.splice(0, 1) : rest;
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing');
    return next;
  };
}

describe('what watches the configuration', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const watched = (...parameters: Parameters<typeof watching>) => {
    const watch = watching(...parameters);
    ends.push(watch.stop);
    return watch;
  };

  it('takes what was read twice in a row, once, and nothing that was read once', async () => {
    const halfWritten = of(aConfiguration({ links: [aLink('siaya')] }));
    const { taken, refused, isRead } = watched(saying(ONE, halfWritten, OTHER, halfWritten, OTHER));
    await isRead(10);
    expect([taken, refused]).toEqual([[OTHER], []]);
  });

  it('takes nothing where the same is written otherwise', async () => {
    const { taken, isRead } = watched(async () => of(aConfiguration({ links: [aLink('siaya'), aLink('kisumu')] })));
    await isRead(5);
    expect(taken).toEqual([]);
  });

  it('takes another password', async () => {
    const logins = (password: string) => new Map([['kisumu', { username: 'hub', password }]]);
    const { taken } = watched(async () => ({ ...ONE, logins: logins('new') }), { ...ONE, logins: logins('old') });
    await until('it is taken', () => taken.length === 1);
    expect(taken[0]?.logins.get('kisumu')?.password).toBe('new');
  });

  it('refuses what cannot be used, says it once, and takes it back when the old one is there again', async () => {
    let says: () => Settings = () => {
      throw new Error('a text that must not be repeated');
    };
    const { taken, refused, isRead } = watched(async () => says());
    await isRead(5);
    expect(refused.map((error) => error?.message)).toEqual(['the configuration cannot be read: unexpected']);
    says = () => ONE;
    await until('it is taken back', () => refused.length === 2);
    await isRead(5);
    expect([refused.at(-1), taken]).toEqual([null, []]);
  });

  it('refuses what needs a restart, and says where', async () => {
    const moved = aConfiguration({ instance: { id: 'hub', readOnly: false }, links: [aLink('kisumu'), aLink('siaya', { runsAt: 'siaya-box' })] });
    const { taken, refused } = watched(async () => of(moved));
    await until('it is refused', () => refused.length === 1);
    expect(taken).toEqual([]);
    expect(refused[0]).toMatchObject({ code: 'needs-restart', details: { places: ['links[1].runsAt'] } });
    expect(refused[0]?.message).toContain('links[1].runsAt');
  });

  it('begins anew what failed half-way', async () => {
    const { taken, failOnce } = watched(async () => OTHER);
    failOnce();
    await until('it is taken whole', () => taken.length === 1);
    expect(taken).toEqual([OTHER]);
  });

  it('takes back what failed half-way where the file says again what it said before', async () => {
    let says = OTHER;
    const { taken, failOnce, isRead } = watched(async () => says);
    failOnce();
    await isRead(2);
    says = ONE;
    await until('the one before is taken whole', () => taken.at(-1) === ONE);
  });

  it('sees a file that is written in place, one that is put in its place, and one whose link is swapped', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-watch-'));
    ends.push(() => rm(folder, { recursive: true }));
    const at = (name: string): string => path.join(folder, name);
    const text = (...children: readonly string[]): string =>
      JSON.stringify(aConfiguration({ sites: [aSite('central'), ...children.map((child) => aSite(child))], links: children.map((child) => aLink(child)) }));
    // As the kubelet does it: the file is a link into a folder that is itself a link, which is swapped.
    const mount = async (version: string, content: string): Promise<void> => {
      await writeFile(at(`${version}.yml`), content);
      await symlink(`${version}.yml`, at('data.new'));
      await rename(at('data.new'), at('data'));
    };
    await mount('v1', text('kisumu'));
    await symlink('data', at('sync-hub.yml'));
    const read = () => readSettings(at('sync-hub.yml'), { logins: new Map() });
    const { taken } = watched(read, await read());
    const isTaken = (...children: readonly string[]) =>
      until(
        `${children.join(' and ')} are taken`,
        () =>
          taken
            .at(-1)
            ?.configuration.links.map(({ child }) => child)
            .join() === children.join(),
      );
    await mount('v2', text('kisumu', 'siaya'));
    await isTaken('kisumu', 'siaya');
    await writeFile(at('v2.yml'), text('siaya'));
    await isTaken('siaya');
    await writeFile(at('v3.yml'), text('nakuru'));
    await rename(at('v3.yml'), at('sync-hub.yml'));
    await isTaken('nakuru');
  });
});
