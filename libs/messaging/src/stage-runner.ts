import { setTimeout as sleep } from 'node:timers/promises';
import { type PayloadFor, RecordRef, type SiteId, STAGES, type StageName, type StageSpec, safeError } from '@sync-hub/contracts';
import type { Consumer, Delivery, StageQueue } from './bus.js';
import { Claims } from './claims.js';
import { Failing } from './failing.js';
import { Groups } from './groups.js';
import { answerOf, type EndedBy, Hands, type InHand } from './hands.js';
import { hear } from './hear.js';
import { prefetchFor, type RunnerOptions, type RunnerPorts, runnerOptions } from './runner-options.js';
import type { Progress } from './runner-store.js';
import { type Decided, Settling } from './settling.js';
import { SiteWatch } from './site-watch.js';
import { Slots } from './slots.js';
import type { StageHandler } from './stage.js';

/** Whom a message of a site-facing stage will claim: the patient it names, else its record. Those who want the same take turns here, and are not handed back for it. */
function laneOf({ envelope: { payload } }: InHand): string | null {
  if (typeof payload['patient'] === 'string') return payload['patient'];
  const record = RecordRef.safeParse(payload['record']);
  return record.success ? record.data.uuid : null;
}

/** How long handlers that were told to end are waited for. */
export const LAST_WORDS_MS = 2000;

/** How long a runner that is told to stop lets handlers finish before it ends them. */
export const STOPS_WITHIN_MS = 10_000;

/**
 * Runs one stage: takes messages from its queues, asks the stage for a verdict on each, and makes the verdicts come true, many in
 * one transaction. Whatever happens to a message is in its row before the bus is told to forget it.
 */
export class StageRunner<Name extends StageName> {
  readonly #spec: StageSpec;
  readonly #options: RunnerOptions;
  readonly #hands: Hands;
  readonly #consumers = new Map<SiteId, Consumer>();
  readonly #slots = new Map<SiteId, Slots<InHand>>();
  readonly #since = new WeakMap<InHand, number>();
  readonly #intake: Groups<InHand>;
  readonly #settling: Groups<Decided>;
  readonly #failing: Failing;
  readonly #watch: SiteWatch;
  #stopping = false;

  constructor(
    readonly stage: Name,
    private readonly handler: StageHandler<Name>,
    private readonly ports: RunnerPorts,
    options: Partial<RunnerOptions> = {},
  ) {
    this.#spec = STAGES[stage];
    this.#options = runnerOptions(this.#spec.queuePer, options);
    const { processId, lease, intake, settling, watchSitesMs } = this.#options;
    this.#hands = new Hands((messageId) => new Claims(ports.store, `${messageId}#${processId}`, lease));
    const settle = new Settling(
      stage,
      ports,
      ({ item, verdict }) => this.letGo(item, verdict.kind, 'code' in verdict ? verdict.code : ''),
      (item, error) => this.#failing.fail(item, error),
    );
    this.#failing = new Failing(stage, ports, this.#options, {
      commit: (decided) => settle.commit([decided]),
      letGo: (item, as, code) => this.letGo(item, as, code),
    });
    this.#intake = new Groups((group) => this.begin(group), intake);
    this.#settling = new Groups((group) => settle.settle(group), settling);
    this.#watch = new SiteWatch(ports.health, this.#consumers, ports.logger, watchSitesMs);
  }

  /** Consumes the stage's queues, one for each of these sites where it has one per site. Their topology is declared already. */
  async start(sites: readonly SiteId[]): Promise<void> {
    await this.follow(sites);
    if (this.#spec.queuePer === 'site') await this.#watch.start();
  }

  /** Consumes the queues of sites that came since. */
  async follow(sites: readonly SiteId[]): Promise<void> {
    if (this.#spec.queuePer === 'stage') return this.consume('', null);
    for (const site of sites) await this.consume(site, site);
  }

  /** True while this process has that message in hand, so that its sweep need not send it again. */
  isInHand(messageId: string): boolean {
    return this.#hands.has(messageId);
  }

  /** True while a site's circuit is open, or it rests, as this process last saw it: its queue is not consumed. */
  isPaused(site: SiteId): boolean {
    return this.#watch.closedFor(site) !== null;
  }

  /** Takes nothing more, lets handlers finish until the deadline, and hands the rest back by row. */
  async stop(deadlineMs = STOPS_WITHIN_MS): Promise<void> {
    this.#stopping = true;
    this.#watch.stop();
    await Promise.allSettled([...this.#consumers.values()].map((consumer) => consumer.pause()));
    for (const slots of this.#slots.values()) for (const item of slots.takeBack()) void this.#failing.handBack(item, 0, 'stopping');
    if (await this.#hands.empty(deadlineMs)) return;
    for (const item of this.#hands.all()) item.abort.abort('stopping' satisfies EndedBy);
    await this.#hands.empty(LAST_WORDS_MS);
  }

  private async consume(key: SiteId, site: SiteId | null): Promise<void> {
    if (this.#consumers.has(key)) return;
    const slots = (site === null ? undefined : this.#options.slotsAt(site)) ?? this.#options.slots;
    this.#slots.set(key, new Slots(slots, (item) => this.run(item), site === null ? undefined : laneOf));
    const queue: StageQueue = { stage: this.stage, site };
    const prefetch = this.#options.prefetch ?? prefetchFor(slots);
    this.#consumers.set(key, await this.ports.bus.consume(queue, prefetch, (delivery) => this.take(delivery)));
  }

  private take(delivery: Delivery): void {
    const item = this.#hands.take(delivery);
    if (item === null) return;
    this.#since.set(item, performance.now());
    this.#intake.add(item);
  }

  /** Reads how far the stage has come with each of a group, lets go of repeats, and puts the others in line. */
  private async begin(group: readonly InHand[]): Promise<void> {
    const progress = await this.progressOf(group);
    for (const item of group) {
      if (progress === null) this.letGo(item, 'handed-back', 'store-down');
      else this.line(item, progress.get(item.envelope.messageId));
    }
  }

  private line(item: InHand, progress: Progress | undefined): void {
    if (progress?.settled === true) return this.letGo(item, 'repeat', '');
    item.attempts = progress?.attempts ?? 0;
    this.#slots.get(item.queue.site ?? '')?.add(item);
  }

  /** Null where the database cannot be read: then the sweep, which needs it too, sends the messages again. */
  private async progressOf(group: readonly InHand[]): Promise<ReadonlyMap<string, Progress> | null> {
    for (const waitMs of [...this.#options.storeRetryMs, null]) {
      try {
        return await this.ports.store.progressOf(
          this.stage,
          group.map(({ envelope }) => envelope),
        );
      } catch (error) {
        const { code, message } = safeError(error);
        this.ports.logger.log('error', 'cannot-read-progress', { stage: this.stage, messages: group.length, code, message });
        if (waitMs !== null && !this.#stopping) await sleep(waitMs);
      }
    }
    return null;
  }

  private async run(item: InHand): Promise<void> {
    if (this.#stopping) return this.#failing.handBack(item, 0, 'stopping');
    const closedFor = item.queue.site === null ? null : this.#watch.closedFor(item.queue.site);
    if (closedFor !== null) return this.#failing.handBack(item, 0, closedFor);
    const heard = hear(this.stage, item.envelope);
    switch (heard.kind) {
      case 'other-version':
        return this.#failing.handBack(item, this.#options.otherVersionSeconds, 'other-version');
      case 'unfit':
        return this.#failing.unfit(item, heard.error);
      case 'payload':
        return this.handle(item, heard.payload);
    }
  }

  private async handle(item: InHand, payload: PayloadFor<Name>): Promise<void> {
    try {
      const { claims, abort, envelope, attempts, meter } = item;
      meter.begin();
      const { messageId, trace, step } = envelope;
      const about = { trace, step };
      const context = { signal: abort.signal, attempt: attempts + 1, messageId, about, bytes: meter.bytes, claim: claims.take.bind(claims) };
      const verdict = await answerOf(this.handler.handle(payload, context), abort, this.#options.handlerSeconds);
      if (verdict.kind === 'postpone') return await this.#failing.handBack(item, verdict.seconds, verdict.reason);
      claims.checkAll();
      this.#settling.add({ item, verdict, step: meter.done(attempts) });
    } catch (error) {
      await this.failed(item, error);
    }
  }

  private async failed(item: InHand, error: unknown): Promise<void> {
    const { aborted, reason } = item.abort.signal;
    if (aborted) item.claims.revoke();
    if (aborted && reason === ('stopping' satisfies EndedBy)) return this.#failing.handBack(item, 0, 'stopping');
    await this.#failing.fail(item, error);
  }

  private letGo(item: InHand, as: string, code: string): void {
    this.#hands.letGo(item);
    this.#slots.get(item.queue.site ?? '')?.leave(item);
    const { site, trace } = item.envelope;
    this.#options.onHandled({ stage: this.stage, site, trace, as, code, ms: performance.now() - (this.#since.get(item) ?? performance.now()) });
  }
}
