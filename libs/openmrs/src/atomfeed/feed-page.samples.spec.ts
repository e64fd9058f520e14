import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { readFeedPage } from './feed-page.js';
import { entryOf, ids } from './testing/event-records.js';
import { feedDocument } from './testing/feed-document.js';

const SAMPLES = join(process.cwd(), '../shared/reference/atomfeed-samples');
const FLAVOURS = ['bahmni', 'generic'].flatMap((flavour) => ['1', 'middle-page-2', 'recent', 'recent-page-3'].map((name) => `${flavour}-${name}.xml`));
const NAMES = [...FLAVOURS, 'generic-empty-recent.xml', 'generic-odd.xml'];
const sample = (name: string) => readFileSync(join(SAMPLES, name));
const areThere = existsSync(SAMPLES);
const whereThere = areThere ? it : it.skip;
const UTF8 = 'application/atom+xml;charset=UTF-8';

describe('pages as the modules write them', () => {
  whereThere.each(NAMES)('%s is read whole', (name) => {
    const bytes = sample(name);
    const told = readFeedPage(bytes, UTF8);
    expect(told.entries.map(({ id }) => id)).toEqual([...bytes.toString().matchAll(/<id>(tag:[^<]*)<\/id>/g)].map(([, id]) => id));
    expect(told.number).toBe(Number(/rel="via"[^>]*\/(\d+)"/.exec(bytes.toString())?.[1]));
    expect(told.hasNext).toBe(bytes.includes('next-archive'));
  });

  whereThere('generic-odd.xml keeps every odd character', () => {
    const [odd, bare, padded] = readFeedPage(sample('generic-odd.xml'), UTF8).entries;
    expect(odd).toMatchObject({ title: `T<&>"' é ü 漢 😀`, content: 'x<y>&amp; "q" é 漢 😀' });
    expect(odd?.categories).toContain(`a"b<c>&d'e`);
    expect(bare).toMatchObject({ title: '', content: '' });
    expect(padded).toMatchObject({ title: 'padded', content: 'padded\n content' });
  });

  whereThere('#49 generic-odd.xml is read as well in the charset that servers answer in by themselves', () => {
    const bytes = Buffer.from(
      sample('generic-odd.xml')
        .toString()
        .replace(/[^\0-\xff]/gu, '?'),
      'latin1',
    );
    for (const type of ['application/atom+xml;charset=ISO-8859-1', 'application/atom+xml', null])
      expect(readFeedPage(bytes, type).entries[0]?.title).toBe(`T<&>"' é ü ? ?`);
  });
});

const PIECES = [
  '<',
  '>',
  '&',
  '"',
  '&#0;',
  '&#x110000;',
  '&x;',
  '<![CDATA[',
  ']]>',
  '<entry>',
  '<entry/>',
  '</entry>',
  '<id/>',
  '</feed>',
  '<feed>',
  '<!DOCTYPE x>',
  '<__proto__/>',
].concat(['<constructor>', ' constructor="1"', ' xmlns=""', '\0', '<?x?>', '<!--', '-->', '\u0001', 'é', '\ufeff', '\u2028']);

/** Ways to damage a page: bytes cut, doubled, overwritten, put in, moved, and the whole cut short. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(200) }).map(
    ({ at, length }) =>
      (bytes: Buffer) =>
        splice(bytes, at, length, Buffer.alloc(0)),
  ),
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), put: fc.constantFrom(...PIECES) }).map(
    ({ at, put }) =>
      (bytes: Buffer) =>
        splice(bytes, at, 0, Buffer.from(put)),
  ),
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), put: fc.uint8Array({ maxLength: 12 }) }).map(
    ({ at, put }) =>
      (bytes: Buffer) =>
        splice(bytes, at, put.length, put),
  ),
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(400) }).map(
    ({ at, to, length }) =>
      (bytes: Buffer) =>
        splice(bytes, to, 0, bytes.subarray(Math.floor(at * bytes.length), Math.floor(at * bytes.length) + length)),
  ),
  fc.double({ min: 0, max: 1, noNaN: true }).map((at) => (bytes: Buffer) => bytes.subarray(0, Math.floor(at * bytes.length))),
);

function splice(bytes: Buffer, at: number, cut: number, put: Uint8Array): Buffer {
  const from = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
}

describe('malformed cousins of a page', () => {
  const ours = Buffer.from(feedDocument({ number: 2, hasNext: true, entries: ids(1, 4).map(entryOf) }, 2));
  const pages = [ours, ...(areThere ? NAMES.map(sample) : [])];
  const type = fc.constantFrom(null, UTF8, 'text/html;charset=ISO-8859-1', 'application/json', 'charset=', 'charset=nonsense');

  /** True where it was read. */
  function isRead(bytes: Uint8Array, contentType: string | null): boolean {
    try {
      const { number, entries } = readFeedPage(bytes, contentType);
      expect(number === null || Number.isSafeInteger(number)).toBe(true);
      for (const { id, title, categories, updated, content } of entries) {
        expect(id).not.toBe('');
        for (const text of [id, title, updated, content, ...categories]) expect(typeof text).toBe('string');
      }
      return true;
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      expect(error.message.length).toBeLessThan(100);
      expect(`${error.message}${JSON.stringify(error.details)}`).not.toMatch(/location\/|patient\/|ict4h|Gdansk/);
      return false;
    }
  }

  it('are read, or refused with a ContractError that quotes nothing of them', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.array(damage, { minLength: 0, maxLength: 3 }), type, (page, damages, contentType) => {
        if (
          isRead(
            damages.reduce<Buffer>((bytes, harm) => harm(bytes), page),
            contentType,
          )
        )
          read += 1;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(2900);
  });

  it.each([
    ['a wall of tags', '<'.repeat(5000)],
    ['a deep nest', '<a>'.repeat(20_000)],
    ['a deep nest that closes', `<feed xmlns="http://www.w3.org/2005/Atom">${'<entry>'.repeat(3000)}${'</entry>'.repeat(3000)}</feed>`],
    ['a long prolog', `${'<?x?><!-- -->'.repeat(50_000)}<feed xmlns="http://www.w3.org/2005/Atom"/>`],
    ['much white space', `${' '.repeat(500_000)}<feed xmlns="http://www.w3.org/2005/Atom"/>`],
    ['many quotes', `<feed ${'a="" '.repeat(20_000)} xmlns="http://www.w3.org/2005/Atom"/>`],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>'],
    ['JSON', '{"feed":{"entry":[]}}'],
  ])('are read or refused in time where they are %s', (_what, xml) => {
    const started = performance.now();
    isRead(Buffer.from(xml), UTF8);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
