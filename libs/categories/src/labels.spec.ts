import { describe, expect, it } from '@jest/globals';
import { contentHash } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';
import { labelsOf, namesTold } from './labels.js';
import { onlyHeldIn } from './only-held.js';
import { MODERN_PLATFORM } from './platform.js';
import { audit, decode, jane, record, withPerson } from './testing/jane.js';

const CLERK = { uuid: 'clerk-1', display: 'Grace Okello', links: [] };

describe('what a site calls things', () => {
  it('is what stands beside the uuid of whatever the record points at, and of who made and changed it', () => {
    const told = { ...jane, auditInfo: { ...audit('2021-01-02T00:00:00.000+0000'), changedBy: CLERK } };
    expect(decode(told).labels).toEqual({ 'admin-1': 'admin', 'clerk-1': 'Grace Okello', 'concept-1': 'Malaria', 'place-2': 'Ward' });
  });

  it('is kept of nothing else: not what its own rows are called, nor the record', () => {
    const named = withPerson({ names: jane.person.names.map((name) => ({ ...name, display: 'Jane Q Doe' })) });
    expect(decode({ ...named, display: '100GEJ - Jane Q Doe' }).labels).toEqual(decode(jane).labels);
  });

  it('goes by the uuid that a thing has everywhere, not by the one that the site has for it', () => {
    const elsewhere = CATEGORIES.patient.decode(jane, {
      record,
      client: 'rest',
      platform: MODERN_PLATFORM,
      canonicalUuid: (kind, uuid) => (kind === 'location' && uuid === 'place-2' ? 'ward-everywhere' : uuid),
    });
    expect(elsewhere.labels).toMatchObject({ 'ward-everywhere': 'Ward' });
    expect(elsewhere.labels).not.toHaveProperty('place-2');
  });

  it('changes nothing that is compared: neither content nor stamp', () => {
    const { labels, ...plain } = decode(jane);
    const renamed = decode(JSON.parse(JSON.stringify(jane).replaceAll('Malaria', 'Paludisme')));
    expect(renamed.labels).not.toEqual(labels);
    expect([contentHash(renamed), renamed.stamp]).toEqual([contentHash(plain), plain.stamp]);
  });

  it('is not there where a body names nothing', () => {
    const bare = JSON.parse(JSON.stringify(jane).replaceAll('"display"', '"other"')) as unknown;
    expect('labels' in decode(bare)).toBe(false);
  });

  it('is a line: cut where longer, nothing where it is empty or only the uuid again', () => {
    const names = namesTold([
      { uuid: 'a', display: ' A '.padEnd(500, 'x') },
      { uuid: 'b', display: ' ' },
      { uuid: 'c', display: 'c' },
      { uuid: 'd', name: 'Ward' },
      { display: 'nobody' },
      null,
    ]);
    expect([...names].map(([uuid, name]) => [uuid, name.length])).toEqual([
      ['a', 120],
      ['d', 4],
    ]);
    expect(
      labelsOf(names, {
        fields: { it: 'd' },
        references: [],
        provenance: { creator: 'c', dateCreated: null, changedBy: null, dateChanged: null },
        localOf: new Map(),
      }),
    ).toEqual({
      d: 'Ward',
    });
  });

  it('is gone for those whom a link does not see', () => {
    const member = (uuid: string) => ({ path: `members[${uuid}]`, resource: 'patient', uuid, aggregate: 'person' as const });
    const cohort: CanonicalRecord = {
      ...decode(jane),
      category: 'cohort',
      fields: { 'members[one]': true, 'members[two]': true },
      references: [member('one'), member('two')],
      labels: { one: 'Jane', two: 'Mary', 'admin-1': 'admin' },
    };
    expect(onlyHeldIn(cohort, (uuid) => uuid === 'one').labels).toEqual({ one: 'Jane', 'admin-1': 'admin' });
  });
});
