import { CATEGORIES, type CanonicalRecord, MODERN_PLATFORM, type RecordCategory } from '@sync-hub/categories';
import { type ConflictChoice, type ConflictDetail, type ConflictField, ContractError } from '@sync-hub/contracts';
import { covers, type Held, heldAt, PRESENCE } from '@sync-hub/merge';

/** What a merged record answers: choices, or why it is none. `stale` where it goes by ends that are not as they were. */
export type MergedAnswer =
  | { readonly kind: 'choices'; readonly choices: readonly ConflictChoice[] }
  | { readonly kind: 'stale' }
  | { readonly kind: 'invalid'; readonly problems: readonly { readonly path: string; readonly problem: string }[] };

/**
 * The choices that a whole merged record makes, told as webservices.rest tells records in full: the body of Sync 2.0's `conflict/resolve` (openmrs-module-sync2 1.4). Of each field in which the
 * ends differ it holds the one's value, the other's, or a third. A field that both ends hold alike was not shown to be chosen: another value there is of an end that has changed since.
 * What the body does not tell (a part that the representation leaves out) is left as the merge has it.
 */
export function choicesOfMerged({ conflict, fields }: Pick<ConflictDetail, 'conflict' | 'fields'>, body: unknown): MergedAnswer {
  const read = readMerged(conflict.category, conflict.record, body);
  if ('problems' in read) return { kind: 'invalid', problems: read.problems };
  const known = new Set(fields.map(({ path }) => path));
  const added = Object.keys(read.fields).filter((path) => !known.has(path) && heldAt(read, path) !== null && covers(read, path));
  const chosen = fields.filter((field) => isTold(read, field)).map((field) => ({ field, held: heldIn(read, field.path) }));
  if (chosen.some(({ field, held }) => field.parent.value === field.child.value && held !== field.parent.value)) return { kind: 'stale' };
  const differing = chosen.filter(({ field }) => field.parent.value !== field.child.value);
  const problems = [
    ...added.map((path) => ({ path, problem: 'is held by neither end' })),
    ...differing
      .filter(({ field, held }) => !isEither(field, held) && !field.takes.includes('value'))
      .map(({ field }) => ({ path: field.path, problem: "takes the parent's or the child's" })),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (differing.length === 0) return { kind: 'stale' };
  return { kind: 'choices', choices: differing.map(({ field, held }) => choiceOf(field, held)) };
}

/** What is told of: a field that takes an answer, and that the body says something of. */
const isTold = (read: CanonicalRecord, { path, takes }: ConflictField): boolean => takes.length > 0 && (path === PRESENCE || covers(read, path));

const heldIn = (read: CanonicalRecord, path: string): Held => (path === PRESENCE ? (read.presence === 'present' ? 'present' : 'voided') : heldAt(read, path));

const isEither = ({ parent, child }: ConflictField, held: Held): boolean => held === parent.value || held === child.value;

function choiceOf({ path, parent, child }: ConflictField, held: Held): ConflictChoice {
  if (held === parent.value) return { path, take: 'parent' };
  if (held === child.value) return { path, take: 'child' };
  return held === undefined ? { path } : { path, value: held };
}

type Problems = { readonly problems: Extract<MergedAnswer, { kind: 'invalid' }>['problems'] };

function readMerged(name: string, record: ConflictDetail['conflict']['record'], body: unknown): CanonicalRecord | Problems {
  if (!Object.hasOwn(CATEGORIES, name)) return { problems: [{ path: '(the whole body)', problem: 'is of a kind that is not known here' }] };
  if ((body as { readonly uuid?: unknown } | null)?.uuid !== record.uuid) return { problems: [{ path: 'uuid', problem: 'is the uuid of the record' }] };
  try {
    return CATEGORIES[name as RecordCategory].decode(body, { record, client: 'rest', platform: MODERN_PLATFORM });
  } catch (error) {
    if (error instanceof ContractError)
      return {
        problems: [{ path: String(error.details['path'] ?? '(the whole body)'), problem: `is ${String(error.details['allowed'] ?? 'a record in full')}` }],
      };
    throw error;
  }
}
