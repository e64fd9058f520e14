import { describe, expect, it } from '@jest/globals';
import { absentRecord, type CanonicalRecord } from '@sync-hub/categories';
import { begunBy, lateWindow, writeWindow } from './write-window.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1, 8, 0, second));
const person = (fields: CanonicalRecord['fields'], dateChanged: Date | null = null): CanonicalRecord => ({
  ...absentRecord({ aggregate: 'person', uuid: '11111111-1111-4111-8111-111111111111' }),
  presence: 'present',
  covers: ['gender', 'birthdate', 'names'],
  fields,
  provenance: { creator: null, dateCreated: '2020-01-01T00:00:00Z', changedBy: null, dateChanged: dateChanged?.toISOString() ?? null },
});
const read = { isWrite: false, path: '/ws/rest/v1/patient/1', date: at(1), tookMs: 20 };
const write = { isWrite: true, path: '/ws/rest/v1/person/1', date: at(3), tookMs: 20 };
const sent = new Map([['birthdate', '1981-01-01']]);
const before = person({ gender: 'F', birthdate: '1980-01-01' });
const after = person({ gender: 'F', birthdate: '1981-01-01' });

describe('the time in which an edit beside ours is seen only by its entry', () => {
  it('is from the reading to the last request that writes, each of which is told once', () => {
    const heard = [read, { ...read, date: at(2) }, { ...write, date: at(2) }, write, { ...read, date: at(4) }];
    expect(writeWindow({ heard, before, after, sent })).toEqual({ readAt: at(1), wroteAt: at(3), requests: 2 });
  });

  it('allows for the change that was read, where that was of the same second', () => {
    expect(writeWindow({ heard: [read, write], before: person(before.fields, at(1)), after, sent })?.requests).toBe(2);
    expect(writeWindow({ heard: [read, write], before: person(before.fields, at(0)), after, sent })?.requests).toBe(1);
  });

  it('begins when a reading may have been handled whose answer came late, and allows for a change that may have been read', () => {
    const late = { ...read, date: at(5), tookMs: 3200 };
    const heard = [late, { ...write, date: at(6) }];
    expect(writeWindow({ heard, before, after, sent })).toEqual({ readAt: new Date(at(5).getTime() - 3200), wroteAt: at(6), requests: 1 });
    expect(writeWindow({ heard, before: person(before.fields, at(4)), after, sent })?.requests).toBe(2);
    expect(writeWindow({ heard, before: person(before.fields, at(0)), after, sent })?.requests).toBe(1);
  });

  it.each<readonly [string, Partial<Parameters<typeof writeWindow>[0]>]>([
    ['what else was changed is seen', { after: person({ gender: 'M', birthdate: '1981-01-01' }) }],
    ['the record was created', { before: { ...before, presence: 'absent' } }],
    ['the record was voided meanwhile', { after: { ...after, presence: 'voided' } }],
    ['nothing of it was sent', { sent: new Map() }],
    ['the server does not tell the time', { heard: [{ ...read, date: null }, write] }],
  ])('is none where %s', (_what, other) => {
    expect(writeWindow({ heard: [read, write], before, after, sent, ...other })).toBeUndefined();
  });

  it('does not count what is written of the obs of an encounter', () => {
    const obs = { ...write, path: '/ws/rest/v1/obs/2' };
    const encounter = { ...before, category: 'encounter' as const };
    expect(writeWindow({ heard: [read, obs, write, { ...obs, date: at(5) }], before: encounter, after: { ...after, category: 'encounter' }, sent })).toEqual({
      readAt: at(1),
      wroteAt: at(3),
      requests: 1,
    });
  });

  it('counts a field of an item that is sent as sent with it', () => {
    const name = 'names[{"givenName":"Jane"}]';
    const withName = person({ ...before.fields, [name]: true, [`${name}.suffix`]: 'Jr' });
    expect(writeWindow({ heard: [read, write], before, after: withName, sent: new Map([[name, true]]) })?.requests).toBe(1);
  });

  describe('of a write that was not answered, and is found to have landed', () => {
    const begun = { readAt: at(1), requests: 1 };
    const intent = { begun, held: before, sends: sent, committedAt: at(2), longestRequestMs: 4000 };
    const landed = (other: Partial<Parameters<typeof lateWindow>[0]> = {}) =>
      lateWindow({ intent, now: at(20), after, heard: [{ ...read, date: at(21) }], ...other });

    it('ends when its longest time was over, by the clock of the site', () => {
      expect(landed()).toEqual({ readAt: at(1), wroteAt: at(21 - (18 - 4)), requests: 1 });
      expect(landed({ now: at(5) })?.wroteAt).toEqual(at(21));
    });

    it('accounts for what was sent, answered or not', () => {
      expect(begunBy([read, write, { ...write, date: null }], before)).toEqual({ readAt: at(1), requests: 2 });
    });

    it('is none where nobody knows what was sent, or where what else was changed is seen', () => {
      expect(landed({ intent: { ...intent, begun: null } })).toBeUndefined();
      expect(landed({ after: person({ gender: 'M', birthdate: '1981-01-01' }) })).toBeUndefined();
    });
  });
});
