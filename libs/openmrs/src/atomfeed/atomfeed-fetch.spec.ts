import { afterEach, describe, expect, it } from '@jest/globals';
import { ContractError, SiteDownError } from '@sync-hub/contracts';
import type { SiteSession } from '../site-session.js';
import { call, givenSite } from '../testing/given-site.js';
import { feedPages } from './atomfeed-fetch.js';
import { KnownPages } from './known-pages.js';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});
async function given(...parts: Parameters<typeof givenSite>) {
  const made = await givenSite(...parts);
  toClose.push(made.close);
  return made;
}

const sourceOf = (session: SiteSession, known = new KnownPages()) => ({ session, known, site: 'kisumu' });

describe('the pages of a feed', () => {
  const PAGE =
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link rel="via" href="http://elsewhere/3"/><entry><id>1</id></entry></feed>';

  it('are asked for in UTF-8, within the session, by the configured address', async () => {
    const { site, session } = await given(() => ({ body: PAGE, headers: { 'content-type': 'application/atom+xml;charset=UTF-8' } }));
    expect(await feedPages(sourceOf(session), 'patient', call)('recent')).toMatchObject({ number: 3, entries: [{ id: '1' }] });
    expect(site.requests.at(-1)).toMatchObject({
      path: '/openmrs/ws/atomfeed/patient/recent',
      cookie: 'JSESSIONID=s1',
      headers: { accept: 'application/atom+xml;charset=UTF-8' },
    });
  });

  it.each([
    ['404', { status: 404, body: '<html>not found</html>' }],
    ['500', { status: 500, body: '<html>AtomFeedRuntimeException</html>' }],
    ['#51 200 with an exception', { status: 200, body: '{"message":"feed does not exist"}' }],
  ])('are none where they are answered with %s twice', async (_what, answer) => {
    const { session } = await given(() => answer);
    expect(await feedPages(sourceOf(session), 'patient', call)(99)).toBeNull();
  });

  it('#55 are read after all where only the session had ended', async () => {
    const { site, session } = await given(({ cookie }) => (cookie === 'JSESSIONID=s1' ? { status: 404, body: '<html/>' } : { body: PAGE }));
    await session.info(call);
    site.sessions.clear();
    expect(await feedPages(sourceOf(session), 'patient', call)(3)).toMatchObject({ number: 3 });
  });

  it.each([
    ['#52 a login page', { body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }],
    ['#52 a redirect', { status: 302, headers: { location: '/login' } }],
    ['a proxy without its server', { status: 503, body: '<html/>' }],
  ])('say that the site is not ready where there is %s', async (_what, answer) => {
    const { session } = await given(() => answer);
    await expect(feedPages(sourceOf(session), 'patient', call)('recent')).rejects.toThrow(SiteDownError);
  });

  it('#56 are refused where they broke off in the middle', async () => {
    const { session } = await given(() => ({ body: PAGE.slice(0, 120) }));
    await expect(feedPages(sourceOf(session), 'patient', call)('recent')).rejects.toThrow(ContractError);
  });

  describe('that a proxy vouches for', () => {
    const ATOM = 'application/atom+xml;charset=UTF-8';
    const NOW = 'Fri, 02 Jan 2026 03:04:05 GMT';

    it('are asked for with a condition, and known again where the answer is that nothing changed', async () => {
      const known = new KnownPages();
      const { site, session } = await given(({ headers }) =>
        headers['if-none-match'] === '"one"' ? { status: 304, body: '' } : { body: PAGE, headers: { 'content-type': ATOM, etag: '"one"' } },
      );
      const first = await feedPages(sourceOf(session, known), 'patient', call)(3);
      expect(await feedPages(sourceOf(session, known), 'patient', call)(3)).toEqual(first);
      expect(site.requests.at(-1)?.headers).toMatchObject({ 'if-none-match': '"one"' });
      expect(await feedPages(sourceOf(session, known), 'patient', call)(2)).toMatchObject({ number: 3 });
      expect(site.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
    });

    it.each([
      ['Fri, 02 Jan 2026 03:03:00 GMT', true],
      ['Fri, 02 Jan 2026 03:04:00 GMT', false],
      ['yesterday', false],
    ])('by a date (%s) are asked for with it only once it is old enough to tell one second from another: %s', async (lastModified, isAsked) => {
      const known = new KnownPages();
      const { site, session } = await given(() => ({ body: PAGE, headers: { 'content-type': ATOM, 'last-modified': lastModified, date: NOW } }));
      for (let time = 0; time < 2; time += 1) await feedPages(sourceOf(session, known), 'patient', call)(3);
      expect('if-modified-since' in (site.requests.at(-1)?.headers ?? {})).toBe(isAsked);
    });

    it('are asked for in full where the answer says unchanged of what we do not know', async () => {
      let asked = 0;
      const { session } = await given(() => (++asked === 1 ? { status: 304, body: '' } : { body: PAGE, headers: { 'content-type': ATOM } }));
      expect(await feedPages(sourceOf(session), 'patient', call)(3)).toMatchObject({ number: 3 });
    });

    it('are not kept where they are large, and not for ever', () => {
      const known = new KnownPages();
      const answer = { status: 200, contentType: null, bytes: Buffer.alloc(0), setCookies: [], date: null, etag: '"x"', lastModified: null };
      const page = (entries: number) => ({
        number: 1,
        hasNext: false,
        entries: Array.from({ length: entries }, (_, id) => ({ id: String(id), title: '', categories: [], updated: '', content: '' })),
      });
      known.keep('large', answer, page(201));
      for (let each = 0; each < 100; each += 1) known.keep(`page ${each}`, answer, page(1));
      expect([known.conditionFor('large'), known.conditionFor('page 0'), known.told('page 99')]).toEqual([{}, {}, page(1)]);
    });
  });
});
