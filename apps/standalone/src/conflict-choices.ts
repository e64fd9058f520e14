import { BugError, type ConflictChoice, type ConflictField } from '@sync-hub/contracts';

/** What somebody typed: all from one end, and fields apart from that. */
export interface Given {
  readonly take: string | undefined;
  /** `PATH=parent` or `PATH=child`. */
  readonly field: readonly string[];
  /** `PATH=VALUE`. */
  readonly value: readonly string[];
  /** Items of lists that shall go. */
  readonly gone: readonly string[];
}

/** The choices that were given, one a path; a path is named by its number, by itself, or by its field where there is but one. @throws BugError in words */
export function choicesOf(fields: readonly ConflictField[], { take, field, value, gone }: Given): readonly ConflictChoice[] {
  const named: readonly ConflictChoice[] = [
    ...field.map((text): ConflictChoice => {
      const [one, end] = splitAt(fields, text);
      return { path: one.path, take: sideOf(end) };
    }),
    ...value.map((text): ConflictChoice => {
      const [one, typed] = splitAt(fields, text);
      return { path: one.path, value: typedAs(one, typed) };
    }),
    ...gone.map((text): ConflictChoice => ({ path: demandField(fields, text).path })),
  ];
  if (take === undefined) return named;
  const side = sideOf(take);
  const others = fields.filter(({ path, does }) => does === 'ask' && !named.some((choice) => choice.path === path));
  return [...others.map(({ path }): ConflictChoice => ({ path, take: side })), ...named];
}

function sideOf(word: string): 'parent' | 'child' {
  if (word === 'parent' || word === 'child') return word;
  throw new BugError('take whose? parent or child; a value of your own goes with --value');
}

/** Keys of items may hold `=` themselves: the first one that stands behind the name of a field counts. */
function splitAt(fields: readonly ConflictField[], text: string): readonly [ConflictField, string] {
  for (let at = text.indexOf('='); at !== -1; at = text.indexOf('=', at + 1)) {
    const field = fieldNamed(fields, text.slice(0, at));
    if (field !== null) return [field, text.slice(at + 1)];
  }
  throw new BugError('which field? its number or its path as conflict show has it, then = and what it shall hold');
}

function demandField(fields: readonly ConflictField[], name: string): ConflictField {
  const field = fieldNamed(fields, name);
  if (field === null) throw new BugError('which field? its number or its path, as conflict show has it');
  return field;
}

function fieldNamed(fields: readonly ConflictField[], name: string): ConflictField | null {
  const byPath = fields.find(({ path }) => path === name) ?? (/^\d+$/.test(name) ? fields[Number(name) - 1] : undefined);
  if (byPath !== undefined) return byPath;
  const [one, ...others] = fields.filter(({ field }) => field === name);
  return one === undefined || others.length > 0 ? null : one;
}

function typedAs({ kind }: ConflictField, text: string): string | number | boolean | null {
  if (text === '') return null;
  if (kind === 'number' && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  return kind === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}
