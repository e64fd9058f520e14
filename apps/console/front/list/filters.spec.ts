import { describe, expect, it } from '@jest/globals';
import { askedBy, deskQuery, filtersIn, filtersOf, isFiltered, pageIn, placeFiltered, placeOfBulk } from './filters.js';

const NOW = new Date('2026-11-29T12:00:00Z');
const query = (place: string) => deskQuery(filtersIn(new URL(place, 'http://here').searchParams), { offset: 0, limit: 50 }, NOW);

describe('the filters of the list', () => {
  it.each([
    ['/conflicts', { limit: 50 }],
    ['/conflicts?link=siaya&category=order&field=dose', { link: 'siaya', category: 'order', field: 'dose', limit: 50 }],
    ['/conflicts?owner=nobody', { owner: '', limit: 50 }],
    ['/conflicts?owner=%40nobody', { owner: 'nobody', limit: 50 }],
    ['/conflicts?state=dismissed', { states: ['dismissed'], limit: 50 }],
    ['/conflicts?age=day', { openedBefore: '2026-11-28T12:00:00.000Z', limit: 50 }],
    ['/conflicts?age=constructor&patient=Achieng', { limit: 50 }],
  ])('%s asks the desk for %j', (place, asked) => expect(query(place)).toEqual(asked));

  it('stand in the address, those that are set', () => {
    const filters = filtersIn(new URLSearchParams('link=siaya&owner=@Amina+O'));
    expect(placeFiltered(filters)).toBe('/conflicts?link=siaya&owner=%40Amina+O');
    expect([isFiltered(filters), placeFiltered(filtersIn(new URLSearchParams())), isFiltered(filtersIn(new URLSearchParams()))]).toEqual([
      true,
      '/conflicts',
      false,
    ]);
  });

  it('say which page, and from where on the desk is asked', () => {
    const filters = filtersIn(new URLSearchParams('link=siaya&page=3'));
    expect([placeFiltered(filters, 3), placeFiltered(filters, 1), deskQuery(filters, { offset: 100, limit: 50 }, NOW)]).toEqual([
      '/conflicts?link=siaya&page=3',
      '/conflicts?link=siaya',
      { link: 'siaya', offset: 100, limit: 50 },
    ]);
    expect(['page=3', 'page=0', 'page=-1', 'page=x', ''].map((query) => pageIn(new URLSearchParams(query)))).toEqual([3, 1, 1, 1, 1]);
  });

  it('are the same for answering many at once', () => {
    const filters = filtersIn(new URLSearchParams('field=gender&owner=nobody&state=open&age=day'));
    expect(askedBy(filters, NOW)).toEqual({ field: 'gender', owner: '', states: ['open'], openedBefore: '2026-11-28T12:00:00.000Z' });
    expect(filtersOf({ field: 'gender', owner: '', states: ['open'] })).toEqual({ ...filters, age: '' });
    expect(placeOfBulk(filters, { policy: 'newest', run: 'r-1' })).toBe('/conflicts/bulk?field=gender&owner=nobody&state=open&age=day&policy=newest&run=r-1');
  });
});
