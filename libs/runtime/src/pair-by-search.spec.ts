import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { compareMetadata } from './compare-metadata.js';
import { MOST_SEARCHED } from './pair-by-search.js';
import { MemorySite } from './testing/index.js';

const call = { signal: new AbortController().signal };
const drug = (uuid: string): RecordRef => ({ aggregate: 'drug', uuid });

describe('what one end lacks of a kind that is too many to list', () => {
  let parent: MemorySite;
  let child: MemorySite;
  beforeEach(() => {
    parent = new MemorySite('central');
    child = new MemorySite('kisumu');
  });
  const compared = async (...met: readonly string[]): Promise<readonly string[]> =>
    (
      await compareMetadata(
        { parent, child },
        ['drug'],
        met.map((uuid) => ({ kind: 'drug', uuid })),
        call,
      )
    ).drifts.map(({ uuid, found, otherUuid, by }) => [uuid, found, otherUuid, by].filter((part) => part !== null).join(' '));

  it('is perhaps there under another uuid, the parent’s named first, whichever end has it', async () => {
    parent.edit(drug('p'), { name: 'Aspirin' });
    child.edit(drug('c'), { name: 'Aspirin' });
    expect(await compared('p')).toEqual(['p other-uuid c name']);
    expect(await compared('c')).toEqual(['p other-uuid c name']);
    expect([parent.writes, child.writes]).toEqual([[], []]);
  });

  it('is missing where nothing is known by the same, and where that is another thing at both ends', async () => {
    parent.edit(drug('p'), { name: 'Aspirin' });
    expect(await compared('p')).toEqual(['p missing-at-child']);
    child.edit(drug('c'), { name: 'Aspirin' });
    parent.edit(drug('c'), { name: 'Acetylsalicylic acid' });
    expect(await compared('p')).toEqual(['p missing-at-child']);
  });

  it('is missing where two of one end would be one at the other', async () => {
    for (const uuid of ['p1', 'p2']) parent.edit(drug(uuid), { name: 'Aspirin' });
    child.edit(drug('c'), { name: 'Aspirin' });
    expect(await compared('p1', 'p2')).toEqual(['p1 missing-at-child', 'p2 missing-at-child']);
  });

  it('is searched for by so many requests and no more', async () => {
    const uuids = Array.from({ length: MOST_SEARCHED + 5 }, (_, index) => `p${index}`);
    for (const uuid of uuids) {
      parent.edit(drug(uuid), { name: `Drug ${uuid}` });
      child.edit(drug(`c${uuid}`), { name: `Drug ${uuid}` });
    }
    const found = await compared(...uuids);
    expect(found.filter((line) => line.includes('other-uuid'))).toHaveLength(MOST_SEARCHED);
    expect(found).toHaveLength(uuids.length);
  });
});
