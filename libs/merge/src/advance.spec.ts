import { describe, expect, it } from '@jest/globals';
import { advance, type ToAdvance } from './advance.js';
import { agreeAfterIntent } from './agree-after-intent.js';
import { isAsAgreed } from './agreed.js';
import { decisionsToKeep, revisedForDecision } from './decide.js';
import { PRESENCE } from './held.js';
import { merge } from './merge.js';
import { ABSENT, agreementOf, decisionOf, sideOf, VOIDED, versionOf } from './testing/index.js';
import type { Agreement, Version } from './version.js';

type Round = Pick<ToAdvance, 'agreement' | 'source' | 'targetBefore'> & Partial<Pick<ToAdvance, 'targetAfter' | 'wrote' | 'decisions' | 'keeps'>>;

const after = (round: Round) => {
  const decisions = round.decisions ?? [];
  const merged = merge({ agreement: round.agreement, source: round.source, target: round.targetBefore, sourceIs: 'parent', decisions });
  return advance({ sourceIs: 'parent', targetAfter: round.targetBefore, wrote: [], merged, ...round });
};

describe('the agreement after a round', () => {
  const base = agreementOf({ f: 'a', g: 'a' });

  it('takes what was written while somebody voided the record for nobody’s edit: once it is back, and the source holds something else by then, a person is asked', () => {
    const round = { agreement: base, source: versionOf({ f: 'b', g: 'a' }), targetBefore: versionOf({ f: 'a', g: 'a' }), wrote: ['f'] };
    const { agreement, lost, third } = after({ ...round, targetAfter: VOIDED });
    expect({ lost, third }).toEqual({ lost: [], third: [] });
    const back = (f: string, target: string) =>
      merge({ agreement, source: versionOf({ f, g: 'a' }), target: versionOf({ f: target, g: 'a' }), sourceIs: 'parent', decisions: [] });
    expect([back('a', 'b').conflicts, back('a', 'b').reason]).toEqual([['f'], 'in-doubt']);
    expect([back('b', 'b'), back('a', 'a')].map(({ conflicts, toSource, toTarget }) => [conflicts, toSource.size, toTarget.size])).toEqual([
      [[], 0, 0],
      [[], 0, 0],
    ]);
  });

  it('advances what was written and read back', () => {
    const { agreement, lost, third } = after({
      agreement: base,
      source: versionOf({ f: 'b', g: 'a' }),
      targetBefore: versionOf({ f: 'a', g: 'a' }),
      targetAfter: versionOf({ f: 'b', g: 'a' }),
      wrote: ['f'],
    });
    expect({ agreement, lost, third }).toEqual({
      agreement: agreementOf(sideOf({ f: 'b', g: 'a' }, { covers: ['f', 'g'] }), undefined, { revision: 2 }),
      lost: [],
      third: [],
    });
  });

  it('stays the same, revision too, when nothing moved', () => {
    expect(after({ agreement: base, source: versionOf({ f: 'a', g: 'a' }), targetBefore: versionOf({ f: 'a', g: 'a' }) }).agreement).toBe(base);
  });

  it('keeps each end’s own value where the target would not hold what was sent', () => {
    const { agreement, lost } = after({
      agreement: base,
      source: versionOf({ f: 'b', g: 'b' }),
      targetBefore: versionOf({ f: 'a', g: 'a' }),
      targetAfter: versionOf({ f: 'a', g: 'b' }),
      wrote: ['f', 'g'],
    });
    expect([agreement.parent.fields, agreement.child.fields, lost]).toEqual([{ f: 'b', g: 'b' }, { f: 'a', g: 'b' }, ['f']]);
  });

  it('takes for taken back what a target that keeps such values does not hold any more', () => {
    const undone = {
      agreement: base,
      source: versionOf({ f: 'b', g: null }),
      targetBefore: versionOf({ f: 'a', g: 'a' }),
      targetAfter: versionOf({ f: 'a', g: 'a' }),
      wrote: ['f', 'g'],
    };
    const ends = (...keeps: string[]) => {
      const { lost, third, agreement } = after({ ...undone, keeps: new Set(keeps) });
      return { lost, third, disputed: agreement.disputed };
    };
    expect(ends('f')).toEqual({ lost: ['g'], third: ['f'], disputed: ['f'] });
    expect(ends('f', 'g')).toEqual({ lost: ['g'], third: ['f'], disputed: ['f'] });
    expect(ends('g emptied')).toEqual({ lost: ['f'], third: ['g'], disputed: ['g'] });
  });

  it('neither agrees to a third value nor sends it on', () => {
    const { agreement, third } = after({
      agreement: base,
      source: versionOf({ f: 'b', g: 'a' }),
      targetBefore: versionOf({ f: 'a', g: 'a' }),
      targetAfter: versionOf({ f: 'B', g: 'a' }),
      wrote: ['f'],
    });
    expect([agreement.revision, agreement.disputed, agreement.parent.fields, third]).toEqual([2, ['f'], base.parent.fields, ['f']]);
    expect(
      merge({ agreement, source: versionOf({ f: 'a', g: 'a' }), target: versionOf({ f: 'B', g: 'a' }), sourceIs: 'parent', decisions: [] }).conflicts,
    ).toEqual(['f']);
  });

  it('does not advance what the target has yet to send', () => {
    const { agreement } = after({ agreement: base, source: versionOf({ f: 'a', g: 'a' }), targetBefore: versionOf({ f: 'a', g: 'b' }) });
    expect(agreement).toBe(base);
  });

  it('keeps the base of a field that one end could not see', () => {
    const { agreement } = after({
      agreement: base,
      source: versionOf({ f: 'b', g: 'a' }),
      targetBefore: versionOf({ f: 'a' }),
      targetAfter: versionOf({ f: 'b' }),
      wrote: ['f'],
    });
    expect([agreement.parent.fields, agreement.child.fields]).toEqual([
      { f: 'b', g: 'a' },
      { f: 'b', g: 'a' },
    ]);
  });

  it('notes what only one end can see, so that it is as agreed there, and is no base', () => {
    const source = versionOf({ f: 'a', mine: 'x' });
    const { agreement } = after({ agreement: null, source, targetBefore: versionOf({ f: 'a' }) });
    expect(isAsAgreed(agreement, 'parent', source)).toBe(true);
    expect(merge({ agreement, source, target: versionOf({ f: 'a', mine: 'y' }), sourceIs: 'parent', decisions: [] }).reason).toBe('first-contact');
  });

  it('is of a created record, with what the target dropped as lost', () => {
    const source = versionOf({ f: 'a', g: 'b', 'l[x]': true, 'l[y]': true });
    const { agreement, lost } = after({
      agreement: null,
      source,
      targetBefore: ABSENT,
      targetAfter: versionOf({ f: 'a', g: null, 'l[x]': true }),
      wrote: [PRESENCE, 'f', 'g', 'l[x]', 'l[y]'],
    });
    expect(lost).toEqual(['g', 'l']);
    expect(agreement).toMatchObject({ revision: 1, child: { presence: 'present', fields: { f: 'a', g: null, 'l[x]': true }, covers: ['f', 'g', 'l'] } });
    expect(merge({ agreement, source, target: versionOf({ f: 'a', g: null, 'l[x]': true }), sourceIs: 'parent', decisions: [] }).toTarget.size).toBe(0);
  });

  it('does not agree to a list’s absences while an item of it is still to be sent', () => {
    const { agreement } = after({
      agreement: null,
      source: versionOf({ 'l[x]': true }),
      targetBefore: versionOf({ 'l[y]': true }),
      targetAfter: versionOf({ 'l[x]': true, 'l[y]': true }),
      wrote: ['l[x]'],
    });
    expect([agreement.parent.fields, agreement.parent.covers]).toEqual([{ 'l[x]': true }, []]);
  });
});

describe('presence after a round', () => {
  const base = agreementOf({ f: 'a' });
  const here = versionOf({ f: 'a' });

  it('is agreed as voided once both are, and keeps the bases of the fields for a restore', () => {
    const { agreement } = after({ agreement: base, source: VOIDED, targetBefore: here, targetAfter: VOIDED, wrote: [PRESENCE] });
    expect(agreement).toMatchObject({ revision: 2, parent: { presence: 'voided', fields: { f: 'a' } }, child: { presence: 'voided', fields: { f: 'a' } } });
    const { toTarget, conflicts } = merge({ agreement, source: versionOf({ f: 'b' }), target: here, sourceIs: 'parent', decisions: [] });
    expect([[...toTarget], conflicts]).toEqual([[['f', 'b']], []]);
  });

  it('is lost where the target would not void', () => {
    const { agreement, lost } = after({ agreement: base, source: VOIDED, targetBefore: here, targetAfter: here, wrote: [PRESENCE] });
    expect([agreement.parent.presence, agreement.child.presence, lost]).toEqual(['voided', 'present', ['presence']]);
  });

  it('is disputed where the target voids, and what was voided there is back', () => {
    const { agreement, lost, third } = after({
      agreement: base,
      source: VOIDED,
      targetBefore: here,
      targetAfter: here,
      wrote: [PRESENCE],
      keeps: new Set(['presence voided']),
    });
    expect([agreement.parent.presence, agreement.disputed, lost, third]).toEqual(['present', [PRESENCE], [], [PRESENCE]]);
  });

  it('agrees that a voided record was never at the target', () => {
    const { agreement } = after({ agreement: null, source: VOIDED, targetBefore: ABSENT });
    expect(isAsAgreed(agreement, 'parent', VOIDED)).toBe(true);
  });

  it('never agrees that a record which was agreed as present is now absent', () => {
    expect(after({ agreement: base, source: VOIDED, targetBefore: ABSENT }).agreement).toBe(base);
  });
});

describe('decisions after a round', () => {
  it('are over where their record stands at neither end: nobody carries them out once it comes back', () => {
    const both = { agreement: agreementOf({ f: 'a' }), source: VOIDED, targetBefore: versionOf({ f: 'c' }), decisions: [decisionOf('f', 'p', 'c', 'v')] };
    expect(after({ ...both, targetAfter: VOIDED, wrote: [PRESENCE] }).decisions).toEqual([]);
    expect(after({ ...both, targetAfter: both.targetBefore }).decisions).toEqual(both.decisions);
  });

  const base = agreementOf({ f: 'a' });
  const decisions = [decisionOf('f', 'p', 'c', 'v')];
  const round = {
    agreement: base,
    source: versionOf({ f: 'p' }),
    targetBefore: versionOf({ f: 'c' }),
    targetAfter: versionOf({ f: 'v' }),
    wrote: ['f'],
    decisions,
  };

  it('are narrowed to what they have reached, so that who takes it back there is asked, not overruled', () => {
    const next = after(round);
    expect(next).toMatchObject({ agreement: { ...base, revision: 2 }, decisions: [decisionOf('f', 'p', 'v', 'v')] });
    expect(merge({ agreement: base, source: versionOf({ f: 'p' }), target: versionOf({ f: 'c' }), sourceIs: 'parent', decisions: next.decisions }).reason).toBe(
      'decision-lapsed',
    );
    expect(merge({ agreement: base, source: versionOf({ f: 'p' }), target: versionOf({ f: 'c' }), sourceIs: 'parent', decisions }).reason).toBeNull();
  });

  it('are over when both ends hold the same', () => {
    expect(after({ ...round, source: versionOf({ f: 'v' }) })).toMatchObject({ agreement: { revision: 2 }, decisions: [] });
  });

  it('lapse where the target would not take the value and the source has yet to get it, so that it is not sent for ever', () => {
    const next = after({ ...round, targetAfter: versionOf({ f: 'c' }) });
    expect(next).toMatchObject({ lost: [], third: ['f'] });
    const merged = merge({ ...next, source: versionOf({ f: 'p' }), target: versionOf({ f: 'c' }), sourceIs: 'parent' });
    expect([merged.reason, merged.toTarget.size]).toEqual(['decision-lapsed', 0]);
  });

  it('are over, with a loss, where the target would not take the source’s own value', () => {
    const next = after({ ...round, source: versionOf({ f: 'v' }), targetAfter: versionOf({ f: 'c' }) });
    expect(next).toMatchObject({ lost: ['f'], third: [], decisions: [], agreement: { parent: { fields: { f: 'v' } }, child: { fields: { f: 'c' } } } });
  });
});

describe('a new decision', () => {
  it('makes every job stale that read its source before', () => {
    const base = agreementOf({ f: 'a' });
    expect(revisedForDecision(base)).toEqual({ ...base, revision: 2 });
  });

  it('leaves a first contact what it was', () => {
    const revised = revisedForDecision(null);
    const merged = merge({ agreement: revised, source: versionOf({ f: 'a' }), target: versionOf({ f: 'b' }), sourceIs: 'parent', decisions: [] });
    expect([revised.revision, merged.reason]).toEqual([1, 'first-contact']);
  });
});

describe('the decisions that a round writes back', () => {
  const known = [decisionOf('f', 'p', 'c', 'v')];

  it('keep what another round has reached meanwhile', () => {
    expect(decisionsToKeep({ standing: [decisionOf('f', 'v', 'c', 'v')], known, left: [decisionOf('f', 'p', 'v', 'v')] })).toEqual([
      decisionOf('f', 'v', 'v', 'v'),
    ]);
  });

  it('keep a decision that was made since, and drop one that is over', () => {
    const later = decisionOf('g', 'p', 'c', 'p');
    expect(decisionsToKeep({ standing: [...known, later], known, left: [] })).toEqual([later]);
  });

  it('do not bring back one that another round found over', () => {
    expect(decisionsToKeep({ standing: [], known, left: known })).toEqual([]);
  });
});

describe('the agreement after a write that nobody answered', () => {
  const base = agreementOf({ f: 'a', g: 'a' });
  const settle = (landed: string[], inDoubt: string[], decisions = [] as ReturnType<typeof decisionOf>[]) =>
    agreeAfterIntent({ agreement: base, sourceIs: 'parent', sends: new Map([['f', 'b']]), landed, inDoubt, decisions });
  const push = (agreement: Agreement, parent: Version, child: Version) => merge({ agreement, source: child, target: parent, sourceIs: 'child', decisions: [] });

  it('says of what landed that both ends held it, so that an undo at the source is not overwritten by our own echo', () => {
    const undone = versionOf({ f: 'a', g: 'a' });
    const echo = versionOf({ f: 'b', g: 'a' });
    expect([...push(base, undone, echo).toTarget]).toEqual([['f', 'b']]);
    expect([...push(settle(['f'], []).agreement, undone, echo).toTarget]).toEqual([]);
  });

  it('narrows a decision that has landed', () => {
    expect(settle(['f'], [], [decisionOf('f', 'p', 'a', 'b')]).decisions).toEqual([decisionOf('f', 'p', 'b', 'b')]);
  });

  it('disputes what is in doubt, and takes a decision on it as reached, so that it has lapsed', () => {
    const { agreement, decisions } = settle([], ['f'], [decisionOf('f', 'p', 'a', 'b'), decisionOf('f', 'p', 'a', 'other')]);
    expect([agreement.disputed, agreement.revision, decisions]).toEqual([['f'], 2, [decisionOf('f', 'p', 'b', 'b'), decisionOf('f', 'p', 'a', 'other')]]);
  });

  it('leaves the bases of a decided path alone: the source never held the value', () => {
    expect(settle(['f'], [], [decisionOf('f', 'p', 'a', 'b')]).agreement).toEqual({ ...base, revision: 2 });
  });

  it('ends a dispute when both ends hold the same', () => {
    const { agreement } = settle([], ['f']);
    expect(isAsAgreed(agreement, 'parent', versionOf({ f: 'a', g: 'a' }))).toBe(false);
    expect(after({ agreement, source: versionOf({ f: 'b', g: 'a' }), targetBefore: versionOf({ f: 'b', g: 'a' }) }).agreement.disputed).toBeUndefined();
  });

  it('agrees on a record that was created', () => {
    const { agreement } = agreeAfterIntent({
      agreement: null,
      sourceIs: 'child',
      sends: new Map([
        [PRESENCE, 'present'],
        ['f', 'b'],
      ]),
      landed: [PRESENCE, 'f'],
      inDoubt: [],
      decisions: [],
    });
    expect(agreement).toMatchObject({ revision: 1, parent: { presence: 'present', fields: { f: 'b' } } });
  });
});

describe('what a site holds', () => {
  const agreement = agreementOf({ f: 'a', g: 'a' }, { f: 'a', g: null });

  it('is as agreed by its own side, whatever the other has', () => {
    expect(isAsAgreed(agreement, 'parent', versionOf({ f: 'a', g: 'a' }))).toBe(true);
    expect(isAsAgreed(agreement, 'child', versionOf({ f: 'a', g: null }))).toBe(true);
    expect(isAsAgreed(agreement, 'child', versionOf({ f: 'a', g: 'a' }))).toBe(false);
  });

  it('is as agreed where it could not be seen', () => {
    expect(isAsAgreed(agreement, 'parent', versionOf({ f: 'a' }))).toBe(true);
  });

  it('is never as agreed without an agreement, in another presence, or with a field that was never agreed', () => {
    expect(isAsAgreed(null, 'parent', versionOf({ f: 'a', g: 'a' }))).toBe(false);
    expect(isAsAgreed(agreement, 'parent', VOIDED)).toBe(false);
    expect(isAsAgreed(agreement, 'parent', versionOf({ f: 'a', g: 'a', h: 'new' }))).toBe(false);
  });
});
