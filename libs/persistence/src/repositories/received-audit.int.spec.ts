import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditRow } from '@sync-hub/contracts';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { ReceivedAuditRepository } from './received-audit.repository.js';

const NOTHING_WAITS = { rows: 0, since: null, notTaken: 0 };

describe('the audit of other instances', () => {
  let bench: PipelineBench;
  let received: ReceivedAuditRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['central']);
    received = new ReceivedAuditRepository(bench.database);
  }, 60_000);
  beforeEach(() => bench.database.write(`truncate received_audit, audit_origin restart identity`));
  afterAll(() => bench.close());

  const row = (id: number, changes: Partial<AuditRow> = {}): AuditRow => ({
    id: String(id),
    messageId: `job.ended.v1:${id}:1`,
    type: 'job.ended.v1',
    site: 'kisumu',
    link: null,
    aggregate: null,
    uuid: null,
    correlationId: String(id),
    outcome: null,
    reason: null,
    details: { round: id },
    saidAt: '2026-11-29T08:00:00.123456+03:00',
    recordedAt: '2026-11-29T08:00:01+03:00',
    ...changes,
  });
  const rows = () =>
    bench.database.query<{ origin: string; round: number }>(`select origin, (details ->> 'round')::int as round from received_audit order by id`);

  it('is taken once, in order, under where it is from', async () => {
    expect(await received.take('kisumu', [row(1), row(2)], NOTHING_WAITS)).toEqual({ taken: ['1', '2'], refused: [] });
    expect(await received.take('kisumu', [row(2), row(3)], NOTHING_WAITS)).toEqual({ taken: ['2', '3'], refused: [] });
    expect(await rows()).toEqual([1, 2, 3].map((round) => ({ origin: 'kisumu', round })));
    const [first] = await bench.database.query(`select said_at = '2026-11-29 05:00:00.123456Z' as same from received_audit limit 1`);
    expect(first).toEqual({ same: true });
  });

  it('is taken once by two that take the same side by side', async () => {
    const many = Array.from({ length: 200 }, (_, index) => row(index + 1));
    const answers = await Promise.all([1, 2, 3].map(() => received.take('kisumu', many, NOTHING_WAITS)));
    expect(answers.map(({ taken }) => taken.length)).toEqual([200, 200, 200]);
    expect([(await rows()).length, (await received.overview(['kisumu']))[0]?.taken]).toEqual([200, 200]);
  });

  it('is another row where its database was put back from a backup, and says anew what it had said', async () => {
    await received.take('kisumu', [row(1)], NOTHING_WAITS);
    await received.take('kisumu', [row(1, { recordedAt: '2026-11-30T08:00:01+03:00', details: { round: 2 } })], NOTHING_WAITS);
    expect((await rows()).map(({ round }) => round)).toEqual([1, 2]);
  });

  it('keeps apart what two instances say under one name', async () => {
    await received.take('kisumu', [row(1)], NOTHING_WAITS);
    await received.take('siaya', [row(1)], NOTHING_WAITS);
    expect(await rows()).toEqual([
      { origin: 'kisumu', round: 1 },
      { origin: 'siaya', round: 1 },
    ]);
  });

  it('is taken though one row among it cannot be held, and says which', async () => {
    const answer = await received.take('kisumu', [row(1), row(2, { reason: 'a\u0000b' }), row(3, { details: { lone: '\ud800' } }), row(4)], NOTHING_WAITS);
    expect(answer).toEqual({ taken: ['1', '4'], refused: ['2', '3'].map((id) => ({ id, path: '(the whole row)' })) });
    expect((await rows()).map(({ round }) => round)).toEqual([1, 4]);
  });

  it('tells when each was last heard of, and what waits there', async () => {
    await received.take('kisumu', [row(1)], { rows: 7, since: '2026-11-29T08:00:00Z', notTaken: 2 });
    expect(await received.overview(['kisumu', 'siaya'])).toEqual([
      { origin: 'kisumu', heardAt: expect.any(Date), taken: 1, waiting: 7, waitingSince: new Date('2026-11-29T08:00:00Z'), notTaken: 2 },
    ]);
    await received.take('kisumu', [], NOTHING_WAITS);
    expect(await received.overview(['kisumu'])).toMatchObject([{ taken: 1, waiting: 0, waitingSince: null, notTaken: 0 }]);
  });
});
