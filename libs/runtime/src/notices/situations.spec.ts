import { describe, expect, it } from '@jest/globals';
import type { ObservedState } from '@sync-hub/persistence';
import { type Around, isRunHere, situationsIn } from './situations.js';

const at = new Date('2026-11-30T12:00:00Z');
const ago = (minutes: number): Date => new Date(at.getTime() - minutes * 60_000);
const NOTHING: ObservedState = { sites: [], brakes: [], held: [], conflicts: [] };
const AROUND: Around = { at, sites: [{ site: 'kisumu', isResting: false }], links: ['l'], known: new Set(), late: [], instances: ['clinic-b'], unheard: [] };

const keys = (state: Partial<ObservedState>, around: Partial<Around> = {}) =>
  situationsIn({ ...NOTHING, ...state }, { ...AROUND, ...around }, { downMinutes: 60 }).map(({ key }) => key);

describe('what people are told of', () => {
  it('is a site that cannot be reached once that has lasted, and at once one that lets us in no more', () => {
    const site = (state: 'down' | 'locked-out', minutes: number) => ({ sites: [{ site: 'kisumu', state, since: ago(minutes) }] });
    expect([keys(site('down', 59)), keys(site('down', 60)), keys(site('locked-out', 0))]).toEqual([[], ['down/kisumu'], ['locked-out/kisumu']]);
  });

  it('is never that a site went down while it rests, nor that one came back that was down before', () => {
    const down = { sites: [{ site: 'kisumu', state: 'down' as const, since: ago(300) }] };
    const resting = { sites: [{ site: 'kisumu', isResting: true }] };
    expect([keys(down, resting), keys(down, { ...resting, known: new Set(['down/kisumu']) })]).toEqual([[], ['down/kisumu']]);
  });

  it('is an instance that reports here and is not heard of, and none that reports here no more', () => {
    expect(keys({}, { unheard: [{ origin: 'clinic-b', since: ago(20) }] })).toEqual(['unheard/clinic-b']);
    const of = (site: string) => isRunHere({ kind: 'unheard', site, link: null }, AROUND);
    expect([of('clinic-b'), of('clinic-c'), of('kisumu')]).toEqual([true, false, false]);
  });

  it('is of a link, or of a site where it belongs to no link, and only of those that are run here', () => {
    const state: Partial<ObservedState> = {
      brakes: ['l', 'elsewhere'].map((link) => ({ link, since: at })),
      held: [
        { link: 'l', site: null, since: at, count: 3 },
        { link: null, site: 'kisumu', since: at, count: 1 },
        { link: 'elsewhere', site: null, since: at, count: 1 },
        { link: null, site: 'elsewhere', since: at, count: 1 },
      ],
      conflicts: ['l', 'elsewhere'].map((link) => ({ link, since: at, count: 2 })),
      sites: [{ site: 'elsewhere', state: 'locked-out', since: at }],
    };
    expect(keys(state)).toEqual(['braked/l', 'held/l', 'held/at/kisumu', 'conflict/l']);
    expect([isRunHere({ kind: 'held', site: null, link: 'elsewhere' }, AROUND), isRunHere({ kind: 'held', site: 'kisumu', link: null }, AROUND)]).toEqual([
      false,
      true,
    ]);
  });
});
