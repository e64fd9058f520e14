import { describe, expect, it } from '@jest/globals';
import { Recent } from './recent.js';

function reading(): { readonly reader: Recent<number>; readonly reads: () => number; readonly at: (ms: number) => void; readonly fail: () => void } {
  let reads = 0;
  let now = 0;
  let failing = false;
  const read = async () => {
    reads += 1;
    if (failing) throw new Error('no database');
    return reads;
  };
  return {
    reader: new Recent(read, 1000, () => now),
    reads: () => reads,
    at: (ms) => {
      now = ms;
    },
    fail: () => {
      failing = !failing;
    },
  };
}

describe('a recent answer', () => {
  it('is read once for everybody who asks within a second', async () => {
    const { reader, reads, at } = reading();
    await Promise.all([reader.read(), reader.read()]);
    at(999);
    await reader.read();
    expect(reads()).toBe(1);
    at(1000);
    await reader.read();
    expect(reads()).toBe(2);
  });

  it('is read again at once where it could not be read', async () => {
    const { reader, reads, fail } = reading();
    fail();
    await expect(reader.read()).rejects.toThrow('no database');
    fail();
    await reader.read();
    expect(reads()).toBe(2);
  });
});
