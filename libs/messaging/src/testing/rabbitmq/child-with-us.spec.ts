import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { until } from '../until.js';

/** A process that starts a child, which starts another, and tells the child's id. */
const PARENT = `
  import { register } from 'node:module';
  register(process.argv[1]);
  const { spawnWithUs } = await import(process.argv[2]);
  const child = spawnWithUs('/bin/sh', ['-c', 'sleep 600 & sleep 600'], { env: process.env, folder: process.argv[3], log: 'ignore' });
  console.log(child.pid);
  setInterval(() => undefined, 1000);
`;

const groupIsAlive = (pid: number): boolean => {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a child of ours', () => {
  it('ends with us, with all it runs and its folder, even when we go by kill -9', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-child-'));
    const file = (name: string): string => pathToFileURL(path.resolve(name)).href;
    const args = [file('scripts/typescript-hooks.mjs'), file('libs/messaging/src/testing/rabbitmq/child-with-us.ts'), folder];
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    expect(groupIsAlive(Number(line))).toBe(true);
    parent.kill('SIGKILL');
    await until('its folder is gone', async () => (await stat(folder).catch(() => null)) === null);
    await until('the group is gone', () => !groupIsAlive(Number(line)));
  });
});
