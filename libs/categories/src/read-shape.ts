import { ContractError, Uuid } from '@sync-hub/contracts';
import { z } from 'zod';

/** Reads `body` by its shape; throws a ContractError that names the path, what was found (its type only) and what is allowed. */
export function readShape<Shape extends z.ZodType>(shape: Shape, body: unknown, what: string, within: readonly PropertyKey[] = []): z.infer<Shape> {
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  const issue = mostTelling(read.error.issues);
  throw misfit(what, [...within, ...issue.path], typeNameOf(valueAt(body, issue.path)), allowedBy(issue));
}

/** The one error for anything in a body that is not as it must be. `path` holds names and positions only. */
export function misfit(what: string, path: readonly PropertyKey[], found: string, allowed: string): ContractError {
  const at = path.map(String).join('.') || '(whole)';
  return new ContractError(`${what}: ${at} is ${found}, allowed is ${allowed}`, { path: at, found, allowed });
}

/** `text`, `number`, `list`, ...: all that may be told of a value. */
export function typeNameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** Something a body points at: an object with a uuid, or a uuid. */
export const RefShape = z.union([z.looseObject({ uuid: Uuid }), Uuid], { error: 'a uuid, or an object with one' });
export type RefShape = z.infer<typeof RefShape>;

/** The uuid of what a body points at. */
export const uuidOfRef = (ref: RefShape): string => (typeof ref === 'string' ? ref : ref.uuid);

/** Who and when, as webservices.rest tells it (ConversionUtil.getAuditInfo). Kept loose: nothing of it is compared. */
export const AuditShape = z.looseObject({}).nullish();

type Issue = z.core.$ZodIssue;

/** Zod's own messages can quote a value (`unrecognized key`, `invalid enum`), so only our own words leave this file. */
function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'invalid_union':
    case 'invalid_format':
    case 'custom':
      return issue.message;
    default:
      return 'something else';
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = { string: 'text', array: 'list', record: 'object' };

const mostTelling = (issues: readonly Issue[]): Issue => {
  const [first, ...rest] = issues;
  if (first === undefined) throw new ContractError('a shape refused a body without saying why');
  return rest.reduce((best, issue) => (issue.path.length > best.path.length ? issue : best), first);
};

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined), body);
