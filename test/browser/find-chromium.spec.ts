import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findChromium } from './find-chromium.js';

describe('the browser of the tests', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-browser-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function program(name: string, script: string): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  it('is the one that is named, before those that are installed', async () => {
    const named = await program('mine', 'echo Mine 1.0');
    await program('chromium', 'echo Chromium 2.0');
    const found = await findChromium({ env: { PATH: folder, CHROMIUM_PATH: named }, mayInstall: false });
    expect(found).toEqual({ program: named, about: 'Mine 1.0' });
  });

  it('is one that is installed under one of its names', async () => {
    const installed = await program('google-chrome', 'echo noise >&2\necho Google Chrome 3.0');
    expect(await findChromium({ env: { PATH: folder }, mayInstall: false })).toEqual({ program: installed, about: 'Google Chrome 3.0' });
  });

  it('is none, with the reason, where one that is named does not start', async () => {
    const broken = await program('broken', 'exit 1');
    expect(await findChromium({ env: { CHROMIUM_PATH: broken }, mayInstall: false })).toEqual({ reason: `${broken} does not start` });
  });
});
