import { queueName, STAGES, type StageName, safeError } from '@sync-hub/contracts';
import type { Bus, StageQueue } from './bus.js';
import type { Logger } from './logger.js';
import type { RunnerStore, Unsettled } from './runner-store.js';

export interface SweepPorts {
  readonly bus: Bus;
  readonly store: Pick<RunnerStore, 'unsettled' | 'markSent' | 'prune'>;
  readonly logger: Logger;
}

export interface SweepOptions {
  readonly everyMs: number;
  /** A message that was sent so long ago, is not settled and lies in no queue, was lost by the bus. */
  readonly resendAfterSeconds: number;
  /** Who says a message publishes it too, a moment after its commit: younger ones are left to them. */
  readonly unsentAfterMs: number;
  /** Rows read at once. */
  readonly limit: number;
  /** True for messages that a stage of this process has in hand. */
  readonly isInHand: (stage: StageName, messageId: string) => boolean;
}

const DEFAULTS: SweepOptions = { everyMs: 1000, resendAfterSeconds: 10, unsentAfterMs: 1000, limit: 500, isInHand: () => false };

/** How many messages of one queue wait for the bus at once. */
const WINDOW = 100;

/** What one run knows of the queues: how many messages lay in each before it sent any, and which it may not resend to. */
interface Seen {
  readonly depths: Map<string, Promise<number>>;
  readonly lyingIn: StageQueue[];
  readonly sent: Set<string>;
}

/**
 * Sends again what the bus forgot, so that it may forget everything at any moment. A message that still lies in its queue is not
 * sent again, however old: the backlog of a slow site does not grow by being looked at.
 */
export class Sweep {
  readonly #options: SweepOptions;
  #timer: NodeJS.Timeout | null = null;
  #run: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly ports: SweepPorts,
    options: Partial<SweepOptions> = {},
  ) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Sweeps again and again until `stop`. `busIsEmpty`: the bus remembers nothing of an earlier life, so the first run sends everything unsettled. */
  start(busIsEmpty: boolean): void {
    this.#run = this.sweep(busIsEmpty).then(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(false), this.#options.everyMs);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#run;
  }

  /** One run. Never throws: the next one tries again. */
  async sweep(busIsEmpty = false): Promise<void> {
    try {
      await this.sendWhatIsDue(busIsEmpty);
      while ((await this.ports.store.prune(this.#options.limit)) === this.#options.limit && !this.#stopped);
    } catch (error) {
      this.logFailure('sweep-failed', error);
    }
  }

  private async sendWhatIsDue(busIsEmpty: boolean): Promise<void> {
    const { limit, resendAfterSeconds } = this.#options;
    const sentBefore = new Date(Date.now() - (busIsEmpty ? 0 : resendAfterSeconds * 1000));
    const seen: Seen = { depths: new Map(), lyingIn: [], sent: new Set() };
    while (!this.#stopped) {
      const rows = await this.ports.store.unsettled(limit, { sentBefore, lyingIn: seen.lyingIn });
      const before = seen.lyingIn.length + seen.sent.size;
      for (const group of byQueue(rows)) await this.sendGroup(group, seen);
      if (rows.length < limit || seen.lyingIn.length + seen.sent.size === before) return;
    }
  }

  private async sendGroup(rows: readonly Unsettled[], seen: Seen): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    const queue = queueOf(first);
    const due = rows.filter((row) => this.isDue(row, seen));
    const again = due.filter(wasSentSincePutOff);
    const lies = again.length > 0 && (await this.depth(queue, seen)) > 0;
    if (lies) seen.lyingIn.push(queue);
    await this.send(queue, lies ? due.filter((row) => !wasSentSincePutOff(row)) : due, seen);
  }

  private isDue({ envelope, stage, sentAt }: Unsettled, seen: Seen): boolean {
    if (seen.sent.has(`${stage} ${envelope.messageId}`) || this.#options.isInHand(stage, envelope.messageId)) return false;
    return sentAt !== null || Date.now() - envelope.timestamp.getTime() >= this.#options.unsentAfterMs;
  }

  /** As it was before this run sent anything. */
  private depth(queue: StageQueue, { depths }: Seen): Promise<number> {
    const name = nameOf(queue);
    const known = depths.get(name) ?? this.ports.bus.depth(queue);
    depths.set(name, known);
    return known;
  }

  private async send(queue: StageQueue, rows: readonly Unsettled[], seen: Seen): Promise<void> {
    for (let from = 0; from < rows.length; from += WINDOW) {
      const window = rows.slice(from, from + WINDOW);
      const results = await Promise.allSettled(window.map(({ envelope }) => this.ports.bus.sendTo(queue, envelope)));
      const sent = window.filter((_, index) => results[index]?.status === 'fulfilled');
      for (const { stage, envelope } of sent) seen.sent.add(`${stage} ${envelope.messageId}`);
      await this.ports.store.markSent(sent.map(({ envelope }) => envelope.messageId));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) return this.logFailure('cannot-send', failed.reason, queue);
    }
  }

  private logFailure(event: string, error: unknown, queue?: StageQueue): void {
    const { code, message } = safeError(error);
    this.ports.logger.log('warn', event, { code, message, queue: queue === undefined ? null : nameOf(queue) });
  }
}

const wasSentSincePutOff = ({ sentAt, notBefore }: Unsettled): boolean => sentAt !== null && (notBefore === null || sentAt >= notBefore);

const queueOf = ({ stage, envelope }: Unsettled): StageQueue => ({ stage, site: STAGES[stage].queuePer === 'site' ? envelope.site : null });

const nameOf = ({ stage, site }: StageQueue): string => queueName(stage, site ?? '');

function byQueue(rows: readonly Unsettled[]): readonly (readonly Unsettled[])[] {
  const groups = new Map<string, Unsettled[]>();
  for (const row of rows) {
    const name = nameOf(queueOf(row));
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()];
}
