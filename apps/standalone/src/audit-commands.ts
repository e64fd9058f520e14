import { once } from 'node:events';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Configuration } from '@sync-hub/configuration';
import { AUDIT_FORMATS, AUDIT_KINDS, AuditFilter, type AuditProof, aggregateNamed, MOST_AUDIT_LINES } from '@sync-hub/contracts';
import { AuditMonthRepository, AuditProofRepository, AuditSearchRepository, type Database, type Vault } from '@sync-hub/persistence';
import { auditExportsOn, auditSearchedOn } from '@sync-hub/runtime';
import { BODY_USAGE, bodies, body } from './audit-body-commands.js';
import { droppedLines, lineOf, proofLine } from './audit-lines.js';

type Say = (line: string) => void;

export const AUDIT_USAGE = `audit list [FILTER]... [--limit N] [--after PLACE] [--json]   what was said, the newest first; PLACE is where the page before ended
audit export --format csv|ndjson|fhir [FILTER]...   all that fits, line by line; fhir: an R4 AuditEvent a line. That it was done is in the audit
    FILTER: --record UUID  --patient UUID  --link ID  --site ID  --category NAME  --outcome WORD  --stage NAME  --person ACCOUNT
            --since TIME  --until TIME (2026-11-30 or 2026-11-30T08:00:00Z, in UTC)  --text WORDS  --origin INSTANCE ("own": said here)  --trace TRACE (a walk, as lines of the audit and the log name it)
audit verify [--day 2026-11-30] [--json]   are the rows as they were sealed? names the first that is not
audit drop [--keep MONTHS]   drops the months that are past their time (instance.audit.keepMonths, or so many beside this one), as the hub does daily
${BODY_USAGE}`;

const FILTERS = {
  record: { type: 'string' },
  patient: { type: 'string' },
  link: { type: 'string' },
  site: { type: 'string' },
  category: { type: 'string' },
  outcome: { type: 'string' },
  stage: { type: 'string' },
  person: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  text: { type: 'string' },
  origin: { type: 'string' },
  trace: { type: 'string' },
} as const;

/** What the commands stand on. */
export interface AuditDesk {
  readonly database: Database;
  readonly vault: () => Promise<Vault>;
  readonly configuration: () => Promise<Configuration>;
  readonly say: Say;
  /** Waits until what was said has gone. */
  readonly flushed?: () => Promise<void>;
}

/** The audit from the command line. Answers with the exit code. */
export async function audit(args: readonly string[], desk: AuditDesk): Promise<number> {
  const [first, ...rest] = args;
  const wrong = (problem?: string): number => {
    if (problem !== undefined) desk.say(problem);
    desk.say(AUDIT_USAGE);
    return 1;
  };
  if (first === 'list') return list(rest, desk, wrong);
  if (first === 'export') return exportAll(rest, desk, wrong);
  if (first === 'verify') return verify(rest, desk, wrong);
  if (first === 'drop') return drop(rest, desk, wrong);
  if (first === 'bodies') return bodies(rest, desk, wrong);
  if (first === 'body') return body(rest, desk, wrong);
  return wrong();
}

type Wrong = (problem?: string) => number;

async function list(args: readonly string[], { database, configuration, say }: AuditDesk, wrong: Wrong): Promise<number> {
  const values = valuesOf(args, { ...FILTERS, limit: { type: 'string' }, after: { type: 'string' }, json: { type: 'boolean' } });
  const limit = Number(values?.['limit'] ?? 50);
  const filter = values === null ? null : filterOf(values);
  if (values === null || filter === null || !Number.isInteger(limit) || limit < 1 || limit > MOST_AUDIT_LINES) return wrong();
  if (typeof filter === 'string') return wrong(filter);
  const after = values['after'];
  const page = await new AuditSearchRepository(database).page(filter, limit, typeof after === 'string' ? after : null);
  const current = await configuration();
  if (after === undefined) await auditSearchedOn(database, () => current, filter, page.lines.length, userInfo().username);
  if (values['json'] === true) say(JSON.stringify(page, null, 2));
  else {
    for (const line of page.lines) say(lineOf(line));
    if (page.lines.length === 0) say('Nothing in the audit fits.');
    if (page.next !== null) say(`There is more: --after ${page.next}`);
  }
  return 0;
}

async function exportAll(args: readonly string[], { database, configuration, say, flushed = drained }: AuditDesk, wrong: Wrong): Promise<number> {
  const values = valuesOf(args, { ...FILTERS, format: { type: 'string' } });
  const filter = values === null ? null : filterOf(values);
  const format = AUDIT_FORMATS.find((one) => one === values?.['format']);
  if (filter === null || format === undefined) return wrong();
  if (typeof filter === 'string') return wrong(filter);
  const current = await configuration();
  const { pieces } = await auditExportsOn(database, () => current).begin({ filter, format }, userInfo().username);
  for await (const piece of pieces) {
    for (const line of piece.slice(0, -1).split('\n')) say(line);
    await flushed();
  }
  return 0;
}

/** 1 where a row or a seal is not as it was. */
async function verify(args: readonly string[], { database, vault, say }: AuditDesk, wrong: Wrong): Promise<number> {
  const values = valuesOf(args, { day: { type: 'string' }, json: { type: 'boolean' } });
  const day = values?.['day'];
  if (values === null || (typeof day === 'string' && !isDay(day))) return wrong();
  const proofs = new AuditProofRepository(database, await vault());
  const found: AuditProof[] = [];
  for (const kind of AUDIT_KINDS)
    for (const one of typeof day === 'string' ? [day] : await proofs.days(kind)) {
      const proof = await proofs.verify(kind, one);
      found.push(proof);
      if (values['json'] !== true) say(proofLine(proof));
    }
  if (values['json'] === true) say(JSON.stringify(found, null, 2));
  return found.every(({ verdict }) => verdict === 'intact' || verdict === 'dropped') ? 0 : 1;
}

async function drop(args: readonly string[], { database, configuration, say }: AuditDesk, wrong: Wrong): Promise<number> {
  const values = valuesOf(args, { keep: { type: 'string' } });
  const { id: site, reportsTo, audit: told } = (await configuration()).instance;
  const keepMonths = values?.['keep'] === undefined ? told?.keepMonths : Number(values['keep']);
  if (values === null || (keepMonths !== undefined && !(Number.isInteger(keepMonths) && keepMonths >= 1))) return wrong();
  if (keepMonths === undefined) return wrong('the configuration does not say how many months are kept (instance.audit.keepMonths): say it with --keep');
  const dropped = await new AuditMonthRepository(database).drop({ keepMonths, url: reportsTo?.url ?? null, site });
  for (const line of dropped === null ? ['Somebody is at work on the audit: try again.'] : dropped.flatMap(droppedLines)) say(line);
  return dropped === null ? 1 : 0;
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

type Values = Readonly<Record<string, string | boolean | undefined>>;

function valuesOf(args: readonly string[], options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>): Values | null {
  try {
    return parseArgs({ args: [...args], options: { ...options } }).values as Values;
  } catch {
    return null;
  }
}

/** The filter, or what is wrong with it. */
function filterOf(values: Values): AuditFilter | string {
  const named = Object.entries(values).filter(([name]) => name in FILTERS);
  const read = AuditFilter.safeParse(Object.fromEntries(named.map(([name, value]) => [name, inFull(name, String(value))])));
  if (read.success) return read.data;
  return `--${String(read.error.issues[0]?.path[0] ?? '')} does not fit`;
}

function inFull(name: string, value: string): string {
  if (name === 'category') return aggregateNamed(value);
  return (name === 'since' || name === 'until') && isDay(value) ? `${value}T00:00:00Z` : value;
}

/** Whoever reads us may be slower than the database. */
async function drained(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
}
