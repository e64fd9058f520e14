import { describe, expect, it } from '@jest/globals';
import { METADATA, RecordRef } from '@sync-hub/contracts';
import fc from 'fast-check';
import { changeFromEntry, partOf } from './change-from-entry.js';
import type { FeedEntry } from './feed-page.js';

const of = (content: string, categories: readonly string[] = []): FeedEntry => ({ id: '1', title: 'X', updated: '', content, categories });
const rest = (path: string) => JSON.stringify({ rest: path, fhir: '/ws/fhir/Whatever/other' });
const person = (uuid: string) => ({ aggregate: 'person', uuid });

describe('the change that an entry tells of', () => {
  it('#34 is found by value, however its terms are shuffled', () => {
    for (const terms of [
      ['CREATED', 'patient'],
      ['patient', 'CREATED'],
      ['<?xml version="1.0"?><feedFilter/>', 'patient', 'CREATED'],
    ]) {
      expect(changeFromEntry(of(rest('/ws/rest/v1/patient/u1?v=full'), terms), 'patient')).toEqual({ records: [person('u1')], action: 'created' });
    }
  });

  it('#35 #36 has an unknown action where no term is one, and passes over other tags', () => {
    expect(changeFromEntry(of(rest('/ws/rest/v1/location/u1'), ['MERGED', 'location', 'some tag']), 'location')).toMatchObject({
      action: 'unknown',
      records: [{ aggregate: 'location', uuid: 'u1' }],
    });
    expect(changeFromEntry(of('/openmrs/ws/rest/v1/patient/u1?v=full', ['patient']), 'patient')).toMatchObject({ action: 'unknown' });
  });

  it('#29 is of the same record for each of its entries', () => {
    const changes = Array.from({ length: 50 }, () => changeFromEntry(of(rest('/ws/rest/v1/patient/u1'), ['patient', 'UPDATED']), 'patient'));
    expect(new Set(changes.map((change) => JSON.stringify(change))).size).toBe(1);
  });

  it.each(['created', 'updated', 'voided', 'unvoided', 'retired', 'unretired', 'deleted'])(
    '#30 #31 #32 says %s where its entry does, in any letter case',
    (action) => {
      for (const term of [action, action.toUpperCase(), ` ${action.charAt(0).toUpperCase()}${action.slice(1)} `])
        expect(changeFromEntry(of(rest('/ws/rest/v1/location/u1'), ['location', term]), 'location')).toEqual({
          records: [{ aggregate: 'location', uuid: 'u1' }],
          action,
        });
    },
  );

  it.each([
    ['#40 REST and FHIR links', rest('/ws/rest/v1/patient/u1?v=full')],
    ['#41 a REST link alone', '{"rest":"/ws/rest/v1/patient/u1"}'],
    ['#41 a link under a key of its own', '{"mine":"/ws/rest/v1/patient/u1?v=custom:(uuid)","note":"x"}'],
    ['#41 a FHIR link alone', '{"fhir":"/ws/fhir/Patient/u1"}'],
    ['#42 a bare path with the context', '/openmrs/ws/rest/v1/patient/u1?v=full'],
    ['#42 a bare path under another context', '/bahmni/emr/ws/rest/v1/patient/u1'],
    ['#42 a bare path without a context', '/ws/rest/v1/patient/u1?v=full'],
    ['#48 a link that leads nowhere', rest('/ws/fhir/Patient/u1')],
    ['a REST link to something else beside one to it', '{"rest":"/ws/rest/v1/bahmnicore/x/u2","fhir":"/ws/fhir2/R4/Patient/u1"}'],
    ['a whole URL', 'https://other.example.org:8443/openmrs/ws/rest/v1/patient/u1'],
    ['#43 a uuid in the query', '/openmrs/ws/rest/v1/patient?uuid=u1'],
    ['#43 a uuid among others in the query', '/openmrs/ws/rest/v1/patient?v=full&uuid=u1#top'],
  ])('is read from %s', (_what, content) => {
    expect(changeFromEntry(of(content, ['patient', 'UPDATED']), 'patient')).toMatchObject({ records: [person('u1')] });
  });

  it.each([
    ['person_name', '/ws/rest/v1/person/p1/name/n1?v=full'],
    ['person_address', '/ws/rest/v1/person/p1/address/a1?v=full'],
    ['person_attribute', '/ws/rest/v1/person/p1/attribute/a1?v=full'],
    ['patient_identifier', '/ws/rest/v1/patient/p1/identifier/i1?v=full'],
  ])('#44 of a %s is a change of its owner', (category, path) => {
    expect(changeFromEntry(of(rest(path), [category, 'DELETED']), category)).toEqual({ records: [person('p1')], action: 'deleted' });
  });

  it.each(METADATA)('of a %s is of that record, by its own feed and by no other', (kind) => {
    const entry = of(JSON.stringify({ rest: `/ws/rest/v1/${kind}/u1?v=full` }), [kind, 'RETIRED']);
    expect(changeFromEntry(entry, kind)).toEqual({ records: [{ aggregate: kind, uuid: 'u1' }], action: 'retired' });
    expect(changeFromEntry({ ...entry, categories: [] }, 'visit')).toEqual({ unreadable: 'no-uuid' });
  });

  it.each(['5089AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'UNKNOWN_LOC', '8d6c993e-c2cc-11de-8d13-0010c6dffd0f', 'a.b'])('#46 takes %s for a uuid', (uuid) => {
    expect(changeFromEntry(of(rest(`/ws/rest/v1/location/${uuid}`), ['location']), 'location')).toMatchObject({ records: [{ uuid }] });
  });

  it.each([
    ['no content', '', 'no-content'],
    ['the word null', 'null', 'no-content'],
    ['broken JSON', '{"rest":"/ws/rest/v1/patient/u1', 'malformed-content'],
    ['free text', 'Jane Doe', 'malformed-content'],
    ['JSON without a link', '{"rest":5,"x":null}', 'no-link'],
    ['an empty uuid', '/ws/rest/v1/patient/?v=full', 'no-uuid'],
    ['a uuid that is none', '/ws/rest/v1/patient/a b%20c', 'no-uuid'],
    ['a link to something else', '/ws/rest/v1/bahmnicore/bahmniencounter/u1', 'no-uuid'],
    ['a uuid of 39 characters', `/ws/rest/v1/patient/${'a'.repeat(39)}`, 'no-uuid'],
  ])('#45 is unreadable with %s', (_what, content, unreadable) => {
    expect(changeFromEntry(of(content, ['patient', 'UPDATED']), 'patient')).toEqual({ unreadable });
  });

  const filter = (bean: string, value: string) =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><feedFilter><beanName>${bean}</beanName><filter>${value}</filter></feedFilter>`;
  const LOCATION = 'atomfeed.locationFeedFilterStrategy';
  it.each([
    ['#37 one that would fit', [filter(LOCATION, 'Kenya%Nyanza%Kisumu%Ahero%40100')]],
    ['#37 one that would not', [filter(LOCATION, 'Poland%Pomorskie%Gdansk%Tczew%80-456')]],
    ['#37 one of a bean that nobody knows', [filter('somebody.elses', 'x')]],
    ['#38 one that is cut at a comma', filter(LOCATION, 'Kenya%Nyanza%location,observation%x').split(',')],
    ['#38 one that was cut short', [filter(LOCATION, 'Kenya%Nyanza').slice(0, 90)]],
    ['#39 one with empty and missing parts', [filter(LOCATION, 'null%%null%%')]],
  ])('is the same whatever catchment tag stands beside it: what a child holds is decided by the record, as it is read (%s)', (_what, tags) => {
    expect(changeFromEntry(of(rest('/ws/rest/v1/patient/u1'), [...tags, 'patient', 'UPDATED']), 'patient')).toEqual({
      records: [person('u1')],
      action: 'updated',
    });
  });

  it('#69 compares categories without their case', () => {
    expect(changeFromEntry(of('/openmrs/ws/rest/v1/patient/u1', ['Patient']), 'PATIENT')).toMatchObject({ records: [person('u1')] });
  });

  it('#47 is unreadable where an entry of another kind stands in the feed', () => {
    const beds = { ...of('/openmrs/ws/rest/v1/bedPatientAssignment/u1?v=custom:(uuid)', ['patient']), title: 'Bed-Assignment' };
    expect(changeFromEntry(beds, 'patient')).toEqual({ unreadable: 'no-uuid' });
  });

  it('is not taken from a tag that names another kind of record', () => {
    expect(changeFromEntry(of(rest('/ws/rest/v1/patient/u1'), ['location', 'patient', 'UPDATED']), 'patient')).toMatchObject({ records: [person('u1')] });
  });

  it('is read or unreadable, whatever stands in an entry', () => {
    const content = fc.oneof(
      fc.string(),
      fc.json(),
      fc.webUrl({ withQueryParameters: true }),
      fc.string().map((text) => rest(`/ws/rest/v1/patient/${text}`)),
    );
    fc.assert(
      fc.property(content, fc.array(fc.string()), fc.constantFrom('patient', 'location', 'person_name', 'x'), (text, terms, category) => {
        const change = changeFromEntry(of(text.trim(), terms), category);
        if ('records' in change) for (const record of change.records) expect(RecordRef.safeParse(record).success).toBe(true);
        else expect(change.unreadable).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it('is unreadable where no term names a kind of record we move', () => {
    expect(changeFromEntry(of('/openmrs/ws/rest/v1/appointment/u1', ['Appointment']), 'appointment')).toEqual({ unreadable: 'unknown-category' });
  });

  describe('in a Bahmni feed', () => {
    const bahmni = (content: string, term: string, title = term) => changeFromEntry({ ...of(content, [term]), title }, term, 'bahmni');

    it('#33 is a look and no more, for no entry says what was done: a void shows in what is read', () => {
      expect(bahmni('/openmrs/ws/rest/v1/patient/u1?v=full', 'patient')).toEqual({ records: [person('u1')], action: 'unknown' });
    });

    it.each(['/openmrs/ws/rest/v1/bahmnicore/bahmniencounter/u1?includeAll=true', '/openmrs/ws/rest/v1/emrapi/encounter/u1?includeAll=true'])(
      '#69 of an encounter (%s) is understood with its capital, and leads to it',
      (content) => {
        for (const term of ['Encounter', 'encounter', 'ENCOUNTER'])
          expect(bahmni(content, term)).toEqual({ records: [{ aggregate: 'encounter', uuid: 'u1' }], action: 'unknown' });
      },
    );

    it('#47 is left aside where another module writes something else into the same feed', () => {
      expect(bahmni('/openmrs/ws/rest/v1/bedPatientAssignment/u1?v=custom:(uuid,bed:(id))', 'encounter', 'Bed-Assignment')).toEqual({
        records: [],
        action: 'unknown',
      });
    });

    it('is a relationship or an enrollment, where the settings of the module have them published', () => {
      for (const aggregate of ['relationship', 'programenrollment'])
        expect(bahmni(`/openmrs/ws/rest/v1/${aggregate}/u1?v=full`, aggregate)).toEqual({ records: [{ aggregate, uuid: 'u1' }], action: 'unknown' });
    });

    it('is unreadable where it is of a feed that leads to nothing we know, or names no record', () => {
      expect(bahmni('/openmrs/ws/rest/v1/reference-data/drug/u1', 'drug')).toEqual({ unreadable: 'unknown-category' });
      expect(bahmni('/openmrs/ws/rest/v1/bahmnicore/somethingelse/u1', 'patient')).toEqual({ unreadable: 'no-uuid' });
      expect(bahmni('', 'patient')).toEqual({ unreadable: 'no-content' });
    });
  });
});

describe('the part of a person that an entry is of', () => {
  const jane = { aggregate: 'person', uuid: 'jane' } as const;

  it('is the name, the identifier, or whatever the link ends with', () => {
    expect(partOf(of(rest('/ws/rest/v1/person/jane/name/n1?v=full')), jane)).toBe('n1');
    expect(partOf(of(rest('/ws/rest/v1/patient/jane/identifier/i1?v=full')), jane)).toBe('i1');
  });

  it('is none where the entry is of the person, of another kind of record, or names nothing', () => {
    expect(partOf(of(JSON.stringify({ rest: '/ws/rest/v1/person/jane?v=full' })), jane)).toBeNull();
    expect(partOf(of(rest('/ws/rest/v1/obs/o1')), { aggregate: 'encounter', uuid: 'e' })).toBeNull();
    expect(partOf(of('null'), jane)).toBeNull();
  });
});
