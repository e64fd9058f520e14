import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import { readFeedPage } from './feed-page.js';

const page = ({
  links = '<link rel="via" type="application/atom+xml" href="http://h/openmrs/ws/atomfeed/patient/3" />',
  entries = '',
  prolog = '<?xml version="1.0" encoding="UTF-8"?>',
  root = 'feed xmlns="http://www.w3.org/2005/Atom"',
} = {}) =>
  `${prolog}\r\n<${root}>\r\n  <title>Patient AOP</title>\r\n${links}<id>x+3</id><updated>2024-05-06T07:15:33Z</updated>${entries}\r\n</${root.split(' ')[0]}>\r\n\r\n`;
const entry = ({
  id = '<id>tag:atomfeed.ict4h.org:1</id>',
  content = '<content type="application/vnd.atomfeed+xml"><![CDATA[/openmrs/ws/rest/v1/patient/u1?v=full]]></content>',
  categories = '<category term="patient" />',
} = {}) => `<entry><title>Patient</title>${categories}${id}<updated>2024-05-06T07:14:56Z</updated>${content}</entry>`;
const read = (xml: string, contentType: string | null = 'application/atom+xml;charset=UTF-8') => readFeedPage(Buffer.from(xml), contentType);

describe('a feed page', () => {
  it('#40 tells its entries in the order they stand in', () => {
    const told = read(page({ entries: entry() + entry({ id: '<id>2</id>' }) }));
    expect(told).toEqual({
      number: 3,
      hasNext: false,
      entries: [
        {
          id: 'tag:atomfeed.ict4h.org:1',
          title: 'Patient',
          categories: ['patient'],
          updated: '2024-05-06T07:14:56Z',
          content: '/openmrs/ws/rest/v1/patient/u1?v=full',
        },
        { id: '2', title: 'Patient', categories: ['patient'], updated: '2024-05-06T07:14:56Z', content: '/openmrs/ws/rest/v1/patient/u1?v=full' },
      ],
    });
  });

  it('#45 takes an entry without content, without a title, and with several categories', () => {
    const [told] = read(
      page({
        entries: entry({
          content: '<content type="application/vnd.atomfeed+xml" />',
          categories: '<category term="a&quot;b&lt;c&gt;&amp;&#x9;d" /><category /><category term="CREATED" />',
        }),
      }),
    ).entries;
    expect(told).toMatchObject({ content: '', categories: ['a"b<c>&\td', 'CREATED'] });
  });

  it('#46 keeps ids that look like numbers as they are', () => {
    expect(read(page({ entries: entry({ id: '<id>00123</id>' }) + entry({ id: '<id>0x1F</id>' }) })).entries.map(({ id }) => id)).toEqual(['00123', '0x1F']);
  });

  const SAO = entry({ categories: '<category term="São Paulo" />' });
  it.each([
    ['#49 ISO-8859-1 as the content type says, whatever the prolog', Buffer.from(page({ entries: SAO }), 'latin1'), 'application/atom+xml;charset=ISO-8859-1'],
    ['#49 ISO-8859-1 that nobody declares', Buffer.from(page({ entries: SAO }), 'latin1'), 'application/atom+xml'],
    ['UTF-8 that nobody declares', Buffer.from(page({ entries: SAO })), null],
    ['#50 text/plain', Buffer.from(page({ entries: SAO })), 'text/plain;charset=UTF-8'],
    ['#50 application/json', Buffer.from(page({ entries: SAO })), 'application/json'],
    ['#49 with a byte order mark, whatever is declared', Buffer.from(`\ufeff${page({ entries: SAO })}`), 'application/atom+xml;charset=ISO-8859-1'],
    ['in a charset that nobody knows', Buffer.from(page({ entries: SAO })), 'application/atom+xml;charset=klingon'],
    ['with a byte order mark', Buffer.from(`\ufeff${page({ entries: SAO })}`), 'application/atom+xml; charset="utf-8"'],
  ])('reads %s', (_what, bytes, contentType) => {
    expect(readFeedPage(bytes, contentType).entries[0]?.categories).toEqual(['São Paulo']);
  });

  it.each([
    ['#51 a JSON exception', '{"error":{"message":"feed does not exist for Jane Doe"}}'],
    ['#52 an HTML page', '<!DOCTYPE html><html><body>Log in</body></html>'],
    ['#52 HTML without a doctype', '<html><head/></html>'],
    ['#56 a truncated page', page({ entries: entry() }).slice(0, 300)],
    ['nothing', ''],
    ['a feed of no namespace', page({ root: 'feed' })],
    ['a feed of another namespace', page({ root: 'feed xmlns="http://purl.org/rss/1.0/"' })],
    ['a document type', `<!DOCTYPE feed [<!ENTITY x "y">]>${page({ prolog: '' })}`],
    ['two roots', `${page()}<other/>`],
    ['two feeds', page() + page({ prolog: '' })],
    ['an Atom feed inside of something else', page({ prolog: '<x>' }).replace(/\s*$/, '</x>')],
    ['a feed whose namespace is only mentioned', `<!-- <feed xmlns="http://www.w3.org/2005/Atom"> -->${page({ root: 'feed', prolog: '' })}`],
    ['an entry without an id', page({ entries: entry({ id: '' }) })],
    ['mismatched tags', page().replace('</title>', '</tilte>')],
  ])('refuses %s with a reason and no word of what stood there', (_what, xml, contentType = 'application/atom+xml;charset=UTF-8') => {
    const refusal = (() => {
      try {
        return read(xml, contentType);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(ContractError);
    expect(JSON.stringify([(refusal as Error).message, (refusal as ContractError).details])).not.toMatch(/Jane|Doe|html|patient\/u1/i);
  });

  it('says that it declares a document type before anything else', () => {
    expect(() => read(`<!DOCTYPE feed [<!ENTITY x "y">]>${page({ prolog: '' })}`)).toThrow('a feed page cannot be read: it declares a document type');
  });

  it('#49 believes the content type even where the bytes would be UTF-8', () => {
    const bytes = Buffer.from(page({ entries: entry({ categories: '<category term="Ã©" />' }) }), 'latin1');
    expect(readFeedPage(bytes, 'application/atom+xml;charset=ISO-8859-1').entries[0]?.categories).toEqual(['Ã©']);
  });

  it('#58 takes numbers from links whatever host, scheme, port or query they carry', () => {
    const number = (links: string) => read(page({ links })).number;
    const link = (rel: string, href: string) => `<link rel="${rel}" href="${href}" />`;
    expect(number(link('via', 'https://localhost:443/openmrs/ws/atomfeed/patient/12?x=1'))).toBe(12);
    expect(number(link('self', 'http://10.0.0.1:8080/a/b/patient/recent') + link('via', '/openmrs/ws/atomfeed/patient/7/'))).toBe(7);
  });

  it('#68 does without via, and without self', () => {
    const link = (rel: string, href: string) => `<link rel="${rel}" href="${href}" />`;
    const number = (links: string, entries = entry()) => read(page({ links, entries })).number;
    expect(number(link('self', 'http://h/ws/atomfeed/patient/4'))).toBe(4);
    expect(number(link('self', 'http://h/ws/atomfeed/patient/recent') + link('prev-archive', 'http://h/ws/atomfeed/patient/6'))).toBe(7);
    expect(number(link('next-archive', 'http://h/ws/atomfeed/patient/2'))).toBe(1);
    expect(number('')).toBe(1);
    expect(number('', '')).toBe(0);
    expect(number(link('prev-archive', 'http://h/ws/atomfeed/patient/yesterday'))).toBeNull();
  });

  it('#59 takes times of any kind as they stand', () => {
    const times = ['2024-05-06T07:14:56+0230', 'yesterday', ''];
    const xml = page({ entries: times.map((time, index) => entry({ id: `<id>${index}</id>` }).replace('2024-05-06T07:14:56Z', time)).join('') });
    expect(read(xml).entries.map(({ updated }) => updated)).toEqual(times);
  });

  it('joins the pieces of a content', () => {
    const content = '<content type="x"> {"rest": <!-- no --><![CDATA["/ws/rest/v1/patient/u1"]]> } </content>';
    expect(JSON.parse(read(page({ entries: entry({ content }) })).entries[0]?.content ?? '')).toEqual({ rest: '/ws/rest/v1/patient/u1' });
  });

  it('takes another prefix for the namespace', () => {
    const xml = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:link rel="via" href="/x/2"/><a:entry><a:id>1</a:id></a:entry></a:feed>';
    expect(read(xml)).toMatchObject({ number: 2, entries: [{ id: '1', content: '', categories: [] }] });
  });
});
