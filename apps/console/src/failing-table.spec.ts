import { describe, expect, it } from '@jest/globals';
import type { FailingOverview } from './failing-overview.js';
import { secondsBefore } from './testing/overview.builder.js';
import { news, texts } from './testing/page.builder.js';

const failing = (changes: Partial<FailingOverview>): FailingOverview => ({
  work: 'list-history',
  place: 'central-kisumu',
  uuid: 'p1',
  code: 'contract',
  times: 3,
  since: secondsBefore(900),
  lastAt: secondsBefore(60),
  ...changes,
});

describe('what the hub tries again and again in vain', () => {
  const all = [
    failing({}),
    failing({ uuid: 'p2', times: 1, since: secondsBefore(600) }),
    failing({ work: 'read-cohorts', place: 'central', uuid: 'c1' }),
    failing({ work: 'compare-metadata', uuid: '', code: 'server-error' }),
  ];

  it('is shown by what it is for, since when and why', () => {
    expect(texts('failing', { failing: all })).toEqual([
      ['history of patient/p1 on link central-kisumu', '10:27 | 3 times, last 1 min ago', 'contract'],
      ['history of patient/p2 on link central-kisumu', '10:32 | 1 time, last 1 min ago', 'contract'],
      ['cohort/c1 at central', '10:27 | 3 times, last 1 min ago', 'contract'],
      ['comparison of the metadata of link central-kisumu', '10:27 | 3 times, last 1 min ago', 'server-error'],
    ]);
  });

  it('is one sentence for each kind', () => {
    expect(news({ failing: all })).toEqual([
      'bad: 1 comparison of metadata failing since 10:27 (server-error); see Failing below',
      'bad: 2 histories of patients failing since 10:27 (contract); see Failing below',
      'bad: 1 cohort failing since 10:27 (contract); see Failing below',
    ]);
  });
});
