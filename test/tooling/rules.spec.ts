import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProjectCopy, projectRoot } from './project-copy.js';

/** Rule, the file that breaks it, what is in it. */
const DIRECTIONS: readonly (readonly [rule: string, file: string, content: string])[] = [
  ['contracts-imports-zod-only', 'libs/contracts/src/planted.ts', "import 'node:fs';"],
  ['merge-is-pure', 'libs/merge/src/planted.ts', "import type { SiteClient } from '@sync-hub/openmrs'; export type Planted = SiteClient;"],
  ['conflicts-is-pure', 'libs/conflicts/src/planted.ts', "import '@sync-hub/persistence';"],
  ['categories-is-pure', 'libs/categories/src/planted.ts', "import 'node:fs/promises';"],
  ['openmrs-knows-neither-database-nor-bus', 'libs/openmrs/src/planted.ts', "import '@sync-hub/persistence';"],
  ['database-and-bus-know-no-openmrs', 'libs/messaging/src/planted.ts', "export type { SiteClient } from '@sync-hub/openmrs';"],
  ['no-app-imports-an-app', 'apps/fetcher/src/planted.ts', "import '@sync-hub/pusher';"],
  ['no-lib-imports-an-app', 'libs/runtime/src/planted.ts', "import '../../../apps/pusher/src/index.js';"],
  ['no-app-imports-a-test', 'apps/console/src/planted.ts', "import '../../../test/openmrs-simulator/src/index.js';"],
  ['only-messaging-imports-amqplib', 'libs/observability/src/planted.ts', "import 'amqplib';"],
  ['only-persistence-imports-the-database', 'apps/mapper/src/planted.ts', "export const open = async () => import('typeorm');"],
  ['only-persistence-imports-the-database', 'apps/console/src/planted-pg.ts', "import type pg from 'pg'; export type Planted = pg.Client;"],
  ['libs-have-one-door', 'apps/pusher/src/planted.ts', "import '../../../libs/contracts/src/errors.js';"],
  ['no-test-code-in-the-product', 'apps/audit-service/src/planted.ts', "import '@sync-hub/persistence/testing';"],
  ['no-test-code-in-the-product', 'libs/configuration/src/planted.ts', "import 'testcontainers';"],
  ['every-import-is-found', 'libs/persistence/src/planted.ts', "import './nowhere.js';"],
];

const LINTED: readonly (readonly [rule: string, content: string])[] = [
  ['noExplicitAny', 'export const planted = (value: any) => String(value);'],
  ['noNonNullAssertion', "export const planted = ['a'][0]!;"],
  ['noConsole', "export const planted = () => console.log('here');"],
  ['noFloatingPromises', 'export const planted = () => {\n  Promise.resolve(1);\n};'],
  ['noEnum', 'export enum Planted {\n  A,\n}'],
  ['noEmptyBlockStatements', 'export const planted = (act: () => void) => {\n  try {\n    act();\n  } catch {}\n};'],
  ['noExcessiveLinesPerFunction', `export function planted(n: number): number {\n${'  n = n + 1;\n'.repeat(45)}  return n;\n}`],
];

const BAD_FORMAT = 'export const   planted = "x"';

const ENVIRONMENT = ['process.env.PLANTED', "process['env'].PLANTED", '(() => { const { env } = process; return env; })()'];

describe('the rules that a machine holds', () => {
  let copy: ProjectCopy;

  beforeAll(() => {
    copy = new ProjectCopy();
  });

  afterAll(() => copy.remove());

  describe('which way imports point', () => {
    let said: string;
    let status: number | null;

    beforeAll(() => {
      for (const [, file, content] of DIRECTIONS) copy.plant(file, `${content}\n`);
      ({ said, status } = copy.lint('imports'));
    }, 60_000);

    it.each(DIRECTIONS)('catches a violation of %s in %s', (rule, file) => {
      expect(said).toContain(`${file}: ${rule} `);
      expect(status).toBe(1);
    });

    it('has a planted violation for every rule', async () => {
      const { default: config } = (await import(pathToFileURL(path.join(projectRoot, '.dependency-cruiser.mjs')).href)) as {
        default: { forbidden: { name: string }[] };
      };
      expect([...new Set(DIRECTIONS.map(([rule]) => rule))].sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
    });

    it('looks at every TypeScript file there is', () => {
      const files = execFileSync('git', ['ls-files', '--others', '--cached', '--exclude-standard', 'libs', 'apps', 'test'], {
        cwd: copy.root,
        encoding: 'utf8',
      });
      const count = files.split('\n').filter((file) => file.endsWith('.ts')).length;
      expect(count).toBeGreaterThan(100);
      expect(said).toContain(`which way imports point: ${count} files seen`);
    });

    it('fails when it sees no file', () => {
      const config = readFileSync(path.join(copy.root, '.dependency-cruiser.mjs'), 'utf8');
      copy.plant('.dependency-cruiser.mjs', config.replace(/exclude: \{ path: .* \}/, "exclude: { path: '.' }"));
      const blind = copy.lint('imports');
      copy.plant('.dependency-cruiser.mjs', config);
      expect(blind.status).toBe(1);
      expect(blind.said).toContain('saw no file at all');
    }, 60_000);
  });

  describe('format and lint rules', () => {
    let said: string;

    beforeAll(() => {
      for (const [rule, content] of LINTED) copy.plant(`libs/merge/src/planted-${rule.toLowerCase()}.ts`, `${content}\n`);
      copy.plant('libs/merge/src/planted-badformat.ts', BAD_FORMAT);
      ({ said } = copy.lint('biome'));
    }, 60_000);

    it.each(LINTED)('catches a violation of %s', (rule) => {
      expect(said).toMatch(new RegExp(`planted-${rule.toLowerCase()}\\.ts:\\d+: lint/\\w+/${rule}:`));
    });

    it('looks at hundreds of files', () => {
      expect(Number(/format and lint rules: (\d+) files seen/.exec(said)?.[1])).toBeGreaterThan(200);
    });

    it('catches what is not formatted', () => {
      expect(said).toMatch(/libs\/merge\/src\/planted-badformat\.ts:\d+: format:/);
    });
  });

  it.each(ENVIRONMENT)('catches %s outside env.ts, and not in it', (expression) => {
    copy.plant('apps/fetcher/src/planted-setting.ts', `export const planted = ${expression};\n`);
    copy.plant('apps/fetcher/src/env.ts', `export const planted = ${expression};\n`);
    const { said, status } = copy.lint('environment');
    expect(said).toContain('apps/fetcher/src/planted-setting.ts:1: only env.ts reads the environment');
    expect(said).not.toContain('fetcher/src/env.ts');
    expect(status).toBe(1);
  });

  it.each([
    ['../src/page-of.js', "import { pageOf } from '../src/page-of.js';\nexport const planted = pageOf;\n"],
    ['@sync-hub/contracts', "import { ConflictAnswer } from '@sync-hub/contracts';\nexport const planted = ConflictAnswer;\n"],
    ['zod', "import { z } from 'zod';\nexport const planted = z;\n"],
  ])('catches %s in what a browser runs', (name, content) => {
    copy.plant('apps/console/front/planted.tsx', content);
    expect(copy.lint('browser').said).toContain(`apps/console/front/planted.tsx: what-a-browser-runs-knows-no-server (imports ${name})`);
  });

  it('catches a path of one machine', () => {
    copy.plant('docs/planted.md', `See ${['', 'home', 'somebody', 'notes.txt'].join('/')}\n`);
    expect(copy.lint('machine').said).toContain('docs/planted.md:1: a path of one machine');
  });

  it('catches a file that outgrew its limit', () => {
    copy.plant('libs/merge/src/planted-long.ts', 'export {};\n'.repeat(251));
    expect(copy.lint('lengths').said).toContain('libs/merge/src/planted-long.ts: 251 lines, 250 at most');
  });

  it('catches a document that is not what would be drawn now', () => {
    copy.plant('docs/pipeline.md', '# The pipeline\n');
    expect(copy.lint('generated').said).toContain('docs/pipeline.md: is not what would be drawn now');
  });

  describe('packages and their lists', () => {
    it.each([
      ['a version that may move', 'package.json', '"zod": "4.6.7"', '"zod": "^4.6.7"', 'package.json: zod at "^4.6.7"'],
      [
        'a package that is imported and not declared',
        'apps/fetcher/package.json',
        '"@sync-hub/contracts": "0.1.0"',
        '"@sync-hub/merge": "0.1.0"',
        'imports @sync-hub/contracts without declaring it',
      ],
      [
        'a package that is not built first',
        'apps/fetcher/tsconfig.json',
        '../../libs/contracts',
        '../../libs/merge',
        'has no reference to @sync-hub/contracts',
      ],
      ['a package that the build leaves out', 'tsconfig.build.json', 'apps/mapper', 'apps/pusher', 'tsconfig.build.json: lacks apps/mapper'],
      ['a package that nest does not know', 'nest-cli.json', '"root": "libs/merge"', '"root": "libs/none"', 'nest-cli.json: lacks libs/merge'],
      ['install scripts switched on', '.npmrc', 'ignore-scripts=true', 'ignore-scripts=false', '.npmrc: lacks ignore-scripts=true'],
      [
        'a download address in the lock file',
        'package-lock.json',
        '"node_modules/zod": {',
        '"node_modules/zod": { "resolved": "https://example.org/zod.tgz",',
        'node_modules/zod records a download address',
      ],
    ])('catches %s', (_name, file, before, after, complaint) => {
      const whole = readFileSync(path.join(copy.root, file), 'utf8');
      expect(whole).toContain(before);
      copy.plant(file, whole.replace(before, after));
      const { said, status } = copy.lint('packages');
      copy.plant(file, whole);
      expect(said).toContain(complaint);
      expect(status).toBe(1);
    });
  });
});
