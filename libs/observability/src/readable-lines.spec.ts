import { describe, expect, it } from '@jest/globals';
import { TransientError } from '@sync-hub/contracts';
import { readableLine, readableLines, wantsReadableLines } from './readable-lines.js';
import { keptLog } from './testing/index.js';

describe('a line for people', () => {
  it('reads from left to right: when, who, what, which record, from where to where, how', () => {
    const { log, text } = keptLog();
    log.info('job.ended', {
      aggregate: 'person',
      uuid: '8d6c993e',
      source: 'kisumu',
      target: 'central',
      outcome: 'pushed',
      fields: ['gender'],
      lost: [],
      seconds: 0.414,
    });
    expect(readableLine(text(), false).replace(/^[\d:]{8}/, '10:42:03')).toBe(
      '10:42:03 pusher           job.ended person/8d6c993e kisumu to central · outcome pushed · fields gender · lost none · 0.41 s',
    );
  });

  it('shows an error by its own words', () => {
    const { log, text } = keptLog();
    log.error('message.failed', new TransientError('lease-lost', 'the lease ran out', { attempt: 2 }), { stage: 'push' });
    expect(readableLine(text(), false)).toMatch(
      /ERROR message\.failed · stage push · the lease ran out \(lease-lost\) \{"attempt":2\} at readable-lines\.spec\.ts:\d+/,
    );
  });

  it('is coloured only where colours are wanted', () => {
    const { log, text } = keptLog();
    log.warn('site.down', { site: 'kisumu' });
    expect(readableLine(text(), false)).not.toContain('\u001b');
    expect(readableLine(text(), true)).toContain('\u001b[33mWARN\u001b[0m');
  });

  it('goes out by the same stream, one line each', () => {
    const out: string[] = [];
    const { log } = keptLog({ destination: readableLines({ write: (line) => void out.push(line) }, false) });
    log.info('started', { port: 4000 });
    expect(out).toEqual([expect.stringMatching(/started · port 4000\n$/)]);
  });

  it.each([
    [undefined, true, true],
    [undefined, false, false],
    ['pretty', false, true],
    ['json', true, false],
    ['', true, true],
  ])('is wanted with SYNC_HUB_LOG=%s at a terminal %s: %s', (setting, terminal, wanted) => expect(wantsReadableLines(setting, terminal)).toBe(wanted));
});
