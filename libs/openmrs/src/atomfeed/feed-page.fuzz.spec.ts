import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ContractError, SiteDownError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { type Damage, damage, entriesIn, harmless } from '../testing/feed-damage.js';
import { call } from '../testing/given-site.js';
import { feedPages } from './atomfeed-fetch.js';
import { type FeedPage, readFeedPage } from './feed-page.js';
import { KnownPages } from './known-pages.js';
import { entryOf, ids } from './testing/event-records.js';
import { feedDocument } from './testing/feed-document.js';

const SAMPLES = join(process.cwd(), '../shared/reference/atomfeed-samples');
const NAMES = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.xml')) : [];
if (NAMES.length === 0) process.stderr.write('SKIPPED: the recorded feed documents are not there, only pages of our own were damaged\n');
const OURS = Buffer.from(feedDocument({ number: 2, hasNext: true, entries: ids(1, 4).map(entryOf) }, 2));
const PAGES = [OURS, ...NAMES.map((name) => readFileSync(join(SAMPLES, name)))];

const UTF8 = 'application/atom+xml;charset=UTF-8';
const TYPES = [
  null,
  UTF8,
  UTF8,
  'application/atom+xml;charset=ISO-8859-1',
  'text/html;charset=ISO-8859-1',
  'application/json',
  'charset=',
  'charset=nonsense',
  'x;charset=utf-16le',
];
/** No more of a document may stand in an error than this many of its characters in a row. */
const LONGEST_QUOTE = 24;
const SLOW_MS = 10_000;
const RUNS = { numRuns: 4000, seed: 20240506 };

const page = fc.constantFrom(...PAGES);
const type = fc.constantFrom(...TYPES);
const damaged = (bytes: Buffer, damages: readonly Damage[]): Buffer => damages.reduce<Buffer>((before, harm) => harm(before), bytes);

/** Does the text quote the document? */
function quotes(text: string, bytes: Buffer): boolean {
  const document = bytes.toString('latin1');
  for (let at = 0; at + LONGEST_QUOTE <= text.length; at += 1) if (document.includes(text.slice(at, at + LONGEST_QUOTE))) return true;
  return /location\/|patient\/|ict4h|Gdansk/.test(text);
}

/** The page, or `null` where it is refused; whatever else happens is a failure. */
function readOrRefuse(bytes: Buffer, contentType: string | null): FeedPage | null {
  const started = performance.now();
  try {
    return readFeedPage(bytes, contentType);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    expect(quotes(`${error.message} ${JSON.stringify(error.details)}`, bytes)).toBe(false);
    return null;
  } finally {
    expect(performance.now() - started).toBeLessThan(SLOW_MS);
  }
}

describe('malformed cousins of the pages that the modules write', () => {
  it('are read whole, or refused with a ContractError that quotes nothing of them; no entry of a page that is read is left out', () => {
    let read = 0;
    fc.assert(
      fc.property(page, fc.array(damage, { minLength: 1, maxLength: 3 }), (bytes, damages) => {
        const cousin = damaged(bytes, damages);
        const told = readOrRefuse(cousin, UTF8);
        if (told === null) return;
        read += 1;
        expect(told.number === null || Number.isSafeInteger(told.number)).toBe(true);
        expect(told.entries).toHaveLength(entriesIn(new TextDecoder().decode(cousin)));
        for (const { id, title, categories, updated, content } of told.entries) {
          expect(id).not.toBe('');
          for (const text of [id, title, updated, content, ...categories]) expect(typeof text).toBe('string');
        }
      }),
      RUNS,
    );
    expect([read > RUNS.numRuns / 20, read < (RUNS.numRuns * 19) / 20]).toEqual([true, true]);
  });

  it('are read or refused whatever their content type says', () => {
    fc.assert(
      fc.property(page, fc.array(damage, { maxLength: 2 }), type, (bytes, damages, contentType) => {
        readOrRefuse(damaged(bytes, damages), contentType);
      }),
      { ...RUNS, numRuns: 1500 },
    );
  });

  it('tell every entry as it was where only what stands between entries has changed', () => {
    fc.assert(
      fc.property(page, fc.array(harmless, { minLength: 1, maxLength: 5 }), (bytes, damages) => {
        const [before, after] = [readFeedPage(bytes, UTF8), readFeedPage(damaged(bytes, damages), UTF8)];
        expect(after).toEqual(before);
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  it('come over the wire as a page, as none, or as an error that says whose trouble it is', async () => {
    const status = fc.constantFrom(200, 200, 200, 204, 206, 301, 302, 304, 400, 404, 405, 410, 418, 429, 500, 502, 503, 504);
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(page, fc.array(damage, { maxLength: 2 }), type, status, async (bytes, damages, contentType, code) => {
        const cousin = damaged(bytes, damages);
        const answer = { status: code, contentType, bytes: cousin, setCookies: [], date: null, etag: null, lastModified: null };
        const session = {
          send: async () => answer,
          info: async () => ({ info: { authenticated: true, userUuid: null, privileges: [], superUser: false }, date: null }),
        };
        const told = await feedPages({ session, known: new KnownPages(), site: 'kisumu' }, 'patient', call)('recent').catch((error: unknown) => error);
        outcomes.add(told === null ? 'none' : told instanceof Error ? told.name : 'page');
        if (!(told instanceof Error)) return;
        if (code === 200 || code === 206) expect([ContractError.name, SiteDownError.name]).toContain(told.name);
        expect(quotes(told.message, cousin)).toBe(false);
      }),
      { ...RUNS, numRuns: 1500 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(['page', 'none', 'ContractError', 'SiteDownError']));
  });

  it.each([
    ['a wall of tags', '<'.repeat(5000)],
    ['a deep nest', '<a>'.repeat(20_000)],
    ['a deep nest that closes', `<feed xmlns="http://www.w3.org/2005/Atom">${'<entry>'.repeat(3000)}${'</entry>'.repeat(3000)}</feed>`],
    ['a long prolog', `${'<?x?><!-- -->'.repeat(50_000)}<feed xmlns="http://www.w3.org/2005/Atom"/>`],
    ['much white space', `${' '.repeat(500_000)}<feed xmlns="http://www.w3.org/2005/Atom"/>`],
    ['many quotes', `<feed ${'a="" '.repeat(20_000)} xmlns="http://www.w3.org/2005/Atom"/>`],
    ['many entities', `<feed xmlns="http://www.w3.org/2005/Atom"><title>${'&amp;&#x41;&lt;'.repeat(30_000)}</title></feed>`],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>'],
    ['a number without end', `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="via" href="/${'9'.repeat(500_000)}"/></feed>`],
    ['a comment without end', `<feed xmlns="http://www.w3.org/2005/Atom"><!-- ${'- '.repeat(200_000)}`],
    ['JSON', '{"feed":{"entry":[]}}'],
  ])('are read or refused in time where they are %s', (_what, xml) => {
    readOrRefuse(Buffer.from(xml), UTF8);
  });
});
