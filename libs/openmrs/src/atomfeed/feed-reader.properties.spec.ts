import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idsOf, kindsOf, reading } from './testing/reading.js';

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('append' as const), count: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('late' as const), back: fc.nat(100) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('double' as const), which: fc.nat(60), back: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('delete' as const), which: fc.oneof(fc.nat(12), fc.nat(200)) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('purge' as const), keep: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('read' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('settle' as const) }) },
);
type ValueOf<A> = A extends fc.Arbitrary<infer Value> ? Value : never;
type Step = ValueOf<typeof step>;

const setting = fc.record({ length: fc.constantFrom(1, 2, 3, 5, 5, 9), maxPages: fc.constantFrom(2, 3, 20), overTheWire: fc.boolean() });

/** A feed to which all this happens while it is read: what was there to be delivered, and what was. */
async function run({ length, maxPages, overTheWire }: ValueOf<typeof setting>, steps: readonly Step[]) {
  const { feed, at, read, readOnly, readAll } = reading({ maxPages });
  feed.chunking = [{ length, start: 1 }];
  feed.overTheWire = overTheWire;
  const made: string[] = [];
  const delivered: string[] = [];
  const found: string[] = [];
  const committed = new Set<string>();
  let mayDelete = true;
  let mayDeleteNearEnd = true;
  const make = (): string => {
    made.push(`e${made.length + 1}`);
    return made.at(-1) ?? '';
  };
  const take = (...told: Awaited<ReturnType<typeof read>>[]): void => {
    delivered.push(...idsOf(...told));
    found.push(...kindsOf(...told));
    for (const id of idsOf(...told)) committed.add(id);
    mayDelete = true;
  };
  const isRead = (id: string | undefined): id is string => id !== undefined && committed.has(id);
  const settle = async (): Promise<void> => {
    take(...(await readAll()));
    for (let poll = 0; poll < 12; poll += 1) take(await read());
    mayDeleteNearEnd = true;
  };
  const act: { [Does in Step['does']]: (step: Extract<Step, { does: Does }>) => void | Promise<void> } = {
    append: ({ count }) => feed.append(...Array.from({ length: count }, make)),
    // Within the last two pages.
    late: ({ back }) => feed.insert(make(), back % (2 * length)),
    double: ({ which, back }) => {
      const id = feed.rows.at(-1 - (which % Math.max(1, feed.rows.length)))?.id;
      if (id !== undefined) feed.insert(id, back);
    },
    // One row between two readings, and none that nobody has read. Two gone from the end of what was read look like a restored backup.
    delete: ({ which }) => {
      const back = which % Math.max(1, feed.rows.length);
      const id = feed.rows.at(-1 - back)?.id;
      if (!mayDelete || !isRead(id) || feed.rows.every((row) => row.id === id || !isRead(row.id))) return;
      const lastRead = feed.rows.findLastIndex((row) => row.id === at().lastEntryId);
      const isNearEnd = feed.rows.length - back > lastRead - 12;
      if (isNearEnd && !mayDeleteNearEnd) return;
      feed.rows = feed.rows.toSpliced(-1 - back, 1);
      mayDelete = false;
      mayDeleteNearEnd &&= !isNearEnd;
    },
    // Old rows, all of them read, and none from the one read last on.
    purge: ({ keep }) => {
      const firstToKeep = feed.rows.findIndex(({ id }) => !isRead(id) || id === at().lastEntryId);
      feed.purge(Math.max(0, (firstToKeep === -1 ? 0 : firstToKeep) - keep));
    },
    read: async () => take(await read()),
    settle,
    crash: async () => void delivered.push(...idsOf(await readOnly())),
  };
  for (const one of steps) await (act[one.does] as (step: Step) => void | Promise<void>)(one);
  await settle();
  return { made, delivered, found };
}

const counts = (all: readonly string[]) => Object.fromEntries([...new Set(all)].sort().map((id) => [id, all.filter((one) => one === id).length]));

describe('reading a feed whatever happens to its rows', () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 60 });
  const runs = { numRuns: 200, seed: 20240506 };

  it('delivers every entry exactly once while no reading is lost', async () => {
    await fc.assert(
      fc.asyncProperty(setting, steps, async (given, all) => {
        const { made, delivered, found } = await run(
          given,
          all.filter(({ does }) => does !== 'crash'),
        );
        expect(found).not.toContain('generation-suspected');
        expect(counts(delivered)).toEqual(counts(made));
      }),
      runs,
    );
  });

  it('delivers every entry at least once where readings are lost between reading and committing', async () => {
    await fc.assert(
      fc.asyncProperty(setting, steps, async (given, all) => {
        const { made, delivered, found } = await run(given, all);
        expect(found).not.toContain('generation-suspected');
        expect([...new Set(delivered)].sort()).toEqual([...made].sort());
      }),
      runs,
    );
  });
});
