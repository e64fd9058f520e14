import { type Document, isMap, isNode, isPair, isScalar, type Node, type Pair, stringify, type YAMLMap } from 'yaml';

/** Keys and positions, from the top. */
export type Place = readonly (string | number)[];

/** The text with another value at that place (none for `null`), and every other character as it was; `null` where that cannot be done in place. */
export function splicedText(text: string, document: Document, place: Place, value: unknown): string | null {
  const held: unknown = document.getIn(place, true);
  if (value === null) return held === undefined ? text : withoutPair(text, document, place);
  if (isNode(held) && held.range != null) return replaced(text, document, place, held, value);
  return inserted(text, document, place, value);
}

function replaced(text: string, document: Document, place: Place, held: Node, value: unknown): string {
  const [from, to] = spanOf(text, held);
  const isOneLine = !text.slice(from, to).includes('\n');
  const start = isOneLine ? from : (pairAt(document, place)?.keyEnd ?? from);
  const before = text.slice(0, start);
  const gap = before.endsWith(':') ? ' ' : '';
  return `${before}${isOneLine ? gap : ': '}${inlineText(value)}${text.slice(to)}`;
}

/** Into the nearest mapping around it that is there: after its first line where that is a word, else before it. */
function inserted(text: string, document: Document, place: Place, value: unknown): string | null {
  let depth = place.length - 1;
  while (depth > 0 && !isMap(document.getIn(place.slice(0, depth), true))) depth -= 1;
  const around: unknown = depth === 0 ? document.contents : document.getIn(place.slice(0, depth), true);
  if (!isMap(around) || around.range == null) return null;
  const [key, ...below] = place.slice(depth);
  const pair = `${String(key)}: ${inlineText(below.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value))}`;
  if (around.flow === true) {
    const at = around.range[0] + 1;
    return `${text.slice(0, at)} ${pair}${around.items.length === 0 ? ' ' : ','}${text.slice(at)}`;
  }
  return intoLines(text, around, pair);
}

function intoLines(text: string, around: YAMLMap, pair: string): string | null {
  const [first] = around.items;
  if (!isNode(first?.key) || first.key.range == null) return null;
  const start = first.key.range[0];
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replaceAll(/\S/g, ' ');
  if (!isScalar(first.value)) return `${text.slice(0, start)}${pair}\n${indent}${text.slice(start)}`;
  const end = endOfLine(text, first.value.range?.[1] ?? start);
  return `${text.slice(0, end)}\n${indent}${pair}${text.slice(end)}`;
}

/** With the lines that it stands on, where these are its own. */
function withoutPair(text: string, document: Document, place: Place): string | null {
  const pair = pairAt(document, place);
  if (pair === null || pair.isInFlow) return null;
  const start = text.lastIndexOf('\n', pair.keyStart - 1) + 1;
  const isFirstOnLine = text.slice(start, pair.keyStart).trim() === '';
  if (!isFirstOnLine) return null;
  const value = pair.value === null ? pair.keyEnd : spanOf(text, pair.value)[1];
  return text.slice(0, start) + text.slice(endOfLine(text, value) + 1);
}

function pairAt(document: Document, place: Place) {
  const around: unknown = place.length === 1 ? document.contents : document.getIn(place.slice(0, -1), true);
  if (!isMap(around)) return null;
  const found = around.items.find((item): item is Pair<Node, Node | null> => isPair(item) && isScalar(item.key) && item.key.value === place.at(-1));
  if (found?.key.range == null) return null;
  return { keyStart: found.key.range[0], keyEnd: found.key.range[1], value: found.value, isInFlow: around.flow === true };
}

function spanOf(text: string, { range }: Node): readonly [from: number, to: number] {
  const [from, end] = range ?? [0, 0];
  return [from, from + text.slice(from, end).trimEnd().length];
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

const inlineText = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
