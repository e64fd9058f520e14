import { describe, expect, it } from '@jest/globals';
import type { BoardInstance, ToldHealth } from '@sync-hub/contracts';
import { aToldHealth, aToldRoute, aToldSite } from '@sync-hub/contracts/testing';
import { clockAheadMs, inOrder, isPast, needsLook, timeThere } from './instance-told.js';
import { freshnessTag, siteTag, standingTag } from './tag-of.js';

const AT = '2026-11-24T07:42:07.000Z';
const before = (seconds: number): string => new Date(Date.parse(AT) - seconds * 1000).toISOString();

type Route = ToldHealth['links'][number]['routes'][number];

const aRoute = (changes: Partial<Route> = {}): Route =>
  aToldRoute({ freshness: { state: 'fresh', asOf: before(4), because: 'feed' }, lastGoodAt: before(9), ...changes });
const aSite = (changes: Parameters<typeof aToldSite>[0] = {}) => aToldSite({ since: before(900), ...changes });
const aHealth = (changes: Partial<ToldHealth> = {}): ToldHealth =>
  aToldHealth({ takenAt: before(30), sites: [aSite()], links: [{ link: 'kisumu', braked: null, routes: [aRoute()] }], ...changes });
const withRoute = (changes: Partial<Route>): ToldHealth => aHealth({ links: [{ link: 'kisumu', braked: null, routes: [aRoute(changes)] }] });
const anInstance = (changes: Partial<BoardInstance> = {}): BoardInstance => ({
  ...{ origin: 'box', heardAt: before(8), isUnheard: false, isOutdated: false },
  ...{ health: aHealth(), healthAsOf: before(30), healthHeardAt: before(30) },
  ...changes,
});

describe('another instance on the board', () => {
  it('is never green where it is not heard of, nor where it tells of its links no more', () => {
    expect([freshnessTag(aRoute()), siteTag(aSite()), standingTag('live')]).toEqual([{ type: 'green', sign: '✓' }, { type: 'green', sign: '✓' }, 'green']);
    for (const gone of [{ isUnheard: true }, { isOutdated: true }]) {
      const wasThen = isPast(anInstance(gone), new Date(AT));
      expect([freshnessTag(aRoute(), wasThen), siteTag(aSite(), wasThen)]).toEqual(Array(2).fill({ type: 'gray', sign: '?' }));
      expect(['live', 'braked', 'paused'].map((standing) => standingTag(standing, wasThen))).toEqual(['gray', 'gray', 'gray']);
    }
    expect(isPast(anInstance(), new Date(AT))).toBe(false);
  });

  it('is shown as it was once what it said is older than a route may be, though it may be silent for longer', () => {
    const said = (seconds: number) => anInstance({ healthHeardAt: before(seconds) });
    const now = new Date(AT);
    expect([isPast(said(900), now), isPast(said(901), now)]).toEqual([false, true]);
    expect([isPast(said(300), now, 300), isPast(said(301), now, 300)]).toEqual([false, true]);
    expect([isPast(said(120), now, 10), isPast(said(121), now, 10)]).toEqual([false, true]);
    expect([isPast(said(40_000), now), needsLook(said(40_000))]).toEqual([true, false]);
  });

  it('is red or grey where a route is late, or nothing may be written, and grey by a word that is not known', () => {
    expect(freshnessTag(aRoute({ freshness: { state: 'late', asOf: null, because: 'target' } })).type).toBe('red');
    expect(freshnessTag(aRoute({ standing: 'observe' })).type).toBe('gray');
    expect(standingTag('meditates')).toBe('gray');
    expect(siteTag(aSite({ state: 'down', rests: { until: null } })).type).toBe('gray');
  });

  it('tells of moments by its own clock: what was a minute ago there is said to be a minute ago', () => {
    const fast = anInstance({ healthAsOf: before(30 - 7200), healthHeardAt: before(30) });
    expect(clockAheadMs(fast)).toBe(7_200_000);
    expect(timeThere(fast, new Date(AT)).toISOString()).toBe(before(-7200));
    expect(clockAheadMs(anInstance({ healthAsOf: null }))).toBe(0);
  });

  it.each([
    ['is not heard of', { isUnheard: true }],
    ['tells of its links no more', { isOutdated: true }],
    ['never told', { health: null }],
    ['has a site that does not answer', { health: aHealth({ sites: [aSite({ state: 'locked-out' })] }) }],
    ['is late', { health: withRoute({ freshness: { state: 'late', asOf: null, because: 'work' } }) }],
    ['has a braked link', { health: aHealth({ links: [{ link: 'k', braked: { since: AT, reason: 'r', category: 'patient', voids: 51 }, routes: [] }] }) }],
    ['has a link that somebody paused', { health: withRoute({ pause: { how: 'pause', since: AT, by: 'Amina' } }) }],
    ['holds something', { health: aHealth({ heldTotal: 1 }) }],
  ])('is to be looked at where it %s', (_, changes) => {
    expect(needsLook(anInstance(changes))).toBe(true);
  });

  it('goes behind those that are to be looked at where it is well, or rests as it is meant to', () => {
    const resting = anInstance({
      origin: 'resting',
      health: {
        ...withRoute({ standing: 'rests', freshness: { state: 'late', asOf: null, because: 'target' } }),
        sites: [aSite({ state: 'down', rests: { until: null } })],
      },
    });
    expect([needsLook(resting), needsLook(anInstance())]).toEqual([false, false]);
    expect(inOrder([resting, anInstance({ origin: 'gone', isUnheard: true }), anInstance()]).map(({ origin }) => origin)).toEqual(['gone', 'resting', 'box']);
  });
});
