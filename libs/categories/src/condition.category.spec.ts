import { describe, expect, it } from '@jest/globals';
import { absentRecord, patientsOf } from './all-categories.js';
import { condition } from './condition.category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

const IN_PLACE: Platform = { ...MODERN_PLATFORM, replacesConditions: false };

describe('a decoded condition', () => {
  const body = {
    uuid: 'problem-1',
    display: 'Malaria',
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    condition: { coded: { uuid: 'malaria', display: 'Malaria' }, specificName: { uuid: 'name-1', display: 'Malaria' } },
    clinicalStatus: 'ACTIVE',
    verificationStatus: null,
    onsetDate: '2020-05-01T00:00:00.000+0300',
    endDate: null,
    additionalDetail: ' since the rains ',
    previousVersion: null,
    voided: false,
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/condition/problem-1' }],
  };
  const of = (change: object = {}) =>
    condition.decode({ ...body, ...change }, { record: { aggregate: 'condition', uuid: 'problem-1' }, client: 'rest', platform: MODERN_PLATFORM });
  const plan = (fields: [string, string | null][], platform = IN_PLACE) => condition.planSteps(of(), of(), { fields: new Map(fields) }, { platform });

  it('has what its object holds beside its own, and names its patient as a record and its concept as metadata: golden', () => {
    const { fields, references } = of();
    expect(fields).toEqual({
      patient: 'jane-1',
      coded: 'malaria',
      specificName: 'name-1',
      nonCoded: null,
      clinicalStatus: 'ACTIVE',
      verificationStatus: null,
      onsetDate: '2020-04-30T21:00:00Z',
      endDate: null,
      additionalDetail: 'since the rains',
    });
    expect(references).toEqual([
      { path: 'patient', resource: 'patient', uuid: 'jane-1', aggregate: 'person' },
      { path: 'coded', resource: 'concept', uuid: 'malaria', aggregate: null },
    ]);
    expect([patientsOf(of()).map(({ uuid }) => uuid), patientsOf(of({ voided: true }))]).toEqual([['jane-1'], []]);
  });

  it('says nothing of what it is where the object is not there, which is not that it is nothing', () => {
    for (const change of [{ condition: null }, { condition: undefined }]) expect(of(change).covers.filter((name) => /oded|Name/.test(name))).toEqual([]);
    expect(of({ condition: {} }).covers).toEqual(expect.arrayContaining(['coded', 'nonCoded', 'specificName']));
  });

  it('is refused by the place in the object', () => {
    expect(() => of({ condition: { coded: 7 } })).toThrow('Condition: condition.coded is number, allowed is a uuid, or an object with one');
    expect(() => of({ condition: 'Malaria' })).toThrow('Condition: condition is text, allowed is object');
  });

  it('is made by one request that names concepts by their uuid, and not without saying of what', () => {
    const absent = absentRecord(of().record);
    const create = (fields: object) => condition.planSteps(absent, of(), { fields: new Map(Object.entries(fields)) }, { platform: MODERN_PLATFORM });
    expect(create(of().fields)).toEqual([
      {
        method: 'POST',
        path: 'condition',
        body: {
          uuid: 'problem-1',
          patient: 'jane-1',
          condition: { coded: 'malaria', specificName: 'name-1' },
          clinicalStatus: 'ACTIVE',
          onsetDate: '2020-04-30T21:00:00.000+0000',
          additionalDetail: 'since the rains',
        },
        creates: 'record',
      },
    ]);
    expect(() => create({ patient: 'jane-1', coded: null, clinicalStatus: 'ACTIVE' })).toThrow(
      expect.objectContaining({ code: 'incomplete', details: { fields: ['condition'] } }),
    );
  });

  it('is changed in place, its object as a whole, where the server does so', () => {
    expect(plan([['nonCoded', 'fever']])).toEqual([
      { method: 'POST', path: 'condition/problem-1', body: { condition: { coded: 'malaria', specificName: 'name-1', nonCoded: 'fever' } } },
    ]);
    expect(plan([['endDate', '2021-01-01T00:00:00Z']])).toEqual([
      { method: 'POST', path: 'condition/problem-1', body: { endDate: '2021-01-01T00:00:00.000+0000' } },
    ]);
    expect(() => plan([['patient', 'john-1']])).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: ['patient'] } }));
  });

  it('is not touched where the server would make another of it, and is not brought back there', () => {
    const refused = expect.objectContaining({ code: 'cannot-change', details: { fields: ['endDate'] } });
    expect(() => plan([['endDate', '2021-01-01T00:00:00Z']], MODERN_PLATFORM)).toThrow(refused);
    expect(plan([], MODERN_PLATFORM)).toEqual([]);
    const restore = (platform: Platform) => condition.planSteps({ ...of({ voided: true }) }, of(), { presence: 'present', fields: new Map() }, { platform });
    expect(() => restore(MODERN_PLATFORM)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(restore(IN_PLACE)).toEqual([{ method: 'POST', path: 'condition/problem-1', body: { voided: false } }]);
  });
});
