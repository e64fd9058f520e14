import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceProcess } from './service-process.js';

describe('a service as a process', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-service-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = async (name: string, code: string): Promise<ServiceProcess> => {
    const script = path.join(folder, `${name}.mjs`);
    await writeFile(script, code);
    return ServiceProcess.start({ name, script, env: {}, logFile: path.join(folder, `${name}.log`) });
  };
  const line = (event: string): string =>
    `console.log(JSON.stringify({ level: 'info', time: '2026-11-24T10:42:03Z', service: 'pusher', event: '${event}', port: 7 }));`;

  it('is heard when it has started, and ends when it is asked to', async () => {
    const service = await start('well', `${line('services-started')} setInterval(() => {}, 1000);`);
    expect(await service.tells('services-started')).toMatchObject({ port: 7 });
    await service.stop();
    await service.stop();
  });

  it('is made to end where it does not listen', async () => {
    const service = await start('deaf', `process.on('SIGTERM', () => {}); ${line('services-started')} setInterval(() => {}, 1000);`);
    await service.tells('services-started');
    await service.stop(200);
  });

  it('is named with its last lines, for people, when it dies before it has started', async () => {
    const service = await start('pusher', `${line('hub-opened')} console.error('no such queue'); process.exitCode = 3;`);
    await expect(service.tells('services-started')).rejects.toThrow(
      /^pusher \(process \d+\) died: it ended by itself with code 3\. The last lines of its log:\n(.*no such queue\n.*hub-opened.*|.*hub-opened.*\n.*no such queue)$/,
    );
  });

  it('is named when it dies later', async () => {
    const service = await start('mapper', `${line('services-started')} setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);`);
    await service.tells('services-started');
    await expect(service.died).rejects.toThrow(/^mapper .* it was killed by SIGKILL/);
  });
});
