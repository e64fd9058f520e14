import { describe, expect, it } from '@jest/globals';
import type { Situation } from '@sync-hub/contracts';
import type { KnownSituation } from '@sync-hub/persistence';
import { againAfter, MOST_ATTEMPTS, planNotices } from './plan-notices.js';

const at = new Date('2026-11-30T12:00:00Z');
const ago = (minutes: number): Date => new Date(at.getTime() - minutes * 60_000);
const DOWN: Situation = { key: 'down/kisumu', kind: 'down', site: 'kisumu', link: null, direction: null, since: ago(90), count: 0 };
const known = (changes: Partial<KnownSituation> = {}): KnownSituation => ({ ...DOWN, occurrence: 'o', goneSince: null, clearedAt: null, ...changes });

const planned = (before: readonly KnownSituation[], now: readonly Situation[], isHere = true) =>
  Object.entries(planNotices(before, now, { at, clearMinutes: 5, isHere: () => isHere })).flatMap(([what, of]) =>
    of.length === 0 ? [] : [`${what} ${of.length}`],
  );

describe('what a look changes of what people are told', () => {
  it('tells once: what stands is no news', () => {
    expect([planned([], [DOWN]), planned([known()], [DOWN])]).toEqual([['began 1'], ['stands 1']]);
  });

  it('is over once it has been gone for so long, and was never over where it came back before', () => {
    expect([planned([known()], []), planned([known({ goneSince: ago(4) })], []), planned([known({ goneSince: ago(5) })], [])]).toEqual([
      ['gone 1'],
      ['gone 1'],
      ['cleared 1'],
    ]);
    expect(planned([known({ goneSince: ago(4) })], [DOWN])).toEqual(['stands 1']);
  });

  it('begins anew after it was over, and is dropped untold where it is run here no more', () => {
    expect([planned([known({ clearedAt: ago(30) })], [DOWN]), planned([known()], [], false), planned([known({ clearedAt: ago(30) })], [])]).toEqual([
      ['began 1'],
      ['dropped 1'],
      [],
    ]);
  });
});

describe('a message that is not taken', () => {
  it('is tried again, ever later, and given up within a day', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, index) => againAfter(index + 1));
    expect(waits.slice(0, 3)).toEqual([60, 120, 240]);
    expect([waits.at(-1), waits.slice(0, -1).every((wait) => wait !== null && wait <= 3600)]).toEqual([null, true]);
    expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)).toBeLessThan(86_400);
  });
});
