import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditKind, type ChainRow, chained } from '../audit-chain.js';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AuditRepository } from './audit.repository.js';
import { AuditProofRepository } from './audit-proof.repository.js';
import { AuditSealRepository } from './audit-seal.repository.js';
import { contentOfRow } from './audit-tables.js';
import { ReceivedAuditRepository } from './received-audit.repository.js';

describe('the seals of the audit', () => {
  let bench: PipelineBench;
  let seals: AuditSealRepository;
  let proofs: AuditProofRepository;
  let today = '';
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
    seals = new AuditSealRepository(bench.database, bench.vault);
    proofs = new AuditProofRepository(bench.database, bench.vault);
  }, 60_000);
  beforeEach(async () => {
    await bench.database.write(`truncate audit, received_audit, audit_origin, audit_seal restart identity`);
    [{ today } = { today: '' }] = await bench.database.query<{ today: string }>(`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today`);
  });
  afterAll(() => bench.close());

  const said = (name: string) => ({
    messageId: `job.ended.v1:${name}:1`,
    type: 'job.ended.v1',
    site: 'kisumu',
    payload: { link: 'kisumu', record: { aggregate: 'person', uuid: name }, outcome: 'pushed', fields: ['gender'], lost: [] },
    correlationId: name,
    timestamp: new Date('2026-11-29T08:00:00.123Z'),
  });
  const write = async (...names: string[]): Promise<void> => {
    for (const name of names) await bench.database.transaction((tx) => new AuditRepository().record(tx, said(name)));
  };
  const sealAll = async (kind: AuditKind = 'own', atOnce = 3): Promise<void> => {
    for (let sealed = 1; sealed > 0; ) sealed = (await seals.sealNext(kind, atOnce)) ?? 1;
  };
  const verify = (day = today, kind: AuditKind = 'own') => proofs.verify(kind, day);

  it('hold while nothing is changed, and say how many rows are too new for them', async () => {
    await write('a', 'b', 'c', 'd');
    await sealAll();
    await write('e');
    expect(await verify()).toEqual({
      kind: 'own',
      day: today,
      rows: 4,
      notSealed: 1,
      verdict: 'intact',
      fault: null,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await sealAll();
    expect(await verify()).toMatchObject({ rows: 5, notSealed: 0, verdict: 'intact' });
  });

  it('are of every day that has rows, however far apart, and of no other', async () => {
    await write('a', 'b', 'c', 'd');
    const days = ['2019-02-28', '2019-03-01', '2024-12-31'];
    for (const [index, day] of days.entries())
      await bench.database.write(`update audit set recorded_at = $1::timestamptz where uuid = $2`, [`${day} 23:59:59.999+00`, ['a', 'b', 'c'][index]]);
    expect(await proofs.days('own')).toEqual([...days, today]);
    expect(await proofs.days('received')).toEqual([]);
  });

  it.each([
    ['a detail', `details = jsonb_set(details, '{fields}', '["birthdate"]')`],
    ['what became of it', `outcome = 'in-step'`],
    ['the record', `uuid = 'another'`],
    ['when it was', `said_at = said_at + interval '1 microsecond'`],
    ['when it was recorded', `recorded_at = recorded_at + interval '1 microsecond'`],
  ])('name the first altered row where somebody alters %s', async (_, change) => {
    await write('a', 'b', 'c', 'd', 'e');
    await sealAll();
    await bench.database.write(`update audit set ${change} where id in (4, 5)`);
    expect(await verify()).toMatchObject({ rows: 3, verdict: 'broken', fault: { id: '4', what: 'altered' } });
  });

  it('name the first row that is no longer there, or was moved to another day', async () => {
    await write('a', 'b', 'c', 'd', 'e');
    await sealAll();
    await bench.database.write(`update audit set recorded_at = recorded_at - interval '1 day' where id = 2`);
    expect(await verify()).toMatchObject({ verdict: 'broken', fault: { id: '2', what: 'removed' } });
    await bench.database.write(`delete from audit where id = 1`);
    expect(await verify()).toMatchObject({ verdict: 'broken', fault: { id: '1', what: 'removed' } });
    const [before = ''] = await proofs.days('own');
    expect(await verify(before)).toMatchObject({ verdict: 'broken', fault: { id: '2', what: 'between' } });
  });

  it('name a row that was put where a number was free', async () => {
    await bench.database
      .transaction((tx) =>
        new AuditRepository().record(
          {
            ...tx,
            later: (writeAll, row) =>
              void tx.later(async (all) => {
                await writeAll(all, [row]);
                throw new Error('rolled back');
              }, row),
          },
          said('gap'),
        ),
      )
      .catch(() => undefined);
    await write('b', 'c');
    await sealAll();
    const put = (id: number) =>
      bench.database.write(
        `insert into audit (id, message_id, type, site, correlation_id, details, said_at) overriding system value values (${id}, 'put', 'job.ended.v1', 'kisumu', 'x', '{}', now())`,
      );
    await put(1);
    expect(await verify()).toMatchObject({ verdict: 'broken', fault: { id: '1', what: 'between' } });
  });

  it('are not believed where somebody without the key writes them anew, takes one out, or takes out the last', async () => {
    await write('a', 'b', 'c', 'd', 'e', 'f', 'g');
    await sealAll();
    await bench.database.write(`update audit_seal set head = sha256('mine') where number = 2`);
    expect(await verify()).toMatchObject({ rows: 3, verdict: 'broken', fault: { seal: '2' } });
    await bench.database.write(`delete from audit_seal where number = 2`);
    expect(await verify()).toMatchObject({ rows: 3, verdict: 'broken', fault: { seal: '3' } });
  });

  it('name the first seal that somebody made anew over what they had altered, without the key', async () => {
    await write('a', 'b', 'c', 'd', 'e', 'f', 'g');
    await sealAll();
    await bench.database.write(`update audit set outcome = 'in-step' where id = 5`);
    const [{ head: before } = { head: Buffer.alloc(0) }] = await bench.database.query<{ head: Buffer }>(`select head from audit_seal where number = 1`);
    const rows = await bench.database.query<ChainRow>(
      `select id::text as id, ${contentOfRow('own')} as content from audit as row where id > 3 order by row.id`,
    );
    const hashes = chained(before, rows);
    const forge = (number: number, own: readonly Buffer[]) =>
      bench.database.write(`update audit_seal set hashes = $2, head = $3 where number = $1`, [number, Buffer.concat([...own]), own.at(-1)]);
    await forge(2, hashes.slice(0, 3));
    await forge(3, hashes.slice(3));
    expect(await verify()).toMatchObject({ rows: 3, verdict: 'broken', fault: { seal: '2' } });
  });

  it('keep to the day that a row was recorded on, though it is committed after midnight', async () => {
    await write('a', 'b', 'c');
    await bench.database.write(`update audit set recorded_at = recorded_at - interval '1 day' where id = 2`);
    await sealAll();
    const days = await proofs.days('own');
    expect(days).toHaveLength(2);
    for (const [index, day] of days.entries()) expect(await verify(day)).toMatchObject({ day, rows: index + 1, verdict: 'intact', fault: null });
  });

  it('end where somebody still writes', async () => {
    let commit: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let isWritten: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const first = bench.database.transaction((tx) =>
      new AuditRepository().record(
        {
          ...tx,
          later: (writeAll, row) =>
            void tx.later(async (all) => {
              await writeAll(all, [row]);
              isWritten();
              await told;
            }, row),
        },
        said('first'),
      ),
    );
    await written;
    await write('second');
    expect(await seals.sealNext('own')).toBeNull();
    commit();
    await first;
    await sealAll();
    expect(await verify()).toMatchObject({ rows: 2, verdict: 'intact' });
  });

  it('have each row once, though many write and several seal at once', async () => {
    let isWritten = false;
    const names = Array.from({ length: 60 }, (_, index) => `row-${index}`);
    const writers = [0, 1, 2].map((writer) => write(...names.filter((_, index) => index % 3 === writer)));
    const sealers = [1, 2].map(async () => {
      while (!isWritten) await seals.sealNext('own', 2);
    });
    await Promise.all(writers);
    isWritten = true;
    await Promise.all(sealers);
    await sealAll();
    expect(await verify()).toMatchObject({ rows: 60, notSealed: 0, verdict: 'intact' });
    const [counted] = await bench.database.query(`select count(*)::int as rows, count(distinct id)::int as ids from audit_seal cross join unnest(ids) as id`);
    expect(counted).toEqual({ rows: 60, ids: 60 });
  });

  it('hold for what was received of others, and for where it is from', async () => {
    const row = {
      id: '7',
      messageId: 'job.ended.v1:x:1',
      type: 'job.ended.v1',
      site: 'kisumu',
      link: 'kisumu',
      aggregate: 'person',
      uuid: 'x',
      correlationId: 'x',
      outcome: 'pushed',
      reason: null,
      details: {},
      saidAt: `${today}T00:00:00Z`,
      recordedAt: `${today}T00:00:00Z`,
    };
    await new ReceivedAuditRepository(bench.database).take('kisumu-box', [row, { ...row, id: '8', messageId: 'job.ended.v1:y:1' }], {
      rows: 0,
      since: null,
      notTaken: 0,
    });
    await sealAll('received');
    expect(await verify(today, 'received')).toMatchObject({ rows: 2, verdict: 'intact' });
    await bench.database.write(`update received_audit set origin = 'siaya-box' where id = 2`);
    expect(await verify(today, 'received')).toMatchObject({ rows: 0, verdict: 'broken', fault: { id: '2', what: 'altered' } });
  });
});
