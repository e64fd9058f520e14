import { describe, expect, it } from '@jest/globals';
import { aReading, aRoute, aSite, moving, secondsBefore } from '../testing/reading.builder.js';
import { boardOf, standingOf } from './board-of.js';

const NO_TITLES = new Map<string, string>();
const routeOf = (board: ReturnType<typeof boardOf>, link: string, direction: string) =>
  board.links.find((one) => one.link === link)?.routes.find((one) => one.direction === direction);

describe('the board', () => {
  it('has every link with both directions, and its sites by their titles', () => {
    const board = boardOf(aReading(), new Map([['kisumu', 'Kisumu clinic']]));
    expect(board.links.map(({ link, routes }) => [link, routes.map(({ direction }) => direction)])).toEqual([
      ['central-kisumu', ['pull', 'push']],
      ['central-siaya', ['pull', 'push']],
    ]);
    expect(board.sites.map(({ title }) => title)).toEqual(['central', 'Kisumu clinic', 'siaya']);
    expect(routeOf(board, 'central-kisumu', 'pull')).toMatchObject({
      freshness: { state: 'fresh', because: 'feed' },
      standing: 'live',
      catchUpSeconds: 0,
      jobs: 0,
    });
  });

  it('says of a clinic that is down what is late by it, since when, how much waits, and that nobody knows until when', () => {
    const board = boardOf(
      aReading({
        sites: [aSite('central'), aSite('kisumu', { state: 'down', since: secondsBefore(11_100), code: 'site-down', jobsWaiting: 318 })],
        routes: [
          aRoute('kisumu', 'pull', { openJobs: 318, categories: [moving('patient', 318, secondsBefore(11_000))] }),
          aRoute('kisumu', 'push', { held: { conflict: 1, refused: 1, waiting: 0 } }),
        ],
      }),
      NO_TITLES,
    );
    const since = secondsBefore(11_100).toISOString();
    expect(board.sites.find(({ site }) => site === 'kisumu')).toMatchObject({ state: 'down', since, toWrite: 318 });
    expect(routeOf(board, 'central-kisumu', 'pull')).toMatchObject({
      freshness: { state: 'late', asOf: since, because: 'target' },
      jobs: 318,
      catchUpSeconds: null,
    });
    expect(routeOf(board, 'central-kisumu', 'push')?.held).toEqual({ conflict: 1, refused: 1 });
  });

  it('tells work that is held apart from work that makes a route late', () => {
    const held = { category: 'patient', open: 1, oldestAt: secondsBefore(90_000), movingSince: null, held: { conflict: 1 } };
    const at = (categories: Parameters<typeof aRoute>[2]) =>
      routeOf(boardOf(aReading({ routes: [aRoute('kisumu', 'push', categories)] }), NO_TITLES), 'central-kisumu', 'push');
    expect(at({ categories: [held], held: { conflict: 1 } })?.freshness.state).toBe('fresh');
    expect(at({ categories: [held, moving('visit', 1, secondsBefore(901))] })?.freshness).toMatchObject({ state: 'late', because: 'work' });
  });

  it('leaves out feeds that nobody asks', () => {
    const [feed] = aSite('siaya').feeds;
    const sites = [
      aSite('central'),
      aSite('siaya', { feeds: feed === undefined ? [] : [feed, { ...feed, category: 'visit', isAsked: false, readToEndAt: null }] }),
    ];
    expect(routeOf(boardOf(aReading({ sites }), NO_TITLES), 'central-siaya', 'push')?.freshness.state).toBe('fresh');
  });

  it.each([
    ['observe', { writing: 'observe' as const, braked: {} }],
    ['braked', { writing: 'live' as const, braked: {} }],
    ['draining', { writing: 'live' as const, braked: null, pause: 'drain' as const }],
    ['paused', { writing: 'live' as const, braked: null, pause: 'pause' as const }],
    ['rests', { writing: 'live' as const, braked: null }],
  ])('says first that a route is %s', (standing, { writing, braked, ...more }) => {
    const pause = 'pause' in more ? { how: more.pause, since: secondsBefore(5), by: 'Amina' } : null;
    const brake = braked === null ? null : { since: secondsBefore(5), reason: 'voids-per-hour', category: 'patient', voids: 51 };
    expect(standingOf({ writing, braked: brake }, { pause, rests: { until: null, why: 'schedule' } })).toBe(standing);
  });
});
