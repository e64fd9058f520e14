import { describe, expect, it } from '@jest/globals';
import type { AuditFromOverview, AuditToOverview } from './overview.js';
import { anOverview, secondsBefore } from './testing/overview.builder.js';
import { news, pageFor, table, texts } from './testing/page.builder.js';

const to = (changes: Partial<AuditToOverview> = {}) => ({
  audit: {
    to: { url: 'https://hub.test', rows: 0, since: null, notTaken: 0, heardAt: secondsBefore(12), failingSince: null, code: null, ...changes },
    from: [],
  },
});
const from = (...of: AuditFromOverview[]) => ({ audit: { to: null, from: of } });
const heard = (changes: Partial<NonNullable<AuditFromOverview['heard']>> = {}): AuditFromOverview => ({
  origin: 'kisumu-box',
  heard: { heardAt: secondsBefore(120), taken: 12_345, waiting: 0, waitingSince: null, notTaken: 0, ...changes },
});
const WELL = 'good: Everything is in step: no change is on its way, and nothing needs anybody';

describe('the audit on its way', () => {
  it('is no table where nobody reports to anybody', () => {
    expect(pageFor(anOverview()).tables.map(({ id }) => id)).not.toContain('audit');
  });

  it('is where it goes, when that was last heard of, and what waits', () => {
    expect(texts('audit', to())).toEqual([['https://hub.test | this instance reports to it', '12 s ago | 10:41', 'none', 'nothing']]);
    expect(texts('audit', to({ rows: 10_000, since: secondsBefore(7_200), notTaken: 2 }))[0]?.[3]).toBe(
      '10,000 rows and more, the first since 08:42 (2 h) | 2 rows not taken, and sent again daily',
    );
    expect(news(to())).toEqual([WELL]);
  });

  it('is of whom, when each was last heard of, how much of it is here and what waits there', () => {
    expect(texts('audit', from(heard({ waiting: 3, waitingSince: secondsBefore(60) }), { origin: 'siaya-box', heard: null }))).toEqual([
      ['kisumu-box', '2 min ago | 10:40', '12,345 rows', '3 rows, the first since 10:41 (1 min)'],
      ['siaya-box', 'never', '0 rows', 'unknown'],
    ]);
    expect(table('audit', from(heard())).count).toBe('1 instance received');
  });

  it('waits by itself for a hub that cannot be reached, and for a person where it is not trusted', () => {
    const failing = { rows: 412, since: secondsBefore(300), failingSince: secondsBefore(300) };
    expect(news(to({ ...failing, code: 'unreachable' }))).toContain(
      'busy: The audit does not get to https://hub.test since 10:37 (5 min): it cannot be reached; 412 rows wait, and nothing is lost',
    );
    expect(news(to({ ...failing, code: 'not-trusted' }))[0]).toMatch(/^bad: .*does not know this instance, or by another secret, or the clocks differ/);
    expect(texts('audit', to({ ...failing, code: 'unreachable' }))[0]?.[1]).toBe('12 s ago | it cannot be reached, since 10:37 (5 min)');
  });

  it('has rows that were not taken, which is said at both ends', () => {
    expect(news(to({ notTaken: 1 }))).toContain(
      'busy: 1 audit row of this instance by https://hub.test could not be taken, as of a newer version: sent again daily',
    );
    expect(news(from(heard({ notTaken: 5 })))).toContain('busy: 5 audit rows of kisumu-box here could not be taken, as of a newer version: sent again daily');
  });
});
