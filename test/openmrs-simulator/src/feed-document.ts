import { type FeedFlavour, FLAVOURS } from './feed-flavour.js';
import type { FeedRow } from './feed-tables.js';
import { hashSetOrder } from './java.js';

/** One page, and the addresses it is known by. */
export interface FeedPage {
  /** Whose module writes it; the generic one if not given. */
  readonly flavour?: FeedFlavour;
  readonly rows: readonly FeedRow[];
  readonly number: number;
  readonly newest: number;
  readonly self: string;
  /** Address of the page of that number. */
  readonly addressOf: (page: number) => string;
  readonly via: string;
  /** Shown by a page without rows: midnight of today on the server's clock. */
  readonly midnight: number;
}

const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escapeAttribute = (text: string): string =>
  escapeText(text).replace(/"/g, '&quot;').replace(/\t/g, '&#x9;').replace(/\n/g, '&#xA;').replace(/\r/g, '&#xD;');
const seconds = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
const element = (name: string, text: string | null): string =>
  text === null || text.trim() === '' ? `<${name} />` : `<${name}>${escapeText(text.trim())}</${name}>`;
const link = (rel: string, href: string): string => `  <link rel="${rel}" type="application/atom+xml" href="${escapeAttribute(href)}" />`;

/** XML 1.0 cannot hold these, and the serializer gives up on the whole page. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** The terms of one row: its category and its tags, as a `HashSet` gives them back. */
const termsOf = (row: FeedRow): string[] => hashSetOrder([row.category, ...(row.tags ?? '').split(',').filter((tag) => tag !== '')], (term) => term);

function content(object: string | null): string {
  const type = 'type="application/vnd.atomfeed+xml"';
  const text = (object ?? '').trim();
  return text === '' ? `<content ${type} />` : `<content ${type}><![CDATA[${text}]]></content>`;
}

function entry(row: FeedRow): string[] {
  return [
    '  <entry>',
    `    ${element('title', row.title)}`,
    ...termsOf(row).map((term) => `    <category term="${escapeAttribute(term)}" />`),
    `    <id>tag:atomfeed.ict4h.org:${row.uuid}</id>`,
    `    <updated>${seconds(row.timestamp)}</updated>`,
    `    <published>${seconds(row.timestamp)}</published>`,
    `    ${content(row.object)}`,
    '  </entry>',
  ];
}

/**
 * The Atom document as ROME writes it for either module: CRLF, two spaces, `next-archive` before `prev-archive`.
 * Throws where ROME would: a row that holds `]]>` or a control character breaks its page.
 */
export function feedDocument(page: FeedPage): string {
  for (const row of page.rows) {
    if (row.object?.includes(']]>') === true || ILLEGAL.test(`${row.object ?? ''}${row.title ?? ''}${row.tags ?? ''}`)) throw new Error('Invalid XML');
  }
  const { title, author, idPrefix } = FLAVOURS[page.flavour ?? 'generic'];
  const updated = page.rows.length === 0 ? page.midnight : Math.max(...page.rows.map(({ timestamp }) => timestamp));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <title>${title}</title>`,
    link('self', page.self),
    link('via', page.via),
    ...(page.number < page.newest ? [link('next-archive', page.addressOf(page.number + 1))] : []),
    ...(page.number > 1 ? [link('prev-archive', page.addressOf(page.number - 1))] : []),
    '  <author>',
    `    <name>${author}</name>`,
    '  </author>',
    `  <id>${idPrefix}+${page.number}</id>`,
    '  <generator uri="https://github.com/ICT4H/atomfeed">OpenMRS Feed Publisher</generator>',
    `  <updated>${seconds(updated)}</updated>`,
    ...page.rows.flatMap(entry),
    '</feed>',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
