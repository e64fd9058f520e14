import { describe, expect, it } from '@jest/globals';
import { aConfiguration, aLink, aSite } from '@sync-hub/configuration/testing';
import { SITUATION_KINDS, type Situation } from '@sync-hub/contracts';
import { noticeText } from './notice-text.js';
import { NOTICE_WORDS } from './words/index.js';

const configuration = aConfiguration({
  instance: { id: 'hub', readOnly: false, console: { url: 'https://sync.example', host: '127.0.0.1' } },
  sites: [aSite('central'), aSite('kisumu', { title: 'Kisumu clinic' }), aSite('siaya')],
  links: [aLink('kisumu'), aLink('siaya')],
});
const since = new Date('2026-11-30T10:42:00Z');
const of = (changes: Partial<Situation>): Situation => ({
  key: 'k',
  kind: 'held',
  site: null,
  link: 'central-kisumu',
  direction: null,
  since,
  count: 3,
  ...changes,
});
const told = (situation: Situation, what: 'began' | 'cleared' = 'began', language: 'en' | 'fr' | 'es' = 'en') =>
  noticeText({ what, situation, clearedAt: new Date('2026-11-30T12:00:00Z') }, configuration, language);

/** Every text, by its path. */
const textsOf = (words: unknown, at = ''): readonly (readonly [string, string])[] =>
  typeof words === 'function'
    ? [[at, String(words('kisumu', 3))]]
    : typeof words === 'string'
      ? [[at, words]]
      : Object.entries(words as object).flatMap(([key, value]) => textsOf(value, `${at}.${key}`));

describe('a message to people', () => {
  it('says what is wrong where, since when, what helps, and where it is seen to', () => {
    expect(told(of({}))).toEqual({
      subject: '[Sync Hub hub] 3 records held for long: the link central-kisumu',
      lines: [
        'Since 30 Nov 2026, 10:42 UTC.',
        'They are listed by cause, with what helps.',
        'You are told once, and once more when it is over.',
        'https://sync.example/parked',
        'Told by the Sync Hub hub.',
      ],
    });
    expect(told(of({ kind: 'late', direction: 'push' })).subject).toBe(
      '[Sync Hub hub] The link central-kisumu (from Kisumu clinic to central) is past its freshness target',
    );
  });

  it('says how long it lasted when it is over', () => {
    expect(told(of({ kind: 'down', link: null, site: 'kisumu' }), 'cleared')).toMatchObject({
      subject: '[Sync Hub hub] Kisumu clinic can be reached again',
      lines: ['It lasted from 30 Nov 2026, 10:42 UTC to 30 Nov 2026, 12:00 UTC.', 'https://sync.example/board', 'Told by the Sync Hub hub.'],
    });
  });

  it.each(['fr', 'es'] as const)('is there in %s for every situation, in that language', (language) => {
    const [english, other] = [textsOf(NOTICE_WORDS.en), textsOf(NOTICE_WORDS[language])];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    for (const kind of SITUATION_KINDS) expect(told(of({ kind }), 'began', language).subject).not.toBe(told(of({ kind })).subject);
  });
});
