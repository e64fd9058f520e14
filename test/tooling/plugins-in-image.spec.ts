import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImageLayout } from './image-layout.js';
import { projectRoot } from './project-copy.js';

const PLUGIN = 'lake-clinics.module.js';
const site = (id: string) => ({
  id,
  baseUrl: `http://${id}.test/openmrs`,
  client: 'rest',
  login: { username: { env: 'U' }, password: { env: 'P' } },
  feed: { startAt: 'now' },
});
const configuration = {
  instance: { id: 'hub' },
  sites: [site('central'), site('kisumu')],
  links: [
    {
      ...{ id: 'kisumu', parent: 'central', child: 'kisumu', runsAt: 'hub', classes: { patient: { push: true }, visit: { push: true } } },
      catchment: { rule: 'custom', name: 'village-begins-with', options: { letters: 'Du' } },
      ...{ filters: { visit: { push: [{ name: 'ended-visits' }] } }, validators: { patient: { push: [{ name: 'has-birthdate' }] } } },
    },
  ],
};

describe('the image, laid out in a folder', () => {
  let image: ImageLayout;
  let compiled: string;
  beforeAll(() => {
    image = new ImageLayout();
    compiled = mkdtempSync(path.join(tmpdir(), 'sync-hub-plugins-'));
    // As docs/plugins.md says it.
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'docs/examples/plugins', '--outDir', compiled], { cwd: projectRoot });
    image.mount(path.join(compiled, PLUGIN));
    writeFileSync(path.join(image.root, 'sync-hub.json'), JSON.stringify(configuration));
  }, 180_000);
  afterAll(() => {
    image.remove();
    rmSync(compiled, { recursive: true });
  });

  /** By plain Node, which knows no TypeScript here, and with nothing else in its environment. */
  const check = (environment: Readonly<Record<string, string>>) => {
    const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/standalone/dist/cli.js', 'config', 'check', 'sync-hub.json'], {
      ...{ cwd: image.root, env, encoding: 'utf8' },
    });
    return { status, said: stdout + stderr };
  };

  it('finds a plug-in that was compiled, and mounted as Kubernetes mounts it', () => {
    expect(check({ SYNC_HUB_PLUGINS: `plugins/${PLUGIN}` })).toEqual({ status: 0, said: expect.stringContaining('sync-hub.json is valid: 2 sites, 1 links.') });
  }, 60_000);

  it('refuses a configuration that names plug-ins where it is told of none', () => {
    const { status, said } = check({});
    expect(status).toBe(1);
    expect(said).toContain('links[0].catchment.name');
    expect(said).toContain('village-begins-with');
  }, 60_000);
});
