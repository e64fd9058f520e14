import { describe, expect, it } from '@jest/globals';
import type { ProcessOverview } from './overview.js';
import { TAKEN_AT } from './testing/overview.builder.js';
import { news } from './testing/page.builder.js';

const running = (service: string, changes: Partial<ProcessOverview> = {}): ProcessOverview => ({
  services: [service],
  since: TAKEN_AT,
  isBehind: false,
  refused: null,
  ...changes,
});
const REFUSED = {
  code: 'configuration',
  because: ['sync-hub.yml cannot be used, one problem:', '  sync-hub.yml:3:7 links[0].child: found "x", which is no site'],
};
const WELL = 'good: Everything is in step: no change is on its way, and nothing needs anybody';

describe('what is said of the configuration', () => {
  it('is nothing where all go by the same', () => {
    expect(news({ processes: [running('fetcher'), running('pusher')] })).toEqual([WELL]);
  });

  it('is why its file is not taken, once, whoever refuses it', () => {
    expect(news({ processes: [running('fetcher', { refused: REFUSED }), running('pusher', { refused: REFUSED })] })).toEqual([
      'bad: The configuration file is not taken, and the one before stays in force: sync-hub.yml cannot be used, one problem: sync-hub.yml:3:7 links[0].child: found "x", which is no site',
    ]);
  });

  it('is who has yet to take it', () => {
    expect(news({ processes: [running('fetcher'), running('mapper', { isBehind: true }), running('pusher', { isBehind: true })] })).toEqual([
      WELL,
      'busy: mapper and pusher still go by an older configuration than the others; what has changed waits for that',
    ]);
  });

  it('is which links went with it, and what ended with them', () => {
    expect(news({ leftLinks: [{ link: 'central-siaya', since: TAKEN_AT, ended: 3 }] })).toEqual([
      WELL,
      'quiet: Link central-siaya is out of the configuration since 10:42 (0 s): nothing flows on it, and 3 records on the way ended as filtered',
    ]);
    expect(news({ leftLinks: [{ link: 'central-siaya', since: TAKEN_AT, ended: 0 }] })[1]).toContain('and nothing was on its way there');
  });
});
