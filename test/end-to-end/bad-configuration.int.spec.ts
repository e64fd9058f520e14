import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';

jest.setTimeout(60_000);

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('a configuration with a typo', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-typo-'));
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' } });
  });
  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const started = async (file: string) => {
    const env = {
      ...process.env,
      SYNC_HUB_CONFIG: file,
      SYNC_HUB_DATA: path.join(folder, 'data'),
      SITE_USERNAME: 'admin',
      SITE_PASSWORD: 'Secret-0815',
      NODE_OPTIONS: '',
    };
    const child = spawn(process.execPath, ['scripts/run.mjs', 'apps/standalone/src/main.ts'], { cwd: ROOT, env });
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output.text += text));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, text: output.text };
  };

  it('stops the process before anything is started, and says where it stands, what was found and what is allowed', async () => {
    const file = path.join(folder, 'sync-hub.json');
    const right = await readFile(world.configurationFile, 'utf8');
    await writeFile(file, right.replace('"startAt": "beginning"', '"startAt": "begining"').replace('"catchment"', '"catchmnt"'));
    const { code, text } = await started(file);
    expect(code).toBe(1);
    expect(text).toMatch(/sync-hub\.json cannot be used, \d problems/);
    expect(text).toMatch(/sync-hub\.json:\d+:\d+ sites\[0\]\.feed\.startAt: found the text "begining"; allowed: beginning or now; did you mean beginning\?/);
    expect(text).toMatch(/links\[0\]\.catchmnt: found an unknown key; allowed: .*catchment.*did you mean catchment\?/);
    expect(text).not.toMatch(/Secret-0815|at loadConfiguration|node:internal/);
    await expect(access(path.join(folder, 'data'))).rejects.toThrow();
    expect([...world.sites.values()].flatMap((site) => site.requests)).toEqual([]);
  });
});
