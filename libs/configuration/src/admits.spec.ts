import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord, RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import { admits, admitsClass, type NotAdmitted } from './admits.js';
import type { Catchment } from './catchment.schema.js';
import type { LinkConfiguration } from './schema.js';
import { aLink } from './testing/index.js';

const KISUMU = JSON.stringify({ country: 'Kenya', countyDistrict: 'Kisumu East', cityVillage: 'Mâmboleo' });
const NAKURU = JSON.stringify({ country: 'Kenya', countyDistrict: 'Nakuru' });
const NOWHERE = JSON.stringify({ country: 'Kenya', countyDistrict: null });

function aRecord(category: RecordCategory, changes: Partial<CanonicalRecord> = {}): CanonicalRecord {
  return {
    record: { aggregate: category === 'location' ? 'location' : 'person', uuid: '8d6c993e' },
    category,
    presence: 'present',
    fields: {},
    covers: ['addresses', 'preferredAddress'],
    stamp: '1',
    shape: 1,
    client: 'rest',
    references: [],
    itemUuids: {},
    provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
    ...changes,
  };
}
const aPatientAt = (address: string) => aRecord('patient', { fields: { [`addresses[${address}]`]: true, preferredAddress: address } });
const asWord = (link: LinkConfiguration, direction: Direction, record: CanonicalRecord, isOfMember = false, isCalledFor = false): 'yes' | NotAdmitted => {
  const beside = { places: new Map(), ties: new Map(), cohorts: new Map() };
  const known = { isOfMember, isCalledFor, isAskedFor: false, refersToKept: false, isClosed: false, isFollowed: false, ...beside };
  const admission = admits(link, direction, record, known);
  return admission.admitted ? 'yes' : admission.why;
};
const inKisumu: Catchment = { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu East', 'Kisumu West'] };

describe('admission to a route', () => {
  it.each<[RecordCategory, 'on' | 'off' | 'not named', 'on' | 'off', Direction, string]>([
    ['patient', 'on', 'on', 'pull', 'yes'],
    ['patient', 'on', 'on', 'push', 'yes'],
    ['patient', 'on', 'off', 'pull', 'yes'],
    ['patient', 'on', 'off', 'push', 'direction-off'],
    ['patient', 'off', 'on', 'pull', 'direction-off'],
    ['patient', 'off', 'on', 'push', 'yes'],
    ['patient', 'off', 'off', 'pull', 'class-off'],
    ['patient', 'not named', 'off', 'push', 'class-off'],
    ['person', 'on', 'off', 'pull', 'person-not-referred-to'],
    ['person', 'off', 'on', 'push', 'yes'],
    ['person', 'off', 'on', 'pull', 'direction-off'],
    ['person', 'not named', 'off', 'pull', 'class-off'],
    ['location', 'on', 'off', 'pull', 'yes'],
    ['location', 'on', 'off', 'push', 'direction-off'],
    ['location', 'not named', 'off', 'pull', 'class-off'],
  ])('of a %s with pull %s and push %s, on %s: %s', (category, pull, push, direction, expected) => {
    const classes = pull === 'not named' ? {} : { [category]: { pull: pull === 'on', push: push === 'on' } };
    expect(asWord(aLink('kisumu', { classes }), direction, aRecord(category))).toBe(expected);
  });

  it.each<[LinkConfiguration['persons'], boolean, string]>([
    ['referred-to', true, 'yes'],
    ['referred-to', false, 'person-not-referred-to'],
    ['everyone', false, 'yes'],
  ])('of a person who is no patient, where the link says %s and something refers to that person (%s): %s', (persons, isCalledFor, expected) => {
    const link = aLink('kisumu', { classes: { person: { pull: true, push: true } }, persons });
    expect(asWord(link, 'pull', aRecord('person'), false, isCalledFor)).toBe(expected);
    expect(asWord(link, 'push', aRecord('person'), false, false)).toBe('yes');
  });

  it('of a visit: up always, and down where the child holds the patient, whatever the catchment says of addresses', () => {
    const link = aLink('kisumu', { classes: { visit: { pull: true, push: true } }, catchment: inKisumu });
    expect(asWord(link, 'pull', aRecord('visit', { covers: ['patient'] }), true)).toBe('yes');
    expect(asWord(link, 'pull', aRecord('visit', { covers: ['patient'] }), false)).toBe('patient-not-there');
    expect(asWord(link, 'push', aRecord('visit', { covers: ['patient'] }), false)).toBe('yes');
  });

  it('keeps a person who is no patient out where only patients travel', () => {
    const link = aLink('kisumu', { classes: { patient: { pull: true, push: true } } });
    expect(asWord(link, 'push', aRecord('person'))).toBe('class-off');
  });

  it.each<[string, Catchment, CanonicalRecord, string]>([
    ['everyone, wherever they live', { rule: 'everyone' }, aRecord('patient'), 'yes'],
    ['who lives in one of the areas', inKisumu, aPatientAt(KISUMU), 'yes'],
    ['whoever spells the area in capitals', { ...inKisumu, isOneOf: [' KISUMU EAST '] }, aPatientAt(KISUMU), 'yes'],
    ['whoever encodes an accent otherwise', { rule: 'address', field: 'cityVillage', isOneOf: ['Ma\u0302mboleo'] }, aPatientAt(KISUMU), 'yes'],
    ['nobody who lives elsewhere', inKisumu, aPatientAt(NAKURU), 'outside-catchment'],
    ['nobody whose area is not written down', inKisumu, aPatientAt(NOWHERE), 'outside-catchment'],
    ['nobody whose area only begins like it', { ...inKisumu, isOneOf: ['Kisumu'] }, aPatientAt(KISUMU), 'outside-catchment'],
    [
      'who fits in every part',
      {
        rule: 'all',
        of: [
          { rule: 'address', field: 'country', isOneOf: ['Kenya'] },
          { rule: 'address', field: 'countyDistrict', isOneOf: ['Nakuru'] },
        ],
      },
      aPatientAt(NAKURU),
      'yes',
    ],
    [
      'nobody who fits in some parts only',
      {
        rule: 'all',
        of: [
          { rule: 'address', field: 'country', isOneOf: ['Kenya'] },
          { rule: 'address', field: 'countyDistrict', isOneOf: ['Nakuru'] },
        ],
      },
      aPatientAt(KISUMU),
      'outside-catchment',
    ],
    ['nobody where no rule is named', { rule: 'all', of: [] }, aPatientAt(KISUMU), 'catchment-failed'],
    ['nobody without an address', inKisumu, aRecord('patient', { fields: { preferredAddress: null } }), 'no-address'],
    ['nobody whose preferred address is gone', inKisumu, aRecord('patient', { fields: { preferredAddress: KISUMU } }), 'no-address'],
    ['nobody whose addresses could not be seen', inKisumu, { ...aPatientAt(KISUMU), covers: ['preferredAddress'] }, 'address-unknown'],
    ['nobody whose preferred address could not be seen', inKisumu, { ...aPatientAt(KISUMU), covers: ['addresses'] }, 'address-unknown'],
    ['nobody whose address cannot be read', inKisumu, aPatientAt('not json'), 'catchment-failed'],
    ['nobody whose address reads as nothing', inKisumu, aPatientAt('null'), 'catchment-failed'],
    ['nobody by a rule of a newer release', { rule: 'visits' } as unknown as Catchment, aPatientAt(KISUMU), 'catchment-failed'],
    ['nobody by a rule that is broken', { rule: 'address', field: 'countyDistrict' } as unknown as Catchment, aPatientAt(KISUMU), 'catchment-failed'],
    ['nobody where there is no rule', undefined as unknown as Catchment, aPatientAt(KISUMU), 'catchment-missing'],
  ])('on pull lets through %s', (_who, catchment, record, expected) => {
    expect(asWord(aLink('kisumu', { catchment }), 'pull', record)).toBe(expected);
  });

  it('asks no catchment of what a child holds, of persons, or of locations', () => {
    const link = aLink('kisumu', { catchment: undefined as unknown as Catchment });
    expect(asWord(link, 'push', aPatientAt(NAKURU))).toBe('yes');
    expect(asWord(link, 'pull', aRecord('person'), false, true)).toBe('yes');
    expect(asWord(link, 'pull', aRecord('location'))).toBe('yes');
  });

  it('asks the catchment of a voided patient too, and leaves tombstones to the agreement', () => {
    const voided: CanonicalRecord = { ...aPatientAt(NAKURU), presence: 'voided' };
    const link = aLink('kisumu', { catchment: inKisumu });
    expect(asWord(link, 'pull', voided)).toBe('outside-catchment');
    expect(admitsClass(link, 'pull', 'patient')).toEqual({ admitted: true });
  });

  it('never lets a record travel that is not there', () => {
    expect(asWord(aLink('kisumu'), 'push', aRecord('patient', { presence: 'absent' }))).toBe('nothing-there');
  });
});
