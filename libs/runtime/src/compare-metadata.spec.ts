import { describe, expect, it } from '@jest/globals';
import { type Metadata, NotAllowedError, type RecordRef, SiteDownError } from '@sync-hub/contracts';
import { compareMetadata } from './compare-metadata.js';
import { MemorySite } from './testing/index.js';

const call = { signal: new AbortController().signal };
const record = (aggregate: RecordRef['aggregate'], uuid: string): RecordRef => ({ aggregate, uuid });

function ends() {
  const parent = new MemorySite('central');
  const child = new MemorySite('kisumu');
  const compare = (kinds: Parameters<typeof compareMetadata>[1], met: Parameters<typeof compareMetadata>[2] = []) =>
    compareMetadata({ parent, child }, kinds, met, call);
  const found = async (...given: Parameters<typeof compare>): Promise<readonly string[]> =>
    (await compare(...given)).drifts.map(({ kind, uuid, found: how }) => `${kind}/${uuid} ${how}`);
  return { parent, child, compare, found };
}

describe('the metadata of two ends', () => {
  it('is compared as a whole where a kind has few, and where it has many only as records have referred to it', async () => {
    const { parent, found } = ends();
    for (const uuid of ['met', 'other']) for (const kind of ['form', 'concept'] as const) parent.edit(record(kind, uuid), { name: `${kind} ${uuid}` });
    expect(await found(['form', 'concept'], [{ kind: 'concept', uuid: 'met' }])).toEqual([
      'concept/met missing-at-child',
      'form/met missing-at-child',
      'form/other missing-at-child',
    ]);
    expect(parent.writes).toEqual([]);
  });

  it('is not missing at a site whose list leaves it out', async () => {
    const { parent, child, found } = ends();
    for (const site of [parent, child]) site.edit(record('program', 'p'), { name: 'HIV' });
    child.tellsVoided = true;
    child.edit(record('program', 'p'), {}, 'voided');
    child.metadataOf = async () => [];
    expect(await found(['program'])).toEqual(['program/p differs']);
  });

  it('of a kind that a site knows nothing of, or may not be asked for, is not said to be missing', async () => {
    const { parent, child, compare } = ends();
    for (const kind of ['role', 'form', 'caresetting'] as const) parent.edit(record(kind, 'x'), { name: kind });
    child.metadataOf = async (kind: Metadata) => {
      if (kind === 'role') throw new NotAllowedError('may not be asked');
      return kind === 'caresetting' ? (null as unknown as []) : [];
    };
    const { drifts, notCompared } = await compare(['role', 'form', 'caresetting']);
    expect([drifts.map(({ kind }) => kind), notCompared]).toEqual([['form'], ['role: not-allowed']]);
  });

  it('is not compared at all while an end is away', async () => {
    const { child, compare } = ends();
    child.metadataOf = async () => {
      throw new SiteDownError('is away');
    };
    await expect(compare(['form'])).rejects.toMatchObject({ code: 'site-down' });
  });
});
