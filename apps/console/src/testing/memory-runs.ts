import type { ManualRun, ManualRunDesk, ManualRunRecord, ManualRunRecordsAsked, ManualRunWish } from '@sync-hub/contracts';
import { idOf } from './conflict.builder.js';

/** A run; what a test does not care about is filled in. */
export const aRun = (number: number, changes: Partial<ManualRun> = {}): ManualRun => ({
  id: idOf(9000 + number),
  link: 'kisumu',
  direction: 'pull',
  source: 'central',
  target: 'kisumu',
  scope: { what: 'everything' },
  state: 'looking',
  askedBy: 'jane',
  askedAt: new Date(Date.now() - number * 60_000).toISOString(),
  endedAt: null,
  toList: 0,
  notListed: [],
  dry: false,
  waitsFor: null,
  categories: [{ category: 'location', listed: 4, underWay: 1, ended: 3, became: [{ as: 'in-step', reason: null, records: 3 }] }],
  ...changes,
});

/** Runs without a hub behind them: they stand as they were begun until a test moves them. */
export class MemoryRuns implements ManualRunDesk {
  readonly asked: { readonly wish: ManualRunWish; readonly by: string }[] = [];

  constructor(
    readonly runs: ManualRun[] = [],
    readonly recordsOfRuns: readonly ManualRunRecord[] = [],
  ) {}

  async records(_id: string, { category, as, along, limit }: ManualRunRecordsAsked): Promise<readonly ManualRunRecord[]> {
    const fits = <Value>(asked: Value | undefined, value: Value): boolean => asked === undefined || asked === value;
    return this.recordsOfRuns
      .filter((one) => fits(category, one.category) && fits(as, one.as ?? undefined) && (along === 'yes') === one.isAlong)
      .slice(0, limit);
  }

  async choices(): ReturnType<ManualRunDesk['choices']> {
    const categories = ['location', 'patient', 'visit'];
    return [
      { link: 'kisumu', direction: 'pull', source: 'central', target: 'kisumu', categories },
      { link: 'kisumu', direction: 'push', source: 'kisumu', target: 'central', categories: ['patient'] },
    ];
  }

  async begin(wish: ManualRunWish, by: string): ReturnType<ManualRunDesk['begin']> {
    if (wish.link === 'nowhere') return { refused: 'no-such-link', said: 'there is no link nowhere; its links are kisumu' };
    if (wish.scope.what === 'category' && wish.scope.category !== 'location') return { refused: 'class-off', said: `${wish.scope.category} does not travel` };
    const other = this.runs.find(({ link, direction, endedAt }) => link === wish.link && direction === wish.direction && endedAt === null);
    if (other !== undefined) return { refused: 'already-running', said: 'one is under way', running: other.id };
    this.asked.push({ wish, by });
    const run = aRun(this.runs.length + 1, { ...wish, dry: wish.dry === true, state: 'listing', askedBy: by, categories: [] });
    this.runs.unshift(run);
    return { begun: run.id, said: [] };
  }

  async cancel(id: string): Promise<boolean> {
    return this.move(id, { state: 'cancelled', endedAt: new Date().toISOString() });
  }

  /** False where there is none of that id that is not over. */
  move(id: string, changes: Partial<ManualRun>): boolean {
    const at = this.runs.findIndex((run) => run.id === id && run.endedAt === null);
    if (at < 0) return false;
    this.runs[at] = { ...(this.runs[at] as ManualRun), ...changes };
    return true;
  }

  async find(id: string): Promise<ManualRun | null> {
    return this.runs.find((run) => run.id === id) ?? null;
  }

  async list(limit: number): Promise<readonly ManualRun[]> {
    return this.runs.slice(0, limit);
  }
}
