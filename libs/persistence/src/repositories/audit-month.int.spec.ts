import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditDropped } from '@sync-hub/contracts';
import { AuditByMonth1764500000131 } from '../migrations/0131-audit-by-month.js';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AuditMonthRepository, auditMonths, type DroppedMonths } from './audit-month.repository.js';
import { AuditProofRepository } from './audit-proof.repository.js';
import { AuditSealRepository } from './audit-seal.repository.js';

const HUB = 'https://hub.test';

describe('the months of the audit', () => {
  let bench: PipelineBench;
  let months: AuditMonthRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
    months = new AuditMonthRepository(bench.database);
  }, 60_000);
  beforeEach(async () => {
    await drop(0);
    await bench.database.write(`truncate audit, received_audit, audit_seal, audit_shipping, outbox restart identity`);
  });
  afterAll(() => bench.close());

  /** A row of so many months ago. */
  const write = (name: string, monthsAgo: number) =>
    bench.database.write(
      `insert into audit (message_id, type, site, correlation_id, details, said_at, recorded_at)
       values ($1, 'job.ended.v1', 'kisumu', 'job', '{}', now(), date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - make_interval(months => $2))`,
      [name, monthsAgo],
    );
  const left = async () => (await bench.database.query<{ name: string }>(`select message_id as name from audit order by id`)).map(({ name }) => name);
  const shippedTo = (id: number) => bench.database.write(`insert into audit_shipping (url, shipped_to) values ($1, $2)`, [HUB, id]);
  const drop = async (keepMonths: number, url: string | null = null): Promise<DroppedMonths | undefined> =>
    (await months.drop({ keepMonths, url, site: 'hub' }))?.find(({ kind }) => kind === 'own');

  it('are open before they begin, and opened for what came late', async () => {
    const [{ next } = { next: '' }] = await bench.database.query<{ next: string }>(
      `select to_char(date_trunc('month', now() at time zone 'UTC') + interval '1 month', 'YYYY-MM') as next`,
    );
    expect(await auditMonths(bench.database, 'own')).toContain(next);
    await write('late', 7);
    const before = await auditMonths(bench.database, 'own');
    expect(await months.open()).toBe(true);
    expect((await auditMonths(bench.database, 'own')).length).toBe(before.length + 1);
    expect(await bench.database.query(`select from audit_else`)).toEqual([]);
    expect(await left()).toEqual(['late']);
  });

  it('are dropped when they are past their time, which is said, and their seals still hold', async () => {
    for (const [name, ago] of [
      ['old', 4],
      ['last', 3],
      ['kept', 2],
      ['now', 0],
    ] as const)
      await write(name, ago);
    await months.open();
    const seals = new AuditSealRepository(bench.database, bench.vault);
    const proofs = new AuditProofRepository(bench.database, bench.vault);
    await seals.sealNext('own');
    const days = await proofs.days('own');
    expect(await drop(2)).toMatchObject({ months: [days[0]?.slice(0, 7), days[1]?.slice(0, 7)], kept: [] });
    expect(await left()).toEqual(['kept', 'now']);
    expect(await bench.database.query(`select type, site, payload -> 'months' as months from outbox`)).toEqual([
      { type: AuditDropped.name, site: 'hub', months: [days[0]?.slice(0, 7), days[1]?.slice(0, 7)] },
    ]);
    const verdicts: string[] = [];
    for (const day of days) verdicts.push((await proofs.verify('own', day)).verdict);
    expect(verdicts).toEqual(['dropped', 'dropped', 'intact', 'intact']);
  });

  it('stay until the last row of them was shipped to where this instance reports', async () => {
    await write('first', 4);
    await write('second', 3);
    await months.open();
    await shippedTo(1);
    expect(await drop(1, HUB)).toMatchObject({ months: [expect.any(String)], kept: [expect.any(String)] });
    expect(await left()).toEqual(['second']);
    await bench.database.write(`update audit_shipping set shipped_to = 2`);
    expect(await drop(1, HUB)).toMatchObject({ kept: [] });
    expect(await left()).toEqual([]);
  });

  it('take rows of no open month with them, and nothing else', async () => {
    await write('of-no-month', 13);
    await write('now', 0);
    expect(await drop(1)).toMatchObject({ others: 1 });
    expect(await left()).toEqual(['now']);
    expect(await drop(1)).toMatchObject({ months: [], others: 0 });
  });

  it('take what was written before there were any, each row under its number, and number on from there', async () => {
    const columns = `message_id text not null, type text not null, site text not null, link text, aggregate text, uuid text, correlation_id text not null, outcome text,
      reason text, details jsonb not null, said_at timestamptz not null`;
    await bench.database.transaction(async (tx) => {
      await tx.query(`create schema before`);
      await tx.query(`set local search_path = before`);
      await tx.query(
        `create table audit (id bigint generated always as identity primary key, ${columns}, recorded_at timestamptz not null default now(), unique (message_id))`,
      );
      await tx.query(`create index audit_record on audit (aggregate, uuid, id)`);
      await tx.query(`create index audit_outcome on audit (id desc) where outcome is not null`);
      await tx.query(`create table received_audit (id bigint generated always as identity primary key, origin text not null, ${columns}, recorded_at timestamptz not null,
        received_at timestamptz not null default now(), unique (origin, message_id, recorded_at))`);
      const insert = (name: string, ago: string) =>
        tx.query(
          `insert into audit (message_id, type, site, correlation_id, details, said_at, recorded_at) values ('${name}', 't', 's', 'c', '{"a":1}', now(), now() - interval '${ago}')`,
        );
      await insert('rolled-back', '0');
      await tx.query(`delete from audit`);
      for (const [name, ago] of [
        ['ancient', '100 years'],
        ['old', '3 months'],
        ['new', '0'],
      ] as const)
        await insert(name, ago);
      await tx.query(`insert into received_audit (origin, message_id, type, site, correlation_id, details, said_at, recorded_at)
        select 'box', message_id, type, site, correlation_id, details, said_at, recorded_at from audit`);
      await new AuditByMonth1764500000131().up({ query: (sql: string) => tx.query(sql) } as never);
      await insert('next', '0');
      expect(await tx.query(`select id::int as id, message_id as name, tableoid::regclass::text ~ 'else' as else from audit order by audit.id`)).toEqual([
        { id: 2, name: 'ancient', else: true },
        { id: 3, name: 'old', else: false },
        { id: 4, name: 'new', else: false },
        { id: 5, name: 'next', else: false },
      ]);
      expect(await tx.query(`select count(*)::int as count, min(origin) as origin from received_audit`)).toEqual([{ count: 3, origin: 'box' }]);
    });
  });
});
