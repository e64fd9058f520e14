import { isAlias, isMap, isPair, isScalar, type Node, type Pair, parseDocument, visit } from 'yaml';

/** A text in which nothing stands that may be a secret, and what stood in place of each mark, as it was written. */
export interface MaskedText {
  readonly text: string;
  readonly kept: readonly string[];
}

const NAMES_SECRET = /pass(?:word|phrase|wd)?|secret|token|credential|api.?key|private.?key/i;
const COMMENT = /#.*?(?:pass(?:word|phrase|wd)?|secret|token|credential|api.?key|private.?key)["']?[ \t]*[:=][ \t]*(\S.*?)[ \t\r]*$/gim;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const WITH_USER = /^[a-z][\w+.-]*:\/\/[^/\s]*@/i;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly isValue: boolean;
}

const markOf = (number: number): string => `(unchanged secret ${number})`;
const MARK = /"\(unchanged secret (\d+)\)"|\(unchanged secret (\d+)\)/g;

/**
 * The text with a mark for whatever may be a secret: what stands where a reference to one belongs and is none, what has the name of one anywhere else (the
 * options of a plug-in), an address with a user in it, and comments that look like these. References stay. Text that is no YAML is to be shown to nobody.
 */
export function maskSecrets(text: string): MaskedText {
  const kept: string[] = [];
  let masked = '';
  let at = 0;
  for (const { from, to, isValue } of spansIn(text)) {
    if (from < at) continue;
    kept.push(text.slice(from, to));
    masked += text.slice(at, from) + (isValue ? JSON.stringify(markOf(kept.length)) : markOf(kept.length));
    at = to;
  }
  return { text: masked + text.slice(at), kept };
}

export interface UnmaskedText {
  readonly text: string;
  /** False where a secret would stand at a place where it is shown: somebody moved its mark there. */
  readonly isHidden: boolean;
}

/** The edited text with what stood in place of each mark in `original`; marks that it never had stay, and are no reference to a secret. */
export function unmaskSecrets(edited: string, original: string): UnmaskedText {
  const { kept } = maskSecrets(original);
  const back: string[] = [];
  const text = edited.replace(MARK, (mark: string, value: string | undefined, bare: string | undefined) => {
    const secret = kept[Number(value ?? bare) - 1];
    if (secret !== undefined) back.push(secret);
    return secret ?? mark;
  });
  const hidden = [...maskSecrets(text).kept];
  const isHidden = back.every((secret) => {
    const index = hidden.indexOf(secret);
    if (index !== -1) hidden.splice(index, 1);
    return index !== -1;
  });
  return { text, isHidden };
}

/** Can it be read as YAML or JSON? Of what cannot, nobody knows what is a secret. */
export const readableText = (text: string): boolean => parseDocument(text, { logLevel: 'silent' }).errors.length === 0;

function spansIn(text: string): Span[] {
  const values: Span[] = [];
  const add = (node: Node): void => {
    if (node.range == null) return;
    const [from, end] = node.range;
    const length = text.slice(from, end).trimEnd().length;
    if (length > 0) values.push({ from, to: from + length, isValue: true });
  };
  visit(parseDocument(text, { logLevel: 'silent' }), {
    Pair: (_, pair) => {
      const secret = secretOf(pair);
      if (secret === null) return undefined;
      add(secret);
      return visit.SKIP;
    },
    Scalar: (key, node) => {
      if (key !== 'key' && typeof node.value === 'string' && WITH_USER.test(node.value)) add(node);
    },
  });
  const comments = [...text.matchAll(COMMENT)].flatMap((found): Span[] => {
    const value = found[1] ?? '';
    const from = found.index + found[0].lastIndexOf(value);
    const isInValue = values.some((one) => one.from < from + value.length && from < one.to);
    return isInValue || isReferenceText(value) ? [] : [{ from, to: from + value.length, isValue: false }];
  });
  return [...values, ...comments].sort((a, b) => a.from - b.from);
}

/** What is to be masked of this key and its value; `null` where its parts are looked at by themselves. */
function secretOf({ key, value }: Pair): Node | null {
  const name = isScalar(key) ? String(key.value) : '';
  if (!isNodeWithRange(value)) return null;
  if (name === 'login') return isMap(value) && value.items.every(isOfLogin) ? null : value;
  if (name !== 'username' && !NAMES_SECRET.test(name)) return null;
  return isReference(value) ? null : value;
}

const isOfLogin = (item: unknown): boolean => isPair(item) && isScalar(item.key) && (item.key.value === 'username' || item.key.value === 'password');

const isNodeWithRange = (value: unknown): value is Node =>
  isScalar(value) || isMap(value) || isAlias(value) || (typeof value === 'object' && value !== null && 'range' in value);

/** `{ env: NAME }` or `{ file: PATH }`. */
function isReference(node: Node): boolean {
  if (!isMap(node) || node.items.length !== 1) return false;
  const [pair] = node.items;
  if (!isScalar(pair?.key) || !isScalar(pair.value) || typeof pair.value.value !== 'string') return false;
  return pair.key.value === 'file' || (pair.key.value === 'env' && VARIABLE.test(pair.value.value));
}

const isReferenceText = (text: string): boolean => /^\{\s*["']?(?:env|file)["']?\s*:[^{}]*\}\s*,?\s*(?:#.*)?$/.test(text) || /^\(unchanged secret/.test(text);
