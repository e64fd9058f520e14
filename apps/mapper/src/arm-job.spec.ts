import { describe, expect, it } from '@jest/globals';
import { armJob, markOpposite, type OpenJob } from './arm-job.js';

const job = (state: string, sourceHash = 'here', targetHash: string | null = 'there'): OpenJob => ({ state, sourceHash, targetHash });
const HELD = ['conflict', 'waiting', 'parked'];
const IN_HAND = ['ready', 'looking'];

describe('the route’s own job', () => {
  const arm = (given: Partial<Parameters<typeof armJob>[0]>) => armJob({ agreed: false, job: null, contentHash: 'here', forced: false, ...given });

  it('is opened where what was read is not as agreed, or somebody asks', () => {
    expect([arm({}), arm({ agreed: true }), arm({ agreed: true, forced: true })]).toEqual(['arm', 'none', 'arm']);
  });

  it.each(IN_HAND)('is always armed anew while %s, as agreed or not: an undo must not be lost', (state) => {
    expect([arm({ job: job(state) }), arm({ job: job(state), agreed: true })]).toEqual(['arm', 'arm']);
  });

  it.each(HELD)('in %s wakes when its source has changed or somebody asks, and never otherwise', (state) => {
    expect([arm({ job: job(state) }), arm({ job: job(state, 'before') }), arm({ job: job(state), forced: true })]).toEqual(['leave-held', 'arm', 'arm']);
  });
});

describe('the job that comes the other way', () => {
  const meet = (open: OpenJob | null) => markOpposite({ job: open, contentHash: 'here' });

  it.each(IN_HAND)('is marked while %s, whatever it has seen', (state) => {
    expect([meet(job(state, 'there', 'here')), meet(job(state, 'there', null))]).toEqual(['mark', 'mark']);
  });

  it.each(HELD)('in %s wakes when this end is not what it saw, and never otherwise', (state) => {
    expect([meet(job(state, 'there', 'before')), meet(job(state, 'there', null)), meet(job(state, 'there', 'here'))]).toEqual(['wake', 'wake', 'none']);
  });

  it('is left alone where there is none', () => {
    expect(meet(null)).toBe('none');
  });
});

/** Two ends in conflict, a held job each way; a wake has the other end looked at, and its job settles as held again. */
function looksUntilQuiet(meet: typeof markOpposite, limit: number): number {
  const content = { a: 'a2', b: 'b' };
  const jobs = { a: { ...job('conflict', 'a', 'b') }, b: { ...job('conflict', 'b', 'a') } };
  const looks: { at: 'a' | 'b'; forced: boolean }[] = [{ at: 'a', forced: false }];
  let done = 0;
  for (let look = looks.shift(); look !== undefined && done < limit; look = looks.shift(), done += 1) {
    const there = look.at === 'a' ? 'b' : 'a';
    const contentHash = content[look.at];
    if (armJob({ agreed: false, job: jobs[look.at], contentHash, forced: look.forced }) === 'arm') jobs[look.at] = job('conflict', contentHash, content[there]);
    if (meet({ job: jobs[there], contentHash }) === 'wake') looks.push({ at: there, forced: true });
  }
  return done;
}

describe('two held jobs of one link', () => {
  it('come to rest after one edit', () => {
    expect(looksUntilQuiet(markOpposite, 100)).toBe(2);
  });

  it('would wake each other for ever if a look at one end always woke the other', () => {
    expect(looksUntilQuiet(() => 'wake', 100)).toBe(100);
  });
});
