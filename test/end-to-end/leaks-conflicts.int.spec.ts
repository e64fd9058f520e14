import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Database } from '@sync-hub/persistence';
import { commandLine, expectMarks, expectNoMarks } from './leak-checks.js';
import { type InstanceAbove, instanceAbove, liveMarkedConflicts, TELLING_TIMES } from './marked-conflicts.js';
import { marksIn, PLANTED } from './marked-lives.js';
import { consoleTexts, everyRow, healthTexts, type Place } from './places.js';
import { type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

describe('conflicts that are answered in marked words, here and at the instance above', () => {
  let world: RunningWorld;
  let above: InstanceAbove;
  const passed: string[] = [];
  const places: Place[] = [
    { name: 'log', read: async () => world.lines },
    { name: 'log of the instance above', read: async () => above.lines },
    { name: 'bus', read: async () => passed },
  ];
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' } }, { health: { host: '127.0.0.1', port: 0 }, times: TELLING_TIMES });
    const { bus } = world.hub.parts;
    for (const way of ['publish', 'sendTo', 'sendLater', 'park'] as const) {
      const go = bus[way].bind(bus) as (...said: unknown[]) => Promise<never>;
      jest.spyOn(bus, way).mockImplementation((...said: unknown[]) => {
        passed.push(JSON.stringify([way, ...said]));
        return go(...said);
      });
    }
    above = await instanceAbove(world);
    await liveMarkedConflicts(world, above);
  }, 300_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await above?.stop();
    await above?.database.drop();
    await world?.stop();
  });

  const shown: Place[] = [
    { name: 'console', read: () => consoleTexts(world.standalone.consoleUrl) },
    { name: 'console of the instance above', read: () => consoleTexts(above.standalone.consoleUrl) },
    { name: 'metrics', read: () => healthTexts(world.standalone.healthPort!) },
    { name: 'command line', read: () => commandLine(world.world, world.database.url) },
  ];
  /** No mark stands in any column, though these are sealed and filled. */
  const expectSealed = async (database: Database, columns: readonly string[]): Promise<void> => {
    const { texts, sealed } = await everyRow(database);
    for (const column of columns)
      expect({ column, isSealed: sealed.includes(column), isFilled: texts.some((text) => text.startsWith(`${column} `)) }).toEqual({
        column,
        isSealed: true,
        isFilled: true,
      });
    expect(marksIn(texts)).toEqual([]);
  };

  it('leave no mark in logs, messages, metrics, pages, or what the command line says', async () => {
    expect(passed.filter((one) => one.includes('conflict.answered.v1')).length).toBeGreaterThan(1);
    await expectNoMarks([...places, ...shown]);
  });

  it('leave none in any column of the tables of either instance: answers, notes, decisions, acts and what was told are sealed', async () => {
    await expectSealed(world.hub.parts.database, ['conflict_answer.sealed', 'conflict_note.sealed', 'decision.sealed', 'snapshot.sealed']);
    await expectSealed(above.hub.parts.database, ['received_conflict.sealed', 'received_act.sealed']);
  });

  it('have labels, which are kept where the records are, sealed', async () => {
    const ids = await world.query<{ id: string }>(`select id from snapshot`);
    const texts = await Promise.all(ids.map(async ({ id }) => JSON.stringify((await world.hub.repositories.snapshots.read(id)).labels ?? {})));
    expect(marksIn(texts).length).toBeGreaterThan(0);
  });

  it('would be found in each of these places', async () => {
    for (const lines of [world.lines, above.lines]) lines.push(JSON.stringify({ event: 'planted', names: [PLANTED] }));
    passed.push(PLANTED);
    await expectMarks(places);
    await above.query(`update received_conflict set summary = summary || jsonb_build_object('owner', '${PLANTED}')`);
    expect(marksIn((await everyRow(above.hub.parts.database)).texts)).not.toEqual([]);
  });
});
