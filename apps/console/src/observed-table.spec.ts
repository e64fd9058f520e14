import { describe, expect, it } from '@jest/globals';
import type { ObservedOverview } from './overview.js';
import { NO_DRIFT, secondsBefore } from './testing/overview.builder.js';
import { news, table, texts } from './testing/page.builder.js';

const links = [
  { link: 'central-kisumu', writing: 'observe', braked: null, drift: NO_DRIFT },
  { link: 'central-siaya', writing: 'live', braked: null, drift: NO_DRIFT },
] as const;
const observed: readonly ObservedOverview[] = [
  { link: 'central-kisumu', direction: 'push', category: 'patient', would: 'would-create', records: 1_204, fields: [{ name: 'names', records: 1_204 }] },
  { link: 'central-kisumu', direction: 'pull', category: 'patient', would: 'would-void', records: 2, fields: [{ name: 'presence', records: 2 }] },
];

describe('a link that is only observed', () => {
  it('says how much it would write, and of which fields', () => {
    expect(texts('observed', { observed })).toEqual([
      ['clinic kisumu → central | push, link central-kisumu', '1,204 patient', 'would be created', 'names (1,204)'],
      ['central → clinic kisumu | pull, link central-kisumu', '2 patient', 'would be voided', 'presence (2)'],
    ]);
    expect(table('observed', { observed }).folded).toBe(false);
  });

  it('is told on top, so that nobody waits for what is not sent, and nobody is told that all is in step', () => {
    expect(news({ links, observed })).toEqual(['busy: Link central-kisumu is only observed: 1,206 records would be written, and nothing is']);
  });
});

describe('a hub that is read-only', () => {
  it('says so for each link', () => {
    expect(news({ links: [{ link: 'central-kisumu', writing: 'read-only', braked: null, drift: NO_DRIFT }] })).toEqual([
      'busy: Link central-kisumu writes nothing: this hub is set to read-only',
    ]);
  });
});

describe('a link that its brake has paused', () => {
  it('needs somebody, who is told since when, why, and what to do', () => {
    const braked = { since: secondsBefore(3_600), reason: 'voids-per-hour', category: 'person', voids: 51 };
    expect(news({ links: [{ link: 'central-kisumu', writing: 'live', braked, drift: NO_DRIFT }] })).toEqual([
      'bad: Link central-kisumu is paused since 09:42: 51 records within an hour would have been voided. Look why; then: npm run cli -- link release central-kisumu',
    ]);
  });
});
