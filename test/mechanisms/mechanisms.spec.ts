import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { projectRoot } from '../tooling/project-copy.js';
import { type Ended, MutatedProject, occurrences } from './mutated-project.js';
import type { Mutation } from './mutation.js';
import { MUTATIONS } from './mutations.js';
import { testServers } from './test-servers.js';

const INVARIANTS = Array.from({ length: 13 }, (_, index) => index + 1);
const IN_EVERY_RUN = MUTATIONS.filter(({ everyRun }) => everyRun === true);
const CHOSEN = process.env['SYNC_HUB_MUTANTS'];
/** The cheap ones, or those whose name, source or test fits the pattern that somebody asks for. */
const TRIED = CHOSEN === undefined ? IN_EVERY_RUN : MUTATIONS.filter(({ name, file, red }) => new RegExp(CHOSEN).test(`${name} ${file} ${red.file}`));
const isOf =
  ({ red }: Mutation) =>
  (name: string): boolean =>
    name.startsWith(red.test);

jest.setTimeout(300_000);

describe('the list of what is taken out', () => {
  it('has something for every invariant, in every run of the tests', () => {
    for (const invariant of INVARIANTS) expect(IN_EVERY_RUN.filter(({ invariants }) => invariants.includes(invariant)).length).toBeGreaterThan(0);
    expect(MUTATIONS.flatMap(({ invariants }) => invariants).filter((number) => !INVARIANTS.includes(number))).toEqual([]);
  });

  it('names each once', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });

  it.each(MUTATIONS)('is true of the source: $name', ({ file, text, instead, red }) => {
    expect(occurrences(readFileSync(path.join(projectRoot, file), 'utf8'), text)).toBe(1);
    expect(instead).not.toBe(text);
    expect(file).not.toMatch(/\.spec\.ts$|\/testing\//);
    expect(red.file).toMatch(/\.spec\.ts$/);
  });
});

describe('what always holds', () => {
  let project: MutatedProject;
  let whole: Ended;

  beforeAll(async () => {
    project = new MutatedProject(await testServers(TRIED));
    // All at once, unchanged: what is red already proves nothing.
    whole = await project.run(TRIED.map(({ red }) => red));
  }, 900_000);

  afterAll(() => project?.remove());

  it.each(TRIED)('is seen to break without: $name', async (mutation) => {
    expect(whole.failed.filter(isOf(mutation))).toEqual([]);
    expect(whole.passed.filter(isOf(mutation))).not.toEqual([]);
    const started = performance.now();
    const without = await project.runWithout(mutation);
    if (TRIED !== IN_EVERY_RUN)
      process.stdout.write(
        `${without.failed.some(isOf(mutation)) ? 'red' : 'NOT RED'} without: ${mutation.name} (${Math.round(performance.now() - started)} ms)\n`,
      );
    // A file that does not load is no answer: the test itself must have said no.
    expect({ red: without.failed.filter(isOf(mutation)).length > 0, said: without.said.slice(0, 2000) }).toMatchObject({ red: true });
  });

  it('is not said to break where nothing was taken out', async () => {
    const [first] = IN_EVERY_RUN;
    const same = await project.runWithout({ ...first!, instead: first!.text });
    expect(same.failed).toEqual([]);
    expect(same.passed.filter(isOf(first!))).not.toEqual([]);
  });

  it('is not said to hold by a mutation that no longer fits', async () => {
    const gone = { ...IN_EVERY_RUN[0]!, text: 'stands nowhere' };
    await expect(project.runWithout(gone)).rejects.toThrow('0 times');
  });
});
