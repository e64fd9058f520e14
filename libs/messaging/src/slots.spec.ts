import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.js';

describe('slots', () => {
  /** Items are named `<lane><number>`; none ends by itself. */
  const aLine = (size: number) => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const run = (item: string): Promise<void> => {
      begun.push(item);
      return new Promise((resolve) => ends.set(item, resolve));
    };
    const slots = new Slots<string>(size, run, (item) => item.slice(0, 1));
    const end = async (item: string): Promise<void> => {
      ends.get(item)?.();
      await new Promise(setImmediate);
    };
    return { slots, begun, end };
  };

  it('let one of a lane run at a time, and others pass by those that wait for it', () => {
    const { slots, begun } = aLine(3);
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1']) slots.add(item);
    expect(begun).toEqual(['a1', 'b1', 'c1']);
  });

  it('let the next of a lane begin only once the one before it has left, in the order they came', async () => {
    const { slots, begun, end } = aLine(2);
    for (const item of ['a1', 'a2', 'a3']) slots.add(item);
    await end('a1');
    expect(begun).toEqual(['a1']);
    slots.leave('a1');
    expect(begun).toEqual(['a1', 'a2']);
    slots.leave('a3');
    expect(begun).toEqual(['a1', 'a2']);
  });

  it('never run more at once than there are', async () => {
    const { slots, begun, end } = aLine(2);
    for (const item of ['a1', 'b1', 'c1']) slots.add(item);
    expect(begun).toEqual(['a1', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'c1']);
    expect(slots.takeBack()).toEqual([]);
  });
});
