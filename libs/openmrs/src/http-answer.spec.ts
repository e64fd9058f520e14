import { describe, expect, it } from '@jest/globals';
import { type SyncError, safeError } from '@sync-hub/contracts';
import { failureOf } from './connection-failure.js';
import { judgeAnswer, judgeFailure, type Purpose } from './http-answer.js';

const read: Purpose = { kind: 'read', what: 'patient', site: 'kisumu', record: 'person/jane-1', privilege: 'Get Patients' };
const write: Purpose = { ...read, kind: 'write' };
const NO_JSON = undefined;
const EMPTY = {};

/** What an answer is, in two words: its error's class and code, `ok` or `absent`. */
function verdict(status: number, json: unknown, purpose: Purpose): string {
  const judgement = judgeAnswer({ status, ...(json === undefined ? {} : { json }) }, purpose);
  return judgement.verdict === 'error' ? nameOf(judgement.error) : judgement.verdict;
}
const nameOf = (error: SyncError) => `${error.name}/${error.code}`;

const DOWN = 'SiteDownError/site-down';
const UNKNOWN = 'TransientError/outcome-unknown';
const FAILED = 'TransientError/server-error';
const REFUSED = 'RefusedError/refused';

/** Status by status: a read and a write, with a JSON body and without one. */
const TRUTH: readonly [from: number, to: number, readJson: string, readNone: string, writeJson: string, writeNone: string][] = [
  [200, 203, 'ok', DOWN, 'ok', DOWN],
  [204, 204, 'ok', 'ok', 'ok', 'ok'],
  [205, 299, 'ok', DOWN, 'ok', DOWN],
  [300, 399, DOWN, DOWN, DOWN, DOWN],
  [400, 400, REFUSED, REFUSED, REFUSED, REFUSED],
  [401, 401, 'LockedOutError/locked-out', 'LockedOutError/locked-out', 'LockedOutError/locked-out', 'LockedOutError/locked-out'],
  [402, 402, REFUSED, REFUSED, REFUSED, REFUSED],
  [403, 403, 'NotAllowedError/not-allowed', 'NotAllowedError/not-allowed', 'NotAllowedError/not-allowed', 'NotAllowedError/not-allowed'],
  [404, 404, 'absent', DOWN, REFUSED, REFUSED],
  [405, 428, REFUSED, REFUSED, REFUSED, REFUSED],
  [429, 429, DOWN, DOWN, DOWN, DOWN],
  [430, 499, REFUSED, REFUSED, REFUSED, REFUSED],
  [500, 501, FAILED, FAILED, FAILED, FAILED],
  [502, 502, DOWN, DOWN, UNKNOWN, UNKNOWN],
  [503, 503, DOWN, DOWN, DOWN, DOWN],
  [504, 504, DOWN, DOWN, UNKNOWN, UNKNOWN],
  [505, 599, FAILED, FAILED, FAILED, FAILED],
];

describe('an answer', () => {
  it('has one meaning for every status there is', () => {
    const covered = TRUTH.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
    expect(covered).toEqual(Array.from({ length: 400 }, (_, index) => 200 + index));
    for (const [from, to, readJson, readNone, writeJson, writeNone] of TRUTH) {
      for (let status = from; status <= to; status += 1) {
        const told = [verdict(status, EMPTY, read), verdict(status, NO_JSON, read), verdict(status, EMPTY, write), verdict(status, NO_JSON, write)];
        expect([status, ...told]).toEqual([status, readJson, readNone, writeJson, writeNone]);
      }
    }
  });

  it('of 200 with an exception in it is a failure on a read, and leaves open whether a write was done', () => {
    for (const json of [{ error: { message: 'Jane' } }, { stackTrace: [] }, { exception: 'x' }]) {
      expect([verdict(200, json, read), verdict(201, json, write)]).toEqual([FAILED, UNKNOWN]);
    }
  });

  const invalid = (globals: string[], fields: Record<string, string> = {}) => ({
    error: {
      message: 'Invalid Submission',
      code: 'webservices.rest.error.invalid.submission',
      globalErrors: globals.map((code) => ({ code, message: 'Jane Doe' })),
      fieldErrors: Object.fromEntries(Object.entries(fields).map(([field, code]) => [field, [{ code, message: 'Jane Doe' }]])),
    },
  });

  it.each([
    ['an identifier in use', invalid(['PatientIdentifier.error.notUniqueWithParameter']), 'RefusedError/identifier-in-use'],
    ['a birth date in the future', invalid([], { birthdate: 'error.date.future' }), 'TransientError/in-the-future'],
    ['an address from the future', invalid([], { 'addresses[0].startDate': 'PersonAddress.error.startDateInFuture' }), 'TransientError/in-the-future'],
    ['an encounter outside its visit', invalid([], { encounterDatetime: 'Encounter.datetimeShouldBeInVisitDatesRange' }), 'TransientError/out-of-turn'],
    ['a visit over another one', invalid([], { startDatetime: 'Visit.visitCannotOverlapAnotherVisitOfTheSamePatient' }), 'TransientError/out-of-turn'],
    [
      'a future date and something that time does not heal',
      invalid([], { birthdate: 'error.date.future', causeOfDeath: 'Person.dead.causeOfDeathNull' }),
      REFUSED,
    ],
    ['a code nobody knows', invalid(['Identifier 100GEJ already in use by another patient']), REFUSED],
    ['a field with a code nobody knows beside one that time heals', invalid(['Birth date of Jane is in the future']), REFUSED],
  ])('of 400 with %s is decided by its constant codes', (_what, json, expected) => {
    expect(verdict(400, json, write)).toBe(expected);
  });

  it('tells constant codes and names of properties, and nothing else of what the server said', () => {
    const json = invalid(['Identifier 100GEJ already in use by another patient', 'location.duplicate.name'], {
      'names[0].givenName': 'Patient.names.required.given.family',
      'Jane Doe': 'error.null',
      attributes: 'Jane',
    });
    const judgement = judgeAnswer({ status: 400, json }, write);
    if (judgement.verdict !== 'error') throw new Error('no error');
    expect(judgement.error.details).toEqual({
      site: 'kisumu',
      what: 'patient',
      kind: 'write',
      record: 'person/jane-1',
      status: 400,
      codes: ['Patient.names.required.given.family', 'error.null', 'location.duplicate.name'],
      fields: ['attributes', 'givenName'],
    });
    expect(JSON.stringify(safeError(judgement.error))).not.toMatch(/Jane Doe|100GEJ/);
  });

  it.each([
    [[]],
    ['text'],
    [7],
    [{ error: 'text' }],
    [{ error: { fieldErrors: [null], globalErrors: { a: 1 } } }],
    [{ error: { fieldErrors: { name: 'x' } } }],
  ])('survives an error body of any shape: %j', (json) => {
    expect(verdict(400, json, write)).toBe(REFUSED);
  });

  it('of 403 names the privilege that it takes', () => {
    const judgement = judgeAnswer({ status: 403, json: { error: { message: 'Privileges required: Jane' } } }, read);
    if (judgement.verdict !== 'error') throw new Error('no error');
    expect(judgement.error).toMatchObject({ details: { privilege: 'Get Patients' }, message: expect.stringContaining('Get Patients') });
  });
});

describe('a connection that fails', () => {
  const at = (code: string, purpose: Purpose, also: { stopped?: boolean; late?: boolean } = {}) => {
    const error = judgeFailure(failureOf(Object.assign(new Error('Jane Doe'), { code }), { stopped: false, late: false, ...also }), purpose);
    return [nameOf(error), error.details['reason']];
  };

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'unknown host'],
    ['EHOSTUNREACH', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connecting timed out'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ])('with %s before anything was sent says that the site is down, for reads and writes', (code, reason) => {
    expect([at(code, read), at(code, write)]).toEqual([
      [DOWN, reason],
      [DOWN, reason],
    ]);
  });

  it.each([
    ['ECONNRESET', 'connection lost'],
    ['UND_ERR_SOCKET', 'connection lost'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'connection lost'],
    ['HPE_INVALID_CONSTANT', 'connection lost'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timed out'],
    ['', 'connection lost'],
  ])('with %s leaves open whether a write was done', (code, reason) => {
    expect([at(code, read), at(code, write)]).toEqual([
      [DOWN, reason],
      [UNKNOWN, reason],
    ]);
  });

  it('because its time is over or because we stop leaves open the same', () => {
    expect([at('ABORT_ERR', read, { late: true }), at('ABORT_ERR', write, { late: true })]).toEqual([
      [DOWN, 'timed out'],
      [UNKNOWN, 'timed out'],
    ]);
    expect([at('ABORT_ERR', read, { stopped: true }), at('ABORT_ERR', write, { stopped: true })]).toEqual([
      ['TransientError/stopped', 'stopped'],
      [UNKNOWN, 'stopped'],
    ]);
  });

  it('is told apart by the first of several tries', () => {
    const several = Object.assign(new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]));
    expect(failureOf(several, { stopped: false, late: false })).toEqual({ kind: 'unsent', reason: 'refused' });
  });
});
