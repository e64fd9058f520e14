import { setTimeout as sleep } from 'node:timers/promises';
import {
  RecordRef,
  type SafeDetails,
  type SiteId,
  SiteId as SiteIdSchema,
  STAGES,
  type StageName,
  type StageSpec,
  SyncError,
  safeError,
} from '@sync-hub/contracts';
import { type AfterFailure, afterFailure } from './after-failure.js';
import type { InHand } from './hands.js';
import type { RunnerOptions, RunnerPorts } from './runner-options.js';
import type { Probe } from './runner-store.js';
import type { Decided } from './settling.js';
import { hold, skip } from './verdict.js';

interface Ways {
  /** Commits one verdict; throws where that fails. */
  readonly commit: (decided: Decided) => Promise<void>;
  /** Its row knows: let go of the message. */
  readonly letGo: (item: InHand, as: string, code: string) => void;
}

/** Acts on what comes after a failure, and hands back what is not to be handled now. Never throws: what cannot be written is left to the sweep. */
export class Failing {
  readonly #spec: StageSpec;

  constructor(
    private readonly stage: StageName,
    private readonly ports: RunnerPorts,
    private readonly options: RunnerOptions,
    private readonly ways: Ways,
  ) {
    this.#spec = STAGES[stage];
  }

  /** Back to its row, which costs no attempt. A handler that is still at work keeps its claims until their lease ends. */
  async handBack(item: InHand, seconds: number, code: string): Promise<void> {
    const { taken, revoked } = item.claims;
    const wait = taken && revoked ? Math.max(seconds, this.options.lease.seconds) : seconds;
    await this.putOff(item, { attempts: item.attempts, seconds: wait, code });
    this.ways.letGo(item, 'handed-back', code);
  }

  async fail(item: InHand, error: unknown): Promise<void> {
    const next = await this.decide(item, error);
    // A site that rests is told of where it begins to, and not by each message.
    if (next.code !== 'site-rests') this.logFailure(item, error, next);
    switch (next.kind) {
      case 'hand-back':
        return this.handBack(item, next.seconds, next.code);
      case 'put-off':
        return this.sendLater(item, next);
      case 'hold':
        return this.hold(item, next, this.#spec.subject === 'none');
    }
  }

  /** The message fits no contract of ours: a copy where people look, and its row held for the same reason. */
  async unfit(item: InHand, error: SyncError): Promise<void> {
    const next = { kind: 'hold', reason: 'broken', code: error.code, details: error.details } as const;
    this.logFailure(item, error, next);
    await this.hold(item, next, true);
  }

  private async decide(item: InHand, error: unknown): Promise<Exclude<AfterFailure, { kind: 'ask-site' }>> {
    const failure = { error, attempts: item.attempts, retryAfterSeconds: this.#spec.retryAfterSeconds, random: this.options.random() };
    const next = afterFailure({ ...failure, probe: null });
    if (next.kind !== 'ask-site') return next;
    const answer = afterFailure({ ...failure, probe: await this.probe(siteOf(error, item)) });
    return answer.kind === 'ask-site' ? { kind: 'hand-back', seconds: 0, code: 'site-down' } : answer;
  }

  private async probe(site: SiteId): Promise<Probe> {
    try {
      return await this.ports.health.confirm(site);
    } catch (error) {
      this.log('warn', 'probe-failed', { site, ...lineOf(error) });
      return 'down';
    }
  }

  private async sendLater(item: InHand, next: { readonly attempts: number; readonly seconds: number; readonly code: string }): Promise<void> {
    const { envelope, queue } = item;
    await this.putOff(item, { ...next, seconds: next.seconds + this.options.graceSeconds });
    try {
      await this.ports.bus.sendLater(queue, envelope, next.seconds, next.attempts, next.code);
    } catch (error) {
      this.log('warn', 'left-to-the-sweep', { messageId: envelope.messageId, ...lineOf(error) });
    }
    this.ways.letGo(item, 'put-off', next.code);
  }

  private async hold(item: InHand, next: Extract<AfterFailure, { kind: 'hold' }>, parks: boolean): Promise<void> {
    const verdict = this.#spec.subject === 'none' ? skip(next.code) : hold('parked', next.reason, next.code, { details: next.details });
    try {
      if (parks) await this.park(item, next.code, next.details);
      await this.ways.commit({ item, verdict, step: item.meter.done(item.attempts) });
    } catch (error) {
      this.log('error', 'cannot-hold', { messageId: item.envelope.messageId, code: next.code, because: safeError(error).code });
      await this.handBack(item, this.#spec.retryAfterSeconds.at(-1) ?? this.options.graceSeconds, next.code);
    }
  }

  private async park(item: InHand, code: string, details: SafeDetails): Promise<void> {
    await this.ports.bus.park(item.queue, item.envelope, code);
    this.options.onParked(this.stage, item.envelope.messageId, code, details);
  }

  private async putOff(item: InHand, to: { readonly attempts: number; readonly seconds: number; readonly code: string }): Promise<void> {
    const notBefore = new Date(Date.now() + to.seconds * 1000);
    const holder = item.claims.revoked ? null : item.claims.holder;
    for (const waitMs of [...this.options.storeRetryMs, null]) {
      try {
        return await this.ports.store.putOff(this.stage, item.envelope, { attempts: to.attempts, notBefore, code: to.code }, holder);
      } catch (error) {
        this.log('error', 'cannot-put-off', { messageId: item.envelope.messageId, ...lineOf(error) });
        if (waitMs !== null) await sleep(waitMs);
      }
    }
  }

  private logFailure(item: InHand, error: unknown, next: AfterFailure): void {
    const level = next.kind === 'hold' ? 'error' : 'warn';
    this.log(level, 'stage-failed', {
      ...recordIn(item.envelope.payload),
      site: item.envelope.site,
      messageId: item.envelope.messageId,
      ...(item.envelope.trace === undefined ? {} : { trace: item.envelope.trace }),
      attempt: item.attempts + 1,
      next: next.kind,
      ...lineOf(error),
    });
  }

  private log(level: 'warn' | 'error', event: string, fields: SafeDetails): void {
    this.ports.logger.log(level, event, { stage: this.stage, ...fields });
  }
}

const lineOf = (error: unknown): SafeDetails => {
  const { code, message, details } = safeError(error);
  return { ...details, code, message };
};

/** The record that a message names, where it can be read. */
function recordIn({ record }: Readonly<Record<string, unknown>>): SafeDetails {
  const parsed = RecordRef.safeParse(record);
  return parsed.success ? parsed.data : {};
}

/** The site that failed us: the message's own, unless the error names another. */
function siteOf(error: unknown, item: InHand): SiteId {
  const named = error instanceof SyncError ? SiteIdSchema.safeParse(error.details['site']) : undefined;
  return named?.success === true ? named.data : item.envelope.site;
}
