import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { changesBetween } from '../convergence/ledger.js';
import { Random } from '../convergence/random.js';
import { DELETABLE } from './deletable.js';
import { allCells, type Cell, ENDS, titleOf } from './deletions.js';
import { DeletionsRun, type Tried } from './deletions-run.js';
import { isAnswered, isDocumented, presenceAfter, reasonsFor } from './deletions-told.js';

jest.setTimeout(900_000);

const CHAOS = process.env['SYNC_HUB_CHAOS'];
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';
/** Cases that are tried at once: each is of a record of its own. */
const AT_ONCE = 60;

/** In any order. */
function shuffled(cells: readonly Cell[], random: Random): readonly Cell[] {
  const drawn = cells.map((cell) => ({ cell, at: random.next() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ cell }) => cell);
}

/** One of each kind and each way of taking it away: ends, edits, orders and answers as they fall. */
function someCells(random: Random): readonly Cell[] {
  const drawn = shuffled(allCells(DELETABLE), random);
  return [...new Map(drawn.map((cell) => [`${cell.kind.name} ${cell.deletion}`, cell])).values()];
}

/** Some, or so many hundreds: ten are all. */
function rounds(): readonly (readonly Cell[])[] {
  const random = new Random(SEED);
  if (CHAOS === undefined) return [someCells(random)];
  const cells = shuffled(allCells(DELETABLE), random).slice(0, 100 * Number(CHAOS));
  return Array.from({ length: Math.ceil(cells.length / AT_ONCE) }, (_, n) => cells.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}

describe.each(rounds().map((cells, n) => ({ n: n + 1, cells })))(
  `records that are taken away at one end and edited at the other (seed ${SEED}, $n)`,
  ({ cells }) => {
    let run: DeletionsRun;
    beforeAll(async () => {
      run = await DeletionsRun.start(cells);
    }, 600_000);
    afterAll(() => run?.stop());

    const titles = (wrong: (one: Tried) => boolean): readonly string[] => run.tried.filter(wrong).map(({ cell }) => titleOf(cell));
    const differ = ({ made: { record } }: Tried): boolean => changesBetween(run.heldAt('parent', record), run.heldAt('child', record)).length > 0;
    const presences = ({ made: { record } }: Tried): readonly unknown[] => ENDS.map((end) => run.heldAt(end, record).get('presence'));

    /** What each did stands where it was done, as nobody has decided anything yet. Obs that a merge writes anew nobody has typed. */
    const undone = ({ cell, touched }: Tried): readonly string[] =>
      ENDS.flatMap((end) => {
        const made = [...touched].flatMap((record) => run.ledger.of(record)).filter(({ site, what }) => site === run.site(end).id && what !== 'made');
        return made.flatMap(({ record, meant }) =>
          meant
            .filter(({ path }) => cell.deletion !== 'a merge' || !path.startsWith('obs['))
            .filter(({ path, typed }) => run.heldAt(end, record).get(path) !== typed)
            .map(({ path }) => `${titleOf(cell)}: ${path} of ${record} at the ${end}`),
        );
      });

    /** Faults that nothing explains: no job that is held for a reason that the documents know, and no conflict that it takes one end alone for. */
    const faults = async (): Promise<string> => {
      const { open } = await run.standing();
      const explained = new Set(
        open
          .filter((job) => {
            const cell = run.caseOf(job.record)?.cell;
            return cell !== undefined && isDocumented(job, cell);
          })
          .map(({ record }) => record),
      );
      const isExplained = (fault: string): boolean => [...explained].some((record) => fault.startsWith(`${record}:`) || fault.includes(`, ${record}:`));
      const isOfOneEnd = (fault: string): boolean =>
        /a conflict \((merged-away|void-would-take-others|absent-with-agreement) on .* that nobody made$/.test(fault);
      return run.told((await run.faults()).filter((fault) => !isExplained(fault) && !isOfOneEnd(fault)));
    };

    it('are at both ends, and agreed, before anybody acts', async () => {
      expect([titles(differ), titles((one) => presences(one).some((presence) => presence !== 'present'))]).toEqual([[], []]);
      expect((await run.standing()).open).toEqual([]);
    });

    it('are told of, whichever is heard first: nothing that was typed is lost, and nothing that was deleted comes back, unasked', async () => {
      await run.live();
      const { conflicts } = await run.standing();
      const reasonOf = ({ made }: Tried): string | undefined => conflicts.find(({ record }) => record === made.record)?.reason;
      const wrong = run.tried.filter((one) => {
        const [reason, expected] = [reasonOf(one), reasonsFor(one.cell)];
        return expected.length === 0 ? reason !== undefined : reason === undefined || !expected.includes(reason);
      });
      expect(wrong.map((one) => `${titleOf(one.cell)}: ${reasonOf(one) ?? 'nobody is asked'}`)).toEqual([]);
      expect(run.tried.flatMap(undone)).toEqual([]);
      expect(await faults()).toBe('');
      process.stdout.write(`${run.tried.length} records deleted and edited: ${conflicts.length} conflicts\n`);
    });

    it('are the same at both ends once somebody has answered, deleted or alive, or are held for a reason that is known', async () => {
      await run.answer();
      const { conflicts } = await run.standing();
      const asked = new Set(conflicts.map(({ record }) => run.caseOf(record)));
      const stillAsked = run.tried.filter((one) => isAnswered(one.cell) && asked.has(one));
      expect(await run.told(stillAsked.map(({ cell, made }) => `${made.record}: ${titleOf(cell)}: it is answered, and asked about`))).toBe('');
      expect(titles((one) => isAnswered(one.cell) && differ(one))).toEqual([]);
      const isOtherwise = (one: Tried): boolean => {
        const after = presenceAfter(one.cell);
        return isAnswered(one.cell) && after !== null && presences(one).some((presence) => presence !== after);
      };
      expect(titles(isOtherwise)).toEqual([]);
      expect(titles((one) => !isAnswered(one.cell) && !asked.has(one))).toEqual([]);
      expect(await faults()).toBe('');
    });
  },
);
