import { describe, expect, it } from '@jest/globals';
import { obsIn, obsTree } from './obs-body.js';
import { obsValueOf } from './obs-value.js';
import { MODERN_PLATFORM, type Platform, sameUuid } from './platform.js';

const DATE = '8d4a505e-c2cc-11de-8d13-0010c6dffd0f';
const TIME = '8d4a591e-c2cc-11de-8d13-0010c6dffd0f';
const DATETIME = '8d4a5af4-c2cc-11de-8d13-0010c6dffd0f';
const TEXT = '8d4a4ab4-c2cc-11de-8d13-0010c6dffd0f';
const link = (resource: string) => ({ uuid: 'x', links: [{ rel: 'self', uri: `http://h/openmrs/ws/rest/v1/${resource}/x`, resourceAlias: resource }] });

describe('the value of an obs', () => {
  it.each([
    ['a number', 61.5, 'any', { kind: 'numeric', value: 61.5, seconds: null }],
    ['a concept', link('concept'), 'any', { kind: 'coded', value: 'x', seconds: null }],
    ['a concept without a link', { uuid: 'x' }, 'any', { kind: 'coded', value: 'x', seconds: null }],
    ['a drug', link('drug'), 'any', { kind: 'drug', value: 'x', seconds: null }],
    ['a place', link('location'), TEXT, { kind: 'location', value: 'x', seconds: null }],
    ['text, without the blanks around it', ' Feels  better\n', TEXT, { kind: 'text', value: 'Feels  better', seconds: null }],
    ['text that is nothing but blanks', '  ', TEXT, { kind: 'text', value: '  ', seconds: null }],
    ['text that looks like a day', '2020-05-01', TEXT, { kind: 'text', value: '2020-05-01', seconds: null }],
    ['a day', '2020-05-01', DATE, { kind: 'date', value: '2020-05-01', seconds: null }],
    ['a day told as a moment of the server', '2020-05-01T00:00:00.000+0300', DATE, { kind: 'date', value: '2020-05-01', seconds: null }],
    ['a time', '1970-01-01T14:05:09.000+0300', TIME, { kind: 'time', value: '14:05', seconds: '09' }],
    ['a moment', '2020-05-01T01:15:00.700+0300', DATETIME, { kind: 'datetime', value: '2020-04-30T22:15Z', seconds: null }],
    ['a moment with seconds', '2020-05-01T01:15:37.000+0300', DATETIME, { kind: 'datetime', value: '2020-04-30T22:15Z', seconds: '37' }],
    ['nothing', null, 'any', null],
    ['text of a concept whose datatype is not told', '2020-05-01', undefined, 'not-told'],
    ['a day that is none', 'yesterday', DATE, 'unreadable'],
    ['a moment that is none', '2020-05-01', DATETIME, 'unreadable'],
  ])('is %s', (_what, told, datatype, expected) => {
    expect(obsValueOf(told, datatype)).toEqual(expected);
  });

  const written = (heart: object, platform: Partial<Platform> = {}) => {
    const all = obsIn({ 'obs[u]': JSON.stringify({ concept: 'c', ...heart }), 'obs[u].seconds': '37' });
    const [obs] = [...all.values()];
    if (obs === undefined) throw new Error('no obs');
    const writing = {
      platform: { ...MODERN_PLATFORM, ...platform },
      localUuid: sameUuid,
      inherited: { obsDatetime: null, location: null },
      every: {},
      withoutUuid: new Set<string>(),
    };
    return obsTree(obs, all, writing)['value'];
  };

  it.each([
    ['by the clock of a server in Nairobi', { timeZone: 'Africa/Nairobi' }, '2020-05-01 01:15'],
    ['by the clock of a server in New York, in summer', { timeZone: 'America/New_York' }, '2020-04-30 18:15'],
    ['in ISO form, seconds and all, where that is read', { takesIsoMoments: true, timeZone: null }, '2020-04-30T22:15:37.000+0000'],
  ])('is a moment written %s', (_how, platform, expected) => {
    expect(written({ datetime: '2020-04-30T22:15Z' }, platform)).toBe(expected);
  });

  it('is refused as a moment where the clock is not known', () => {
    expect(() => written({ datetime: '2020-04-30T22:15Z' }, { timeZone: null })).toThrow(expect.objectContaining({ code: 'time-zone-unknown' }));
  });

  it('is left out of a group, and told as it is of the others', () => {
    expect([written({}), written({ numeric: 0 }), written({ coded: 'x' }), written({ time: '14:05' })]).toEqual([undefined, 0, 'x', '14:05']);
  });
});
