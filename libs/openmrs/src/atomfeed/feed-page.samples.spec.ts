import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readFeedPage } from './feed-page.js';

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
