import { describe, expect, it } from '@jest/globals';
import { closedNews, closedTable } from './closed-table.js';
import { newsOf } from './news-of.js';
import type { ClosedClassOverview } from './overview.js';
import { Words } from './plain-words.js';
import { anOverview, secondsBefore, TAKEN_AT } from './testing/overview.builder.js';

const WORDS = new Words(TAKEN_AT, 'Africa/Nairobi', new Map([['kisumu', 'Kisumu']]));
const ORDERS: ClosedClassOverview = {
  site: 'kisumu',
  class: 'order',
  does: ['write'],
  code: 'unsupported',
  privilege: null,
  because: 'orders of openmrs-core before 1.10 have no action',
  since: secondsBefore(60),
  waiting: 1000,
};
const WARDS: ClosedClassOverview = {
  ...ORDERS,
  class: 'location',
  does: ['change', 'make'],
  code: 'not-allowed',
  privilege: 'Manage Locations',
  because: 'our account lacks it',
  waiting: 0,
};

describe('closed classes', () => {
  it('are one line each, whatever waits for them, with what opens them', () => {
    const { rows, count } = closedTable(anOverview({ closedClasses: [ORDERS, WARDS] }), WORDS);
    expect(count).toMatch(/^2.classes$/);
    expect(rows.map((cells) => cells.map(({ text }) => text.replaceAll('\u00a0', ' ')))).toEqual([
      ['Kisumu', 'order is not written there', ORDERS.because, '1,000 records', '1 min ago'],
      ['Kisumu', 'location is not changed there and made there', WARDS.because, 'nothing', '1 min ago'],
    ]);
    expect(rows.map((cells) => cells[2]?.note)).toEqual([expect.stringContaining('upgrade the site'), expect.stringContaining('grant Manage Locations')]);
  });

  it('are told of on top where somebody can open them, or something waits', () => {
    expect(closedNews(anOverview({ closedClasses: [ORDERS, WARDS, { ...ORDERS, waiting: 0 }] }), WORDS).map(({ tone }) => tone)).toEqual(['quiet', 'bad']);
  });

  it('are no calm where something waits', () => {
    const newsOn = (closedClasses: readonly ClosedClassOverview[]) => newsOf(anOverview({ closedClasses }), WORDS).map(({ tone }) => tone);
    expect([newsOn([]), newsOn([ORDERS])]).toEqual([['good'], ['quiet']]);
  });
});
