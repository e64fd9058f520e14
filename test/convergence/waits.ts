import type { Fault } from './account.js';
import type { Open } from './hub-database.js';

/** A record on a link, as one word. */
export const onLink = (link: string, record: string): string => `${link} ${record}`;

const linkOf = ({ what }: Open): string | null => /^job (\S+) /.exec(what)?.[1] ?? null;

/** What the job waits for, as records; a patient is a person. */
function missingOf({ details }: Open): readonly string[] {
  const missing: unknown = (details as { missing?: unknown } | null)?.missing;
  return Array.isArray(missing) ? missing.map((named) => String(named).replace(/^patient\//, 'person/')) : [];
}

/**
 * Records that wait on a link for others there which are for a person, to answer or to bring back, or that wait for such. They go on when that is done.
 */
export function waitsBehind(open: readonly Open[], forAPerson: Iterable<string>): ReadonlySet<string> {
  const explained = new Set(forAPerson);
  const waiters = new Set<string>();
  for (let grown = -1; grown !== waiters.size; ) {
    grown = waiters.size;
    for (const one of open.filter(({ state, reason }) => state === 'waiting' && reason === 'reference')) {
      const [link, missing] = [linkOf(one), missingOf(one)];
      if (link === null || missing.length === 0 || !missing.every((record) => explained.has(onLink(link, record)))) continue;
      explained.add(onLink(link, one.record));
      waiters.add(onLink(link, one.record));
    }
  }
  return waiters;
}

/** What is held though nobody is asked about it, nor about what it waits for, and it is no job that is held for a reason of its own. */
export const heldForNoReason = (open: readonly Open[], waiters: ReadonlySet<string>, reasoned: readonly Open[] = []): readonly Fault[] =>
  open
    .filter((one) => one.state !== 'conflict' && !reasoned.includes(one) && !waiters.has(onLink(linkOf(one) ?? '', one.record)))
    .map(({ what, record, state, reason, code, details }) => `${record}: ${what} is ${state} (${reason ?? ''} ${code ?? ''} ${JSON.stringify(details)})`);
