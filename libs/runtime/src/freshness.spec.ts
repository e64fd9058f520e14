import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freshnessOf, type ReadFeed, type RouteAt } from './freshness.js';

const AT = new Date('2026-11-30T12:00:00Z');
const ago = (seconds: number): Date => new Date(AT.getTime() - seconds * 1000);
const up = (site: string) => ({ site, isUp: true, since: ago(90_000) });
const read = (seconds: number): ReadFeed => ({ readToEndAt: ago(seconds), behind: null });

const idle = (changes: Partial<RouteAt> = {}): RouteAt => ({
  at: AT,
  source: up('kisumu'),
  target: up('central'),
  feeds: [read(3), read(8)],
  movingSince: null,
  freshWithinSeconds: 60,
  ...changes,
});

describe('how fresh a route is', () => {
  it('is as its feeds were read, where nothing is under way', () => {
    expect(freshnessOf(idle())).toEqual({ state: 'fresh', asOf: ago(8), because: 'feed' });
    expect(freshnessOf(idle({ feeds: [] }))).toMatchObject({ state: 'fresh', asOf: AT });
  });

  it('gets older while an end does not answer, though nothing is to be done', () => {
    expect(freshnessOf(idle({ source: { site: 'kisumu', isUp: false, since: ago(61) } }))).toEqual({ state: 'late', asOf: ago(61), because: 'source' });
    expect(freshnessOf(idle({ target: { site: 'central', isUp: false, since: ago(61) } }))).toEqual({ state: 'late', asOf: ago(61), because: 'target' });
    expect(freshnessOf(idle({ target: { site: 'central', isUp: false, since: ago(30) } })).state).toBe('fresh');
  });

  it('names the end that does not answer for what was not read or written by that', () => {
    const away = { site: 'kisumu', isUp: false, since: ago(20) };
    expect(freshnessOf(idle({ source: away, feeds: [read(70)] }))).toEqual({ state: 'late', asOf: ago(70), because: 'source' });
    expect(freshnessOf(idle({ target: away, movingSince: ago(70) }))).toEqual({ state: 'late', asOf: ago(70), because: 'target' });
  });

  it('is late by work older than the target, and by nothing younger', () => {
    expect(freshnessOf(idle({ movingSince: ago(61) }))).toEqual({ state: 'late', asOf: ago(61), because: 'work' });
    expect(freshnessOf(idle({ movingSince: ago(60) })).state).toBe('fresh');
  });

  it('is late by work of a moment ago that a clinic may have entered long before, until that is through', () => {
    const feeds = [{ readToEndAt: ago(1), behind: { from: ago(7200), until: ago(20) } }];
    expect(freshnessOf(idle({ feeds, movingSince: ago(25) }))).toEqual({ state: 'late', asOf: ago(7200), because: 'feed' });
    expect(freshnessOf(idle({ feeds, movingSince: ago(15) })).asOf).toEqual(ago(15));
    expect(freshnessOf(idle({ feeds })).asOf).toEqual(ago(1));
    expect(freshnessOf(idle({ feeds: [{ readToEndAt: ago(7200), behind: { from: ago(7200), until: null } }] })).asOf).toEqual(ago(7200));
  });

  it('is not known before a feed was read to its end, or an end has answered', () => {
    expect(freshnessOf(idle({ feeds: [read(1), { readToEndAt: null, behind: null }] }))).toEqual({ state: 'unknown', asOf: null, because: 'feed' });
    expect(freshnessOf(idle({ source: { site: 'kisumu', isUp: false, since: null } }))).toMatchObject({ state: 'unknown', because: 'source' });
  });
});

const someTime = fc.integer({ min: 0, max: 10_000 }).map(ago);
const someEnd = fc.record({ site: fc.constant('kisumu'), isUp: fc.boolean(), since: someTime });
const someFeed: fc.Arbitrary<ReadFeed> = fc.record({
  readToEndAt: someTime,
  behind: fc.option(fc.record({ from: someTime, until: fc.option(someTime) })),
});
const someRoute = fc.record({
  at: fc.constant(AT),
  source: someEnd,
  target: someEnd,
  feeds: fc.array(someFeed, { maxLength: 4 }),
  movingSince: fc.option(someTime),
  freshWithinSeconds: fc.integer({ min: 1, max: 10_000 }),
});
const after = (route: RouteAt, seconds: number): RouteAt => ({ ...route, at: new Date(route.at.getTime() + seconds * 1000) });
const asOf = (route: RouteAt): number => freshnessOf(route).asOf?.getTime() ?? Number.NEGATIVE_INFINITY;

describe('whatever the route', () => {
  it('is never known to be fresher than any part of it', () => {
    fc.assert(
      fc.property(someRoute, (route) => {
        const parts = [
          route.at,
          ...[route.source, route.target].flatMap(({ isUp, since }) => (isUp ? [] : [since])),
          ...(route.movingSince === null ? [] : [route.movingSince]),
        ];
        for (const part of parts) expect(asOf(route)).toBeLessThanOrEqual(part.getTime());
      }),
    );
  });

  it('is made no fresher by an end that goes, by work, or by one more feed', () => {
    fc.assert(
      fc.property(someRoute, someTime, someFeed, (route, since, feed) => {
        const worse: RouteAt[] = [
          { ...route, source: { site: 'kisumu', isUp: false, since: route.source.isUp ? since : (route.source.since ?? since) } },
          { ...route, movingSince: route.movingSince !== null && route.movingSince < since ? route.movingSince : since },
          { ...route, feeds: [...route.feeds, feed] },
        ];
        for (const one of worse) expect(asOf(one)).toBeLessThanOrEqual(asOf(route));
      }),
    );
  });

  it('gets late in time while nothing is heard of an end, and stays as late as it is said to be', () => {
    fc.assert(
      fc.property(someRoute, fc.integer({ min: 0, max: 20_000 }), (route, seconds) => {
        const away = { ...route, source: { ...route.source, isUp: false } };
        expect(asOf(after(away, seconds))).toBe(asOf(away));
        expect(freshnessOf(after(away, route.freshWithinSeconds + 1)).state).not.toBe('fresh');
      }),
    );
  });
});

type Marker = { readToEndAt: number; behind: { from: number; until: number | null } | null };
type Entry = { readonly at: number; foundAt: number | null; doneAt: number | null };

/** What the feed's marker says after a read (`marker-move.ts`): entries after a feed was left alone for a minute. */
function markerAfter(marker: Marker, at: number, entries: number, isAtEnd: boolean, openSince: number | null): Marker {
  const isCatching = marker.behind !== null && marker.behind.until === null;
  const begins = entries > 0 && marker.readToEndAt < at - 60 && !isCatching;
  const isStill = marker.behind?.until != null && openSince !== null && openSince <= marker.behind.until;
  const from = !begins ? (marker.behind?.from ?? 0) : isStill ? (marker.behind?.from ?? 0) : marker.readToEndAt;
  const behind = begins || isCatching ? { from, until: isAtEnd ? at : null } : marker.behind;
  return { readToEndAt: isAtEnd ? at : marker.readToEndAt, behind };
}

it('is true: of whatever a clinic enters, while it comes and goes, all that is older than said has been done', () => {
  const steps = fc.array(
    fc.record({ enters: fc.integer({ min: 0, max: 3 }), isAway: fc.boolean(), page: fc.integer({ min: 1, max: 4 }), does: fc.integer({ min: 0, max: 4 }) }),
    {
      minLength: 5,
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(steps, fc.constantFrom(10, 45, 200), (all, stepSeconds) => {
      const entries: Entry[] = [];
      let marker: Marker = { readToEndAt: 0, behind: null };
      let awaySince: number | null = null;
      const isOpen = ({ foundAt, doneAt }: Entry): boolean => foundAt !== null && doneAt === null;
      all.forEach(({ enters, isAway, page, does }, index) => {
        const now = (index + 1) * stepSeconds;
        for (let one = 0; one < enters; one += 1) entries.push({ at: now - stepSeconds + ((one + 1) * stepSeconds) / 5, foundAt: null, doneAt: null });
        awaySince = isAway ? (awaySince ?? now - stepSeconds) : null;
        if (awaySince === null) {
          const openSince = entries
            .filter(isOpen)
            .reduce<number | null>((oldest, { foundAt }) => Math.min(oldest ?? Number.POSITIVE_INFINITY, foundAt ?? 0), null);
          const unread = entries.filter(({ foundAt }) => foundAt === null);
          const taken = unread.slice(0, page);
          for (const entry of taken) entry.foundAt = now;
          marker = markerAfter(marker, now, taken.length, taken.length === unread.length, openSince);
        }
        // The newest first: in any order.
        for (const entry of entries.filter(isOpen).reverse().slice(0, does)) entry.doneAt = now;
        const open = entries.filter(isOpen).map(({ foundAt }) => foundAt ?? 0);
        const told = freshnessOf({
          at: new Date(now * 1000),
          source: { site: 'kisumu', isUp: awaySince === null, since: new Date((awaySince ?? 0) * 1000) },
          target: up('central'),
          feeds: [
            {
              readToEndAt: new Date(marker.readToEndAt * 1000),
              behind:
                marker.behind === null
                  ? null
                  : { from: new Date(marker.behind.from * 1000), until: marker.behind.until === null ? null : new Date(marker.behind.until * 1000) },
            },
          ],
          movingSince: open.length === 0 ? null : new Date(Math.min(...open) * 1000),
          freshWithinSeconds: 60,
        });
        // What was read a minute and less after the last end is as old as that end at most.
        const saidTo = (told.asOf?.getTime() ?? 0) / 1000 - 60;
        expect(entries.filter(({ at, doneAt }) => at < saidTo && doneAt === null)).toEqual([]);
      });
    }),
    { numRuns: 300 },
  );
});
