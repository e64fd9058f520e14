import { describe, expect, it } from '@jest/globals';
import type { Direction } from '@sync-hub/contracts';
import { afterTurn, oscillates, TURNS_BEFORE_PARKING } from './taking-turns.js';

const NONE = { lastDirection: null, alternations: 0, fields: null };
const turnOf = (index: number): Direction => (index % 2 === 0 ? 'push' : 'pull');
const after = (turns: readonly (readonly [Direction, readonly string[]])[]) =>
  turns.reduce((before, [direction, names]) => afterTurn(before, direction, names), afterTurn(NONE, 'push', ['name']));
const taking = (count: number) => after(Array.from({ length: count }, (_, index) => [turnOf(index + 1), ['name']] as const));

describe('two ends', () => {
  it('oscillate once they have taken turns with the same fields for so long', () => {
    expect(oscillates(taking(TURNS_BEFORE_PARKING - 2), turnOf(TURNS_BEFORE_PARKING - 1), ['name'])).toBe(false);
    expect(oscillates(taking(TURNS_BEFORE_PARKING - 1), turnOf(TURNS_BEFORE_PARKING), ['name'])).toBe(true);
  });

  it('do not where one of them writes again and again, or another field', () => {
    const same = after(Array.from({ length: 50 }, () => ['push', ['name']] as const));
    expect(oscillates(same, 'push', ['name'])).toBe(false);
    expect(oscillates(taking(TURNS_BEFORE_PARKING), turnOf(TURNS_BEFORE_PARKING + 1), ['description'])).toBe(false);
    expect(afterTurn(taking(10), 'pull', ['description']).alternations).toBe(0);
  });
});
