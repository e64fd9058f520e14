import { describe, expect, it } from '@jest/globals';
import type { Shown } from './answering.js';
import type { KeptAnswer } from './hub-database.js';
import { Ledger } from './ledger.js';
import { lostAnswers } from './lost-answers.js';

const RECORD = 'person/p';
const NOBODY = { presence: 'present', fields: {} };
const shown = (answerId: string, minute: number, more: Partial<Shown> = {}): Shown => ({
  ...{ id: 'c', link: 'kisumu', record: RECORD, reason: 'both-edited', fields: ['gender'], overwritten: [], takesAlong: [], parent: NOBODY, child: NOBODY },
  ...{ how: 'answered', answerId, at: new Date(minute * 60_000), choices: [{ path: 'gender', value: 'Z1' }], ...more },
});
const kept = (id: string, more: Partial<KeptAnswer> = {}): KeptAnswer => ({
  ...{ id, link: 'kisumu', record: RECORD, endedAs: 'applied', closedAs: 'answered', isLast: true },
  ...more,
});
const holding = (gender: string) => [new Map([[RECORD, new Map([['gender', gender]])]])];

describe('what somebody typed into an answer', () => {
  const nothing = { shown: [shown('a', 1)], answers: [kept('a')], edits: [], contents: holding('F') };

  it('is lost where it stands nowhere, and nobody saw it', () => {
    expect(lostAnswers(nothing)).toEqual(['person/p: what was answered on kisumu is lost: gender = Z1']);
    expect(lostAnswers({ ...nothing, shown: [shown('a', 1), shown('b', 2)] })).toHaveLength(1);
  });

  it('is not lost where it stands, was replaced by who saw it, or was shown to who answered later', () => {
    const ledger = new Ledger();
    const [before, after] = [new Map([['gender', 'Z1']]), new Map([['gender', 'M']])];
    ledger.write({ site: 'kisumu', record: RECORD, what: 'edit', before, after });
    const later = shown('b', 2, { parent: { presence: 'present', fields: { gender: 'Z1' } }, choices: [] });
    expect(lostAnswers({ ...nothing, contents: holding('Z1') })).toEqual([]);
    expect(lostAnswers({ ...nothing, edits: ledger.edits })).toEqual([]);
    expect(lostAnswers({ ...nothing, shown: [shown('a', 1), later] })).toEqual([]);
  });

  it('was told to have come to nothing where its conflict was shown again', () => {
    expect(lostAnswers({ ...nothing, answers: [kept('a', { isLast: false }), kept('b')] })).toEqual([]);
  });
});
