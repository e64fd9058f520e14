import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditFilter } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AuditMonthRepository, auditMonths } from './audit-month.repository.js';
import { AuditSearchRepository } from './audit-search.repository.js';
import { ReceivedAuditRepository } from './received-audit.repository.js';

interface Row {
  readonly name: string;
  readonly at: string;
  readonly type?: string;
  readonly site?: string;
  readonly link?: string;
  readonly aggregate?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

describe('a search of the audit', () => {
  let bench: PipelineBench;
  let search: AuditSearchRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
    search = new AuditSearchRepository(bench.database);
  }, 60_000);
  beforeEach(() => bench.database.write(`truncate audit, received_audit, audit_origin, audit_seal restart identity`));
  afterAll(() => bench.close());

  const write = (...rows: readonly Row[]) =>
    bench.database.write(
      `insert into audit (message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at, recorded_at)
       select name, coalesce(type, 'job.ended.v1'), coalesce(site, 'kisumu'), link, coalesce(aggregate, 'person'), name, 'job', outcome, reason, coalesce(details, '{}'), at, at
       from jsonb_to_recordset($1) as row (name text, at timestamptz, type text, site text, link text, aggregate text, outcome text, reason text, details jsonb)`,
      [JSON.stringify(rows)],
    );
  const receive = (origin: string, ...rows: readonly Row[]) =>
    new ReceivedAuditRepository(bench.database).take(
      origin,
      rows.map(({ name, at, details = {} }, index) => ({
        id: String(index + 1),
        messageId: name,
        type: 'job.held.v1',
        site: 'kisumu',
        link: 'kisumu',
        aggregate: 'person',
        uuid: name,
        correlationId: 'job',
        outcome: 'parked',
        reason: null,
        details,
        saidAt: at,
        recordedAt: at,
      })),
      { rows: 0, since: null, notTaken: 0 },
    );
  /** All pages of so many lines, one after another. */
  async function names(filter: AuditFilter, limit = 500): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    let after: string | null = null;
    do {
      const page = await search.page(filter, limit, after);
      found.push(...page.lines.map(({ uuid }) => uuid));
      after = page.next;
    } while (after !== null);
    return found;
  }

  const DAY = '2026-11-29T08:00:00Z';
  it.each<[string, Partial<Row>, AuditFilter]>([
    ['its site', { site: 'siaya' }, { site: 'siaya' }],
    ['its link', { link: 'siaya' }, { link: 'siaya' }],
    ['its category', { aggregate: 'visit' }, { category: 'visit' }],
    ['its outcome', { outcome: 'refused' }, { outcome: 'refused' }],
    ['the stage that says it', { type: 'record.fetched.v1' }, { stage: 'fetch' }],
    ['who did it', { details: { by: 'amina@hub' } }, { person: 'amina@hub' }],
    ['a word of its details', { details: { fields: ['gender', 'birthdate'] } }, { text: 'birthdate' }],
    ['a code of its reason', { reason: 'unreachable' }, { text: 'unreachable' }],
    ['words in different places', { reason: 'refused', details: { code: 'status-400' } }, { text: 'refused status-400' }],
    ['its day', { at: '2026-11-28T23:59:59.999999Z' }, { until: '2026-11-29T00:00:00Z' }],
    ['the hours since', { at: '2026-11-30T00:00:00Z' }, { since: '2026-11-30T00:00:00Z' }],
  ])('finds a line by %s', async (_, row, filter) => {
    await write(
      { name: 'other', at: DAY, link: 'kisumu', outcome: 'pushed', details: { by: 'joseph@hub', fields: ['names'] } },
      { name: 'wanted', at: DAY, ...row },
    );
    expect(await names(filter)).toEqual(['wanted']);
  });

  it('finds a record by its uuid, and a patient with all that travelled as hers, here and elsewhere', async () => {
    await write(
      { name: 'jane', at: DAY },
      { name: 'her-visit', at: DAY, type: 'record.mapped.v1', aggregate: 'visit', details: { patient: 'jane' } },
      { name: 'her-visit', at: DAY, aggregate: 'visit' },
      { name: 'another', at: DAY },
    );
    await receive('siaya-box', { name: 'her-encounter', at: DAY, details: { patient: 'jane' } });
    expect(await names({ record: 'another' })).toEqual(['another']);
    expect((await names({ patient: 'jane' })).sort()).toEqual(['her-encounter', 'her-visit', 'her-visit', 'jane']);
  });

  it('shows what was received beside our own, with where it is from', async () => {
    await write({ name: 'ours', at: DAY });
    await receive('siaya-box', { name: 'theirs', at: '2026-11-29T09:00:00.000001Z' });
    await receive('kisumu-box', { name: 'older', at: '2026-11-29T07:00:00Z' });
    const { lines } = await search.page({}, 10);
    expect(lines.map(({ uuid, origin, recordedAt }) => [uuid, origin, recordedAt])).toEqual([
      ['theirs', 'siaya-box', '2026-11-29T09:00:00.000001Z'],
      ['ours', null, '2026-11-29T08:00:00.000000Z'],
      ['older', 'kisumu-box', '2026-11-29T07:00:00.000000Z'],
    ]);
    expect([await names({ origin: 'own' }), await names({ origin: 'siaya-box' })]).toEqual([['ours'], ['theirs']]);
  });

  it('has each line once, the newest first, whatever the size of a page: of one moment, in different months, and in none', async () => {
    const moments = [
      '1971-01-01T00:00:00Z',
      '2026-10-31T23:59:59.999999Z',
      '2026-11-01T00:00:00Z',
      DAY,
      DAY,
      DAY,
      '2026-12-01T00:00:00Z',
      '2031-01-01T00:00:00Z',
    ];
    await write(...moments.map((at, index) => ({ name: `own-${index}`, at })));
    await receive('siaya-box', ...moments.map((at, index) => ({ name: `received-${index}`, at })));
    const all = await names({});
    expect(all).toEqual([
      'received-7',
      'own-7',
      'received-6',
      'own-6',
      'received-5',
      'received-4',
      'received-3',
      'own-5',
      'own-4',
      'own-3',
      'received-2',
      'own-2',
      'received-1',
      'own-1',
      'received-0',
      'own-0',
    ]);
    for (const limit of [1, 2, 3, 5, 7]) expect(await names({}, limit)).toEqual(all);
    expect(await names({ since: '2026-11-01T00:00:00Z', until: '2026-12-01T00:00:00Z' }, 3)).toEqual(all.slice(4, 12));
    await new AuditMonthRepository(bench.database).open();
    expect(await auditMonths(bench.database, 'received')).toContain('2026-10');
    expect(await names({}, 3)).toEqual(all);
  });

  it('has a received row however long what it says is', async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `word${index}`).join(' ');
    expect(await receive('siaya-box', { name: 'long', at: DAY, details: { by: long, patient: long, code: long } })).toMatchObject({ refused: [] });
    expect(await names({ text: 'word0 word99' })).toEqual(['long']);
    expect(await names({ person: long.slice(0, 200) })).toEqual(['long']);
  });

  it('refuses a place that no page gave', async () => {
    await expect(search.page({}, 10, `1.own.1' or true`)).rejects.toThrow('no place');
  });
});
