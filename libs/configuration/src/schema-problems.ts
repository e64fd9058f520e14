import type { z } from 'zod';
import { didYouMean } from './did-you-mean.js';
import { insteadOf, PARTS_OF_RECORDS } from './parts-of-records.js';
import type { Path, Problem } from './problem.js';
import { KEY_SEPARATOR } from './section.js';

type Issue = z.core.$ZodIssue;

/** Keys whose plain value may be shown, because it is a choice, a name, a number or a switch, and never a secret. */
const SHOWN: ReadonlySet<string | number> = new Set([
  ...['id', 'parent', 'child', 'runsAt', 'mode', 'whenPatientLeaves', 'startAt', 'client', 'rule', 'field', 'state', 'timeZone', 'categories', 'flavour'],
  ...['maxInFlight', 'pollSeconds', 'auditEveryHours', 'longestRequestSeconds', 'readOnly', 'pull', 'push', 'metadataFromChild'],
  ...['voidsPerHour', 'percentOfCategory', 'days', 'from', 'to'],
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
    const part = isByCategory(path) && Object.hasOwn(PARTS_OF_RECORDS, key) ? PARTS_OF_RECORDS[key] : undefined;
    if (part !== undefined)
      return { path: [...path, key], found: `what is no class of its own, but ${part.is}`, allowed: insteadOf(part), didYouMean: null, atKey: true };
    const hint = didYouMean(key, known);
    const shown = hint !== null || path.at(-1) !== 'login';
    return shown
      ? { path: [...path, key], found: 'an unknown key', allowed: issue.message, didYouMean: hint, atKey: true }
      : { path, found: 'an unknown key (not shown, it may be a secret)', allowed: issue.message, didYouMean: null };
  });
}

/** Is each key there the name of a category? */
const isByCategory = (path: Path): boolean => path.at(-1) === 'classes' || (path.at(-2) === 'policies' && path.at(-1) !== 'default');

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
  if (Array.isArray(options)) return options.map(String);
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(choicesOf) : [];
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
  const shown = (key !== undefined && SHOWN.has(key)) || (path.includes('policies') && !path.includes('options'));
  if (found === undefined) return 'nothing';
  if (found === null) return 'an empty value';
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list';
  if (typeof found === 'object') return 'a mapping';
  if (typeof found === 'string') return shown && found.length <= LONGEST_SHOWN ? `the text ${JSON.stringify(found)}` : 'text';
  if (typeof found === 'number') return shown ? `the number ${found}` : 'a number';
  return typeof found === 'boolean' ? String(found) : typeof found;
}
