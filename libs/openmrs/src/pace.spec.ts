import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Answered, afterAnswer, firstPace, type Pace } from './pace.js';

const answer = (changes: Partial<Answered> = {}): Answered => ({ kind: 'read', sent: 0, next: 1, isBusy: false, ms: 100, isFull: true, ...changes });
const busy = (changes: Partial<Answered> = {}): Answered => answer({ isBusy: true, ...changes });
const after = (pace: Pace, ...answers: readonly Answered[]): Pace => answers.reduce(afterAnswer, pace);
const times = (count: number, changes: Partial<Answered> = {}): Answered[] =>
  Array.from({ length: count }, (_, sent) => answer({ sent, next: sent + 1, ...changes }));

const anAnswer = fc.record({
  kind: fc.constantFrom('read' as const, 'write' as const),
  isBusy: fc.boolean(),
  ms: fc.integer({ min: 0, max: 30_000 }),
  isFull: fc.boolean(),
  /** How many requests ago it left. */
  age: fc.integer({ min: 0, max: 20 }),
});
const numbered = (answers: readonly { readonly age: number }[]): Answered[] =>
  answers.map(({ age, ...rest }, index) => ({ ...(rest as Omit<Answered, 'sent' | 'next'>), sent: Math.max(0, index - age), next: index + 1 }));

describe('the pace of a site', () => {
  it('stays between one request and its cap, whatever comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 128 }), fc.array(anAnswer, { maxLength: 300 }), (cap, answers) => {
        let pace = firstPace(cap);
        for (const one of numbered(answers)) {
          pace = afterAnswer(pace, one);
          expect(pace.limit).toBeGreaterThanOrEqual(1);
          expect(pace.limit).toBeLessThanOrEqual(cap);
          expect(Number.isInteger(pace.limit)).toBe(true);
        }
      }),
      { seed: 4 },
    );
  });

  it('never rises on a busy answer, and never by more than one on a good one', () => {
    fc.assert(
      fc.property(fc.array(anAnswer, { minLength: 1, maxLength: 200 }), (answers) => {
        let pace = firstPace(64);
        for (const one of numbered(answers)) {
          const next = afterAnswer(pace, one);
          expect(next.limit - pace.limit).toBeLessThanOrEqual(one.isBusy ? 0 : 1);
          pace = next;
        }
      }),
      { seed: 5 },
    );
  });

  it('comes back to its cap from anywhere, once the site answers well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.array(anAnswer, { maxLength: 100 }), (cap, answers) => {
        const pace = after(firstPace(cap), ...numbered(answers));
        const well = Array.from({ length: 4000 }, (_, index) =>
          answer({ sent: 1000 + index, next: 1001 + index, ms: 50, kind: index % 2 === 0 ? 'read' : 'write' }),
        );
        expect(after(pace, ...well).limit).toBe(cap);
      }),
      { seed: 6, numRuns: 30 },
    );
  });

  it('begins at what any server bears, and climbs fast until it is told to slow down', () => {
    expect([firstPace(3).limit, firstPace(128).limit]).toEqual([3, 6]);
    expect(after(firstPace(128), ...times(122)).limit).toBe(128);
  });

  it('halves at a busy answer, and afterwards grows by one in a full round', () => {
    const halved = after(firstPace(16), ...times(10), busy({ sent: 20, next: 21 }));
    expect(halved.limit).toBe(8);
    expect([after(halved, ...times(7)).limit, after(halved, ...times(8)).limit]).toEqual([8, 9]);
  });

  it('halves once for all that was under way when it first did', () => {
    const inFlight = Array.from({ length: 16 }, (_, index) => busy({ sent: 20 + index, next: 36 }));
    expect(after(firstPace(16), ...times(10), ...inFlight).limit).toBe(8);
    expect(after(firstPace(16), ...times(10), ...inFlight, busy({ sent: 36, next: 40 })).limit).toBe(4);
  });

  it('goes down to one request, and not to none', () => {
    expect(after(firstPace(16), ...times(30, { isBusy: true })).limit).toBe(1);
  });

  it('backs off where answers become slow, each kind of request measured by itself', () => {
    const quick = after(firstPace(16), ...times(20), ...times(20, { kind: 'write', ms: 2000 }));
    expect(quick.limit).toBe(16);
    expect(after(quick, ...Array.from({ length: 30 }, (_, index) => answer({ sent: 40 + index, next: 41 + index, ms: 3000 }))).limit).toBeLessThan(8);
  });

  it('forgets how quick a server once was, and does not hold one that has become slower for good to one request for ever', () => {
    const slower = Array.from({ length: 4000 }, (_, index) => answer({ sent: 20 + index, next: 21 + index, ms: 2000 }));
    expect(after(firstPace(16), ...times(20, { ms: 10 }), ...slower.slice(0, 200)).limit).toBe(1);
    expect(after(firstPace(16), ...times(20, { ms: 10 }), ...slower).limit).toBe(16);
  });

  it('takes an answer that is slower, and still quick, for nothing', () => {
    expect(after(firstPace(16), ...times(20, { ms: 10 }), ...times(200, { ms: 400 })).limit).toBe(16);
  });

  it('does not grow by what it does not use', () => {
    expect(after(firstPace(128), ...times(100, { isFull: false })).limit).toBe(6);
  });
});
