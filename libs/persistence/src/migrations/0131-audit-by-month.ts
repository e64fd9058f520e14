import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opens a month of a table that is divided by `recorded_at` (UTC), with the rows of it that came before it was open. */
const OPEN_MONTH = `
  create function open_audit_month(parent text, month date) returns void language plpgsql as $body$
  declare
    part text := parent || '_' || to_char(month, 'YYYY_MM');
    since text := to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00';
    until text := to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00';
  begin
    if to_regclass(part) is not null then return; end if;
    execute format('lock table %I in access exclusive mode', parent || '_else');
    if to_regclass(part) is not null then return; end if;
    execute format('create table %I (like %I including defaults including constraints)', part, parent);
    execute format('with moved as (delete from %I where recorded_at >= %L and recorded_at < %L returning *) insert into %I select * from moved',
      parent || '_else', since, until, part);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, since, until);
  end $body$;
`;

const COLUMNS = `
  message_id text not null,
  type text not null,
  site text not null,
  link text,
  aggregate text,
  uuid text,
  correlation_id text not null,
  outcome text,
  reason text,
  details jsonb not null,
  said_at timestamptz not null,
`;

/** What people look for, each with its newest first. */
const indexesOf = (table: string): string => `
  create index ${table}_id on ${table} (id);
  create index ${table}_record on ${table} (uuid, recorded_at, id) where uuid is not null;
  create index ${table}_site on ${table} (site, recorded_at, id);
  create index ${table}_link on ${table} (link, recorded_at, id) where link is not null;
  create index ${table}_category on ${table} (aggregate, recorded_at, id) where aggregate is not null;
  create index ${table}_outcome on ${table} (outcome, recorded_at, id) where outcome is not null;
  create index ${table}_type on ${table} (type, recorded_at, id);
  create index ${table}_person on ${table} (left(details ->> 'by', 200), recorded_at, id) where left(details ->> 'by', 200) is not null;
  create index ${table}_patient on ${table} (left(details ->> 'patient', 200), uuid) where left(details ->> 'patient', 200) is not null;
  create index ${table}_words on ${table} using gin (audit_words(outcome, reason, details));
`;

/** What is found by text: names, codes and reasons, and no ids, which have indexes of their own. No row is refused for being long. */
const WORDS = `
  create function audit_words(outcome text, reason text, details jsonb) returns tsvector language sql immutable parallel safe
    return to_tsvector('simple', left(coalesce(outcome, '') || ' ' || coalesce(reason, '') || ' '
      || (details - array['record', 'jobId', 'changeId', 'conflictId', 'answerId', 'ruleId', 'snapshot', 'patient', 'round', 'site', 'link'])::text, 100000));
`;

/** A partition for each month that has rows, for this one and the two after it. */
const monthsOf = (table: string): string => `
  select open_audit_month('${table}', month::date) from (
    select distinct date_trunc('month', recorded_at at time zone 'UTC') from ${table}_before
    where recorded_at between now() - interval '50 years' and now() + interval '3 months'
    union select date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead) from generate_series(0, 2) as ahead
  ) as found (month);
`;

const ALL = 'message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at';

/** The audit, and what was received of others, by month, and with an index for each thing that people look for. Who writes sees to it that a message is written once: the inbox. */
export class AuditByMonth1764500000131 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OPEN_MONTH + WORDS);
    await runner.query(`
      alter table audit rename to audit_before;
      create table audit (
        id bigint generated always as identity, ${COLUMNS}
        recorded_at timestamptz not null default now()
      ) partition by range (recorded_at);
      create table audit_else partition of audit default;
      ${monthsOf('audit')}
      insert into audit (id, ${ALL}, recorded_at) overriding system value select id, ${ALL}, recorded_at from audit_before order by id;
      select setval(pg_get_serial_sequence('audit', 'id'), nextval(pg_get_serial_sequence('audit_before', 'id')), false);
      drop table audit_before;
      alter table audit add constraint audit_key primary key (recorded_at, id);
      create index audit_message on audit (message_id);
      ${indexesOf('audit')}
    `);
    await runner.query(`
      alter table received_audit rename to received_audit_before;
      create table received_audit (
        id bigint generated always as identity, origin text not null, ${COLUMNS}
        recorded_at timestamptz not null,
        received_at timestamptz not null default now()
      ) partition by range (recorded_at);
      create table received_audit_else partition of received_audit default;
      ${monthsOf('received_audit')}
      insert into received_audit (id, origin, ${ALL}, recorded_at, received_at) overriding system value
        select id, origin, ${ALL}, recorded_at, received_at from received_audit_before order by id;
      select setval(pg_get_serial_sequence('received_audit', 'id'), nextval(pg_get_serial_sequence('received_audit_before', 'id')), false);
      drop table received_audit_before;
      alter table received_audit add constraint received_audit_key primary key (recorded_at, id);
      alter table received_audit add constraint received_audit_once unique (origin, message_id, recorded_at);
      create index received_audit_origin on received_audit (origin, recorded_at, id);
      ${indexesOf('received_audit')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
