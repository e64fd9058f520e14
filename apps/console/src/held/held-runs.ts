import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { HeldCounts, HeldDeed, HeldDesk, HeldFilter, HeldPlan, HeldRun } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { Runs } from '../runs.js';
import { CONSOLE_LOG } from '../unreadable.filter.js';

/** Injection token of what is asked of what is held. */
export const HELD_DESK = Symbol('HeldDesk');

/** What people looked at of what is held, and what they do to it. */
@Injectable()
export class HeldRuns implements OnApplicationShutdown {
  private readonly runs: Runs<HeldPlan, HeldCounts, HeldRun>;

  constructor(
    @Inject(HELD_DESK) private readonly desk: HeldDesk,
    @Inject(CONSOLE_LOG) log: Pick<Log, 'error'>,
  ) {
    this.runs = new Runs((error) => log.error('console.held-failed', error));
  }

  /** Null where so many are running that another would only slow them. */
  plan(asked: HeldFilter): HeldRun | null {
    return this.runs.plan({ does: 'plan', asked, by: null }, (watched) => this.desk.plan(asked, watched));
  }

  /** Does it to what that plan found; null where there is none of that id that is done and was not carried out yet, or so many are running. */
  act(id: string, deed: HeldDeed): HeldRun | null {
    return this.runs.carryOut(
      id,
      ({ asked }) => ({ does: deed.what, asked, by: deed.by }),
      (plan, watched) => plan.act(deed, watched),
    );
  }

  underWay(): readonly HeldRun[] {
    return this.runs.underWay();
  }

  find(id: string): HeldRun | null {
    return this.runs.find(id);
  }

  stop(id: string): HeldRun | null {
    return this.runs.stop(id);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stopAll();
  }
}
