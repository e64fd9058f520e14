import { describe, expect, it } from '@jest/globals';
import { keptLog } from '@sync-hub/observability/testing';
import { messagingLog } from './messaging-log.js';

describe('a line of the runner', () => {
  const failed = {
    stage: 'fetch',
    site: 'kisumu',
    aggregate: 'location',
    uuid: '8d6c993e-c2cc-11de-8d13-0010c6dffd0f',
    attempt: 2,
    code: 'not-allowed',
    message: 'kisumu does not allow reading location',
    privilege: 'Get Locations',
    status: 403,
  };

  it.each(['warn', 'error'] as const)('of an error names site and record, and says in words what is wrong (%s)', (level) => {
    const { log, lines } = keptLog();
    messagingLog(log).log(level, 'stage-failed', failed);
    expect(lines()).toMatchObject([
      {
        level,
        site: 'kisumu',
        uuid: failed.uuid,
        attempt: 2,
        status: 403,
        error: { code: 'not-allowed', message: failed.message, details: { privilege: 'Get Locations' } },
      },
    ]);
    expect(lines()[0]).not.toHaveProperty('dropped');
  });

  it('without an error is as wide as the list allows', () => {
    const { log, lines } = keptLog();
    messagingLog(log).log('info', 'bus-connected', { messages: 3, attempts: 1, anything: 'else' });
    expect(lines()).toMatchObject([{ level: 'info', event: 'bus-connected', count: 3, attempt: 1 }]);
    expect(JSON.stringify(lines())).not.toContain('else');
  });
});
