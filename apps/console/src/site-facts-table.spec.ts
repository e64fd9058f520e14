import { describe, expect, it } from '@jest/globals';
import type { SiteOverview } from './overview.js';
import { Words } from './plain-words.js';
import { siteFactsTable } from './site-facts-table.js';
import { anOverview, aSite, secondsBefore, TAKEN_AT } from './testing/overview.builder.js';

const WORDS = new Words(TAKEN_AT, 'Africa/Nairobi', new Map());
const FACTS = aSite('kisumu').facts as NonNullable<SiteOverview['facts']>;
const tableOf = (changes: Partial<SiteOverview>) => siteFactsTable(anOverview({ sites: [aSite('kisumu', changes)] }), WORDS);
const told = (changes: Partial<SiteOverview>) =>
  tableOf(changes).rows[0]?.map(({ text, note }) => [text, ...(note === undefined ? [] : [note])].join('; ').replaceAll('\u00a0', ' ')) ?? [];

describe('what sites say of themselves', () => {
  it('is told in words, with how sure it is', () => {
    expect(told({})).toEqual(['kisumu', 'as ours, give or take 0.5 s', '50; at most 100', 'UTF-8', 'kept on create', 'REST; generic feed', 'nothing']);
  });

  it('is told of a clock that is off, of characters that are not what they say, and of uuids of the server’s own', () => {
    const facts = { ...FACTS, clockSkewMs: -95_000, charset: { declared: 'utf-8', holds: false }, takesUuids: false, takesItemUuids: false, fhir2: '1.3.0' };
    expect(told({ facts }).slice(1, 6)).toEqual([
      '95 s behind ours, give or take 0.5 s; let both machines follow a time server',
      '50; at most 100',
      'UTF-8; and its bytes are something else',
      'it gives its own; an alias remembers each; those of patients are kept',
      'REST and fhir2 1.3.0; generic feed',
    ]);
    expect([tableOf({ facts }).folded, tableOf({}).folded]).toEqual([false, true]);
  });

  it('is told to be unknown where it was not said, or by an earlier release not asked for', () => {
    expect(told({ facts: { ...FACTS, clockSkewMs: null, pages: null, charset: null, feedFlavour: null } }).slice(1, 6)).toEqual([
      'not told',
      'not told',
      'not told',
      'kept on create',
      'REST',
    ]);
    expect(told({ facts: null })[1]).toBe('not asked yet');
  });

  it('is told of what is another since the last look', () => {
    const changes = [
      { what: 'webservices.rest', before: '2.20', now: '2.40' },
      { what: 'privilege Get Orders', before: 'missing', now: 'there' },
    ];
    expect(told({ changed: { at: secondsBefore(7200), changes } })[6]).toBe('webservices.rest 2.20 → 2.40 and privilege Get Orders missing → there; 2 h ago');
  });
});
