import { describe, expect, it, jest } from '@jest/globals';
import { Random } from '../convergence/random.js';
import { RIVALS, type Rival } from './deeds.js';
import { type Direction, type Gap, keyOf, RivalsRun } from './rivals-run.js';
import { SUBJECTS } from './subjects.js';

jest.setTimeout(3_600_000);

const IS_LONG = process.env['SYNC_HUB_CHAOS'] !== undefined;
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';
/** Gaps that are tried at once: each is of a record of its own. */
const AT_ONCE = IS_LONG ? 100 : 12;
/** What a write of one request takes: read, write, read back, and the look at its echo. */
const READ_WRITE_READ_LOOK = 4;

const DIRECTIONS: readonly Direction[] = ['push', 'pull'];

/** Every gap of every kind of write there is. */
const allGaps = (requests: ReadonlyMap<string, number>): readonly Gap[] =>
  SUBJECTS.flatMap((subject) =>
    DIRECTIONS.flatMap((direction) =>
      RIVALS.filter((rival) => subject.rivals[rival] !== undefined).flatMap((rival) =>
        Array.from({ length: requests.get(keyOf(subject, direction)) ?? READ_WRITE_READ_LOOK }, (_, request) => request).flatMap((request) =>
          (['before', 'after'] as const).flatMap((moment) =>
            [false, true].map((inOtherSecond): Gap => ({ subject, direction, rival, request, moment, inOtherSecond })),
          ),
        ),
      ),
    ),
  );

/** One of each rival; of each subject one between read and write that nobody can see, and one that takes our write back before we have read it back. */
function someGaps(random: Random): readonly Gap[] {
  const all = allGaps(new Map());
  const anyOf = (rival: Rival): readonly Gap[] => [random.pick(all.filter((gap) => gap.rival === rival))!];
  const unseen = all.filter(({ rival, request, moment }) => rival === 'the same field' && request === 1 && moment === 'before');
  const takenBack = all.filter(({ rival, request, moment }) => rival === 'an undo' && request === 2 && moment === 'before');
  const oneOfEach = (gaps: readonly Gap[]): readonly Gap[] =>
    [...new Set(gaps.map(({ subject }) => subject.name))].map((name) => random.pick(gaps.filter(({ subject }) => subject.name === name))!);
  return [...RIVALS.flatMap(anyOf), ...oneOfEach(unseen), ...oneOfEach(takenBack)];
}

/** So many hundreds of them. */
const manyGaps = (random: Random, all: readonly Gap[]): readonly Gap[] =>
  all
    .map((gap) => ({ gap, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, 100 * Number(process.env['SYNC_HUB_CHAOS']))
    .map(({ gap }) => gap);

describe('an edit that somebody makes at the target at the very moment at which it is read and written', () => {
  it(`is merged, asked about, or told of as overwritten, and never lost (seed ${SEED})`, async () => {
    const run = await RivalsRun.start();
    try {
      const random = new Random(SEED);
      const gaps = IS_LONG ? manyGaps(random, allGaps(await run.requestsOf(SUBJECTS))) : someGaps(random);
      const counts = new Map<string, number>();
      for (let from = 0; from < gaps.length; from += AT_ONCE) {
        await run.tryAll(gaps.slice(from, from + AT_ONCE));
        const { came, faults } = await run.outcome();
        for (const [what, count] of came) counts.set(what, (counts.get(what) ?? 0) + count);
        if (IS_LONG) process.stdout.write(`${from + AT_ONCE} of ${gaps.length} gaps\n`);
        expect(faults).toBe('');
      }
      process.stdout.write(`${gaps.length} gaps, ${[...counts].map(([what, count]) => `${what}: ${count}`).join(', ')}\n`);
      expect(counts.get('overwritten, and told of')).toBeGreaterThan(0);
    } finally {
      await run.stop();
    }
  });
});
