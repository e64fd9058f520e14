import { describe, expect, it } from '@jest/globals';
import { judgeManners } from './judge-manners.js';
import { judgeServer } from './judge-server.js';
import type { PreflightFacts, SiteNeeds } from './preflight.js';

type Facts = Parameters<typeof judgeManners>[0];

const UTF8 = { declared: 'utf-8', prolog: null, holds: true };
const GOOD: Facts = {
  manners: { pages: { usual: 50, most: 100, from: 'settings' }, charset: UTF8 },
  feedCharset: { ...UTF8, prolog: 'utf-8' },
  settings: {},
  platform: '2.8.0',
  modules: { 'webservices.rest': '3.4.0' },
};
const judge = (facts: Partial<Facts> = {}, writes: SiteNeeds['writes'] = ['patient', 'allergy']) =>
  judgeManners({ ...GOOD, ...facts }, { writes }).map(({ check, verdict, found }) => `${verdict} ${check}: ${found}`);
const withRest = (rest: string) =>
  judge({ modules: { 'webservices.rest': rest } }, ['patient', 'visit', 'allergy', 'diagnosticreport']).filter((line) => line.includes('uuids'));

describe('how a server tells things', () => {
  it('is well where it says UTF-8 and holds it, and keeps our uuids', () => {
    expect(judge()).toEqual(['ok characters: UTF-8', 'ok characters of the feed: UTF-8', 'ok uuids on create: records keep ours; their parts do too']);
  });

  it.each([
    ['its bytes are not what it says', { ...UTF8, holds: false }, 'warning characters of the feed: UTF-8, and the bytes are something else'],
    [
      'its page says otherwise than its content type',
      { declared: 'iso-8859-1', prolog: 'utf-8', holds: true },
      'warning characters of the feed: ISO-8859-1, and the page itself says UTF-8',
    ],
    ['it says something else', { declared: 'windows-1252', prolog: null, holds: true }, 'warning characters of the feed: WINDOWS-1252'],
    ['it says nothing, and is UTF-8', { ...UTF8, declared: null }, 'ok characters of the feed: UTF-8, as nothing else is said'],
  ])('is told where %s', (_, feedCharset, line) => {
    expect(judge({ feedCharset })[1]).toBe(line);
  });

  it('says under whose uuids what is made, by kind', () => {
    expect(withRest('2.20.0')).toEqual([expect.stringContaining('its own to each visit, allergy, diagnosticreport, which an alias remembers')]);
    expect(withRest('2.24.0')).toEqual([
      expect.stringContaining('its own to each allergy, diagnosticreport, which an alias remembers; others keep ours; their parts get the server’s own'),
    ]);
    expect(withRest('3.4.0')).toEqual([expect.stringContaining('its own to each diagnosticreport, which')]);
    expect(judge({ platform: null }).filter((line) => line.includes('uuids'))).toEqual([]);
  });

  it('goes by a list that was cut where the settings may not be read', () => {
    const pages = { usual: 50, most: null, from: 'seen' } as const;
    expect(judge({ settings: null, manners: { ...GOOD.manners, pages } })).toContainEqual(expect.stringContaining('page size: a list was cut at 50 results'));
  });
});

describe('the clock of a site', () => {
  const clock = (clockSkewMs: number | null) =>
    judgeServer({ platform: '2.8.0', modules: {}, clockSkewMs, clockWithinMs: 600 }, 'webhook').find(({ check }) => check === 'clock') satisfies
      | ReturnType<typeof judgeServer>[number]
      | undefined;

  it.each<[PreflightFacts['clockSkewMs'], string, string]>([
    [400, 'ok', 'as ours, give or take 0.6 s'],
    [-40_000, 'ok', '40 s behind ours, give or take 0.6 s'],
    [61_000, 'warning', '61 s ahead of ours, give or take 0.6 s'],
    [-301_000, 'problem', '301 s behind ours, give or take 0.6 s'],
    [null, 'warning', 'not told: an answer without a Date header'],
  ])('that is %s ms off is %s', (skew, verdict, found) => {
    expect(clock(skew)).toMatchObject({ verdict, found });
  });
});
