import { describe, expect, it } from '@jest/globals';
import { ContractError, NotAllowedError, type RecordRef, SiteDownError } from '@sync-hub/contracts';
import { MemorySite } from '../testing/index.js';
import { findPairs, type Sought } from './find-pairs.js';

const call = { signal: new AbortController().signal };
const person = (uuid: string): RecordRef => ({ aggregate: 'person', uuid });

function twoEnds() {
  const parent = new MemorySite('central');
  const child = new MemorySite('kisumu');
  const patient = (site: MemorySite, uuid: string, ...numbers: string[]): void =>
    site.edit(person(uuid), {
      isPatient: true,
      gender: 'F',
      ...Object.fromEntries(numbers.map((number) => [`identifiers[${number.includes('|') ? number : `t|${number}`}]`, true])),
    });
  const find = (sought: Partial<Sought>, progress?: (done: number, of: number) => void) =>
    findPairs({ parent, child }, { agreed: new Set(), child: [], parent: [], given: [], numbers: [], ...sought }, call, progress);
  return { parent, child, patient, find };
}

describe('the patients of two ends', () => {
  it('are one under one uuid, perhaps one under two, or at one end alone', async () => {
    const { parent, child, patient, find } = twoEnds();
    patient(parent, 'both', '1');
    patient(child, 'both', '1');
    patient(parent, 'p', '2', 'u|7');
    patient(child, 'c', '2', 'u|7', '3');
    patient(child, 'child-alone', '4');
    patient(parent, 'parent-alone', 'u|4');
    const found = await find({ child: ['both', 'c', 'child-alone'], parent: ['both', 'p', 'parent-alone'] });
    expect(found).toMatchObject({
      pairs: [{ parent: 'p', child: 'c', identifierTypes: ['t', 'u'], isAmbiguous: false }],
      underOneUuid: ['both'],
      only: { child: ['child-alone'], parent: ['parent-alone'] },
      heldAtBoth: [],
      unread: {},
    });
    expect([...parent.writes, ...child.writes]).toEqual([]);
  });

  it('are found from either end alone, and once', async () => {
    const { parent, child, patient, find } = twoEnds();
    patient(parent, 'p', '2');
    patient(child, 'c', '2');
    for (const sought of [{ child: ['c'] }, { parent: ['p'] }, { child: ['c'], parent: ['p'] }, { given: ['c', 'p'] }, { numbers: ['2'] }])
      expect((await find(sought)).pairs.map(({ parent: one, child: other }) => [one, other])).toEqual(sought.numbers === undefined ? [['p', 'c']] : []);
  });

  it('of an identifier that several have are ambiguous', async () => {
    const { parent, child, patient, find } = twoEnds();
    patient(parent, 'p1', '2');
    patient(parent, 'p2', '2', '3');
    patient(child, 'c1', '2');
    patient(child, 'c3', '9');
    patient(parent, 'p9', '9');
    const { pairs } = await find({ child: ['c1', 'c3'] });
    expect(pairs.map(({ parent: one, child: other, isAmbiguous }) => [one, other, isAmbiguous])).toEqual([
      ['p1', 'c1', true],
      ['p2', 'c1', true],
      ['p9', 'c3', false],
    ]);
    patient(child, 'c4', '9');
    expect((await find({ child: ['c3'] })).pairs).toMatchObject([{ parent: 'p9', child: 'c3', isAmbiguous: true }]);
  });

  it('are no pair where one of the two is at both ends, agreed on or not', async () => {
    const { parent, child, patient, find } = twoEnds();
    for (const site of [parent, child]) patient(site, 'both', '2');
    patient(child, 'c', '2');
    for (const agreed of [new Set(['both']), new Set<string>()])
      expect(await find({ child: ['c'], agreed })).toMatchObject({ pairs: [], heldAtBoth: [{ side: 'child', uuid: 'c', other: 'both' }], only: { child: [] } });
  });

  it('who are agreed on are not asked for', async () => {
    const { child, parent, find } = twoEnds();
    await find({ child: ['x'], parent: ['x'], given: ['x'], agreed: new Set(['x']) });
    expect([child.reads, parent.reads]).toEqual([0, 0]);
  });

  it('who are voided, no patients, or nowhere are in no pair; of a list they are counted', async () => {
    const { child, parent, patient, find } = twoEnds();
    patient(child, 'voided', '2');
    child.edit(person('voided'), {}, 'voided');
    child.edit(person('nurse'), { isPatient: false });
    patient(parent, 'p', '2');
    expect(await find({ child: ['voided', 'nurse'], given: ['nowhere'] })).toMatchObject({ pairs: [], only: { child: [] }, unknown: 1 });
  });

  it('one of whom cannot be read are all asked for but that one', async () => {
    const { child, patient, find } = twoEnds();
    patient(child, 'a', '1');
    patient(child, 'b', '2');
    const read = child.read.bind(child);
    child.read = async (record, options) => {
      if (record.uuid === 'a') throw new ContractError('is told with the wrong shape');
      return read(record, options);
    };
    expect(await find({ child: ['a', 'b'] })).toMatchObject({ only: { child: ['b'] }, unread: { contract: 1 } });
  });

  it.each([
    ['site-down', new SiteDownError('is away')],
    ['not-allowed', new NotAllowedError('may not')],
  ])('are not asked for any more where the site says %s', async (code, error) => {
    const { parent, child, patient, find } = twoEnds();
    patient(child, 'a', '1');
    parent.patientsWith = async () => {
      throw error;
    };
    await expect(find({ child: ['a'] })).rejects.toMatchObject({ code });
  });

  it('are counted as they are asked for', async () => {
    const { find } = twoEnds();
    const told: (readonly [number, number])[] = [];
    await find({ child: ['1', '2', '3', '4', '5'], parent: ['6'] }, (done, of) => void told.push([done, of]));
    expect(told).toEqual([
      [4, 6],
      [5, 6],
      [6, 6],
    ]);
  });
});
