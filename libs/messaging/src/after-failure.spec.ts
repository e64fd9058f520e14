import { describe, expect, it } from '@jest/globals';
import { BugError, ContractError, LockedOutError, NotAllowedError, RefusedError, SiteDownError, TransientError } from '@sync-hub/contracts';
import { type AfterFailure, afterFailure } from './after-failure.js';
import type { Probe } from './runner-store.js';

const ROOMS = [5, 30];
const after = (error: unknown, attempts = 0, probe: Probe | null = null, random = 0): AfterFailure =>
  afterFailure({ error, attempts, retryAfterSeconds: ROOMS, probe, random });

const transient = new TransientError('deadlock', 'a deadlock');
const down = new SiteDownError('no answer', { site: 'kisumu' });
const lockedOut = new LockedOutError('401');
const refused = new RefusedError('http-400', 'refused', { status: 400 });
const pgDeadlock = Object.assign(new Error('Key (name)=(Achieng) already exists'), { code: '40P01' });

describe('after a failure', () => {
  const TABLE: readonly (readonly [string, unknown, number, Probe | null, Partial<AfterFailure>])[] = [
    ['a transient error, the first time', transient, 0, null, { kind: 'put-off', attempts: 1, seconds: 5, code: 'deadlock' }],
    ['a transient error, the second time', transient, 1, null, { kind: 'put-off', attempts: 2, seconds: 30, code: 'deadlock' }],
    ['a transient error, once too often', transient, 2, null, { kind: 'hold', reason: 'gave-up', code: 'deadlock', details: {} }],
    ['a site that may be down', down, 0, null, { kind: 'ask-site' }],
    ['a site that may be down, after all attempts', down, 9, null, { kind: 'ask-site' }],
    ['a site that is down', down, 1, 'down', { kind: 'hand-back', seconds: 5, code: 'site-down' }],
    ['a site that is down, after all attempts', down, 9, 'down', { kind: 'hand-back', seconds: 5, code: 'site-down' }],
    ['a site that locked us out meanwhile', down, 0, 'locked-out', { kind: 'hand-back', seconds: 5, code: 'locked-out' }],
    ['a site that rests by now', down, 9, 'rests', { kind: 'hand-back', seconds: 60, code: 'site-rests' }],
    ['no answer on this record from a site that is well', down, 0, 'up', { kind: 'put-off', attempts: 1, seconds: 5, code: 'site-down' }],
    ['no answer on this record, once too often', down, 2, 'up', { kind: 'hold', reason: 'gave-up', code: 'site-down', details: { site: 'kisumu' } }],
    ['a 401', lockedOut, 0, null, { kind: 'ask-site' }],
    ['a 401 that the probe confirms', lockedOut, 0, 'locked-out', { kind: 'hand-back', seconds: 5, code: 'locked-out' }],
    ['a 401 on this record alone', lockedOut, 0, 'up', { kind: 'put-off', attempts: 1, seconds: 5, code: 'locked-out' }],
    ['a refusal', refused, 0, null, { kind: 'hold', reason: 'refused', code: 'http-400', details: { status: 400 } }],
    [
      'a missing privilege',
      new NotAllowedError('403', { privilege: 'Edit Patients' }),
      0,
      null,
      { kind: 'hold', reason: 'refused', code: 'not-allowed', details: { privilege: 'Edit Patients' } },
    ],
    [
      'an identifier that another patient has',
      new RefusedError('identifier-in-use', 'in use', { holder: 'person/x' }),
      0,
      null,
      { kind: 'hold', reason: 'possible-duplicate', code: 'identifier-in-use', details: { holder: 'person/x' } },
    ],
    [
      'an identifier that nobody is found to have',
      new RefusedError('identifier-in-use', 'in use', {}),
      0,
      null,
      { kind: 'hold', reason: 'refused', code: 'identifier-in-use', details: {} },
    ],
    ['a wrong shape', new ContractError('wrong'), 0, null, { kind: 'hold', reason: 'broken', code: 'contract', details: {} }],
    ['an impossible state', new BugError('cannot be'), 0, null, { kind: 'hold', reason: 'broken', code: 'bug', details: {} }],
    ['something unexpected', pgDeadlock, 1, null, { kind: 'put-off', attempts: 2, seconds: 30, code: 'unexpected' }],
    ['something unexpected, once too often', pgDeadlock, 2, null, { kind: 'hold', reason: 'broken', code: 'unexpected', details: { errno: '40P01' } }],
    ['a thrown string, once too often', 'Achieng', 2, null, { kind: 'hold', reason: 'broken', code: 'unexpected', details: {} }],
  ];

  it.each(TABLE)('%s', (_, error, attempts, probe, expected) => {
    expect(after(error, attempts, probe)).toEqual(expected);
  });

  it('spreads returns by up to a fifth, and never beyond the waiting room', () => {
    expect([0, 0.5, 0.999].map((random) => Math.round(Number((after(transient, 1, null, random) as { seconds: number }).seconds)))).toEqual([30, 27, 24]);
  });

  it('passes on no text of another library', () => {
    expect(JSON.stringify([after(pgDeadlock, 0), after(pgDeadlock, 2), after('Achieng', 2)])).not.toMatch(/Achieng|exists/);
  });
});
