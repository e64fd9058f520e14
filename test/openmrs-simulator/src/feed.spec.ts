import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Chunking, FeedTables } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const range = (from: number, to: number): string => `${from}-${to}`;

function pages(chunking: readonly Chunking[], total: number): string[] {
  const tables = new FeedTables(
    () => 0,
    () => 'u',
  );
  tables.chunking = chunking;
  for (let i = 1; i <= total; i += 1) tables.add({ uuid: String(i), title: null, object: null, category: 'c', tags: null, timestamp: 0, dateCreated: 0 });
  return Array.from({ length: tables.newestPage('c') }, (_, index) => tables.page('c', index + 1) ?? []).map((rows) =>
    range(Number(rows[0]?.uuid), Number(rows.at(-1)?.uuid)),
  );
}

describe('pages', () => {
  it('are cut by the one length', () => {
    expect(pages([{ length: 5, start: 1 }], 12)).toEqual(['1-5', '6-10', '11-12']);
  });

  it('end short where a later length begins', () => {
    const cut = pages(
      [
        { length: 5, start: 1 },
        { length: 9, start: 49 },
      ],
      97,
    );
    expect([cut[8], cut[9], cut[10], cut[15]]).toEqual(['41-45', '46-48', '49-57', '94-97']);
  });

  it('follow three lengths', () => {
    const history = [
      { length: 5, start: 1 },
      { length: 3, start: 8 },
      { length: 10, start: 20 },
    ];
    expect(pages(history, 41)).toEqual(['1-5', '6-7', '8-10', '11-13', '14-16', '17-19', '20-29', '30-39', '40-41']);
  });
});

describe('the feed over HTTP', () => {
  let at: Bench;
  beforeEach(async () => {
    at = await bench();
  });
  afterEach(() => at.simulator.stop());

  const ids = (xml: string): string[] => [...xml.matchAll(/tag:atomfeed.ict4h.org:(.*?)</g)].map((match) => match[1] ?? '');
  const locations = (n: number): string[] => Array.from({ length: n }, (_, i) => at.simulator.clinician.addLocation({ name: `Ward ${i}` }));

  it('is oldest first, five to a page, and names the newest page in `via`', async () => {
    locations(6);
    const recent = await at.feed('location/recent');
    const rows = at.simulator.feedRows('location');
    expect(ids((await at.feed('location/1')).text)).toEqual(rows.slice(0, 5).map(({ uuid }) => uuid));
    expect(ids(recent.text)).toEqual(rows.slice(5).map(({ uuid }) => uuid));
    expect(recent.text).toContain(`<link rel="via" type="application/atom+xml" href="${at.simulator.baseUrl}/ws/atomfeed/location/2" />`);
  });

  it('is empty and valid for a category that nobody has', async () => {
    const { status, text } = await at.feed('misspelt/recent');
    expect(status).toBe(200);
    expect(text).toContain('/misspelt/0" />');
    expect(text).toContain('<updated>2026-01-02T00:00:00Z</updated>');
  });

  it('writes Latin-1 under an XML prolog that says UTF-8, unless UTF-8 is asked for', async () => {
    at.simulator.feed.add({ uuid: 'u', title: 'São ✓', object: 'x', category: 'c', tags: '', timestamp: 0, dateCreated: 0 });
    const asked = async (accept: string) => {
      const response = await fetch(`${at.simulator.baseUrl}/ws/atomfeed/c/1`, { headers: { accept, 'x-forwarded-proto': 'http' } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return [response.headers.get('content-type'), bytes.includes(Buffer.from('S\xe3o ?', 'latin1')), bytes.includes(Buffer.from('São ✓', 'utf8'))];
    };
    expect(await asked('application/atom+xml')).toEqual(['application/atom+xml;charset=ISO-8859-1', true, false]);
    expect(await asked('application/atom+xml;charset=UTF-8')).toEqual(['application/atom+xml;charset=UTF-8', false, true]);
    expect(await asked('*/*')).toEqual(['text/plain;charset=ISO-8859-1', true, false]);
  });

  it('says on core 2.5 and newer that there is no such page by a 404 in HTML, or by a success with a stack trace', async () => {
    const html = await at.feed('location/99');
    const json = await at.feed('location/99', { accept: '*/*' });
    expect([html.status, html.headers.get('content-type')]).toEqual([404, 'text/html;charset=utf-8']);
    expect([json.status, json.json.message]).toEqual([200, 'feed does not exist']);
    expect((await at.feed('location/0')).status).toBe(404);
    expect((await at.feed('location/x', { accept: '*/*' })).json.message).toContain('greater than 0');
  });

  it('fails every page through a row that XML cannot hold, and no other page', async () => {
    locations(5);
    at.simulator.feed.add({ uuid: 'u', title: 'x', object: ']]>', category: 'location', tags: '', timestamp: 0, dateCreated: 0 });
    expect((await at.feed('location/2')).status).toBe(404);
    expect((await at.feed('location/1')).status).toBe(200);
  });

  it('is closed on core 2.7 and newer to who has no session, whatever Basic says, unless a proxy is named', async () => {
    const open = { 'x-forwarded-proto': '' };
    const anonymous = await fetch(`${at.simulator.baseUrl}/ws/atomfeed/location/recent`, {
      headers: { accept: 'application/atom+xml', authorization: 'Basic YWRtaW46QWRtaW4xMjM=' },
    });
    expect(anonymous.status).toBe(404);
    expect((await at.feed('location/recent', { ...open, 'x-forwarded-proto': 'https' })).text).toContain('href="https://127.0.0.1:');
    const cookie = (await at.call('GET', 'session')).headers.get('set-cookie')?.split(';')[0] ?? '';
    const known = await fetch(`${at.simulator.baseUrl}/ws/atomfeed/location/recent`, { headers: { accept: 'application/atom+xml', cookie } });
    expect([known.status, known.headers.get('set-cookie')]).toEqual([200, null]);
  });

  it('opens a session for every request without a cookie, and answers no verb but GET', async () => {
    expect((await at.feed('location/recent')).headers.get('set-cookie')).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/openmrs; HttpOnly$/);
    expect((await at.request('POST', 'ws/atomfeed/location/recent', {})).status).toBe(405);
  });

  it('loses, delays and doubles rows when told to', () => {
    const { simulator } = at;
    simulator.feed.delete(() => true);
    simulator.loseFeedRows(1);
    const release = simulator.lateFeedRow();
    simulator.duplicateFeedRow();
    const [, second, third, fourth] = locations(4);
    const seen = (): string[] => simulator.feedRows('location').map(({ object }) => /location\/(.*?)\?/.exec(object ?? '')?.[1] ?? '');
    expect(seen()).toEqual([third, third, fourth]);
    release();
    expect(seen()).toEqual([second, third, third, fourth]);
  });

  it('goes quiet while the publisher is paused, and stamps rows with the time of publishing', () => {
    const { simulator } = at;
    const before = simulator.feedRows().length;
    simulator.pausePublisher();
    locations(2);
    expect([simulator.feedRows().length, simulator.feed.queueLength]).toEqual([before, 2]);
    at.pass(60);
    simulator.resumePublisher();
    const last = simulator.feedRows().at(-1);
    expect((last?.timestamp ?? 0) - (last?.dateCreated ?? 0)).toBe(60_000);
  });

  it('shifts its pages when a row is deleted, and re-cuts them when the history is edited', async () => {
    locations(6);
    const rows = at.simulator.feedRows('location');
    at.simulator.feed.delete(({ id }) => id === rows[0]?.id);
    expect(ids((await at.feed('location/1')).text)).toEqual(rows.slice(1, 6).map(({ uuid }) => uuid));
    at.simulator.feed.chunking = [{ length: 2, start: 1 }];
    expect(ids((await at.feed('location/1')).text)).toEqual(rows.slice(1, 3).map(({ uuid }) => uuid));
  });
});

describe('the feed of an old platform', () => {
  it('is open to all, names no charset, and answers a page that is not there with 500', () =>
    withBench({ profile: '2.1-old' }, async (at) => {
      const url = `${at.simulator.baseUrl}/ws/atomfeed/location`;
      const page = await fetch(`${url}/recent`, { headers: { accept: 'application/atom+xml' } });
      const none = await fetch(`${url}/9`, { headers: { accept: 'application/atom+xml' } });
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/atom+xml']);
      expect([none.status, await none.text()]).toEqual([500, expect.stringContaining('AtomFeedRuntimeException: feed does not exist')]);
    }));
});
