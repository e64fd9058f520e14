import { describe, expect, it } from '@jest/globals';
import { ABSENT, agreementOf, GONE, sideOf, VOIDED, versionOf } from '@sync-hub/merge/testing';
import { asSeen, type LinkAsSeen, type LookToSettle, settleLook } from './settle-look.js';

const AGREED = agreementOf({ f: 'a' }, { f: 'b' });
const HERE = versionOf({ f: 'a' });
const link = (extra: Partial<LinkAsSeen> = {}): LinkAsSeen => ({ link: 'kisumu', side: 'parent', agreement: AGREED, openJobs: [], ...extra });
const look = (extra: Partial<LookToSettle> = {}) => settleLook({ read: HERE, links: [link()], onBehalf: false, deletedEntry: false, ...extra });

describe('a look', () => {
  it('ends where every link agrees with what was read and no job is open', () => {
    expect(look()).toBe('end-as-agreed');
    expect(look({ links: [link(), link({ link: 'siaya' })] })).toBe('end-as-agreed');
  });

  it('goes on where one link of several does not agree', () => {
    expect(look({ links: [link(), link({ link: 'siaya', agreement: null })] })).toBe('forward');
    expect(look({ read: versionOf({ f: 'edited' }) })).toBe('forward');
    expect(look({ read: VOIDED })).toBe('forward');
  });

  it.each(['pull', 'push'] as const)('goes on while a job is open in either direction, or an undo would be lost (%s)', (direction) => {
    for (const state of ['ready', 'looking', 'conflict', 'waiting', 'parked'])
      expect(look({ links: [link({ openJobs: [{ direction, state }] })] })).toBe('forward');
  });

  it('goes on on behalf of who waits, though all is as agreed', () => {
    expect(look({ onBehalf: true })).toBe('forward');
  });

  it('goes on where the record is admitted nowhere, for the mapper to say so', () => {
    expect(look({ links: [] })).toBe('forward');
  });

  it('compares with the side of the link that the site is', () => {
    expect(look({ links: [link({ side: 'child' })] })).toBe('forward');
    expect(look({ read: versionOf({ f: 'b' }), links: [link({ side: 'child' })] })).toBe('end-as-agreed');
  });
});

describe('a look that finds no record', () => {
  it('is never taken for a deletion: it is tried again where a link has agreed on the record', () => {
    expect(look({ read: ABSENT })).toBe('retry-absent');
    expect(look({ read: ABSENT, onBehalf: true })).toBe('retry-absent');
  });

  it('is tried again where a job carries the record away from here', () => {
    expect(look({ read: ABSENT, links: [link({ agreement: null, openJobs: [{ direction: 'pull', state: 'looking' }] })] })).toBe('retry-absent');
  });

  it('ends where nobody has known of it here', () => {
    expect(look({ read: ABSENT, links: [link({ agreement: null })] })).toBe('absent');
    expect(look({ read: ABSENT, links: [link({ agreement: null, openJobs: [{ direction: 'push', state: 'ready' }] })] })).toBe('absent');
    expect(look({ read: ABSENT, links: [link({ agreement: agreementOf(sideOf({}, { presence: 'absent' }), sideOf({}, { presence: 'voided' })) })] })).toBe(
      'absent',
    );
  });

  it('is a purge where an entry of this generation said DELETED', () => {
    expect(look({ read: ABSENT, deletedEntry: true })).toBe('forward');
    expect(look({ read: ABSENT, deletedEntry: true, links: [link({ agreement: agreementOf(sideOf({}, { presence: 'voided' })) })] })).toBe('end-as-agreed');
    expect(asSeen(ABSENT, true).presence).toBe(GONE.presence);
    expect(asSeen(HERE, true)).toBe(HERE);
  });
});
