import { ContractError } from '@sync-hub/contracts';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One item of a feed: something may have changed. */
export interface FeedEntry {
  /** One per event, not per record. */
  readonly id: string;
  readonly title: string;
  /** The terms of its categories in no meaningful order: the feed's category, the action, filter tags. */
  readonly categories: readonly string[];
  /** When the server published it; never an order, never a clock to filter by. */
  readonly updated: string;
  /** JSON of links, or a bare path; empty where there is none. */
  readonly content: string;
}

/** One page of a feed, entries oldest first. */
export interface FeedPage {
  /** Its permanent number, 0 for an empty feed; `null` where no link tells it. */
  readonly number: number | null;
  readonly hasNext: boolean;
  readonly entries: readonly FeedEntry[];
}

const ATOM = 'http://www.w3.org/2005/Atom';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  removeNSPrefix: true,
  // Uuids and codes are not numbers (00123, 0x1F).
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  isArray: (name) => name === 'entry' || name === 'link' || name === 'category',
});

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads one page of an Atom feed as the OpenMRS modules write it. Throws ContractError for anything else; its text tells
 * what is wrong and never what stood there. Links give relations and numbers only: their hosts are often out of reach.
 */
export function readFeedPage(bytes: Uint8Array, contentType: string | null): FeedPage {
  const xml = decodeText(bytes, contentType);
  if (/<!DOCTYPE/i.test(xml)) throw refuse('it declares a document type');
  if (!/^\s*</.test(xml)) throw refuse('it is no XML');
  const roots = Object.entries(parse(xml)).filter(([name]) => !name.startsWith('?'));
  const feed = roots.length === 1 && roots[0]?.[0] === 'feed' ? objectOf(roots[0][1]) : undefined;
  if (feed === undefined || !isOfAtom(rootTag(xml))) throw refuse('its root is no Atom feed');
  const links = linksOf(feed);
  const entries = listOf(feed['entry']).map(readEntry);
  return { number: pageNumber(links, entries.length), hasNext: links.has('next-archive'), entries };
}

/**
 * The charset of the content type; without one that is known, UTF-8 where that fits, else ISO-8859-1. A byte order mark goes
 * before both. The XML prolog always says UTF-8, whatever follows, and is passed over (atomfeed modules on Spring).
 */
function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = hasMark ? undefined : /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1];
  const asDeclared = declared === undefined ? undefined : decode(bytes, declared, false);
  return asDeclared ?? decode(bytes, 'utf-8', true) ?? new TextDecoder('iso-8859-1').decode(bytes);
}

/** `undefined` for a charset that nobody knows, and for bytes that are none of it where that is `fatal`. */
function decode(bytes: Uint8Array, charset: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(xml: string): Node {
  try {
    if (XMLValidator.validate(xml) === true) return parser.parse(xml) as Node;
  } catch {
    // The parser's own text quotes the document.
  }
  throw refuse('it is not well-formed');
}

/** The root's start tag as it stands: the parser takes namespaces away. Walks, because a long prolog would exhaust a pattern. */
function rootTag(xml: string): string {
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(xml.slice(at, at + 200))?.[0].length ?? 0;
    const close = xml.startsWith('<?', at) ? '?>' : xml.startsWith('<!--', at) ? '-->' : null;
    if (close === null && !/\s/.test(xml.charAt(at))) return xml.slice(at, xml.indexOf('>', at) + 1);
    if (close === null) continue;
    const end = xml.indexOf(close, at);
    if (end === -1) return '';
    at = end + close.length;
  }
}

function isOfAtom(tag: string): boolean {
  const prefix = /^<([^\s:<>/]+):/.exec(tag)?.[1];
  const name = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return [...tag.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].some(
    ([, attribute, quoted, single]) => attribute === name && (quoted ?? single) === ATOM,
  );
}

function readEntry(raw: unknown): FeedEntry {
  const node = objectOf(raw);
  const id = node === undefined ? '' : textOf(node['id']);
  if (node === undefined || id === '') throw refuse('an entry has no id');
  return {
    id,
    title: textOf(node['title']),
    categories: listOf(node['category'])
      .flatMap((category) => objectOf(category)?.['@term'] ?? [])
      .filter((term): term is string => typeof term === 'string' && term.trim() !== ''),
    updated: textOf(node['updated']),
    content: textOf(node['content']),
  };
}

/** The links' targets by relation. */
function linksOf(feed: Node): ReadonlyMap<string, string> {
  const links = listOf(feed['link']).flatMap((link): [string, string][] => {
    const { '@rel': rel, '@href': href } = objectOf(link) ?? {};
    return typeof rel === 'string' ? [[rel, typeof href === 'string' ? href : '']] : [];
  });
  return new Map(links);
}

/** `via` is the permanent address of any page. Old feeds lack it: then `self`, or the neighbours, tell. */
function pageNumber(links: ReadonlyMap<string, string>, entries: number): number | null {
  const of = (rel: string): number | null => {
    const segment = /\/(\d{1,9})\/?(?:[?#].*)?$/.exec(links.get(rel) ?? '')?.[1];
    return segment === undefined ? null : Number(segment);
  };
  const [previous, next] = [of('prev-archive'), of('next-archive')];
  const beside = previous === null ? (next === null ? null : next - 1) : previous + 1;
  const alone = links.has('prev-archive') || links.has('next-archive') ? null : entries === 0 ? 0 : 1;
  return of('via') ?? of('self') ?? beside ?? alone;
}

const refuse = (why: string): ContractError => new ContractError(`a feed page cannot be read: ${why}`, { reason: why });
const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const objectOf = (value: unknown): Node | undefined => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Node) : undefined);

/** The text of an element, whether or not it has attributes; of several of one name, the first. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value[0]);
  const text = objectOf(value)?.['#text'] ?? value;
  return typeof text === 'string' ? text.trim() : '';
}
