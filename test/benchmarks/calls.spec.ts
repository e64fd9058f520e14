import { describe, expect, it } from '@jest/globals';
import { arrivals, callsByRecord, lastAnswer, mostInFlight, purposes, windowsOf } from './calls.js';
import type { Call } from './field.js';

const JANE = '11111111-1111-4111-8111-111111111111';
const JOHN = '22222222-2222-4222-8222-222222222222';

const call = (at: number, site: Call['site'], method: string, path: string, status = 200): Call => ({
  at,
  site,
  method,
  path: `/openmrs/ws/rest/v1/${path}`,
  body: '',
  status,
  ms: 100,
});

const CALLS = [
  call(0, 'kisumu', 'GET', `patient/${JANE}?v=full`),
  call(100, 'central', 'GET', `patient/${JANE}?v=full`),
  call(150, 'central', 'GET', 'session'),
  call(200, 'central', 'POST', `person/${JANE}`),
  call(250, 'central', 'GET', `location/${JOHN}?v=custom:(uuid)`),
  call(300, 'central', 'GET', `patient/${JANE}?v=full`),
  call(400, 'central', 'GET', `patient/${JANE}?v=full`),
  { ...call(500, 'central', 'GET', ''), path: '/openmrs/ws/atomfeed/patient/recent' },
];

describe('what requests were for', () => {
  it('tells a read before the write, a read-back and a look at an echo apart by their order', () => {
    expect(Object.fromEntries(purposes(CALLS, [JANE]))).toEqual({
      'look at the child': 1,
      'read before the write': 1,
      write: 1,
      'read back': 1,
      'look at our own echo': 1,
      other: 1,
      feed: 1,
      keeping: 1,
    });
  });

  it('counts a request of one record for that record alone', () => {
    expect([...callsByRecord(CALLS, [JANE, JOHN])].map(([uuid, ofRecord]) => [uuid, ofRecord.length])).toEqual([
      [JANE, 5],
      [JOHN, 0],
    ]);
  });

  it('knows how long the parent could be edited unseen between a read and its write, and what was asked meanwhile', () => {
    const whole = `patient/${JANE}?v=custom:(uuid,auditInfo)`;
    const calls = [
      call(0, 'kisumu', 'GET', whole),
      call(50, 'central', 'GET', whole),
      call(200, 'central', 'GET', `patient/${JANE}?v=custom:(uuid)`),
      call(400, 'central', 'POST', `person/${JANE}`),
      call(500, 'central', 'GET', whole),
    ];
    expect(windowsOf(calls, [JANE])).toEqual([{ ms: 350, between: 1 }]);
  });

  it('knows how many were under way at once, when the last of a record was answered, and when a record arrived', () => {
    expect(mostInFlight(CALLS, 'central')).toBe(2);
    expect(mostInFlight(CALLS, 'kisumu')).toBe(1);
    expect(lastAnswer(CALLS)).toBe(500);
    expect([...arrivals(CALLS, [JANE, JOHN])]).toEqual([[JANE, 300]]);
    expect([...arrivals([call(0, 'central', 'POST', `person/${JANE}`, 500)], [JANE])]).toEqual([]);
  });
});
