import { isMap, isNode, isPair, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { ConfigurationError, type Path, type PlacedProblem, type Problem } from './problem.js';

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text of a file as plain values, and where in it each of them stands. */
export interface SourceText {
  readonly value: unknown;
  /** Line and column of the value at `path`, or of the nearest mapping or list around it. */
  readonly place: (problem: Pick<Problem, 'path' | 'atKey'>) => Place;
}

/** What the parser's complaints mean; its own texts quote the file, and with it perhaps a secret. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the same key twice in one mapping',
  TAB_AS_INDENT: 'a tab as indentation',
  BAD_INDENT: 'a line with the wrong indentation',
  MISSING_CHAR: 'a missing character, such as a bracket, a comma or a closing quote',
  MULTILINE_IMPLICIT_KEY: 'a key that is not followed by a colon',
  BLOCK_IN_FLOW: 'an indented block within brackets',
  UNEXPECTED_TOKEN: 'text that belongs to nothing around it',
  MULTIPLE_DOCS: 'more than one document',
};

/**
 * Reads YAML, of which JSON is a part. Throws a `ConfigurationError` that names line and column, and quotes nothing.
 * The log level keeps the parser's warnings off stderr, because they quote the file too.
 */
export function readSourceText(text: string, file: string): SourceText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
  const problems = document.errors.map((error): PlacedProblem => {
    const { line, col } = lines.linePos(error.pos[0]);
    const found = SYNTAX[error.code] ?? `something that is neither YAML nor JSON (${error.code})`;
    return { path: [], found, allowed: 'well-formed YAML or JSON', didYouMean: null, line, column: col };
  });
  if (problems.length > 0) throw new ConfigurationError(file, problems);
  return {
    value: valueOf(() => document.toJS({ maxAliasCount: 100 }), file),
    place: ({ path, atKey }) => placeOf(document.contents, path, atKey === true, lines),
  };
}

function valueOf(read: () => unknown, file: string): unknown {
  try {
    return read();
  } catch {
    const found = 'an alias (*name) without its anchor (&name), or too many of them';
    throw new ConfigurationError(file, [{ path: [], found, allowed: 'well-formed YAML or JSON', didYouMean: null, line: null, column: null }]);
  }
}

function placeOf(contents: unknown, path: Path, atKey: boolean, lines: LineCounter): Place {
  let node: unknown = contents;
  for (const [index, step] of path.entries()) {
    const inner = childOf(node, step, atKey && index === path.length - 1);
    if (inner === null) break;
    node = inner;
  }
  const start = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  const { line, col } = lines.linePos(start);
  return { line, column: col };
}

function childOf(node: unknown, step: string | number, asKey: boolean): Node | null {
  const items = (node as { items?: unknown[] } | null)?.items;
  if (items === undefined) return null;
  if (!isMap(node)) return nodeOrNull(items[Number(step)]);
  const pair = items.find((item): item is Pair => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
  return nodeOrNull(asKey ? pair?.key : (pair?.value ?? pair?.key));
}

const nodeOrNull = (node: unknown): Node | null => (isNode(node) ? node : null);
