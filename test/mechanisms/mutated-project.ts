import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProjectCopy } from '../tooling/project-copy.js';
import type { Mutation, RedTest } from './mutation.js';

/** How the tests that were asked for ended: full names. A file that does not load has run none of them. */
export interface Ended {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** What Jest said, for people. */
  readonly said: string;
}

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const MOST_MS = 240_000;

/** How often the text stands in the source. */
export const occurrences = (source: string, text: string): number => source.split(text).length - 1;

/** A copy of the project in which one mechanism at a time is taken out. */
export class MutatedProject {
  private readonly copy = new ProjectCopy();

  /** `env` names the servers that tests with a database or a broker use. */
  constructor(private readonly env: Readonly<Record<string, string>> = {}) {}

  /** Runs these tests with the mutation in place. Throws where its text does not stand in the file exactly once. */
  async runWithout({ file, text, instead, red }: Mutation): Promise<Ended> {
    const place = path.join(this.copy.root, file);
    const source = readFileSync(place, 'utf8');
    if (occurrences(source, text) !== 1) throw new Error(`${file} has ${occurrences(source, text)} times what is to be taken out: ${text}`);
    writeFileSync(
      place,
      source.replace(text, () => instead),
    );
    try {
      return await this.run([red], MOST_MS);
    } finally {
      writeFileSync(place, source);
    }
  }

  /** Runs these tests in the copy as it stands. */
  async run(tests: readonly RedTest[], mostMs = 900_000): Promise<Ended> {
    const results = path.join(this.copy.root, 'results.json');
    const files = [...new Set(tests.map(({ file }) => path.join(this.copy.root, file)))];
    const names = `^(${tests.map(({ test }) => literally(test)).join('|')})`;
    const options = [
      '--json',
      `--outputFile=${results}`,
      '--maxWorkers=1',
      '--forceExit',
      `--cacheDirectory=${path.join(this.copy.root, 'cache')}`,
      '-t',
      names,
    ];
    const said = await this.jest([...options, '--runTestsByPath', ...files], mostMs);
    const told = await readFile(results, 'utf8').then(
      (text) => JSON.parse(text) as Results,
      () => null,
    );
    await rm(results, { force: true });
    if (told === null) throw new Error(`Jest did not come to its end: ${said}`);
    const ends = told.testResults.flatMap(({ assertionResults }) => assertionResults);
    const namesOf = (status: string): string[] => ends.filter((end) => end.status === status).map(({ fullName }) => fullName);
    return { passed: namesOf('passed'), failed: namesOf('failed'), said: told.testResults.map(({ message }) => message).join('\n') };
  }

  remove(): void {
    this.copy.remove();
  }

  private async jest(args: readonly string[], mostMs: number): Promise<string> {
    const { JEST_WORKER_ID: _, SYNC_HUB_TEST_SERVICES: __, SYNC_HUB_TEST_NOTES: ___, ...env } = process.env;
    // A mechanism that is gone may leave something open, or something that goes on for ever: neither shall hold us up.
    const child = spawn(process.execPath, [path.join(this.copy.root, 'node_modules/jest/bin/jest.js'), ...args], {
      cwd: this.copy.root,
      env: { ...env, ...this.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: mostMs,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child, 'close');
    return said;
  }
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
