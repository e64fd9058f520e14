import { describe, expect, it } from '@jest/globals';
import { straysAfter } from './adopt-obs.js';

const heart = (concept: string, value?: number, group?: string) =>
  JSON.stringify({ concept, ...(group ? { group } : {}), ...(value === undefined ? {} : { numeric: value }) });
const after = (wanted: Record<string, string>, before: Record<string, string>, now: Record<string, string>, known: readonly string[] = Object.keys(wanted)) => {
  const paths = (items: Record<string, string>) => Object.fromEntries(Object.entries(items).map(([key, value]) => [`obs[${key}]`, value]));
  const { adopted, likeGone } = straysAfter({ wanted: paths(wanted), before: paths(before), after: paths(now), isKnown: (uuid) => known.includes(uuid) });
  return { adopted: Object.fromEntries(adopted), likeGone: Object.fromEntries(likeGone) };
};

describe('after a write', () => {
  it('what the site gave a uuid of its own is found by what it says, groups before their members', () => {
    const wanted = { g: heart('bp'), m: heart('systolic', 120, 'g'), w: heart('weight', 61) };
    expect(after(wanted, {}, { x: heart('bp'), y: heart('systolic', 120, 'x'), w: heart('weight', 61) })).toEqual({ adopted: { g: 'x', m: 'y' }, likeGone: {} });
  });

  it('of two groups alike each is found by its members', () => {
    const wanted = { g: heart('dx'), a: heart('code', 1, 'g'), h: heart('dx'), b: heart('code', 2, 'h') };
    const now = { x: heart('dx'), p: heart('code', 2, 'x'), y: heart('dx'), q: heart('code', 1, 'y') };
    expect(after(wanted, {}, now).adopted).toEqual({ g: 'y', a: 'q', h: 'x', b: 'p' });
  });

  it('what was to go and was written anew is to be voided, once', () => {
    expect(after({ n: heart('weight', 62) }, { o: heart('weight', 61) }, { n: heart('weight', 62), x: heart('weight', 61) })).toEqual({
      adopted: {},
      likeGone: { x: 'o' },
    });
    expect(after({}, { o: heart('weight', 61) }, { x: heart('weight', 61), y: heart('weight', 61) }).likeGone).toEqual({ x: 'o' });
  });

  it('a group is not what another of its kind was written anew as', () => {
    const [gone, stays] = [
      { g: heart('bp'), m: heart('systolic', 120, 'g') },
      { h: heart('bp'), n: heart('systolic', 145, 'h') },
    ];
    const anew = { x: heart('bp'), y: heart('systolic', 145, 'x') };
    expect(after(stays, { ...gone, ...stays }, anew, [])).toEqual({ adopted: {}, likeGone: {} });
    expect(after({}, gone, anew)).toEqual({ adopted: {}, likeGone: {} });
    expect(after({}, gone, { x: heart('bp'), y: heart('systolic', 120, 'x') }).likeGone).toEqual({ x: 'g' });
  });

  it('what the site wrote anew of its own is not taken for what was to go, though it says the same', () => {
    const [had, stays] = [{ o: heart('weight', 61), s: heart('weight', 61) }, { s: heart('weight', 61) }];
    expect(after(stays, had, { x: heart('weight', 61) }, [])).toEqual({ adopted: {}, likeGone: {} });
  });

  it('what somebody has commented on is a correction, and neither adopted nor voided', () => {
    const [weight, commented] = [{ 'obs[w]': heart('weight', 61) }, { 'obs[x]': heart('weight', 61), 'obs[x].comment': 'again' }];
    const nothing = { adopted: new Map(), likeGone: new Map() };
    expect(straysAfter({ wanted: weight, before: {}, after: commented, isKnown: () => true })).toEqual(nothing);
    expect(straysAfter({ wanted: {}, before: weight, after: commented, isKnown: () => true })).toEqual(nothing);
    const said = { ...weight, 'obs[w].comment': 'again' };
    expect([...straysAfter({ wanted: said, before: {}, after: commented, isKnown: () => true }).adopted]).toEqual([['w', 'x']]);
  });

  it('what was to go and was written anew is not what was sent with a comment, which is still to come', () => {
    const group = { 'obs[g]': heart('dx') };
    const before = { ...group, 'obs[o]': heart('code', 1, 'g') };
    const wanted = { ...group, 'obs[n]': heart('code', 1, 'g'), 'obs[n].comment': 'seen twice' };
    const anew = { 'obs[x]': heart('dx'), 'obs[y]': heart('code', 1, 'x') };
    const { adopted, likeGone } = straysAfter({ wanted, before, after: anew, isKnown: () => true });
    expect([[...adopted], [...likeGone]]).toEqual([[['g', 'x']], [['y', 'o']]]);
    const dropped = straysAfter({ wanted, before: group, after: anew, isKnown: () => true });
    expect([[...dropped.adopted], [...dropped.likeGone]]).toEqual([
      [
        ['g', 'x'],
        ['n', 'y'],
      ],
      [],
    ]);
  });

  it('what came and is like nothing we know is left alone, as is what only the site knew', () => {
    expect(after({ w: heart('weight', 61) }, { w: heart('weight', 61) }, { w: heart('weight', 61), x: heart('pulse', 80) })).toEqual({
      adopted: {},
      likeGone: {},
    });
    expect(after({ t: heart('pulse', 80) }, { t: heart('pulse', 80) }, { x: heart('pulse', 80) }, [])).toEqual({ adopted: {}, likeGone: {} });
  });
});
