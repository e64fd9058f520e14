import { randomUUID } from 'node:crypto';
import { RecordFetched, type RecordRef, RecordRef as RecordRefSchema, type SiteId, type StageName } from '@sync-hub/contracts';
import type { Envelope } from '../envelope.js';
import type { Resend, RunnerStore, Settlement } from '../runner-store.js';
import { type Effect, forward, hold, skip } from '../verdict.js';
import { jestGlobals } from './jest-globals.js';
import { until } from './until.js';

/** A store on an empty database that knows the sites `kisumu` and `siaya`, both up, and the verbs a test needs beside it. */
export interface RunnerStoreHarness {
  readonly store: RunnerStore;
  /** Opens a change of a record of its own and says `record.changed.v1` of it, as the feed-watcher does. */
  changed(site: SiteId): Promise<Envelope>;
  /** An effect that adds one to a counter in the same transaction. */
  readonly count: Effect;
  counted(): Promise<number>;
  setSite(site: SiteId, state: 'up' | 'down'): Promise<void>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;
const ago = (ms: number): Date => new Date(Date.now() - ms);
const ONCE: Resend = { sentBefore: ago(HOUR), lyingIn: [] };
const fails: Effect = async () => {
  throw new Error('an effect that fails');
};
const recordOf = (envelope: Envelope): RecordRef => RecordRefSchema.parse(envelope.payload['record']);

/** What the runner and the sweep rely on. Every store passes it: the one in memory and the one on PostgreSQL. */
export function runnerStoreContract(name: string, makeStore: () => Promise<RunnerStoreHarness>): void {
  const { describe, it, expect, beforeEach, afterEach } = jestGlobals();

  describe(`${name}, as the runner's store`, () => {
    let harness: RunnerStoreHarness;
    let store: RunnerStore;
    const seen = async (stage: StageName, resend = ONCE): Promise<string[]> =>
      (await store.unsettled(100, resend)).filter((row) => row.stage === stage).map(({ envelope }) => envelope.messageId);
    const settle = (verdict: Settlement['verdict'], ...envelopes: Envelope[]): Promise<readonly Envelope[]> =>
      store.settle(
        'fetch',
        envelopes.map((envelope) => ({ envelope, verdict })),
        [],
      );
    const putOff = (envelope: Envelope, notBefore: Date, attempts = 1, holder: string | null = 'nobody'): Promise<void> =>
      store.putOff('fetch', envelope, { attempts, notBefore, code: 'test' }, holder);

    beforeEach(async () => {
      harness = await makeStore();
      store = harness.store;
    });
    afterEach(() => harness.close());

    describe('settling', () => {
      it('knows a message as unsettled and never sent for each stage that hears it, until that stage settles it', async () => {
        const message = await harness.changed('kisumu');
        expect(await store.progressOf('fetch', [message])).toEqual(new Map());
        const rows = await store.unsettled(100, ONCE);
        expect(rows.map(({ stage }) => stage).sort()).toEqual(['fetch', 'record']);
        expect(rows[0]).toMatchObject({
          sentAt: null,
          notBefore: null,
          envelope: { messageId: message.messageId, payload: message.payload, site: 'kisumu', correlationId: message.correlationId },
        });
        await settle(skip('nothing'), message);
        expect((await store.progressOf('fetch', [message])).get(message.messageId)?.settled).toBe(true);
        expect((await store.unsettled(100, ONCE)).map(({ stage }) => stage)).toEqual(['record']);
      });

      it('runs the effect of a message once, however often and however simultaneously it is settled', async () => {
        const message = await harness.changed('kisumu');
        await Promise.all([settle(forward(harness.count), message), settle(forward(harness.count), message)]);
        await settle(forward(harness.count), message);
        expect(await harness.counted()).toBe(1);
      });

      it('runs the effect once where the same message is twice in a group', async () => {
        const message = await harness.changed('kisumu');
        await settle(forward(harness.count), message, message);
        expect(await harness.counted()).toBe(1);
      });

      it('changes nothing where one of a group fails', async () => {
        const [good, bad] = [await harness.changed('kisumu'), await harness.changed('kisumu')];
        const group = [
          { envelope: good, verdict: forward(harness.count) },
          { envelope: bad, verdict: forward(fails) },
        ];
        await expect(store.settle('fetch', group, [])).rejects.toThrow();
        expect(await harness.counted()).toBe(0);
        expect((await seen('fetch')).sort()).toEqual([good.messageId, bad.messageId].sort());
      });

      it('answers with what was said, and keeps it for each stage that hears it', async () => {
        const message = await harness.changed('kisumu');
        const payload = { changeId: message.correlationId, round: 1, record: recordOf(message), site: 'kisumu', snapshot: randomUUID() };
        const said = await settle(
          forward(async (tx) => tx.say(RecordFetched, message.correlationId, payload)),
          message,
        );
        const id = `record.fetched.v1:${message.correlationId}:1`;
        expect(said).toEqual([
          expect.objectContaining({ messageId: id, type: 'record.fetched.v1', site: 'kisumu', correlationId: message.correlationId, payload }),
        ]);
        expect(await seen('map')).toEqual([id]);
      });

      it('says nothing where the effect fails after saying it', async () => {
        const message = await harness.changed('kisumu');
        const payload = { changeId: message.correlationId, round: 1, record: recordOf(message), site: 'kisumu', snapshot: randomUUID() };
        const says = forward(async (tx) => {
          tx.say(RecordFetched, message.correlationId, payload);
          throw new Error('an effect that fails');
        });
        await expect(settle(says, message)).rejects.toThrow();
        expect(await seen('map')).toEqual([]);
      });

      it('holds the row of a message whose payload cannot be read', async () => {
        const message = await harness.changed('kisumu');
        await settle(hold('parked', 'broken', 'contract'), { ...message, payload: {} });
        expect(await seen('fetch')).toEqual([]);
      });
    });

    describe('putting off', () => {
      it('keeps the attempts, and does not show the message again before its time', async () => {
        const message = await harness.changed('kisumu');
        await putOff(message, new Date(Date.now() + HOUR), 3);
        expect((await store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 3 });
        expect(await seen('fetch')).toEqual([]);
        expect(await seen('record')).toEqual([message.messageId]);
      });

      it('shows it again once its time has come, as one that lies in no queue', async () => {
        const message = await harness.changed('kisumu');
        await store.markSent([message.messageId]);
        expect(await seen('fetch')).toEqual([]);
        await putOff(message, new Date(Date.now() + 200));
        const row = await until('the put-off ends', async () => (await store.unsettled(100, ONCE)).find(({ stage }) => stage === 'fetch'));
        expect(row.notBefore?.getTime()).toBeGreaterThan(row.sentAt?.getTime() ?? Number.POSITIVE_INFINITY);
      });

      it('leaves what is settled as it is', async () => {
        const message = await harness.changed('kisumu');
        await settle(skip('nothing'), message);
        await putOff(message, ago(HOUR));
        expect((await store.progressOf('fetch', [message])).get(message.messageId)?.settled).toBe(true);
        expect(await seen('fetch')).toEqual([]);
      });
    });

    describe('claims', () => {
      it('gives a record at a site to one holder at a time, who may renew', async () => {
        const message = await harness.changed('kisumu');
        const record = recordOf(message);
        expect(await store.claim('one#a', 'kisumu', record, 60)).toBe(true);
        expect(await store.claim('two#a', 'kisumu', record, 60)).toBe(false);
        expect(await store.claim('one#a', 'kisumu', record, 60)).toBe(true);
        expect(await store.claim('two#a', 'siaya', record, 60)).toBe(true);
      });

      it('gives it to one of many who ask at once', async () => {
        const record = recordOf(await harness.changed('kisumu'));
        const answers = await Promise.all(['one', 'two', 'three', 'four'].map((holder) => store.claim(`${holder}#a`, 'kisumu', record, 60)));
        expect(answers.filter(Boolean)).toHaveLength(1);
      });

      it('is free again when its message is settled or put off, and not when the put-off keeps it', async () => {
        const message = await harness.changed('kisumu');
        const record = recordOf(message);
        await store.claim('one#a', 'kisumu', record, 60);
        await putOff(message, ago(HOUR), 1, null);
        expect(await store.claim('two#a', 'kisumu', record, 60)).toBe(false);
        await putOff(message, ago(HOUR), 1, 'one#a');
        expect(await store.claim('two#a', 'kisumu', record, 60)).toBe(true);
        await store.settle('fetch', [{ envelope: message, verdict: skip('nothing') }], ['two#a']);
        expect(await store.claim('three#a', 'kisumu', record, 60)).toBe(true);
      });

      it('is free again when its lease has run out', async () => {
        const record = recordOf(await harness.changed('kisumu'));
        await store.claim('one#a', 'kisumu', record, 0.2);
        await until('the lease runs out', () => store.claim('two#a', 'kisumu', record, 60));
      });

      it('is not given back by a transaction that fails', async () => {
        const message = await harness.changed('kisumu');
        await store.claim('one#a', 'kisumu', recordOf(message), 60);
        await expect(store.settle('fetch', [{ envelope: message, verdict: forward(fails) }], ['one#a'])).rejects.toThrow();
        expect(await store.claim('two#a', 'kisumu', recordOf(message), 60)).toBe(false);
      });
    });

    describe('what is to be sent again', () => {
      it('is not what was sent just now, unless asked for', async () => {
        const message = await harness.changed('kisumu');
        await store.markSent([message.messageId]);
        expect(await seen('fetch')).toEqual([]);
        expect(await seen('fetch', { sentBefore: new Date(Date.now() + HOUR), lyingIn: [] })).toEqual([message.messageId]);
      });

      it('is not what lies in its queue, unless it was put off since or was never sent', async () => {
        const [lies, back, never, elsewhere] = [
          await harness.changed('kisumu'),
          await harness.changed('kisumu'),
          await harness.changed('kisumu'),
          await harness.changed('siaya'),
        ];
        await store.markSent([lies.messageId, back.messageId, elsewhere.messageId]);
        await putOff(back, new Date(Date.now() + 100));
        const resend: Resend = { sentBefore: new Date(Date.now() + HOUR), lyingIn: [{ stage: 'fetch', site: 'kisumu' }] };
        await until('the put-off ends', async () => (await seen('fetch', resend)).includes(back.messageId));
        expect((await seen('fetch', resend)).sort()).toEqual([back.messageId, never.messageId, elsewhere.messageId].sort());
        expect(await seen('record', { ...resend, lyingIn: [{ stage: 'record', site: null }] })).toEqual([never.messageId]);
      });

      it('is not what a live claim is held for', async () => {
        const message = await harness.changed('kisumu');
        await store.claim(`${message.messageId}#a`, 'kisumu', recordOf(message), 60);
        expect(await seen('fetch')).toEqual([]);
      });

      it('is not for a stage that speaks to a site which is down; other stages hear of it', async () => {
        const message = await harness.changed('kisumu');
        await harness.setSite('kisumu', 'down');
        expect(await seen('fetch')).toEqual([]);
        expect(await seen('record')).toEqual([message.messageId]);
        await harness.setSite('kisumu', 'up');
        expect(await seen('fetch')).toEqual([message.messageId]);
      });

      it('is no more than was asked for, the oldest first', async () => {
        const first = await harness.changed('kisumu');
        await until('the clock moves on', () => Date.now() > first.timestamp.getTime() + 2);
        await harness.changed('kisumu');
        const rows = await store.unsettled(2, ONCE);
        expect(rows.map(({ envelope }) => envelope.messageId)).toEqual([first.messageId, first.messageId]);
      });

      it('stays as long as one stage has not settled it', async () => {
        const message = await harness.changed('kisumu');
        await settle(skip('nothing'), message);
        expect(await store.prune(100)).toBe(0);
        expect(await seen('record')).toEqual([message.messageId]);
      });
    });
  });
}
