import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { AuditRepository } from './audit.repository.js';
import { ShippedAuditRepository } from './shipped-audit.repository.js';

const HUB = 'https://hub.test';

describe('how far the audit was shipped', () => {
  let bench: PipelineBench;
  let shipped: ShippedAuditRepository;
  beforeAll(async () => {
    bench = await pipelineBench(['kisumu']);
    shipped = new ShippedAuditRepository(bench.database);
  }, 60_000);
  beforeEach(() => bench.database.write(`truncate audit, audit_shipping, audit_not_taken restart identity`));
  afterAll(() => bench.close());

  const said = (name: string) => ({
    messageId: `job.ended.v1:${name}:1`,
    type: 'job.ended.v1',
    site: 'kisumu',
    payload: { link: 'kisumu', record: { aggregate: 'person', uuid: name }, outcome: 'pushed', fields: ['gender'] },
    correlationId: name,
    timestamp: new Date('2026-11-29T08:00:00.123Z'),
  });
  const write = async (...names: string[]): Promise<void> => {
    for (const name of names) await bench.database.transaction((tx) => new AuditRepository().record(tx, said(name)));
  };
  /** A transaction that has its row written, and not committed until it is told. */
  async function writing(name: string): Promise<{ readonly commit: () => Promise<unknown>; readonly rollBack: () => Promise<unknown> }> {
    let end: (how: 'commit' | 'roll-back') => void = () => undefined;
    const told = new Promise<'commit' | 'roll-back'>((resolve) => {
      end = resolve;
    });
    let isWritten: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const done = bench.database
      .transaction(async (tx) => {
        await new AuditRepository().record(
          {
            ...tx,
            later: (writeAll, row) =>
              void tx.later(async (all) => {
                await writeAll(all, [row]);
                isWritten();
                if ((await told) === 'roll-back') throw new Error('rolled back');
              }, row),
          },
          said(name),
        );
      })
      .catch(() => undefined);
    await written;
    return {
      commit: () => {
        end('commit');
        return done;
      },
      rollBack: () => {
        end('roll-back');
        return done;
      },
    };
  }
  const namesUpTo = async (upTo: string | null, url = HUB): Promise<string[]> =>
    upTo === null ? [] : (await shipped.next(url, upTo, 100)).map(({ uuid }) => uuid ?? '');
  const heard = (upTo: string, taken: readonly string[], refused: readonly string[] = []) =>
    bench.database.transaction((tx) => shipped.heard(tx, HUB, { upTo, taken, refused: refused.map((id) => ({ id, path: 'details' })) }));

  it('ends where somebody still writes: a row with a lower number may be committed after one with a higher', async () => {
    const first = await writing('first');
    await write('second');
    expect(await shipped.settledTo()).toBeNull();
    await first.commit();
    expect(await namesUpTo(await shipped.settledTo())).toEqual(['first', 'second']);
  });

  it('goes on past a number that nobody will ever have', async () => {
    const first = await writing('first');
    await write('second');
    await first.rollBack();
    expect(await namesUpTo(await shipped.settledTo())).toEqual(['second']);
  });

  it('keeps nobody from writing for longer than a moment', async () => {
    const first = await writing('first');
    const asked = shipped.settledTo();
    await write('second');
    expect(await asked).toBeNull();
    await first.commit();
  });

  it('has what is said a second time once, though nothing else remembers the first', async () => {
    await write('a', 'b');
    await write('a');
    expect(await namesUpTo(await shipped.settledTo())).toEqual(['a', 'b']);
  });

  it('is told row by row as it stands, and never goes back', async () => {
    await write('a', 'b', 'c');
    const [row] = await shipped.next(HUB, '3', 1);
    expect(row).toMatchObject({
      id: '1',
      messageId: 'job.ended.v1:a:1',
      link: 'kisumu',
      aggregate: 'person',
      uuid: 'a',
      outcome: 'pushed',
      reason: null,
      details: { fields: ['gender'] },
      saidAt: expect.stringMatching(/^2026-11-29T\d\d:00:00\.123/),
    });
    await heard('2', ['1', '2']);
    expect(await namesUpTo('3')).toEqual(['c']);
    await heard('1', ['1']);
    expect(await namesUpTo('3')).toEqual(['c']);
  });

  it('is kept for each address: another one is sent all', async () => {
    await write('a', 'b');
    await heard('2', ['1', '2']);
    expect([await namesUpTo('2'), await namesUpTo('2', 'https://other.test')]).toEqual([[], ['a', 'b']]);
  });

  it('keeps what was not taken, which is sent again a day later', async () => {
    await write('a', 'b', 'c');
    await heard('2', ['1'], ['2']);
    expect([await namesUpTo('3'), (await shipped.again(HUB, 10)).length]).toEqual([['c'], 0]);
    expect(await shipped.waiting(HUB)).toMatchObject({ rows: 1, notTaken: 1 });
    await bench.database.write(`update audit_not_taken set tried_at = tried_at - interval '25 hours'`);
    expect((await shipped.again(HUB, 10)).map(({ uuid }) => uuid)).toEqual(['b']);
    await heard('2', [], ['2']);
    expect(await shipped.again(HUB, 10)).toEqual([]);
    await heard('2', ['2']);
    expect(await shipped.waiting(HUB)).toMatchObject({ rows: 1, notTaken: 0 });
  });

  it('says since when it fails and why, until it is answered again', async () => {
    await write('a');
    expect(await shipped.overview(HUB)).toMatchObject({ rows: 1, since: expect.any(Date), heardAt: null, failingSince: null, code: null });
    await shipped.failed(HUB, 'unreachable');
    const { failingSince } = await shipped.overview(HUB);
    await shipped.failed(HUB, 'not-trusted');
    expect(await shipped.overview(HUB)).toMatchObject({ code: 'not-trusted', failingSince });
    expect(await shipped.heardSecondsAgo(HUB)).toBeNull();
    await heard('1', ['1']);
    expect(await shipped.overview(HUB)).toMatchObject({ rows: 0, since: null, heardAt: expect.any(Date), failingSince: null, code: null });
    expect(await shipped.heardSecondsAgo(HUB)).toBeLessThan(60);
  });
});
