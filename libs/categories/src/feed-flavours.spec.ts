import { describe, expect, it } from '@jest/globals';
import {
  CATEGORIES,
  FEED_FLAVOURS,
  feedOf,
  feedsOfEvery,
  isToldByChance,
  presenceIn,
  presenceRepresentation,
  tellerOf,
  tellsAll,
  toldThrough,
} from './index.js';

describe('the flavours of feeds', () => {
  it('lead in the generic one from every feed that a category names to its aggregate', () => {
    for (const { feeds, aggregate } of Object.values(CATEGORIES))
      for (const feed of feeds) expect(feedOf('generic', feed.toUpperCase())).toMatchObject({ category: feed, asked: feed, looksAt: [aggregate] });
    expect(feedOf('generic', 'allergy_reaction')).toBeUndefined();
  });

  it('are two in every Bahmni, encounters with a capital; locations are a fork’s', () => {
    expect(feedsOfEvery('bahmni').map(({ category, asked }) => [category, asked])).toEqual([
      ['patient', 'patient'],
      ['encounter', 'Encounter'],
      ['diagnosticreport', 'DiagnosticReport'],
      ['task', 'Task'],
      ['appointments', 'appointments'],
    ]);
    expect(feedOf('bahmni', 'location')?.looksAt).toEqual(['location']);
    expect([feedOf('bahmni', 'person'), feedOf('bahmni', 'patient_identifier')]).toEqual([undefined, undefined]);
  });

  it('tell of a visit through its encounters at a Bahmni, and by its own entries elsewhere', () => {
    const reference = (path: string, aggregate: 'visit' | 'person' | null, uuid: string) => ({ path, resource: path, uuid, aggregate });
    const references = [
      reference('patient', 'person', 'p1'),
      reference('visit', 'visit', 'v1'),
      reference('other', 'visit', 'v1'),
      reference('form', null, 'f1'),
    ];
    const encounter = { record: { aggregate: 'encounter' as const, uuid: 'e1' }, references };
    expect([toldThrough('bahmni', encounter), toldThrough('generic', encounter)]).toEqual([[{ aggregate: 'visit', uuid: 'v1' }], []]);
    expect(toldThrough('bahmni', { ...encounter, record: { aggregate: 'visit', uuid: 'v1' } })).toEqual([]);
    expect([isToldByChance('bahmni', 'visit'), isToldByChance('bahmni', 'person'), isToldByChance('generic', 'visit')]).toEqual([true, false, false]);
  });

  it('miss edits where no feed tells of them, so that an audit reads such records whole', () => {
    const tellers = ['generic', 'bahmni', 'fhir-lastupdated', 'webhook'] as const;
    expect(tellers.map((teller) => isToldByChance(teller, 'person'))).toEqual([false, false, true, true]);
    expect(tellers.map(tellsAll)).toEqual([true, false, false, false]);
    expect(tellers.map((teller) => tellerOf({ handler: teller === 'webhook' ? 'webhook' : 'atomfeed', flavour: 'bahmni' }))).toEqual([
      'bahmni',
      'bahmni',
      'bahmni',
      'webhook',
    ]);
  });

  it('tell of voids in the generic one alone', () => {
    expect(FEED_FLAVOURS.map(tellsAll)).toEqual([true, false]);
  });
});

describe('whether a record is deleted', () => {
  it('is asked for by as little as will do, and told by any part of it', () => {
    expect([CATEGORIES.location, CATEGORIES.person, CATEGORIES.patient].map(presenceRepresentation)).toEqual([
      'custom:(uuid,retired)',
      'custom:(uuid,voided)',
      'custom:(uuid,voided,person:(voided))',
    ]);
    const told = (voided: boolean, personVoided: boolean) => presenceIn(CATEGORIES.patient, { uuid: 'u1', voided, person: { voided: personVoided } });
    expect([told(false, false), told(true, false), told(false, true)]).toEqual(['present', 'voided', 'voided']);
    expect(presenceIn(CATEGORIES.location, { uuid: 'u1', retired: true })).toBe('voided');
  });
});
