import { describe, expect, it } from '@jest/globals';
import { isResting, siteRest } from './rests.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';
import { shownOf } from './writing.js';

const at = (moment: string): Date => new Date(moment);

describe('what rests', () => {
  it('is no site without windows, at no time', () => {
    expect([siteRest(aSite('kisumu'), at('2026-06-10T09:00:00Z')), isResting(aSite('kisumu'), at('2026-06-10T09:00:00Z'))]).toEqual([null, false]);
  });

  it('is a site outside of its windows, and both routes of its link; a schedule is named first', () => {
    const sites = [aSite('central'), aSite('kisumu', { timeZone: 'Africa/Nairobi', windows: [{ from: '20:00', to: '06:00' }] })];
    const configuration = aConfiguration({ sites, links: [aLink('kisumu', { schedule: { push: [{ from: '21:00', to: '22:00' }] } })] });
    const rests = (moment: string) => {
      const { sites: shown, routes } = shownOf(configuration, at(moment));
      return [...shown, ...routes].map((one) => one.rests);
    };
    expect(rests('2026-06-10T09:00:00Z')).toEqual([
      null,
      { until: at('2026-06-10T17:00:00Z') },
      { until: at('2026-06-10T17:00:00Z'), why: 'target' },
      { until: at('2026-06-10T18:00:00Z'), why: 'schedule' },
    ]);
    expect(rests('2026-06-10T17:30:00Z')).toEqual([null, null, null, { until: at('2026-06-10T18:00:00Z'), why: 'schedule' }]);
    expect(rests('2026-06-10T18:30:00Z')).toEqual([null, null, null, null]);
  });
});
