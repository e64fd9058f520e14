import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(90_000);

const UNLOCK_SECONDS = 10;

describe('a site that lets us in no more', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({}, { times: { keepLinksMs: 300, settleClaimMs: 200, probeUpSeconds: 1, probeDownSeconds: 1, unlockSeconds: UNLOCK_SECONDS } });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const account = () => world.site('kisumu').accounts.find('admin')!;
  const has = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.some((one) => one.uuid === uuid);

  it('is left alone altogether, visibly and without a login before its time, while the others go on; and gets everything once it is unlocked', async () => {
    const kisumu = world.site('kisumu');
    kisumu.lockAccount();
    kisumu.expireSessions();
    const fromParent = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Ward at central' });
    const fromChild = kisumu.clinician.addLocation({ uuid: aUuid(), name: 'Ward at kisumu' });
    await until('kisumu is locked out', async () => (await world.siteState('kisumu')) === 'locked-out', 20_000);
    const lockedOutAt = performance.now();
    await until('what was under way has been handed back', () => kisumu.requests.every(({ status }) => status > 0));
    const { lockedAt } = account();
    kisumu.resetRequests();

    await until('the child that lives has it', () => has('siaya', fromParent), 20_000);
    for (let probes = 0; probes < 20; probes += 1) expect(await world.hub.circuit.confirm('kisumu')).toBe('locked-out');
    expect(performance.now() - lockedOutAt).toBeLessThan(UNLOCK_SECONDS * 1000);
    expect([kisumu.requests, account().lockedAt]).toEqual([[], lockedAt]);
    expect(world.log('site-state').findLast(({ site }) => site === 'kisumu')).toMatchObject({ level: 'warn', state: 'locked-out' });
    expect((await world.hub.repositories.overview.read()).sites.find(({ site }) => site === 'kisumu')).toMatchObject({
      state: 'locked-out',
      code: 'locked-out',
    });
    expect(await (await fetch(world.standalone.consoleUrl)).text()).toContain('refuses our login');
    expect(await world.count(`select count(*) from inbox where attempts > 0`)).toBe(0);
    expect(await world.held()).toEqual([]);

    account().lockedAt = null;
    await world.isUp('kisumu');
    expect(performance.now() - lockedOutAt).toBeGreaterThan(UNLOCK_SECONDS * 1000);
    await world.atRest();
    expect([has('kisumu', fromParent), has('central', fromChild), has('siaya', fromChild)]).toEqual([true, true, true]);
    expect(await world.held()).toEqual([]);
  });
});
