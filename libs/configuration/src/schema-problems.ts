import type { z } from 'zod';
import { didYouMean } from './did-you-mean.js';
import type { Path, Problem } from './problem.js';
import { KEY_SEPARATOR } from './section.js';

type Issue = z.core.$ZodIssue;

/** Keys whose plain value may be shown, because it is a choice, a name, a number or a switch, and never a secret. */
const SHOWN: ReadonlySet<string | number> = new Set([
  ...['id', 'parent', 'child', 'runsAt', 'mode', 'startAt', 'client', 'rule', 'field', 'timeZone', 'categories', 'flavour'],
  ...['maxInFlight', 'pollSeconds', 'auditEveryHours', 'longestRequestSeconds', 'readOnly', 'pull', 'push', 'metadataFromChild'],
  ...['voidsPerHour', 'percentOfCategory'],
]);
const LONGEST_SHOWN = 63;

/** What a schema's complaints mean to the person who wrote `value`. */
export function problemsOf(issues: readonly Issue[], value: unknown): Problem[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue) : [wrongValue(issue, value)]));
}

function unknownKeys(issue: Extract<Issue, { code: 'unrecognized_keys' }>): Problem[] {
  const path = issue.path as Path;
  const known = issue.message.split(KEY_SEPARATOR);
  return issue.keys.map((key) => {
    const hint = didYouMean(key, known);
    const shown = hint !== null || path.at(-1) !== 'login';
    return shown
      ? { path: [...path, key], found: 'an unknown key', allowed: issue.message, didYouMean: hint, atKey: true }
      : { path, found: 'an unknown key (not shown, it may be a secret)', allowed: issue.message, didYouMean: null };
  });
}

function wrongValue(issue: Issue, value: unknown): Problem {
  const path = issue.path as Path;
  const found = at(value, path);
  const choices = choicesOf(issue);
  return {
    path,
    found: foundText(found, path),
    allowed: issue.message,
    didYouMean: typeof found === 'string' ? didYouMean(found, choices) : null,
  };
}

function choicesOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  const { options } = issue as { options?: unknown };
  return Array.isArray(options) ? options.map(String) : [];
}

/** What stands at `path`, `undefined` where nothing does. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (held, step) => (typeof held === 'object' && held !== null ? (held as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}

/** The type of what was found; the value too where its key is known to hold no secret. */
export function foundText(found: unknown, path: Path): string {
  const key = path.findLast((step) => typeof step === 'string');
  const shown = key !== undefined && SHOWN.has(key);
  if (found === undefined) return 'nothing';
  if (found === null) return 'an empty value';
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list';
  if (typeof found === 'object') return 'a mapping';
  if (typeof found === 'string') return shown && found.length <= LONGEST_SHOWN ? `the text ${JSON.stringify(found)}` : 'text';
  if (typeof found === 'number') return shown ? `the number ${found}` : 'a number';
  return typeof found === 'boolean' ? String(found) : typeof found;
}
