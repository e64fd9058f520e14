import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { BulkAsked, BulkCounts, BulkDesk, BulkPlan, BulkRun } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { CONSOLE_LOG } from '../unreadable.filter.js';

/** Injection token of what answers in bulk. */
export const BULK_DESK = Symbol('BulkDesk');

interface Kept {
  run: BulkRun;
  readonly stopper: AbortController;
  readonly startedAt: number;
  /** Of a plan that is done; taken by whoever carries it out. */
  plan: BulkPlan | null;
  ended: Promise<void>;
}

/** What a person looked at longer ago is looked at anew. */
const KEPT_MS = 3_600_000;
const MOST_RUNNING = 4;
const MOST_KEPT = 50;

/**
 * Plans of answering many conflicts, and their carrying out, of this process: what a person has not seen is not answered, so only a plan that is here can be carried out, once.
 * A console that was restarted has none: what was answered by then is, and the rest is planned anew.
 */
@Injectable()
export class BulkRuns implements OnApplicationShutdown {
  private readonly kept = new Map<string, Kept>();

  constructor(
    @Inject(BULK_DESK) private readonly desk: BulkDesk,
    @Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'error'>,
  ) {}

  /** Null where so many are running that another would only slow them. */
  plan(asked: BulkAsked): BulkRun | null {
    return this.begin({ does: 'plan', asked, by: null }, async (kept, watched) => {
      const plan = await this.desk.plan(asked, watched);
      if (!kept.stopper.signal.aborted) kept.plan = plan;
      return plan.counts;
    });
  }

  /** Carries out that plan; null where there is none of that id that is done and was not carried out yet, or so many are running. */
  answer(id: string, by: string): BulkRun | null {
    const planned = this.kept.get(id);
    const plan = planned?.plan ?? null;
    if (planned === undefined || plan === null) return null;
    const run = this.begin({ does: 'answer', asked: planned.run.asked, by }, (_, watched) => plan.answer(by, watched));
    if (run !== null) planned.plan = null;
    return run;
  }

  /** What is being answered now, whoever began it. */
  answering(): readonly BulkRun[] {
    return [...this.kept.values()].map(({ run }) => run).filter(({ does, state }) => does === 'answer' && state === 'running');
  }

  find(id: string): BulkRun | null {
    return this.kept.get(id)?.run ?? null;
  }

  /** Begins no further conflict. What it has answered stays answered. */
  stop(id: string): BulkRun | null {
    const found = this.kept.get(id);
    if (found === undefined) return null;
    found.stopper.abort();
    return found.run;
  }

  async onApplicationShutdown(): Promise<void> {
    const all = [...this.kept.values()];
    for (const { stopper } of all) stopper.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private begin(
    what: Pick<BulkRun, 'does' | 'asked' | 'by'>,
    work: (kept: Kept, watched: { readonly progress: (done: number, of: number) => void; readonly signal: AbortSignal }) => Promise<BulkCounts>,
  ): BulkRun | null {
    this.forgetOld();
    if ([...this.kept.values()].filter(({ run }) => run.state === 'running').length >= MOST_RUNNING) return null;
    const run: BulkRun = { ...what, id: randomUUID(), state: 'running', done: 0, of: 0, counts: null };
    const kept: Kept = { run, stopper: new AbortController(), startedAt: Date.now(), plan: null, ended: Promise.resolve() };
    const change = (changes: Partial<BulkRun>): void => {
      kept.run = { ...kept.run, ...changes };
    };
    const { signal } = kept.stopper;
    kept.ended = work(kept, { progress: (done, of) => change({ done, of }), signal }).then(
      (counts) => change({ counts, state: signal.aborted && kept.run.done < kept.run.of ? 'stopped' : 'done' }),
      (error: unknown) => {
        this.log.error('console.bulk-failed', error);
        change({ state: 'failed' });
      },
    );
    this.kept.set(run.id, kept);
    return run;
  }

  private forgetOld(): void {
    const ended = [...this.kept].filter(([, { run }]) => run.state !== 'running');
    const tooMany = ended.slice(0, Math.max(0, ended.length - MOST_KEPT));
    const tooOld = ended.filter(([, { startedAt }]) => Date.now() - startedAt > KEPT_MS);
    for (const [id] of [...tooMany, ...tooOld]) this.kept.delete(id);
  }
}
