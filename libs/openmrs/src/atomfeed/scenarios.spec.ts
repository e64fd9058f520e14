import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The 70 situations that a reader of OpenMRS feeds must be tested with, each under its number in the name of a test. */
const SCENARIOS = Array.from({ length: 70 }, (_, index) => index + 1);

/** Scenarios that are no reader's: number and why. There is none: what a reader cannot settle by itself is tested where it is settled. */
const OF_NO_READER: Readonly<Record<number, string>> = {};

/** Where the tests are: the reader itself, and what is made of its entries. */
const FOLDERS = ['libs/openmrs/src/atomfeed', 'test/pipeline', 'test/end-to-end', 'test/contract'];

/** The numbers in the names of tests: `it('#15 …')`, and the first word of a row of `it.each`. */
const numbersIn = (source: string): number[] =>
  [...source.matchAll(/(?:['"`])((?:#\d+ )+)(?=\S)/g)].flatMap(([, numbers = '']) => [...numbers.matchAll(/#(\d+)/g)].map(([, number]) => Number(number)));

describe('the scenarios of a feed reader', () => {
  const specs = FOLDERS.flatMap((folder) =>
    readdirSync(join(process.cwd(), folder))
      .filter((name) => name.endsWith('.spec.ts') && name !== 'scenarios.spec.ts')
      .map((name) => join(process.cwd(), folder, name)),
  );
  const tested = new Set(specs.flatMap((path) => numbersIn(readFileSync(path, 'utf8'))));

  it('are each tested under their number, or said to be no reader’s', () => {
    const missing = SCENARIOS.filter((number) => !tested.has(number) && OF_NO_READER[number] === undefined);
    expect(missing).toEqual([]);
  });

  it('are not both, and no test has a number that there is not', () => {
    expect(Object.keys(OF_NO_READER).filter((number) => tested.has(Number(number)))).toEqual([]);
    expect([...tested].filter((number) => !SCENARIOS.includes(number))).toEqual([]);
  });

  it('are found by number where they stand, and nowhere else', () => {
    expect(numbersIn(`it('#30 #31 says it'); [['#5 a row']]; it.each(X)(\n'#7 of %s'); "#8 x"; 'a #9 b'; '#10'`)).toEqual([30, 31, 5, 7, 8]);
  });
});
