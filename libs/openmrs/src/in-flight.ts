import { SyncError } from '@sync-hub/contracts';
import PQueue from 'p-queue';
import { afterAnswer, firstPace, type Pace } from './pace.js';

/** Statuses that say: too much at once. */
const BUSY: ReadonlySet<number> = new Set([429, 503, 504]);

/** Between the reading of a record and the write somebody at the site may edit it: a write goes before every read that waits, whoever asked for it first. */
const PRIORITY = { read: 0, write: 1 } as const;

/** The requests under way to one site: no more at once than its pace allows, which its answers slow and quicken. Writes go first. */
export class InFlight {
  private readonly queue: PQueue;
  private pace: Pace;
  private next = 0;

  constructor(
    cap: number,
    private readonly onLimit: (limit: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.pace = firstPace(cap);
    this.queue = new PQueue({ concurrency: this.pace.limit });
    onLimit(this.pace.limit);
  }

  /** Does the request when its turn has come. What never left, or was stopped by ourselves, says nothing of the site. */
  run<Answer extends { readonly status: number }>(kind: 'read' | 'write', request: () => Promise<Answer>): Promise<Answer> {
    return this.queue.add(
      async () => {
        const sent = this.next++;
        const since = this.now();
        const isFull = this.queue.pending >= this.pace.limit;
        const ended = (isBusy: boolean): void =>
          this.follow(afterAnswer(this.pace, { kind, sent, next: this.next, isBusy, ms: this.now() - since, isFull: isFull || this.queue.size > 0 }));
        try {
          const answer = await request();
          ended(BUSY.has(answer.status));
          return answer;
        } catch (error) {
          if (error instanceof SyncError && error.details['reason'] === 'timed out') ended(true);
          throw error;
        }
      },
      { priority: PRIORITY[kind] },
    );
  }

  private follow(pace: Pace): void {
    const isChanged = pace.limit !== this.pace.limit;
    this.pace = pace;
    if (!isChanged) return;
    this.queue.concurrency = pace.limit;
    this.onLimit(pace.limit);
  }
}
