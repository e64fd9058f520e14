import { describe, expect, it } from '@jest/globals';
import { closedOn, MODERN_PLATFORM } from '@sync-hub/categories';
import { NotAllowedError, RefusedError } from '@sync-hub/contracts';
import type { ClosedClass } from '@sync-hub/persistence';
import fc from 'fast-check';
import { type AtTheGate, actionOf, closingOf, type Doing, likelyAction, shutOutBy, shutOutUnread, unsupportedAt } from './closed-classes.js';

const DOINGS: readonly Doing[] = ['look', 'read', 'make', 'change', 'void', 'restore'];
const ORDER: AtTheGate = { class: 'order', subject: 'job-2', doing: 'make' };
const closed = (changes: Partial<ClosedClass> = {}): ClosedClass => ({
  site: 'kisumu',
  class: 'order',
  does: 'make',
  code: 'not-allowed',
  privilege: 'Add Orders',
  because: 'our account there lacks the privilege Add Orders',
  witness: 'job-1',
  ...changes,
});

describe('what a closed class keeps waiting', () => {
  it.each([
    ['look', ['look']],
    ['read', ['read', 'make', 'change', 'void', 'restore']],
    ['write', ['make', 'change', 'void', 'restore']],
    ['make', ['make']],
    ['void', ['void']],
  ] as const)('one that does not %s keeps what does %j', (does, kept) => {
    expect(DOINGS.filter((doing) => shutOutBy([closed({ does })], { ...ORDER, doing }) !== null)).toEqual(kept);
  });

  it('is never the one that was not allowed: it tries whether the class is open again', () => {
    expect(shutOutBy([closed()], { ...ORDER, subject: 'job-1' })).toBeNull();
    expect(shutOutBy([closed(), closed({ privilege: 'Get Orders', does: 'read', witness: 'job-3' })], { ...ORDER, subject: 'job-1' })).toMatchObject({
      does: 'read',
    });
  });

  it('is no record of another class', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DOINGS), fc.constantFrom('look', 'read', 'write', 'make', 'change', 'void', 'restore'), (doing, does) => {
        expect(shutOutBy([closed({ does })], { class: 'visit', subject: 'job-2', doing })).toBeNull();
      }),
    );
  });

  it('is read all the same where the site has no way to take it: it may have it already', () => {
    const unsupported = closed({ does: 'write', code: 'unsupported', privilege: null, witness: null });
    expect([shutOutUnread([unsupported], ORDER), shutOutBy([unsupported], ORDER)]).toEqual([null, unsupported]);
    expect(shutOutUnread([unsupported, closed()], ORDER)).toEqual(closed());
  });
});

describe('what a refusal closes', () => {
  const refusal = (details: Record<string, string> = {}) =>
    new NotAllowedError('not allowed', { site: 'kisumu', what: 'order', kind: 'write', privilege: 'Add Orders', ...details });

  it('is what was to be done, by the privilege that it takes', () => {
    expect(closingOf(refusal(), 'kisumu', ORDER)).toEqual(closed({ witness: 'job-2' }));
  });

  it('is all that a job would do where its target may not be read, and a look where it is looked at for others', () => {
    expect(closingOf(refusal({ kind: 'read' }), 'kisumu', ORDER)?.does).toBe('read');
    expect(closingOf(refusal({ kind: 'read' }), 'kisumu', { ...ORDER, doing: 'look' })?.does).toBe('look');
  });

  it.each([
    ['names no privilege', new NotAllowedError('not allowed', { site: 'kisumu', kind: 'write' })],
    ['comes from another site', refusal({ site: 'central' })],
    ['is of another kind', new RefusedError('refused', 'no', { site: 'kisumu', privilege: 'Add Orders' })],
  ])('is nothing where it %s', (_, error) => {
    expect(closingOf(error, 'kisumu', ORDER)).toBeNull();
  });
});

describe('what a job does at its target', () => {
  it.each([
    ['present', null, 'make'],
    ['present', 'absent', 'make'],
    ['present', 'present', 'change'],
    ['present', 'voided', 'restore'],
    ['voided', 'present', 'void'],
    ['gone', null, 'void'],
  ] as const)('with a record that is %s, and was %s there when they agreed, is likely to %s it', (presence, there, action) => {
    expect(likelyAction({ presence }, there)).toBe(action);
  });

  it('is known once it is planned', () => {
    const plans = [
      [{}, 'absent'],
      [{}, 'present'],
      [{ presence: 'voided' }, 'present'],
      [{ presence: 'present' }, 'voided'],
    ] as const;
    expect(plans.map(([writes, presence]) => actionOf(writes, { presence }))).toEqual(['make', 'change', 'void', 'restore']);
  });
});

describe('what a site has no way to take', () => {
  it('is what its platform lacks, in the words of the category, and no more after an upgrade', () => {
    const old = { ...MODERN_PLATFORM, hasOrderEntry: false };
    const more = unsupportedAt('kisumu', old).filter(({ class: name }) => !closedOn(MODERN_PLATFORM).some(({ category }) => category === name));
    expect(more.map(({ class: name }) => name).sort()).toEqual(['order', 'orderfrequency']);
    expect(more).toContainEqual({
      site: 'kisumu',
      class: 'order',
      does: 'write',
      code: 'unsupported',
      privilege: null,
      because: expect.any(String),
      witness: null,
    });
    expect(more.find(({ class: name }) => name === 'order')?.because).toContain('openmrs-core before 1.10');
  });
});
