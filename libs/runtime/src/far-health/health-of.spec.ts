import { describe, expect, it } from '@jest/globals';
import { MOST_TOLD_OF, ToldHealth } from '@sync-hub/contracts';
import { boardOf } from '../board/index.js';
import { aReading, aRoute, aSite, secondsBefore } from '../testing/reading.builder.js';
import { healthOf, stateOf } from './health-of.js';

const told = (changes: Parameters<typeof aReading>[0] = {}): ToldHealth =>
  healthOf(boardOf(aReading(changes), new Map([['kisumu', 'Kisumu clinic']])), '0.1.0');

describe('what an instance tells of how it does', () => {
  it('is its board, with its version, without feeds and kinds of record', () => {
    const health = told({ heldTotal: 3, sites: [aSite('central'), aSite('kisumu', { state: 'down', since: secondsBefore(1_000), code: 'site-down' })] });
    expect(ToldHealth.parse(JSON.parse(JSON.stringify(health)))).toEqual(health);
    expect(health).toMatchObject({ version: '0.1.0', heldTotal: 3, notTold: { sites: 0, links: 0 } });
    expect(health.sites[1]).toMatchObject({ title: 'Kisumu clinic', state: 'down', code: 'site-down', since: secondsBefore(1_000).toISOString() });
    expect(health.links[0]?.routes[0]).toMatchObject({ freshness: { state: 'late' }, standing: 'live', lastGoodAt: secondsBefore(9).toISOString() });
    expect(JSON.stringify(health)).not.toMatch(/feeds|carries|categories|tellsOf/);
  });

  it('tells of so many, what is not well before what is, and says how much is left out', () => {
    const many = Array.from({ length: MOST_TOLD_OF + 3 }, (_, index) => `clinic-${index}`);
    const bad = `clinic-${MOST_TOLD_OF + 2}`;
    const health = told({
      sites: [aSite('central'), ...many.map((id) => aSite(id, id === bad ? { state: 'down', since: secondsBefore(9_000) } : {}))],
      links: many.map((id) => ({ link: `central-${id}`, writing: 'live', braked: null })),
      routes: many.flatMap((id) => [aRoute(id, 'pull'), aRoute(id, 'push')]),
    });
    expect([health.sites.length, health.links.length, health.notTold]).toEqual([MOST_TOLD_OF, MOST_TOLD_OF, { sites: 4, links: 3 }]);
    expect([health.sites[0]?.site, health.links[0]?.link]).toEqual([bad, `central-${bad}`]);
    expect(ToldHealth.safeParse(health).success).toBe(true);
    expect(JSON.stringify(health).length).toBeLessThan(150_000);
  });

  it('is the same as long as nothing changes but what moves by itself', () => {
    const later = { takenAt: new Date('2026-11-24T07:42:17Z'), routes: aReading().routes.map((one) => ({ ...one, openJobs: 4, lastGoodAt: new Date() })) };
    expect(stateOf(told(later))).toBe(stateOf(told()));
    const others: Parameters<typeof aReading>[0][] = [
      { sites: [aSite('central'), aSite('kisumu', { state: 'down' }), aSite('siaya')] },
      { routes: [aRoute('kisumu', 'pull', { pause: { how: 'pause', since: secondsBefore(1), by: 'Amina' } })] },
      { routes: aReading().routes.map((one) => ({ ...one, held: { conflict: 1 } })) },
      { links: [{ link: 'central-kisumu', writing: 'live', braked: { since: secondsBefore(1), reason: 'voids-per-hour', category: 'patient', voids: 51 } }] },
      { heldTotal: 1 },
    ];
    for (const other of others) expect(stateOf(told(other))).not.toBe(stateOf(told()));
  });

  it('is read of a newer instance as far as it is known here, and what is not known is no good news', () => {
    const health = told();
    const newer = { ...health, more: 1, sites: health.sites.map((site) => ({ ...site, state: 'splendid' })) };
    expect(ToldHealth.parse(newer)).toEqual({ ...health, sites: health.sites.map((site) => ({ ...site, state: 'not-asked' })) });
  });
});
