import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Envelope, InProcessBus } from '@sync-hub/messaging';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(60_000);

describe('a message that fits no contract', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ site: () => ({ feed: { startAt: 'beginning', pollSeconds: 1, categories: ['location'] } }) });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const has = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.some((one) => one.uuid === uuid);
  const aWard = (site: string) => world.site(site).clinician.addLocation({ uuid: aUuid(), name: `Ward ${aUuid()}` });
  const bus = () => world.hub.parts.bus as InProcessBus;
  const anEnvelope = (type: string, payload: Record<string, unknown>, row = aUuid()): Envelope => ({
    messageId: `${type}:${row}:1`,
    type,
    site: 'kisumu',
    payload,
    correlationId: row,
    timestamp: new Date(),
  });

  it('is laid where people look, with its code; its failure names the site and what does not fit; nothing else stops', async () => {
    const strange = anEnvelope('record.changed.v1', { changeId: 'not an id', round: 'first', site: 'kisumu' });
    await bus().sendTo({ stage: 'fetch', site: 'kisumu' }, strange);
    const ward = aWard('kisumu');
    await until('the others have gone on', () => has('central', ward), 20_000);
    await until('it lies where people look', () =>
      bus()
        .parked()
        .some(({ envelope }) => envelope.messageId === strange.messageId),
    );
    expect(bus().parked()).toMatchObject([{ queue: { stage: 'fetch', site: 'kisumu' }, code: 'contract' }]);
    expect(world.log('stage-failed').at(-1)).toMatchObject({
      level: 'error',
      site: 'kisumu',
      stage: 'fetch',
      code: 'contract',
      error: { message: 'message record.changed.v1 does not fit its contract' },
      fields: ['changeId', 'round', 'record'],
    });
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('holds the record whose message it was, named, until its next change', async () => {
    const ward = aUuid();
    const { bus: sender } = world.hub.parts;
    const whole = sender.publish.bind(sender);
    const publish = jest.spyOn(sender, 'publish');
    const isOfWard = ({ payload }: Envelope): boolean => (payload['record'] as { readonly uuid?: string } | undefined)?.uuid === ward;
    publish.mockImplementation(async (envelopes) => {
      if (envelopes.some(isOfWard)) publish.mockRestore();
      await whole(envelopes.map((one) => (isOfWard(one) ? { ...one, payload: { site: one.site, record: one.payload['record'] } } : one)));
    });
    world.site('kisumu').clinician.addLocation({ uuid: ward, name: 'Damaged on its way' });
    const other = aWard('siaya');
    await until('it is held', async () => (await world.held(ward)).length > 0, 20_000);
    expect(await world.held(ward)).toMatchObject([{ kind: 'change', site: 'kisumu', uuid: ward, state: 'parked', reason: 'broken', code: 'contract' }]);
    expect(world.log('stage-failed').at(-1)).toMatchObject({ site: 'kisumu', uuid: ward, code: 'contract' });
    await until('the other has gone on', () => has('central', other), 20_000);

    world.site('kisumu').clinician.edit('location', ward, { description: 'edited since' });
    await world.atRest();
    expect([has('central', ward), has('siaya', ward), await world.held()]).toEqual([true, true, []]);
  });

  it('of a version that another release speaks is put off, costs no attempt, and stops nothing', async () => {
    const newer = anEnvelope('record.changed.v2', { site: 'kisumu', whatever: 'a newer release says' });
    await bus().sendTo({ stage: 'fetch', site: 'kisumu' }, newer);
    const ward = aWard('kisumu');
    await world.atRest();
    expect(has('central', ward)).toBe(true);
    expect(await world.query(`select code, attempts, settled_at from inbox where message_id = $1`, [newer.messageId])).toEqual([
      { code: 'other-version', attempts: 0, settled_at: null },
    ]);
    expect(await world.held()).toEqual([]);
  });
});
