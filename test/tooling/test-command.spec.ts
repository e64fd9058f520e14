import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from './project-copy.js';

const folders: string[] = [];

/** A project with our `npm test` and these files only. */
function projectOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'sync-hub-npm-test-'));
  folders.push(root);
  for (const file of ['scripts', 'jest.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json']) {
    cpSync(path.join(projectRoot, file), path.join(root, file), { recursive: true });
  }
  const front = path.join('apps', 'console', 'front');
  mkdirSync(path.join(root, front), { recursive: true });
  cpSync(path.join(projectRoot, front, 'tsconfig.json'), path.join(root, front, 'tsconfig.json'));
  writeFileSync(path.join(root, front, 'main.ts'), 'export const page = 1;\n');
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), file.endsWith('.spec.ts') ? `import { expect, it } from '@jest/globals';\n${content}\n` : content);
  }
  return root;
}

function npmTest(root: string, ...args: string[]): { readonly status: number | null; readonly lines: readonly string[] } {
  const { JEST_WORKER_ID: _, NODE_OPTIONS: __, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ['scripts/test.mjs', ...args], { cwd: root, encoding: 'utf8', env });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const PASSES = "it('holds', () => expect(1).toBe(1));";
const FAILS = "it('breaks', () => expect(1).toBe(2));";

describe('npm test', () => {
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('ends with the counts, names what was skipped and what was not to be had, and is content', () => {
    const root = projectOf({
      'libs/merge/src/one.spec.ts': `${PASSES}\nit.skip('is put off', () => expect(1).toBe(2));`,
      'libs/merge/src/broker.int.spec.ts':
        "it('hears why there is no broker', async () => expect(await (await fetch(process.env['SYNC_HUB_TEST_SERVICES'] + '/rabbitmq')).text()).toBe('none was to be had'));",
      'libs/messaging/src/testing/rabbitmq/private-rabbitmq.ts': "export const findRabbitMq = async () => ({ broker: null, reason: 'none was to be had' });",
    });
    const { status, lines } = npmTest(root);
    expect(lines.slice(-3)).toEqual([
      '!!! NOT RUN: what needs RabbitMQ: none was to be had',
      '!!! SKIPPED: 1 in libs/merge/src/one.spec.ts, the first: is put off',
      '2 passed, 0 failed, 1 skipped',
    ]);
    expect(status).toBe(0);
  }, 60_000);

  it('fails with a failed test, and counts a file that does not load as one', () => {
    const root = projectOf({ 'libs/merge/src/one.spec.ts': `${PASSES}\n${FAILS}`, 'libs/merge/src/two.spec.ts': `import './nowhere.js';\n${PASSES}` });
    const { status, lines } = npmTest(root);
    expect(lines.at(-1)).toBe('1 passed, 2 failed, 0 skipped');
    expect(status).toBe(1);
  }, 60_000);

  it('gives each file its own tests, hooks and limits, though what they import is loaded once for both', () => {
    const file = (name: string) => `import { notes, noting } from '../../../notes.js';
      noting('${name}');
      it('notes', () => { notes.push('${name}'); expect({ notes }).toEqual({ notes: expect.any(Array) }); });
      it('was told after the first', () => expect(notes.filter((note) => note === 'after ${name}').length).toBe(1));`;
    const root = projectOf({
      'notes.ts': `import { afterEach } from '@jest/globals';
        export const notes: string[] = [];
        export const noting = (name: string) => void afterEach(() => void notes.push('after ' + name));`,
      'libs/merge/src/one.spec.ts': file('one'),
      'libs/merge/src/two.spec.ts': file('two'),
      'libs/merge/src/slow.spec.ts': "it('waits for ever', () => new Promise<void>(() => undefined), 50);\nit('goes on', () => expect(1).toBe(1));",
    });
    const { status, lines } = npmTest(root, '--runInBand');
    expect([lines.at(-1), status]).toEqual(['5 passed, 1 failed, 0 skipped', 1]);
  }, 60_000);

  it('fails where the types do not hold, though every test passes', () => {
    const root = projectOf({ 'libs/merge/src/one.spec.ts': `${PASSES}\nexport const wrong: number = 'text';` });
    const { status, lines } = npmTest(root);
    expect(lines.slice(-2)).toEqual(['!!! THE TYPES DO NOT HOLD: see the first lines.', '1 passed, 0 failed, 0 skipped']);
    expect(status).toBe(1);
  }, 60_000);

  it('fails where the types of the page in the browser do not hold', () => {
    const root = projectOf({ 'libs/merge/src/one.spec.ts': PASSES, 'apps/console/front/wrong.ts': "export const wrong: number = 'text';" });
    const { status, lines } = npmTest(root);
    expect(lines.slice(-2)).toEqual(['!!! THE TYPES DO NOT HOLD: see the first lines.', '1 passed, 0 failed, 0 skipped']);
    expect(status).toBe(1);
  }, 60_000);

  it('runs what it is asked to, and fails where that is nothing', () => {
    const root = projectOf({
      'libs/merge/src/one.spec.ts': PASSES,
      'libs/openmrs/src/other.spec.ts': FAILS,
      'libs/merge/src/slow.int.spec.ts': FAILS,
      'test/whole.spec.ts': FAILS,
    });
    expect(npmTest(root, 'libs/merge/src/one').lines.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
    expect(npmTest(root, '--unit').lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped');
    const nothing = npmTest(root, 'libs/nowhere');
    expect(nothing.lines.at(-2)).toContain('!!! NO TEST RAN');
    expect(nothing.lines.at(-1)).toBe('0 passed, 0 failed, 0 skipped');
    expect(nothing.status).toBe(1);
  }, 60_000);
});

describe('the check for what is missing', () => {
  it('finds nothing to install where npm has just installed', () => {
    expect(readdirSync(path.join(projectRoot, 'node_modules'))).toContain('.package-lock.json');
    const { stdout, status } = spawnSync(
      process.execPath,
      ['-e', "import('./scripts/install.mjs').then(({ installWhatIsMissing }) => installWhatIsMissing())"],
      { cwd: projectRoot, encoding: 'utf8', env: { PATH: '' } },
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });
});
