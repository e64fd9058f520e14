import { describe, expect, it } from '@jest/globals';
import { judgeClaim } from './judge-claim.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const LATER = new Date('2026-01-01T12:01:31Z');
const OURS = ['hub@a one', 'hub@a two'];
const judge = (held: string | null, seen: { value: string | null; since: Date } | null = null, now = NOW) =>
  judgeClaim({ ours: OURS, held, seen, now, claimSeconds: 90 });

describe('the claim on a link', () => {
  it('is ours where nobody has it, and where we wrote it', () => {
    expect(judge(null).claimed).toBe('ours');
    expect(judge('').claimed).toBe('ours');
    expect(OURS.map((claim) => judge(claim).claimed)).toEqual(['ours', 'ours']);
  });

  it('is refused where an engine of the same name has it, with another database or a copy of ours', () => {
    expect([judge('hub@b one').claimed, judge('hub@a three').claimed]).toEqual(['refused', 'refused']);
  });

  it('is refused however old the other engine says its claim is: only what we saw standing still counts', () => {
    expect(judge('other@b 1999-01-01T00:00:00Z').claimed).toBe('refused');
  });

  it('is taken over once another engine has not renewed it before our eyes', () => {
    const { seen } = judge('other@b one');
    expect(judge('other@b one', seen, LATER).claimed).toBe('ours');
  });

  it('is refused again as soon as the other engine renews it', () => {
    const { seen } = judge('other@b one');
    expect(judge('other@b two', seen, LATER).claimed).toBe('refused');
  });
});
