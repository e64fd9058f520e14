import { describe, expect, it } from '@jest/globals';
import { PRESENCE } from '@sync-hub/merge';
import { ABSENT, VOIDED, versionOf } from '@sync-hub/merge/testing';
import { afterIntent, type OpenIntent, sentBy } from './after-intent.js';

const committedAt = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-01T00:01:00Z');
const held = versionOf({ f: 'a', g: 'a' }, { stamp: '1' });
const INTENT: OpenIntent = { held, sends: new Map([['f', 'b']]), presence: null, committedAt, longestRequestMs: 60_000 };
const after = (targetNow: OpenIntent['held'], intent: Partial<OpenIntent> = {}, now = LATER) =>
  afterIntent({ intent: { ...INTENT, ...intent }, targetNow, now });
const now = (fields: Record<string, string | null>) => versionOf(fields, { stamp: '2' });

describe('a write that nobody answered', () => {
  it('may still land until the site’s longest request time has passed, whatever stands there', () => {
    expect(after(now({ f: 'b', g: 'a' }), {}, new Date('2026-01-01T00:00:59.999Z'))).toEqual({ kind: 'wait', until: LATER });
  });

  it('has not landed where the stamp stands still', () => {
    expect(after(held)).toEqual({ kind: 'not-landed' });
  });

  it('has landed where the target holds what was sent, whatever else was edited since', () => {
    expect(after(now({ f: 'b', g: 'a' }))).toEqual({ kind: 'landed', landed: ['f'] });
    expect(after(now({ f: 'b', g: 'edited' }))).toEqual({ kind: 'landed', landed: ['f'] });
  });

  it('is for a person where the stamp moved and the old content is back: undone by who saw it, or never landed', () => {
    expect(after(now({ f: 'a', g: 'a' }))).toEqual({ kind: 'ask', landed: [], inDoubt: ['f'] });
  });

  it('is for a person where another value stands there, or it cannot be seen', () => {
    expect(after(now({ f: 'c', g: 'a' }))).toEqual({ kind: 'ask', landed: [], inDoubt: ['f'] });
    expect(after(now({ g: 'a' }))).toEqual({ kind: 'ask', landed: [], inDoubt: ['f'] });
  });

  const obs = { list: 'obs', slot: ['concept', 'group'], slotFields: [], fields: ['comment'], within: 'group' };
  const weight = (value: number) => JSON.stringify({ concept: 'weight', numeric: value });

  it('that put one item in the place of another is for a person where a third stands in that place too', () => {
    const withObs = (fields: Record<string, string>, stamp: string) => ({ ...versionOf(fields, { covers: ['obs'], stamp }), replaced: [obs] });
    const corrected = {
      held: withObs({ 'obs[a]': weight(60) }, '1'),
      sends: new Map([
        ['obs[a]', undefined],
        ['obs[b]', weight(61)],
      ]),
    };
    expect(after(withObs({ 'obs[b]': weight(61) }, '2'), corrected)).toEqual({ kind: 'landed', landed: ['obs[a]', 'obs[b]'] });
    const both = withObs({ 'obs[b]': weight(61), 'obs[z]': weight(62) }, '2');
    expect(after(both, corrected)).toEqual({ kind: 'ask', landed: ['obs[a]', 'obs[b]'], inDoubt: ['obs[z]'] });
  });

  it('that created a record has landed with all its items, though somebody has replaced one since; what is merely not there is for a person', () => {
    const sends = new Map([
      ['obs[a]', weight(60)],
      ['obs[a].comment', 'fasting'],
      ['obs[b]', JSON.stringify({ concept: 'pulse', numeric: 70 })],
    ]);
    const created = { held: ABSENT, sends };
    const found = (fields: Record<string, string>) => ({ ...versionOf(fields, { covers: ['obs'], stamp: '2' }), replaced: [obs] });
    const pulse = { 'obs[b]': String(sends.get('obs[b]')) };
    expect(after(found({ ...pulse, 'obs[z]': weight(61) }), created)).toEqual({ kind: 'landed', landed: [PRESENCE, 'obs[a]', 'obs[a].comment', 'obs[b]'] });
    expect(after(found(pulse), created)).toEqual({ kind: 'ask', landed: [PRESENCE, 'obs[b]'], inDoubt: ['obs[a]', 'obs[a].comment'] });
    expect(after(found({ ...pulse, 'obs[z]': weight(61) }), { sends }).kind).toBe('ask');
  });

  it('is for a person where only a part of it stands there', () => {
    expect(
      after(now({ f: 'b', g: 'a' }), {
        sends: new Map([
          ['f', 'b'],
          ['g', 'b'],
        ]),
      }),
    ).toEqual({ kind: 'ask', landed: ['f'], inDoubt: ['g'] });
  });

  it('removes an item of a list by its absence', () => {
    const sends = new Map([['l[x]', undefined]]);
    expect(after(versionOf({}, { covers: ['l'], stamp: '2' }), { sends })).toEqual({ kind: 'landed', landed: ['l[x]'] });
  });
});

describe('an unanswered create, void or restore', () => {
  it('says so among its paths', () => {
    expect([...sentBy({ ...INTENT, held: ABSENT })]).toEqual([
      [PRESENCE, 'present'],
      ['f', 'b'],
    ]);
    expect([...sentBy({ ...INTENT, sends: new Map(), presence: 'voided' })]).toEqual([[PRESENCE, 'voided']]);
  });

  it('has landed where the record is what it was to become', () => {
    expect(after(now({ f: 'b' }), { held: ABSENT })).toEqual({ kind: 'landed', landed: [PRESENCE, 'f'] });
    expect(after(VOIDED, { sends: new Map(), presence: 'voided' })).toEqual({ kind: 'landed', landed: [PRESENCE] });
    expect(after(now({ f: 'a', g: 'a' }), { held: VOIDED, sends: new Map(), presence: 'present' })).toEqual({ kind: 'landed', landed: [PRESENCE] });
  });

  it('has not landed where nothing was created, whatever the stamp', () => {
    expect(after({ ...ABSENT, stamp: '2' }, { held: ABSENT })).toEqual({ kind: 'not-landed' });
  });

  it('is for a person where the record is there again after all', () => {
    expect(after(now({ f: 'a', g: 'a' }), { sends: new Map(), presence: 'voided' })).toEqual({ kind: 'ask', landed: [], inDoubt: [PRESENCE] });
  });
});
