import { type AuditFilter, type AuditLine, type AuditPage, OWN_AUDIT, saidBy } from '@sync-hub/contracts';
import type { AuditKind } from '../audit-chain.js';
import { type AuditPlace, inGroups, type PlacedLine, pageOf, placeIn, spansBefore } from '../audit-pages.js';
import type { Database } from '../database.js';
import { columnsOf, lineFrom, type StoredLine } from './audit-line.js';
import { auditMonths } from './audit-month.repository.js';
import { AUDIT_TABLES } from './audit-tables.js';

const KINDS: readonly AuditKind[] = ['own', 'received'];

/** Parameters of a statement, and what is asked with them. */
class Conditions {
  readonly parameters: unknown[] = [];
  readonly asked: string[] = [];

  with(text: (parameter: string) => string, value: unknown): void {
    this.parameters.push(value);
    this.asked.push(text(`$${this.parameters.length}`));
  }
}

/** Reads the audit, and what was received of others. Writes nothing. */
export class AuditSearchRepository {
  constructor(private readonly database: Database) {}

  /** Lines that fit, the newest first. `after` is where the page before ended. */
  async page(filter: AuditFilter, limit: number, after: string | null = null): Promise<AuditPage> {
    const place = after === null ? null : placeIn(after);
    const records = filter.patient === undefined ? null : await this.recordsOf(filter.patient);
    const found = await Promise.all(KINDS.filter((kind) => isOf(kind, filter)).map((kind) => this.linesOf(kind, { filter, records, place, limit: limit + 1 })));
    return pageOf(found.flat(), limit);
  }

  /** The line of that number; `null` where there is none. */
  async line(kind: AuditKind, id: string): Promise<AuditLine | null> {
    const [row] = await this.database.query<StoredLine>(`select ${columnsOf(kind)} from ${AUDIT_TABLES[kind].table} as line where id = $1`, [id]);
    return row === undefined ? null : lineFrom(row);
  }

  /** Month by month, so that no statement looks at more of them than it needs; where the newest was not enough, some side by side. */
  private async linesOf(kind: AuditKind, look: Look): Promise<readonly PlacedLine[]> {
    const { since, until } = look.filter;
    const found: PlacedLine[] = [];
    for (const spans of inGroups(spansBefore(await auditMonths(this.database, kind), { since, until, place: look.place }), MONTHS_AT_ONCE)) {
      const limit = look.limit - found.length;
      const each = await Promise.all(spans.map((span) => this.linesIn(kind, { ...look, limit }, span)));
      found.push(...each.flat().slice(0, limit));
      if (found.length === look.limit) break;
    }
    return found;
  }

  private async linesIn(kind: AuditKind, { filter, records, place, limit }: Look, { from, to }: { from: string; to: string }): Promise<readonly PlacedLine[]> {
    const conditions = conditionsOf(filter, records);
    conditions.with((at) => `recorded_at >= ${at}::timestamptz`, from);
    conditions.with((at) => `recorded_at < ${at}::timestamptz`, to);
    if (place !== null) afterPlace(conditions, kind, place);
    conditions.parameters.push(limit);
    const rows = await this.database.query<StoredLine>(
      `select ${columnsOf(kind)} from ${AUDIT_TABLES[kind].table} as line
       where ${conditions.asked.join(' and ')} order by recorded_at desc, line.id desc limit $${conditions.parameters.length}`,
      conditions.parameters,
    );
    return rows.map((row) => ({ place: { recorded: row.recorded, kind, id: row.id }, line: lineFrom(row) }));
  }

  /** The patient's own record, and all that ever travelled as hers. */
  private async recordsOf(patient: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ uuid: string }>(
      KINDS.map((kind) => `select uuid from ${AUDIT_TABLES[kind].table} where left(details ->> 'patient', 200) = $1`).join(' union '),
      [patient],
    );
    return [...new Set([patient, ...rows.map(({ uuid }) => uuid)])];
  }
}

/** More would take connections from those who write. */
const MONTHS_AT_ONCE = 2;

interface Look {
  readonly filter: AuditFilter;
  /** The uuids of a patient's records, where one is looked for. */
  readonly records: readonly string[] | null;
  readonly place: AuditPlace | null;
  readonly limit: number;
}

const isOf = (kind: AuditKind, { origin }: AuditFilter): boolean => origin === undefined || (kind === 'own') === (origin === OWN_AUDIT);

function conditionsOf(filter: AuditFilter, records: readonly string[] | null): Conditions {
  const conditions = new Conditions();
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.with((at) => `${column} = ${at}`, value);
  };
  equal('uuid', filter.record);
  if (records !== null) conditions.with((at) => `uuid = any(${at})`, records);
  equal('link', filter.link);
  equal('site', filter.site);
  equal('aggregate', filter.category);
  equal('outcome', filter.outcome);
  if (filter.stage !== undefined) conditions.with((at) => `type = any(${at})`, saidBy(filter.stage));
  equal(`left(details ->> 'by', 200)`, filter.person);
  equal(`left(details ->> 'trace', 200)`, filter.trace);
  if (filter.text !== undefined) conditions.with((at) => `audit_words(outcome, reason, details) @@ plainto_tsquery('simple', ${at})`, filter.text);
  if (filter.origin !== undefined && filter.origin !== OWN_AUDIT) equal('origin', filter.origin);
  return conditions;
}

/** Of one moment, what was received comes first. */
function afterPlace(conditions: Conditions, kind: AuditKind, place: AuditPlace): void {
  const moment = (at: string): string => `to_timestamp(0) + ${at}::bigint * interval '1 microsecond'`;
  if (kind !== place.kind) {
    conditions.with((at) => `recorded_at ${kind === 'own' ? '<=' : '<'} ${moment(at)}`, place.recorded);
    return;
  }
  conditions.with((at) => `recorded_at <= ${moment(at)}`, place.recorded);
  conditions.parameters.push(place.id);
  conditions.asked.push(`(recorded_at, line.id) < (${moment(`$${conditions.parameters.length - 1}`)}, $${conditions.parameters.length}::bigint)`);
}
