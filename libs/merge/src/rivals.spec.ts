import { describe, expect, it } from '@jest/globals';
import { asShown } from './goes-along.js';
import { merge } from './merge.js';
import { decisionOf } from './testing/index.js';
import { agreed, type Content, heart, list, version, W } from './testing/replaced-lists.js';
import { aParentWithTwoChildren, CHILDREN, SITES } from './testing/two-links.js';
import type { Decision } from './version.js';

type Jobs = Parameters<ReturnType<typeof aParentWithTwoChildren>['read']>[];

const doAll = (world: ReturnType<typeof aParentWithTwoChildren>, jobs: Jobs): void => {
  for (const job of jobs) {
    world.read(...job);
    world.write(...job);
  }
};

describe('an obs that three sites changed, and of which somebody answers on both links at once', () => {
  it('is asked about again on the link whose answer comes second, with what came by the other', () => {
    const world = aParentWithTwoChildren();
    for (const site of SITES) world.act(site, 'correct');
    for (const child of CHILDREN) world.answer(child, 'child');
    doAll(world, [
      ['siaya', 'pull'],
      ['kisumu', 'push'],
      ['siaya', 'push'],
    ]);
    expect(SITES.map((site) => world.weights(site))).toEqual([[W(62)], [W(62)], [W(63)]]);
    expect(world.asked()).toHaveLength(2);
    world.answer('siaya', 'child');
    doAll(world, [
      ['siaya', 'push'],
      ['kisumu', 'pull'],
      ['siaya', 'pull'],
    ]);
    expect([SITES.map((site) => world.weights(site)), world.asked()]).toEqual([[[W(63)], [W(63)], [W(63)]], []]);
  });

  it('stands once, and nobody is asked again, where what came by the other link says the same', () => {
    const world = aParentWithTwoChildren();
    world.act('central', 'correct');
    for (const child of CHILDREN) world.act(child, 'write anew');
    for (const child of CHILDREN) world.answer(child, 'child');
    doAll(world, [
      ['siaya', 'pull'],
      ['kisumu', 'push'],
      ['siaya', 'push'],
      ['siaya', 'pull'],
      ['kisumu', 'pull'],
      ['siaya', 'pull'],
    ]);
    expect([SITES.map((site) => world.weights(site)), world.asked()]).toEqual([[[W(60)], [W(60)], [W(60)]], []]);
  });
});

describe('what was decided of an obs that took the place of another', () => {
  const base = list({ r: W(60) });
  const mergedBy = (source: Content, target: Content, decisions: readonly Decision[], before = base) =>
    merge({ agreement: agreed(before), source: version(source), target: version(target), sourceIs: 'parent', decisions });
  const [a, b] = [list({ a: W(61) }), list({ b: W(62) })];
  const decided = asShown([decisionOf('obs[a]', W(61), undefined, undefined), decisionOf('obs[b]', undefined, W(62), W(62))], version(a), version(b));

  it('holds while nothing else takes its place', () => {
    expect(mergedBy(a, b, decided).conflicts).toEqual([]);
    expect(mergedBy({}, b, decided).conflicts).toEqual([]);
  });

  it.each([
    ['to stay', decided],
    ['to go', asShown([decisionOf('obs[a]', W(61), undefined, W(61)), decisionOf('obs[b]', undefined, W(62), undefined)], version(a), version(b))],
  ])('%s, is asked again beside one that nobody was shown', (_what, decisions) => {
    const merged = mergedBy(list({ c: W(63) }), b, decisions);
    expect(merged).toMatchObject({ conflicts: ['obs[b]', 'obs[c]'], reason: 'decision-lapsed' });
    expect([...merged.toTarget.keys(), ...merged.toSource.keys()]).toEqual([]);
  });

  it('is for policies again where policies alone decided', () => {
    const byPolicy = decided.map((decision) => ({ ...decision, policy: 'newest' }));
    expect(mergedBy(list({ c: W(63) }), b, byPolicy)).toMatchObject({ conflicts: ['obs[b]', 'obs[c]'], reason: 'both-edited' });
  });

  it('is not asked again beside one of which nothing was said, though it was shown', () => {
    expect(mergedBy(a, b, decided.slice(1)).conflicts).toEqual(['obs[a]']);
  });

  it('lets both stand where somebody has said so', () => {
    const both = asShown([decisionOf('obs[a]', W(61), undefined, W(61)), decisionOf('obs[b]', undefined, W(62), W(62))], version(a), version(b));
    expect([...mergedBy(a, b, both).toTarget.keys(), ...mergedBy(a, b, both).toSource.keys()]).toEqual(['obs[a]', 'obs[b]']);
  });

  it('is asked again of a group with what was decided of what is in it', () => {
    const group = (key: string, member: string, value: number) => list({ [key]: heart('bp', null), [member]: heart('systolic', value, key) });
    const [source, target] = [group('a', 'x', 121), group('b', 'y', 122)];
    const chosen = [decisionOf('obs[a]', source['obs[a]'], undefined, source['obs[a]']), decisionOf('obs[b]', undefined, target['obs[b]'], undefined)];
    const decisions = asShown(chosen, version(source), version(target));
    expect(mergedBy(source, target, decisions, group('g', 'm', 120)).conflicts).toEqual([]);
    expect(mergedBy(group('c', 'z', 123), target, decisions, group('g', 'm', 120)).conflicts).toEqual(['obs[b]', 'obs[c]', 'obs[y]']);
  });
});
