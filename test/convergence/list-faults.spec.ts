import { describe, expect, it } from '@jest/globals';
import type { RowState, Simulator, SimulatorState } from '@sync-hub/openmrs-simulator';
import { sameEverywhere } from './content.js';
import { type Open, PUT_OFF } from './hub-database.js';
import type { Edit } from './ledger.js';
import { brokenLists } from './list-faults.js';
import { heldByRule, rulesOnLinks, rulesUsed } from './list-rules.js';

const row = (uuid: string, values: RowState['values'] = {}, gone = false): RowState => ({ uuid, gone, values, audit: {} });
const NOTHING = Object.fromEntries(
  ['people', 'encounters', 'relationships', 'enrollments', 'conditions', 'diagnoses', 'orders', 'dispenses', 'allergies', 'cohorts', 'diagnosticReports'].map(
    (name) => [name, []],
  ),
) as unknown as SimulatorState;
const stateWith = (rows: Readonly<Record<string, readonly object[]>>): SimulatorState =>
  ({ ...NOTHING, people: [row('p')], ...rows }) as unknown as SimulatorState;
const brokenIn = (rows: Readonly<Record<string, readonly object[]>>) => brokenLists({ state: stateWith(rows), everywhere: (uuid) => uuid });

const allergy = (uuid: string, codedAllergen: string, gone = false) => ({ ...row(uuid, { patient: 'p', codedAllergen }, gone), reactions: [] });
const follower = (uuid: string, previousOrder: string, action = 'REVISE', gone = false) => row(uuid, { patient: 'p', previousOrder, action }, gone);

describe('the lists of a site', () => {
  it('are whole where all that is named is there', () => {
    expect(brokenIn({ conditions: [row('c', { patient: 'p' })], orders: [row('o', { patient: 'p' }, true), follower('f', 'o')] })).toEqual([]);
    expect(brokenIn({ allergies: [allergy('a', 'x'), allergy('b', 'y'), allergy('c', 'x', true)] })).toEqual([]);
    expect(brokenIn({ orders: [row('o', { patient: 'p' }), follower('f', 'o'), follower('g', 'o', 'RENEW'), follower('h', 'o', 'REVISE', true)] })).toEqual([]);
  });

  it.each([
    ['a patient', { conditions: [row('c', { patient: 'q' })] }, 'condition/c: its patient is not there, or voided'],
    [
      'a voided encounter',
      { encounters: [row('e', {}, true)], diagnoses: [row('d', { patient: 'p', encounter: 'e' })] },
      'diagnosis/d: its encounter is not there, or voided',
    ],
    ['the order that it follows', { orders: [follower('f', 'o')] }, 'order/f: its previousOrder is not there, or voided'],
    ['a second allergy to one thing', { allergies: [allergy('a', 'x'), allergy('b', 'x')] }, 'allergy/b: there is another of the same'],
    ['a second that stops an order', { orders: [row('o'), follower('f', 'o'), follower('g', 'o', 'DISCONTINUE')] }, 'order/g: there is another of the same'],
  ])('are broken by %s', (_, rows, fault) => {
    expect(brokenIn(rows)).toEqual([fault]);
  });
});

const parked = (record: string, change: Partial<Open> = {}): Open => ({
  ...{ what: 'job kisumu push', record, state: 'parked', reason: 'refused', code: 'invalid', details: {} },
  ...change,
});
const endsWith = (above: Readonly<Record<string, readonly object[]>>, below: Readonly<Record<string, readonly object[]>>) => ({
  sites: [
    { id: 'central', state: () => stateWith(above) },
    { id: 'kisumu', state: () => stateWith(below) },
  ] as unknown as readonly Simulator[],
  knownAt: () => sameEverywhere,
});
const enrollment = (...states: readonly (readonly [string, string])[]) => ({
  enrollments: [{ ...row('n'), attributes: [], states: states.map(([state, startDate]) => row(`${state} ${startDate}`, { state, startDate })) }],
});

describe('what is held at the end of a run by a rule of servers', () => {
  const [ours, theirs] = [{ orders: [row('o'), follower('f', 'o')] }, { orders: [row('o'), follower('g', 'o')] }];

  it('is an order that follows one which another has stopped where it would go, and nothing else of its kind', () => {
    const held = (job: Open, above: object, below: object) => [...rulesOnLinks(heldByRule([job], endsWith({ ...above }, { ...below })))];
    expect(held(parked('order/f'), theirs, ours)).toEqual(['kisumu order/f']);
    expect(held(parked('order/f', { what: 'job kisumu pull', reason: 'gave-up' }), ours, theirs)).toEqual(['kisumu order/f']);
    expect(held(parked('order/f'), { orders: [row('o'), follower('g', 'o', 'REVISE', true)] }, ours)).toEqual([]);
    expect(held(parked('order/o'), theirs, ours)).toEqual([]);
    expect(held(parked('order/f', { reason: 'broken' }), theirs, ours)).toEqual([]);
    expect(held(parked('order/f', { what: 'change kisumu' }), theirs, ours)).toEqual([]);
  });

  it('is an order that follows one which was voided, at its source or at both ends', () => {
    const waiting = parked('order/f', { state: 'waiting', reason: 'reference' });
    const held = (above: object, job = waiting) =>
      heldByRule([job], endsWith({ ...above }, { orders: [row('o', {}, true), follower('f', 'o')] })).map(({ rule }) => rule);
    expect(held({})).toEqual(['an order that follows a voided one']);
    expect(held({ orders: [row('o', {}, true)] })).toEqual(['an order that follows a voided one']);
    expect(held({ orders: [row('o')] })).toEqual([]);
    expect(held({}, parked('order/f'))).toEqual([]);
    expect(heldByRule([waiting], endsWith({}, ours))).toEqual([]);
  });

  it('is an allergy of which the target has another, as long as somebody is asked about that one', () => {
    const job = parked('allergy/new', { what: 'job kisumu pull', state: PUT_OFF, reason: null, code: null });
    const ends = endsWith({ allergies: [allergy('old', 'x', true), allergy('new', 'x')] }, { allergies: [allergy('old', 'x')] });
    const held = (asked: string, one = job) => heldByRule([one], { ...ends, asked: new Set([asked]) }).map(({ rule }) => rule);
    expect(held('kisumu allergy/old')).toEqual(['an allergen that stands there until somebody is answered']);
    expect(held('siaya allergy/old')).toEqual([]);
    expect(held('kisumu allergy/old', { ...job, state: 'ready' })).toEqual([]);
    expect(heldByRule([job], { ...ends, asked: new Set() })).toEqual([]);
  });

  it('is an enrollment of which each end has a state that the other has not', () => {
    const held = (above: object, below: object) => heldByRule([parked('programenrollment/n')], endsWith({ ...above }, { ...below })).map(({ rule }) => rule);
    expect(held(enrollment(['a', '1'], ['b', '2']), enrollment(['a', '1'], ['b', '3']))).toEqual(['two states at once']);
    expect(held(enrollment(['a', '1'], ['b', '2']), enrollment(['a', '1']))).toEqual([]);
  });

  it('is counted by its name, with the conditions that more than one edited', () => {
    const jobs = [parked('order/f'), parked('order/f', { what: 'job kisumu pull' })];
    const edit = (record: string, presence: string): Edit =>
      ({ record, what: 'correct a condition', after: new Map([['presence', presence]]) }) as unknown as Edit;
    const edits = [edit('condition/a', 'voided'), edit('condition/b', 'present'), edit('condition/a', 'voided'), edit('condition/c', 'voided')];
    const both = { orders: [row('o'), follower('f', 'o'), follower('g', 'o')] };
    expect(Object.fromEntries(rulesUsed(heldByRule(jobs, endsWith(both, both)), edits))).toEqual({
      ...{
        'an allergen that stands there until somebody is answered': 0,
        'an order that two went on with': 1,
        'an order that follows a voided one': 0,
        'two states at once': 0,
        'a condition that two edited': 1,
      },
    });
  });
});
