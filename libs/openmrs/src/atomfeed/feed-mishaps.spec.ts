import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ids } from '../testing/feed-table.js';
import { idsOf, kindsOf, lateOf, reader, readerAfter } from '../testing/table-reader.js';

describe('reading a feed whose rows change', () => {
  it('18: loses and repeats nothing when an old row is deleted and the marker stays on its page', async () => {
    const { table, read } = await readerAfter(13);
    table.delete('e2');
    table.append('e14');
    expect(idsOf(await read())).toEqual(['e14']);
  });

  it('19: finds the marker again on the page before', async () => {
    const { table, read, at } = await readerAfter(11);
    table.delete('e2');
    expect(idsOf(await read())).toEqual([]);
    expect(at()).toMatchObject({ page: 2, lastEntryId: 'e11' });
    table.append('e12');
    expect(idsOf(await read())).toEqual(['e12']);
  });

  it('19: also when new entries have taken its place', async () => {
    const { table, read } = await readerAfter(11);
    table.delete('e2');
    table.append(...ids(12, 18));
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(12, 18));
    expect(kindsOf(reading)).toEqual(['re-anchored']);
  });

  it.each([11, 13])('20: goes on from the entry before when the marker itself (of %i) is deleted', async (count) => {
    const { table, read } = await readerAfter(count);
    table.delete(`e${count}`);
    table.append(...ids(count + 1, count + 4));
    const reading = await read();
    expect(idsOf(reading)).toEqual(ids(count + 1, count + 4));
    expect(kindsOf(reading)).not.toContain('generation-suspected');
  });

  it('21: finds itself again after a mass purge, and replays nothing', async () => {
    const { table, read, at } = await readerAfter(120);
    table.delete(...ids(1, 88));
    table.append('e121');
    const reading = await read();
    expect(idsOf(reading)).toEqual(['e121']);
    expect(kindsOf(reading)).toEqual(['re-anchored']);
    expect(at().page).toBe(7);
    table.append('e122');
    expect(idsOf(await read())).toEqual(['e122']);
  });

  it.each([
    ['with nothing new since', []],
    ['and written to since', ['n1', 'n2']],
    ['and written to since beyond where it was', ids(1, 40).map((id) => `n${id}`)],
  ])('23: suspects another generation when a backup was restored %s, and does not move', async (_how, since) => {
    const { table, read, at } = await readerAfter(43);
    const before = at();
    table.delete(...ids(31, 43));
    table.append(...since);
    const reading = await read();
    expect(reading.findings).toMatchObject([{ kind: 'generation-suspected', why: 'known-tail-gone' }]);
    expect(reading.entries).toEqual([]);
    expect(reading.position).toEqual(before);
  });

  it('24: suspects another generation when nothing known is there', async () => {
    const { table, read, at } = await readerAfter(23);
    const before = at();
    table.rows = [];
    table.append(...ids(101, 150));
    const reading = await read();
    expect(reading.findings).toMatchObject([{ kind: 'generation-suspected', why: 'nothing-known' }]);
    expect(reading.position).toEqual(before);
  });

  it('24: suspects another generation when the feed is empty', async () => {
    const { table, read } = await readerAfter(23);
    table.rows = [];
    expect((await read()).findings).toMatchObject([{ kind: 'generation-suspected', why: 'feed-is-empty' }]);
  });

  it('25: delivers an entry that was inserted below the marker on its page', async () => {
    const { table, read } = await readerAfter(13);
    table.insertBefore('slow', 'e12');
    const reading = await read();
    expect(lateOf(reading)).toEqual(['slow']);
    expect(reading.findings).toEqual([{ kind: 'late-entries', count: 1 }]);
    expect(idsOf(await read())).toEqual([]);
  });

  it('25: delivers late entries of the two pages before when it comes to read them again', async () => {
    const { table, read } = await readerAfter(23, 'beginning', { rereadEvery: 3 });
    table.insertBefore('slow1', 'e14');
    table.insertBefore('slow2', 'e14');
    table.delete('e1', 'e2');
    const got = [await read(), await read(), await read()];
    expect(got.flatMap(idsOf)).toEqual(['slow1', 'slow2']);
    expect(got.flatMap(kindsOf)).toEqual(['late-entries']);
    expect((await read()).findings).toEqual([]);
  });

  it('26: delivers a late entry that pushed the marker to the next page', async () => {
    const { table, read, at } = await readerAfter(15);
    table.insertBefore('slow', 'e12');
    const reading = await read();
    expect(lateOf(reading)).toEqual(['slow']);
    expect(at()).toMatchObject({ page: 4, lastEntryId: 'e15' });
    table.append('e16');
    expect(idsOf(await read())).toEqual(['e16']);
  });

  it('does not deliver what is older than "now" when late rows push it onto a page', async () => {
    const { table, read } = await readerAfter(33, 'now', { rereadEvery: 1 });
    table.insertBefore('slow', 'e2');
    table.append('e34');
    expect(idsOf(await read())).toEqual(['e34']);
  });

  it('does not deliver again what has left its memory on a page of ten thousand', async () => {
    const { table, read } = reader();
    table.pageSize = 10_000;
    table.append(...ids(1, 4000));
    expect((await read()).entries.length).toBe(4000);
    table.append('new');
    expect(idsOf(await read())).toEqual(['new']);
  });

  it('27: delivers an entry once that stands on two pages', async () => {
    const { table, read } = await readerAfter(8);
    table.append('e7', 'e9', 'e10', 'e2', 'e11');
    expect(idsOf(await read())).toEqual(['e9', 'e10', 'e11']);
    expect(idsOf(await read())).toEqual([]);
  });

  it('28: delivers an entry once that stands on one page twice, and never reads on in circles', async () => {
    const { table, read } = await readerAfter(10);
    table.append('d', 'e11', 'd');
    expect(idsOf(await read())).toEqual(['d', 'e11']);
    expect(idsOf(await read())).toEqual([]);
    expect(table.asked).toEqual([3]);
  });

  it('delivers every entry that ever stood there exactly once, whatever one late row or one deleted old row does in between', async () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), back: fc.integer({ min: 1, max: 5 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
        const { table, read } = reader('beginning', { rereadEvery: 1 });
        const got: string[] = [];
        const made: string[] = [];
        const make = () => {
          made.push(`e${made.length + 1}`);
          return made.at(-1) as string;
        };
        for (const one of acts) {
          const delivered = new Set(got);
          if (one.kind === 'append') for (let n = 0; n < one.count; n += 1) table.append(make());
          else if (one.kind === 'late' && table.rows.length > 0) table.insertBefore(make(), table.rows.at(-Math.min(one.back, table.rows.length))?.id ?? '');
          else if (one.kind === 'delete' && table.rows.length > 20) {
            const old = table.rows.slice(0, 5).filter(({ id }) => delivered.has(id));
            table.delete(...old.slice(0, 1).map(({ id }) => id));
          }
          const reading = await read();
          expect(kindsOf(reading)).not.toContain('generation-suspected');
          got.push(...idsOf(reading));
        }
        expect([...got].sort()).toEqual([...made].sort());
      }),
      { numRuns: 150 },
    );
  });
});
