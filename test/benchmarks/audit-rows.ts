import type { Database } from '@sync-hub/persistence';

interface Made {
  readonly rows: number;
  readonly months: number;
  readonly say: (line: string) => void;
}

/**
 * Rows as a hub of forty clinics has them: five lines a change; one clinic left after the first month, and one has joined in the last. What is rare is rare: one job in 200 is held,
 * one line in 5,000 is somebody's act.
 */
const ROWS = `
  select 'made:' || $1::int || ':' || n as message_id, type, site, link,
    (array['encounter', 'encounter', 'encounter', 'visit', 'visit', 'person', 'order', 'obs', 'condition', 'allergy'])[1 + record % 10] as aggregate,
    md5('record ' || record)::uuid::text as uuid, md5('job ' || record)::uuid::text as correlation_id,
    case when type = 'job.ended.v1' then case when n % 40 = 4 then 'in-step' else 'pushed' end when type = 'job.held.v1' then case when record % 3 = 0 then 'parked' else 'waiting' end
      when type = 'change.ended.v1' then 'mapped' end as outcome,
    case when type = 'job.held.v1' then (array['refused', 'unmapped', 'needs'])[1 + record % 3] end as reason,
    jsonb_strip_nulls(jsonb_build_object('round', 1, 'jobId', md5('job ' || record)::uuid, 'record', jsonb_build_object('uuid', md5('record ' || record)::uuid), 'link', link, 'site', site,
      'patient', case when type = 'record.mapped.v1' then md5('patient ' || record % (1 + $3::int / 500))::uuid end,
      'fields', case when type = 'job.ended.v1' then jsonb_build_array((array['obs', 'encounterDatetime', 'gender', 'birthdate', 'names', 'voided'])[1 + record % 6]) end,
      'code', case when type = 'job.held.v1' then 'status-' || (array[400, 404, 409, 500])[1 + record % 4] end,
      'by', case when type = 'conflict.answered.v1' then 'clerk-' || (n / 5000) % 30 end)) as details,
    at as said_at, at as recorded_at
  from (
    select n, $1::int * 10000000 + n / 5 as record, at, site, case when type in ('record.changed.v1', 'record.fetched.v1', 'change.ended.v1') then null else site end as link, type from (
      select n, $2::timestamptz + n * ($4::interval / $3::int) as at,
        case when $1::int = 0 and n % 35 = 0 then 'site-left' when $5 and n % 20000 = 0 then 'site-new' else 'site-' || (n / 5) % 40 end as site,
        case when n % 5000 = 3 then 'conflict.answered.v1' when n % 1000 = 4 then 'job.held.v1'
          else (array['record.changed.v1', 'record.fetched.v1', 'change.ended.v1', 'record.mapped.v1', 'job.ended.v1'])[1 + n % 5] end as type
      from generate_series(0, $3::int - 1) as n
    ) as made
  ) as row`;

const COLUMNS = 'message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at, recorded_at';

/** Fills the audit with so many rows, spread over the last months. A month is filled before its indexes are made, which is faster. */
export async function fillAudit(database: Database, { rows, months, say }: Made): Promise<void> {
  for (let index = 0; index < months; index += 1) {
    const [{ month, since, until } = { month: '', since: '', until: '' }] = await database.query<{ month: string; since: string; until: string }>(
      `select to_char(first, 'YYYY_MM') as month, first::text || '+00' as since, (case when $1 = 0 then now() at time zone 'UTC' else first + interval '1 month' end)::text || '+00' as until
       from (select date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1) as first) as found`,
      [months - 1 - index],
    );
    await fillMonth(database, `audit_${month}`, [index, since, Math.floor(rows / months), until, index === months - 1]);
    say(`${month}: ${Math.floor(rows / months)} rows`);
  }
  await database.write('analyze audit');
}

async function fillMonth(
  database: Database,
  part: string,
  [index, since, rows, until, isLast]: readonly [number, string, number, string, boolean],
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(`drop table if exists ${part}`);
    await tx.query(`create table ${part} (like audit including defaults including constraints)`);
    await tx.query(
      `insert into ${part} (id, ${COLUMNS}) select nextval(pg_get_serial_sequence('audit', 'id')), ${COLUMNS} from (${ROWS.replace('$4::interval', '($4::timestamptz - $2::timestamptz)')}) as made`,
      [index, since, rows, until, isLast],
    );
    await tx.query(`set local maintenance_work_mem = '256MB'`);
    await tx.query(`alter table audit attach partition ${part} for values from ('${since}') to ('${isLast ? await nextMonth(tx) : until}')`);
  });
}

async function nextMonth(tx: { query: <Row extends Record<string, unknown>>(sql: string) => Promise<Row[]> }): Promise<string> {
  const [row] = await tx.query<{ next: string }>(`select (date_trunc('month', now() at time zone 'UTC') + interval '1 month')::text || '+00' as next`);
  return row?.next ?? '';
}
