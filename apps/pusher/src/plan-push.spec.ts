import { describe, expect, it } from '@jest/globals';
import { PRESENCE } from '@sync-hub/merge';
import { ABSENT, agreementOf, sideOf, VOIDED, versionOf } from '@sync-hub/merge/testing';
import { givesWay, planPush, type ToPlan } from './plan-push.js';

const BASE = agreementOf({ f: 'a', g: 'a' });
const plan = (given: Partial<ToPlan>) =>
  planPush({
    agreement: BASE,
    source: versionOf({ f: 'a', g: 'a' }),
    target: versionOf({ f: 'a', g: 'a' }),
    sourceIs: 'parent',
    decisions: [],
    admitted: true,
    missing: [],
    intents: [],
    ...given,
  });

describe('a push', () => {
  it('writes only what differs, and says what the target has for the source', () => {
    expect(plan({ source: versionOf({ f: 'b', g: 'a' }), target: versionOf({ f: 'a', g: 'c' }) })).toMatchObject({
      action: 'write',
      writes: { fields: new Map([['f', 'b']]) },
      wrote: ['f'],
      again: false,
      leavesForSource: true,
    });
  });

  it('has nothing to do where both ends hold the same', () => {
    expect(plan({})).toMatchObject({ action: 'nothing', leavesForSource: false });
    expect(plan({ target: versionOf({ f: 'a', g: 'c' }) })).toMatchObject({ action: 'nothing', leavesForSource: true });
  });

  it('asks, and writes nothing, when both sites changed the same field', () => {
    expect(plan({ source: versionOf({ f: 'b', g: 'b' }), target: versionOf({ f: 'c', g: 'a' }) })).toMatchObject({
      action: 'ask',
      reason: 'both-edited',
      paths: ['f'],
    });
    expect(plan({ source: VOIDED, target: versionOf({ f: 'c', g: 'a' }) })).toMatchObject({ action: 'ask', reason: 'delete-against-edit', paths: [PRESENCE] });
  });

  it('writes nothing where the source lacks the record', () => {
    expect(plan({ agreement: null, source: ABSENT })).toMatchObject({ action: 'nothing', leavesForSource: true });
  });

  it('is filtered where the route no longer admits the record', () => {
    expect(plan({ admitted: false, source: versionOf({ f: 'b', g: 'a' }) })).toEqual({ action: 'filtered' });
  });

  it('waits for a reference that the target lacks, but not for one that it does not send', () => {
    expect(plan({ source: versionOf({ f: 'b', g: 'a' }), missing: ['f', 'g'] })).toMatchObject({ action: 'wait', missing: ['f'] });
    expect(plan({ source: versionOf({ f: 'b', g: 'a' }), missing: ['g'] })).toMatchObject({ action: 'write' });
  });
});

describe('one round', () => {
  it('creates with all fields and no presence', () => {
    expect(plan({ agreement: null, target: ABSENT })).toMatchObject({
      action: 'write',
      writes: {
        fields: new Map([
          ['f', 'a'],
          ['g', 'a'],
        ]),
      },
      wrote: [PRESENCE, 'f', 'g'],
      again: false,
    });
  });

  it('creates a record that has no fields', () => {
    expect(plan({ agreement: null, source: versionOf({}), target: ABSENT })).toMatchObject({ action: 'write', wrote: [PRESENCE] });
  });

  it('voids, and says no more', () => {
    expect(plan({ source: VOIDED })).toMatchObject({ action: 'write', writes: { presence: 'voided', fields: new Map() }, wrote: [PRESENCE], again: false });
  });

  it('restores first, and looks again for the fields', () => {
    const voided = agreementOf(sideOf({ f: 'a' }, { presence: 'voided' }));
    expect(plan({ agreement: voided, source: versionOf({ f: 'b' }), target: VOIDED })).toMatchObject({
      action: 'write',
      writes: { presence: 'present', fields: new Map() },
      wrote: [PRESENCE],
      again: true,
    });
  });
});

describe('a push beside an intent that nobody has settled', () => {
  const echo = { source: versionOf({ f: 'b', g: 'a' }) };

  it.each(['opposite', 'other-link'] as const)('hands back while the intent’s job is in hand (%s)', (whose) => {
    expect(plan({ ...echo, intents: [{ whose, inHand: true, paths: ['g'] }] })).toEqual({ action: 'postpone' });
  });

  it('does not carry back what our own write may have put at the source, when its job is held', () => {
    expect(plan({ ...echo, intents: [{ whose: 'opposite', inHand: false, paths: ['f'] }] })).toMatchObject({ action: 'ask', reason: 'in-doubt', paths: ['f'] });
    expect(plan({ ...echo, agreement: null, intents: [{ whose: 'opposite', inHand: false, paths: ['f'] }] })).toMatchObject({ action: 'ask' });
    expect(plan(echo)).toMatchObject({ action: 'write' });
  });

  it('goes on beside a held one of another link', () => {
    expect(plan({ ...echo, intents: [{ whose: 'other-link', inHand: false, paths: ['f'] }] })).toMatchObject({ action: 'write' });
  });
});

describe('a job gives way', () => {
  const job = { readAtRevision: 1, sourceGeneration: 3, targetGeneration: 4 };
  const at = (agreement: typeof BASE | null, source: number, target: number, known = job) =>
    givesWay({ job: known, agreement, generations: { source, target } });

  it('when the ends agreed on something since its source was read', () => {
    expect([at(BASE, 3, 4), at({ ...BASE, revision: 2 }, 3, 4), at(null, 3, 4)]).toEqual([false, true, true]);
    expect(at(null, 3, 4, { ...job, readAtRevision: 0 })).toBe(false);
  });

  it('when either site began another life', () => {
    expect([at(BASE, 2, 4), at(BASE, 3, 5)]).toEqual([true, true]);
  });
});
