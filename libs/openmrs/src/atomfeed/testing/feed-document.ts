import type { FeedEntry, FeedPage } from '../feed-page.js';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const entry = ({ id, title, categories, updated, content }: FeedEntry): string =>
  [
    '  <entry>',
    `    <title>${escaped(title)}</title>`,
    ...categories.map((term) => `    <category term="${escaped(term)}" />`),
    `    <id>${escaped(id)}</id>`,
    `    <updated>${updated}</updated>`,
    content === ''
      ? '    <content type="application/vnd.atomfeed+xml" />'
      : `    <content type="application/vnd.atomfeed+xml"><![CDATA[${content}]]></content>`,
    '  </entry>',
  ].join('\r\n');

/** A page as the generic module writes it. `base` is where its links lead: the host that the server believes it has. */
export function feedDocument(
  { number, hasNext, entries }: FeedPage,
  asked: number | 'recent',
  base = 'http://localhost:8080/openmrs/ws/atomfeed/location',
): string {
  const at = number ?? 1;
  const link = (rel: string, page: number | 'recent'): string => `  <link rel="${rel}" type="application/atom+xml" href="${escaped(`${base}/${page}`)}" />`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '  <title>OpenMRS Feed Publisher for Sync2.0</title>',
    link('self', asked),
    link('via', at),
    ...(hasNext ? [link('next-archive', at + 1)] : []),
    ...(at > 1 ? [link('prev-archive', at - 1)] : []),
    '  <author>\r\n    <name>SolDevelo</name>\r\n  </author>',
    `  <id>a2ad93fd-8a7f-405f-bbc1-da4535e6d05c+${at}</id>`,
    '  <updated>2024-05-06T07:15:33Z</updated>',
    ...entries.map(entry),
    '</feed>\r\n\r\n',
  ].join('\r\n');
}
