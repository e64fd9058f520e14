import { describe, expect, it } from '@jest/globals';
import { InProcessBus } from './in-process/in-process-bus.js';
import { recordChanged, recordMapped } from './testing/envelopes.js';
import { fetchBenches } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { skip } from './verdict.js';

describe('the runner, with what it hears', () => {
  const fetchBench = fetchBenches();

  describe('with a message it cannot read', () => {
    it('parks one that fails its contract, with its code, and holds its row', async () => {
      const bus = new InProcessBus({ secondInMs: 1 });
      let handled = 0;
      const bench = await fetchBench(
        async () => {
          handled += 1;
          return skip('nothing');
        },
        { bus },
      );
      const message = recordChanged('kisumu', { payload: { site: 'kisumu', given_name: 'Achieng' } });
      await bench.say(message);
      await until('it is settled', () => bench.isSettled(message));
      expect(bus.parked()).toEqual([expect.objectContaining({ code: 'contract', envelope: expect.objectContaining({ messageId: message.messageId }) })]);
      expect(bench.store.settled[0]).toMatchObject({ verdict: { kind: 'hold', reason: 'broken', code: 'contract' } });
      expect(handled).toBe(0);
      expect(JSON.stringify(bench.lines)).not.toContain('Achieng');
    });

    it('parks one that has no business in this queue', async () => {
      const bus = new InProcessBus({ secondInMs: 1 });
      const bench = await fetchBench(async () => skip('nothing'), { bus });
      await bench.bus.sendTo(bench.queue, recordMapped());
      await until('it is parked', () => bus.parked().length === 1);
    });

    it('reads one with fields that a newer release added', async () => {
      const bench = await fetchBench(async () => skip('nothing'));
      const message = recordChanged();
      await bench.say({ ...message, payload: { ...message.payload, urgency: 'high' } });
      await until('it is settled', () => bench.isSettled(message));
      expect(bench.store.settled[0]?.verdict).toEqual(skip('nothing'));
    });

    it('postpones another version of a message it knows: the other release takes it', async () => {
      const bench = await fetchBench(async () => skip('nothing'));
      const message = recordChanged('kisumu', { type: 'record.changed.v2' });
      await bench.bus.sendTo(bench.queue, message);
      await until('it is let go', () => bench.handled.length === 1);
      expect(bench.handled[0]).toMatchObject({ as: 'handed-back', code: 'other-version' });
      expect((await bench.store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 0 });
    });
  });
});
