import { afterEach, describe, expect, it } from '@jest/globals';
import type { ToldTie } from '@sync-hub/contracts';
import { call, givenSite, json } from '../testing/given-site.js';
import { MemoryAliasBook } from '../testing/index.js';
import type { RestSite } from './read-record.js';
import { tiesOf } from './ties-of.js';

describe('what ties a patient', () => {
  let close: (() => Promise<void>) | undefined;
  afterEach(() => close?.());

  /** What a site tells that answers so. */
  async function told(answer: Parameters<typeof json>[0] | null): Promise<readonly ToldTie[] | null> {
    const bench = await givenSite(() => (answer === null ? { status: 404, body: '{"error":{}}' } : json(answer)), { answerTimeoutMs: 10_000 });
    close = bench.close;
    return tiesOf({ rest: bench.rest, aliases: new MemoryAliasBook() } as unknown as RestSite, 'moraa', 'programenrollment', call);
  }
  const enrollment = { uuid: 'one', voided: false, program: { uuid: 'hiv' }, dateCompleted: null };

  it.each<[string, object, readonly ToldTie[] | null]>([
    ['is told', { results: [enrollment] }, [{ uuid: 'one', to: 'hiv', isEnded: false }]],
    ['may be nothing', { results: [] }, []],
    ['is no record that is voided', { results: [enrollment, { ...enrollment, uuid: 'two', voided: true }] }, [{ uuid: 'one', to: 'hiv', isEnded: false }]],
    ['is unknown where one does not say to what', { results: [enrollment, { uuid: 'two', voided: false, dateCompleted: null }] }, null],
    ['is unknown where one does not say whether it has ended', { results: [{ uuid: 'two', voided: false, program: { uuid: 'hiv' } }] }, null],
    ['is unknown where one withholds to what', { results: [{ ...enrollment, program: {} }] }, null],
  ])('%s', async (_what, answer, expected) => {
    expect(await told(answer)).toEqual(expected);
  });

  it('is unknown where the site has no such list', async () => {
    expect(await told(null)).toBeNull();
  });
});
