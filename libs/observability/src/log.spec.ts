import { describe, expect, it } from '@jest/globals';
import { RefusedError } from '@sync-hub/contracts';
import type { LogFields } from './safe-fields.js';
import { keptLog } from './testing/index.js';

describe('a line of the log', () => {
  it('is one wide event with its time, level, service and instance', () => {
    const { log, lines } = keptLog({ instance: 'hub' });
    log.info('job.ended', {
      stage: 'push',
      aggregate: 'person',
      uuid: '8d6c993e-c2cc-11de-8d13-0010c6dffd0f',
      source: 'kisumu',
      target: 'central',
      outcome: 'pushed',
      fields: ['gender', 'names'],
      seconds: 0.41,
    });
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'info',
        event: 'job.ended',
        service: 'pusher',
        instance: 'hub',
        stage: 'push',
        aggregate: 'person',
        uuid: '8d6c993e-c2cc-11de-8d13-0010c6dffd0f',
        source: 'kisumu',
        target: 'central',
        outcome: 'pushed',
        fields: ['gender', 'names'],
        seconds: 0.41,
      },
    ]);
  });

  it('counts what was kept out of it, in the line and for the meter', () => {
    const dropped: number[] = [];
    const { log, lines } = keptLog({ onDropped: (count) => dropped.push(count) });
    log.info('job.ended', { site: 'kisumu', patientName: 'Achieng', code: 'not a code', seconds: Number.NaN } as LogFields);
    expect(lines()[0]).toMatchObject({ site: 'kisumu', dropped: 3 });
    expect(lines()[0]).not.toHaveProperty('code');
    expect(dropped).toEqual([3]);
  });

  it('takes names of services, of resources, and of records that something waits for', () => {
    const { log, lines } = keptLog();
    const names = ['feed-watcher', 'person_name', 'location/8d6c993e-c2cc-11de-8d13-0010c6dffd0f'];
    log.info('services-started', { names });
    expect(lines()[0]?.['names']).toEqual(names);
  });

  it('drops an event name that is no name', () => {
    const { log, lines } = keptLog();
    log.info('saved Achieng');
    expect(lines()[0]).toMatchObject({ event: 'unnamed', dropped: 1 });
  });

  it('carries the fields of the log it was made with', () => {
    const { log, lines } = keptLog();
    log.with({ stage: 'push' }).with({ site: 'kisumu' }).warn('site.down', { code: 'site-down' });
    expect(lines()[0]).toMatchObject({ level: 'warn', stage: 'push', site: 'kisumu', code: 'site-down' });
  });

  it('tells of our own errors what they say, and where they arose', () => {
    const { log, lines } = keptLog();
    log.error('message.failed', new RefusedError('refused-by-site', 'the site refused the record', { status: 400 }));
    expect(lines()[0]?.['error']).toEqual({
      code: 'refused-by-site',
      message: 'the site refused the record',
      details: { status: 400 },
      at: expect.arrayContaining([expect.stringMatching(/^log\.spec\.ts:\d+$/)]),
    });
  });

  it('tells of any other error only its class and place', () => {
    const { log, lines } = keptLog();
    log.error('message.failed', new TypeError('cannot read Achieng of 100GEJ\n    at Achieng (/Achieng.js:1:1)'));
    expect(lines()[0]?.['error']).toMatchObject({ code: 'unexpected', message: 'unexpected TypeError' });
    log.error('message.failed', 'Achieng');
    log.error('message.failed', undefined);
    expect(
      lines()
        .slice(1)
        .map((line) => line['error']),
    ).toEqual([{ code: 'unexpected', message: 'unexpected string', details: undefined }, expect.objectContaining({ message: 'unexpected Error' })]);
  });

  it('says nothing below its level', () => {
    const { log, lines } = keptLog({ level: 'warn' });
    log.info('job.ended');
    log.debug('job.ended');
    expect(lines()).toEqual([]);
  });
});
