import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { BulkAsked, BulkCounts, BulkDesk, BulkPlan, BulkRun } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { Runs } from '../runs.js';
import { CONSOLE_LOG } from '../unreadable.filter.js';

/** Injection token of what answers in bulk. */
export const BULK_DESK = Symbol('BulkDesk');

/** Plans of answering many conflicts, and their carrying out. */
@Injectable()
export class BulkRuns implements OnApplicationShutdown {
  private readonly runs: Runs<BulkPlan, BulkCounts, BulkRun>;

  constructor(
    @Inject(BULK_DESK) private readonly desk: BulkDesk,
    @Inject(CONSOLE_LOG) log: Pick<Log, 'error'>,
  ) {
    this.runs = new Runs((error) => log.error('console.bulk-failed', error));
  }

  /** Null where so many are running that another would only slow them. */
  plan(asked: BulkAsked): BulkRun | null {
    return this.runs.plan({ does: 'plan', asked, by: null }, (watched) => this.desk.plan(asked, watched));
  }

  /** Carries out that plan; null where there is none of that id that is done and was not carried out yet, or so many are running. */
  answer(id: string, by: string): BulkRun | null {
    return this.runs.carryOut(
      id,
      ({ asked }) => ({ does: 'answer', asked, by }),
      (plan, watched) => plan.answer(by, watched),
    );
  }

  /** What is being answered now, whoever began it. */
  answering(): readonly BulkRun[] {
    return this.runs.underWay();
  }

  find(id: string): BulkRun | null {
    return this.runs.find(id);
  }

  /** Begins no further conflict. What it has answered stays answered. */
  stop(id: string): BulkRun | null {
    return this.runs.stop(id);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stopAll();
  }
}
