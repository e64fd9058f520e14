import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ToldHealth } from '@sync-hub/contracts';
import { boardOf } from '../board/index.js';
import { aReading } from '../testing/reading.builder.js';
import { healthOf } from './health-of.js';
import { HealthTelling } from './health-telling.js';

describe('when an instance tells how it does', () => {
  let now = 0;
  let read: () => Promise<ToldHealth>;
  let failures: string[] = [];
  let telling: HealthTelling;
  const held = (heldTotal: number): ToldHealth => healthOf(boardOf(aReading({ heldTotal }), new Map()), '0.1.0');
  beforeEach(() => {
    [now, failures] = [0, []];
    read = async () => held(0);
    telling = new HealthTelling({ read: () => read(), againMs: 60_000, unreadable: () => failures.push('unreadable'), clock: () => now });
  });
  const tells = async (): Promise<boolean> => {
    const health = await telling.next();
    telling.arrived(health);
    return health !== null;
  };

  it('is at the start, at once where something is another, and after a while else', async () => {
    expect([await tells(), await tells()]).toEqual([true, false]);
    read = async () => held(1);
    expect([await tells(), await tells()]).toEqual([true, false]);
    now += 60_000;
    expect([await tells(), await tells()]).toEqual([true, false]);
  });

  it('is once more where it did not arrive, and whoever is told from now on', async () => {
    expect([await telling.next(), await telling.next()]).toEqual([held(0), held(0)]);
    telling.arrived(held(0));
    expect(await telling.next()).toBeNull();
    telling.beginAnew();
    expect(await telling.next()).toEqual(held(0));
  });

  it('is not while it cannot be read, which is said once, and again as soon as it can', async () => {
    await tells();
    read = async () => Promise.reject(new Error('the database is away'));
    expect([await tells(), await tells(), failures.length]).toEqual([false, false, 1]);
    read = async () => held(2);
    expect(await tells()).toBe(true);
    read = async () => Promise.reject(new Error('again'));
    expect([await tells(), failures.length]).toEqual([false, 2]);
  });
});
