import { afterEach, describe, expect, it } from '@jest/globals';
import { ContractError, SiteDownError } from '@sync-hub/contracts';
import { call, givenSite } from '../testing/given-site.js';
import { feedPages } from './atomfeed-fetch.js';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});
async function given(...parts: Parameters<typeof givenSite>) {
  const made = await givenSite(...parts);
  toClose.push(made.close);
  return made;
}

describe('the pages of a feed', () => {
  const PAGE =
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link rel="via" href="http://elsewhere/3"/><entry><id>1</id></entry></feed>';

  it('are asked for in UTF-8, within the session, by the configured address', async () => {
    const { site, session } = await given(() => ({ body: PAGE, headers: { 'content-type': 'application/atom+xml;charset=UTF-8' } }));
    expect(await feedPages(session, 'kisumu', 'patient', call)('recent')).toMatchObject({ number: 3, entries: [{ id: '1' }] });
    expect(site.requests.at(-1)).toMatchObject({
      path: '/openmrs/ws/atomfeed/patient/recent',
      cookie: 'JSESSIONID=s1',
      headers: { accept: 'application/atom+xml;charset=UTF-8' },
    });
  });

  it.each([
    ['404', { status: 404, body: '<html>not found</html>' }],
    ['500', { status: 500, body: '<html>AtomFeedRuntimeException</html>' }],
    ['51: 200 with an exception', { status: 200, body: '{"message":"feed does not exist"}' }],
  ])('are none where they are answered with %s twice', async (_what, answer) => {
    const { session } = await given(() => answer);
    expect(await feedPages(session, 'kisumu', 'patient', call)(99)).toBeNull();
  });

  it('55: are read after all where only the session had ended', async () => {
    const { site, session } = await given(({ cookie }) => (cookie === 'JSESSIONID=s1' ? { status: 404, body: '<html/>' } : { body: PAGE }));
    await session.info(call);
    site.sessions.clear();
    expect(await feedPages(session, 'kisumu', 'patient', call)(3)).toMatchObject({ number: 3 });
  });

  it.each([
    ['52: a login page', { body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }],
    ['52: a redirect', { status: 302, headers: { location: '/login' } }],
    ['a proxy without its server', { status: 503, body: '<html/>' }],
  ])('say that the site is not ready where there is %s', async (_what, answer) => {
    const { session } = await given(() => answer);
    await expect(feedPages(session, 'kisumu', 'patient', call)('recent')).rejects.toThrow(SiteDownError);
  });

  it('56: are refused where they broke off in the middle', async () => {
    const { session } = await given(() => ({ body: PAGE.slice(0, 120) }));
    await expect(feedPages(session, 'kisumu', 'patient', call)('recent')).rejects.toThrow(ContractError);
  });
});
