import { describe, expect, it } from '@jest/globals';
import { deskQuery, filtersIn, isFiltered, placeFiltered } from './filters.js';

const NOW = new Date('2026-11-29T12:00:00Z');
const query = (place: string): string => deskQuery(filtersIn(new URL(place, 'http://here').searchParams), 50, NOW);

describe('the filters of the list', () => {
  it.each([
    ['/conflicts', 'limit=50'],
    ['/conflicts?link=siaya&category=order&field=dose', 'link=siaya&category=order&field=dose&limit=50'],
    ['/conflicts?owner=nobody', 'owner=&limit=50'],
    ['/conflicts?owner=%40nobody', 'owner=nobody&limit=50'],
    ['/conflicts?state=dismissed', 'states=dismissed&limit=50'],
    ['/conflicts?age=day', 'openedBefore=2026-11-28T12%3A00%3A00.000Z&limit=50'],
    ['/conflicts?age=constructor&patient=Achieng', 'limit=50'],
  ])('%s asks the desk for %s', (place, asked) => expect(query(place)).toBe(asked));

  it('stand in the address, those that are set', () => {
    const filters = filtersIn(new URLSearchParams('link=siaya&owner=@Amina+O'));
    expect(placeFiltered(filters)).toBe('/conflicts?link=siaya&owner=%40Amina+O');
    expect([isFiltered(filters), placeFiltered(filtersIn(new URLSearchParams())), isFiltered(filtersIn(new URLSearchParams()))]).toEqual([
      true,
      '/conflicts',
      false,
    ]);
  });
});
