import { BugError, consumersOf, type RecordRef, recordKey, type SiteId, STAGES, type StageName } from '@sync-hub/contracts';
import type { StageQueue } from '../bus.js';
import type { About, Envelope } from '../envelope.js';
import type { Progress, Resend, RunnerStore, Settlement, Unsettled } from '../runner-store.js';
import type { Tx } from '../verdict.js';

/** The transaction of the store in memory: what it is told to do on commit happens only then. It knows no SQL. */
export interface MemoryTx extends Tx {
  onCommit(act: () => void): void;
}

interface Inbox {
  settled: boolean;
  attempts: number;
  notBefore: number | null;
}

interface Outbox {
  readonly envelope: Envelope;
  sentAt: number | null;
}

/** What the runner needs of a database, in memory: for tests of the runner, the sweep and the buses. */
export class MemoryRunnerStore implements RunnerStore {
  readonly #inbox = new Map<string, Inbox>();
  readonly #outbox = new Map<string, Outbox>();
  readonly #claims = new Map<string, { readonly holder: string; readonly until: number }>();
  readonly #down = new Set<SiteId>();
  /** Every settlement that was committed, in order. */
  readonly settled: (Settlement & { readonly stage: StageName })[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly now: () => number = Date.now) {}

  /** What a service's own transaction does: its outbox rows are there, and nothing is sent yet. */
  say(...said: readonly Envelope[]): void {
    for (const envelope of said) this.#outbox.set(envelope.messageId, { envelope, sentAt: null });
  }

  setSite(site: SiteId, state: 'up' | 'down'): void {
    if (state === 'down') this.#down.add(site);
    else this.#down.delete(site);
  }

  async progressOf(stage: StageName, envelopes: readonly Envelope[]): Promise<ReadonlyMap<string, Progress>> {
    return new Map(
      envelopes.flatMap(({ messageId }) => {
        const row = this.#inbox.get(`${stage} ${messageId}`);
        return row === undefined ? [] : [[messageId, { settled: row.settled, attempts: row.attempts }] as const];
      }),
    );
  }

  settle(stage: StageName, settlements: readonly Settlement[], holders: readonly string[]): Promise<readonly Envelope[]> {
    return this.transaction(() => this.commit(stage, settlements, holders));
  }

  putOff(stage: StageName, { messageId }: Envelope, putOff: { readonly attempts: number; readonly notBefore: Date }, holder: string | null): Promise<void> {
    return this.transaction(async () => {
      if (holder !== null) this.giveBack([holder]);
      if (this.isSettled(stage, messageId)) return;
      this.#inbox.set(`${stage} ${messageId}`, { settled: false, attempts: putOff.attempts, notBefore: putOff.notBefore.getTime() });
    });
  }

  claim(holder: string, site: SiteId, record: RecordRef, leaseSeconds: number): Promise<boolean> {
    return this.transaction(async () => {
      const key = `${site}/${recordKey(record)}`;
      const held = this.#claims.get(key);
      if (held !== undefined && held.holder !== holder && held.until > this.now()) return false;
      this.#claims.set(key, { holder, until: this.now() + leaseSeconds * 1000 });
      return true;
    });
  }

  async markSent(messageIds: readonly string[]): Promise<void> {
    for (const id of messageIds) {
      const row = this.#outbox.get(id);
      if (row !== undefined) row.sentAt = this.now();
    }
  }

  async unsettled(limit: number, resend: Resend): Promise<readonly Unsettled[]> {
    const rows = [...this.#outbox.values()].flatMap(({ envelope, sentAt }) =>
      consumersOf(envelope.type).map((stage) => this.unsettledOf(stage, envelope, sentAt)),
    );
    return rows
      .filter((row) => this.isSeen(row, resend))
      .sort((one, other) => one.envelope.timestamp.getTime() - other.envelope.timestamp.getTime())
      .slice(0, limit);
  }

  async prune(limit: number): Promise<number> {
    const done = [...this.#outbox.values()].filter(({ envelope: { type, messageId } }) => {
      const stages = consumersOf(type);
      return stages.length > 0 && stages.every((stage) => this.isSettled(stage, messageId));
    });
    for (const { envelope } of done.slice(0, limit)) {
      this.#outbox.delete(envelope.messageId);
      for (const stage of consumersOf(envelope.type)) this.#inbox.delete(`${stage} ${envelope.messageId}`);
    }
    return Math.min(done.length, limit);
  }

  /** One after the other, as the record locks of the real one make them. */
  private transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  private async commit(stage: StageName, settlements: readonly Settlement[], holders: readonly string[]): Promise<readonly Envelope[]> {
    const said: Envelope[] = [];
    const acts: (() => void)[] = [];
    const fresh = new Map(
      settlements.filter(({ envelope }) => !this.isSettled(stage, envelope.messageId)).map((settlement) => [settlement.envelope.messageId, settlement]),
    );
    for (const { verdict, envelope, step } of fresh.values())
      if ('effect' in verdict) await verdict.effect(memoryTx(said, acts, this.now, { trace: envelope.trace, step }));
    for (const act of acts) act();
    for (const settlement of fresh.values()) this.enter(stage, settlement);
    this.say(...said);
    this.giveBack(holders);
    return said;
  }

  private enter(stage: StageName, settlement: Settlement): void {
    const key = `${stage} ${settlement.envelope.messageId}`;
    this.#inbox.set(key, { settled: true, attempts: this.#inbox.get(key)?.attempts ?? 0, notBefore: null });
    this.settled.push({ ...settlement, stage });
  }

  private giveBack(holders: readonly string[]): void {
    for (const [key, { holder }] of this.#claims) if (holders.includes(holder)) this.#claims.delete(key);
  }

  private isSettled(stage: StageName, messageId: string): boolean {
    return this.#inbox.get(`${stage} ${messageId}`)?.settled === true;
  }

  private unsettledOf(stage: StageName, envelope: Envelope, sentAt: number | null): Unsettled {
    const notBefore = this.#inbox.get(`${stage} ${envelope.messageId}`)?.notBefore ?? null;
    return { stage, envelope, sentAt: sentAt === null ? null : new Date(sentAt), notBefore: notBefore === null ? null : new Date(notBefore) };
  }

  private isSeen({ stage, envelope, sentAt, notBefore }: Unsettled, { sentBefore, lyingIn }: Resend): boolean {
    if (this.isSettled(stage, envelope.messageId) || this.isClaimedFor(envelope.messageId)) return false;
    if (STAGES[stage].queuePer === 'site' && this.#down.has(envelope.site)) return false;
    if (notBefore !== null && notBefore.getTime() > this.now()) return false;
    if (sentAt === null || (notBefore !== null && notBefore > sentAt)) return true;
    return sentAt < sentBefore && !lyingIn.some((queue) => isOf(queue, stage, envelope.site));
  }

  private isClaimedFor(messageId: string): boolean {
    return [...this.#claims.values()].some(({ holder, until }) => holder.startsWith(`${messageId}#`) && until > this.now());
  }
}

const isOf = (queue: StageQueue, stage: StageName, site: SiteId): boolean => queue.stage === stage && (queue.site === null || queue.site === site);

const memoryTx = (said: Envelope[], acts: (() => void)[], now: () => number, along: About): MemoryTx => ({
  query: async () => {
    throw new BugError('the store in memory knows no SQL');
  },
  later: () => {
    throw new BugError('the store in memory knows no SQL');
  },
  say: (contract, row, payload, about = {}) => {
    const { round, site } = contract.publish(payload);
    said.push({
      messageId: `${contract.name}:${row}:${round}`,
      type: contract.name,
      site,
      payload,
      correlationId: row,
      timestamp: new Date(now()),
      ...along,
      ...about,
    });
  },
  onCommit: (act) => {
    acts.push(act);
  },
});
