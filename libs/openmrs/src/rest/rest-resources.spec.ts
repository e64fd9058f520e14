import { afterEach, describe, expect, it } from '@jest/globals';
import { call, givenSite, json } from '../testing/given-site.js';

describe('a whole list', () => {
  let close: (() => Promise<void>) | undefined;
  afterEach(() => close?.());

  it('is asked for page by page, as the server cuts them', async () => {
    const all = ['v-1', 'v-2', 'v-3', 'v-4', 'v-5'].map((uuid) => ({ uuid }));
    const bench = await givenSite(
      ({ path }) => {
        const start = Number(new URL(path, 'http://h').searchParams.get('startIndex') ?? 0);
        const next = start + 2 < all.length ? [{ rel: 'next', uri: 'http://elsewhere/openmrs/ws/rest/v1/visit?startIndex=99' }] : [];
        return json({ results: all.slice(start, start + 2), links: [...(start > 0 ? [{ rel: 'prev', uri: 'x' }] : []), ...next] });
      },
      { answerTimeoutMs: 10_000 },
    );
    close = bench.close;
    expect(await bench.rest.listAll('visit?patient=p', 'visits', call)).toEqual(all);
  });
});
