import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AuditMessageRepository, type MessagesAsked } from './audit-message.repository.js';
import { ReceivedAuditRepository } from './received-audit.repository.js';

describe('what Sync 2.0 would have had in its audit', () => {
  let bench: PipelineBench;
  let messages: AuditMessageRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
    messages = new AuditMessageRepository(bench.database);
    const rows = [
      ['looked-at', 'record.fetched.v1', 'kisumu', null, 1],
      ['pushed', 'job.ended.v1', 'kisumu', 'pushed', 2],
      ['discarded', 'job.ended.v1', 'central', 'discarded', 3],
      ['parked', 'job.held.v1', 'central', 'parked', 4],
    ];
    await bench.database.write(
      `insert into audit (message_id, type, site, link, aggregate, uuid, correlation_id, outcome, details, said_at, recorded_at)
       select row ->> 0, row ->> 1, row ->> 2, 'kisumu', 'visit', row ->> 0, 'job', row ->> 3, '{}', now(), now() - make_interval(secs => 100 - (row ->> 4)::int) from jsonb_array_elements($1) as row`,
      [JSON.stringify(rows)],
    );
    const now = new Date().toISOString();
    const row = {
      id: '1',
      messageId: 'job.held.v1:x:1',
      type: 'job.held.v1',
      site: 'siaya',
      link: 'siaya',
      aggregate: 'person',
      uuid: 'received',
      correlationId: 'x',
    };
    await new ReceivedAuditRepository(bench.database).take(
      'siaya-box',
      [{ ...row, outcome: 'waiting', reason: null, details: {}, saidAt: now, recordedAt: now }],
      { rows: 0, since: null, notTaken: 0 },
    );
  }, 60_000);
  afterAll(() => bench.close());

  const page = async (asked: Partial<MessagesAsked> = {}): Promise<readonly (string | number | null)[]> => {
    const { count, lines } = await messages.page({ success: null, targets: null, aggregate: null, origin: null, offset: 0, limit: 100, ...asked });
    return [count, ...lines.map(({ uuid }) => uuid)];
  };

  it('are jobs, the newest first, ours and others', async () => {
    expect(await page()).toEqual([4, 'received', 'parked', 'discarded', 'pushed']);
    expect(await page({ offset: 1, limit: 2 })).toEqual([4, 'parked', 'discarded']);
    expect(await page({ offset: 9_999_900 })).toEqual([4]);
  });

  it.each<[string, Partial<MessagesAsked>, readonly string[]]>([
    ['what did what it was for', { success: true }, ['pushed']],
    ['what did not', { success: false }, ['received', 'parked', 'discarded']],
    ['a target', { targets: [{ link: 'kisumu', site: 'kisumu' }] }, ['pushed']],
    ['no target', { targets: [] }, []],
    ['a kind of record', { aggregate: 'person' }, ['received']],
    ['our own', { origin: 'own' }, ['parked', 'discarded', 'pushed']],
    ['another instance', { origin: 'siaya-box' }, ['received']],
    ['an instance that never was', { origin: 'nowhere', success: false }, []],
  ])('are found by %s', async (_, asked, wanted) => {
    expect(await page(asked)).toEqual([wanted.length, ...wanted]);
  });

  it('are found by their number, and nothing else is', async () => {
    expect(await messages.find('own', '2')).toMatchObject({ uuid: 'pushed', origin: null, conflictId: null });
    expect(await messages.find('received', '1')).toMatchObject({ uuid: 'received', origin: 'siaya-box' });
    expect([await messages.find('own', '1'), await messages.find('own', '99')]).toEqual([null, null]);
  });
});
