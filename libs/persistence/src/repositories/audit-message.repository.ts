import { type AuditLine, JobEnded, JobHeld, OWN_AUDIT } from '@sync-hub/contracts';
import { AUDIT_KINDS, type AuditKind } from '../audit-chain.js';
import type { Database } from '../database.js';
import { columnsOf, lineFrom, type StoredLine } from './audit-line.js';
import { AUDIT_TABLES } from './audit-tables.js';

/** So many messages are counted, and can be leafed through, at most. */
export const MOST_MESSAGES = 10_000;

/** The target's end of a link, by their ids. */
export interface EndOfLink {
  readonly link: string;
  readonly site: string;
}

/** What a client of Sync 2.0 asks for; null is whatever. */
export interface MessagesAsked {
  readonly success: boolean | null;
  /** Jobs whose target is one of these. */
  readonly targets: readonly EndOfLink[] | null;
  readonly aggregate: string | null;
  /** The instance that it was received from, or `own`. */
  readonly origin: string | null;
  readonly offset: number;
  readonly limit: number;
}

/** A job as Sync 2.0 would have told of it, and the conflict that holds it. */
export interface AuditMessageLine extends AuditLine {
  readonly conflictId: string | null;
}

/** Lines of the audit that Sync 2.0 would have had: how a job ended, or is held. Writes nothing. */
export class AuditMessageRepository {
  constructor(private readonly database: Database) {}

  /** Those that fit, the newest first, and how many there are, up to `MOST_MESSAGES`. */
  async page(asked: MessagesAsked): Promise<{ readonly count: number; readonly lines: readonly AuditMessageLine[] }> {
    const kinds = AUDIT_KINDS.filter((kind) => asked.origin === null || (kind === 'own') === (asked.origin === OWN_AUDIT));
    const where = [asked.targets === null ? null : JSON.stringify(asked.targets), asked.aggregate, asked.origin === OWN_AUDIT ? null : asked.origin];
    const end = Math.min(asked.offset + asked.limit, MOST_MESSAGES);
    const [rows, [counted]] = await Promise.all([
      this.database.query<StoredLine & { readonly conflictId: string | null }>(
        `select * from (${kinds.map((kind) => `(select ${MESSAGE[kind]} from ${AUDIT_TABLES[kind].table} as line where ${fits(kind, asked.success)} order by recorded_at desc, line.id desc limit $4)`).join(' union all ')}) as found
         order by found.recorded::bigint desc, origin nulls last, found.id::bigint desc offset $5 limit greatest($4 - $5, 0)`,
        [...where, end, asked.offset],
      ),
      this.database.query<{ count: number }>(
        `select least(count(*), $4)::int as count from (${kinds.map((kind) => `(select 1 from ${AUDIT_TABLES[kind].table} as line where ${fits(kind, asked.success)} limit $4)`).join(' union all ')}) as found`,
        [...where, MOST_MESSAGES],
      ),
    ]);
    return { count: counted?.count ?? 0, lines: rows.map(({ conflictId, ...row }) => ({ ...lineFrom(row), conflictId })) };
  }

  async find(kind: AuditKind, id: string): Promise<AuditMessageLine | null> {
    const [row] = await this.database.query<StoredLine & { readonly conflictId: string | null }>(
      `select ${MESSAGE[kind]} from ${AUDIT_TABLES[kind].table} as line where id = $1 and ${OF_JOBS}`,
      [id],
    );
    if (row === undefined) return null;
    const { conflictId, ...line } = row;
    return { ...lineFrom(line), conflictId };
  }
}

const OF_JOBS = `type in ('${JobEnded.name}', '${JobHeld.name}')`;

const MESSAGE: Readonly<Record<AuditKind, string>> = {
  own: `${columnsOf('own')}, case when outcome = 'conflict' then (select conflict.id::text from conflict where conflict.job_id::text = line.correlation_id order by opened_at desc limit 1) end as "conflictId"`,
  received: `${columnsOf('received')}, null::text as "conflictId"`,
};

/** A discarded job did not do what it was for. Each as an index has it, for failures are few among many. */
const succeeds = (success: boolean | null): string => {
  if (success === null) return OF_JOBS;
  return success
    ? `type = '${JobEnded.name}' and outcome is distinct from 'discarded'`
    : `(type = '${JobHeld.name}' or outcome = 'discarded' and type = '${JobEnded.name}')`;
};

const fits = (kind: AuditKind, success: boolean | null): string => `${succeeds(success)}
  and ($1::jsonb is null or exists (select from jsonb_to_recordset($1) as target (link text, site text) where target.link = line.link and target.site = line.site))
  and ($2::text is null or aggregate = $2) and ${kind === 'own' ? '$3::text is null' : '($3::text is null or origin = $3)'}`;
