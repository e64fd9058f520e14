import { describe, expect, it } from '@jest/globals';
import { becauseOf, type Standing } from './because.js';

const ROW = { kind: 'job', link: 'l', direction: 'push', site: 'central', why: 'moving', code: '' } as const;
const CHANGE = { ...ROW, kind: 'change', link: null, direction: null, site: 'kisumu' } as const;
const NOTHING: Standing = { shown: { sites: [], routes: [], links: [{ link: 'l', writing: 'live' }] }, braked: new Set(), paused: new Set(), away: [] };
const DOWN = { site: 'central', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 3 } as const;
const until = new Date('2026-11-30T18:00:00Z');
const route = { link: 'l', direction: 'push', source: 'kisumu', target: 'central' } as const;

const why = (row: Parameters<typeof becauseOf>[0], standing: Partial<Standing> = {}) => {
  const { because, pause, away, helps } = becauseOf(row, 'kisumu', { ...NOTHING, ...standing });
  return [because, pause?.why ?? away?.site ?? helps];
};

describe('why something has not arrived', () => {
  it('is that somebody must see to it, whatever else stands in its way', () => {
    const all = { braked: new Set(['l']), away: [DOWN] };
    expect(why({ ...ROW, why: 'conflict' }, all)).toEqual(['conflict', 'answer']);
    expect(why({ ...ROW, why: 'refused', code: 'invalid' }, all)).toEqual(['held', 'mend-record']);
    expect(why({ ...ROW, why: 'waiting' }, all)).toEqual(['waiting', 'wait']);
  });

  it('is what a person has paused before an end that is away, and that before a clock', () => {
    const rests = { ...NOTHING.shown, routes: [{ route, rests: { why: 'schedule' as const, until }, freshWithinSeconds: 900, carries: [] }] };
    expect(why(ROW, { braked: new Set(['l']), away: [DOWN] })).toEqual(['paused', 'brake']);
    expect(why(ROW, { paused: new Set(['l push']), away: [DOWN] })).toEqual(['paused', 'pause']);
    expect(why(ROW, { paused: new Set(['l pull']) })).toEqual(['moving', null]);
    expect(why(ROW, { shown: { ...rests, links: [{ link: 'l', writing: 'read-only' }] }, away: [DOWN] })).toEqual(['paused', 'read-only']);
    expect(why({ ...ROW, why: 'observed' })).toEqual(['paused', 'observe']);
    expect(why(ROW, { shown: rests, away: [DOWN] })).toEqual(['away', 'central']);
    expect(why(ROW, { shown: rests })).toEqual(['paused', 'schedule']);
  });

  it('is nothing where nothing is, and of what was not looked at that it was not', () => {
    expect(why(ROW)).toEqual(['moving', null]);
    expect(why(CHANGE)).toEqual(['unread', null]);
    expect(why(CHANGE, { away: [{ ...DOWN, site: 'kisumu' }] })).toEqual(['away', 'kisumu']);
    expect(why(CHANGE, { away: [DOWN] })).toEqual(['unread', null]);
    expect(why(CHANGE, { shown: { ...NOTHING.shown, sites: [{ site: 'kisumu', rests: { until }, asked: [] }] } })).toEqual(['paused', 'source']);
  });
});
