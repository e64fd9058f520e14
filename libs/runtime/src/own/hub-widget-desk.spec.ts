import { describe, expect, it } from '@jest/globals';
import { stateOf } from './hub-widget-desk.js';

const now = new Date('2026-11-30T10:00:00Z');
const ROW = { lastGoodAt: null, lastAskedAt: null, waiting: 30, held: 0, endedLately: 60 };
const AWAY = { site: 'kisumu', state: 'down', since: '2026-11-30T09:00:00.000Z', waiting: 30 } as const;
const told = (row: Partial<typeof ROW>, away = false, isPaused = false) => {
  const { state, expectedDoneAt } = stateOf({ site: 'kisumu', title: 'Kisumu', row: { ...ROW, ...row }, away: away ? [AWAY] : [], isPaused, now });
  return [state, expectedDoneAt];
};

describe('how a site does, for anybody', () => {
  it('is when what waits is done, if it goes on as in the last hour', () => {
    expect(told({})).toEqual(['catching-up', '2026-11-30T10:30:00.000Z']);
  });

  it('promises nothing where nothing went on, where nothing waits, and of what cannot go on', () => {
    expect([told({ endedLately: 0 }), told({ waiting: 0 }), told({}, true, true), told({}, false, true)]).toEqual([
      ['catching-up', null],
      ['in-step', null],
      ['away', null],
      ['paused', null],
    ]);
  });
});
