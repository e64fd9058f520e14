import type { Fault } from './account.js';
import type { KeptConflict, Open } from './hub-database.js';

/** A record on a link, as one word. */
export const onLink = (link: string, record: string): string => `${link} ${record}`;

const linkOf = ({ what }: Open): string | null => /^job (\S+) /.exec(what)?.[1] ?? null;

/** What the job waits for, as records; a patient is a person. */
function missingOf({ details }: Open): readonly string[] {
  const missing: unknown = (details as { missing?: unknown } | null)?.missing;
  return Array.isArray(missing) ? missing.map((named) => String(named).replace(/^patient\//, 'person/')) : [];
}

/** Records that wait on a link for others there about which a person is asked, or that wait for such. They go on when the question is answered. */
export function waitsBehindQuestions(open: readonly Open[], conflicts: readonly KeptConflict[]): ReadonlySet<string> {
  const explained = new Set(conflicts.map(({ link, record }) => onLink(link, record)));
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

/** What is held though nobody is asked about it, and nobody about what it waits for. */
export const heldForNoReason = (open: readonly Open[], waiters: ReadonlySet<string>): readonly Fault[] =>
  open
    .filter((one) => one.state !== 'conflict' && !waiters.has(onLink(linkOf(one) ?? '', one.record)))
    .map(({ what, record, state, reason, code, details }) => `${record}: ${what} is ${state} (${reason ?? ''} ${code ?? ''} ${JSON.stringify(details)})`);
