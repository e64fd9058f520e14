import { describe, expect, it } from '@jest/globals';
import { absentRecord, patientsOf } from './all-categories.js';
import { allergy } from './allergy.category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

const DUST = '{"reactionNonCoded":"sneezes","reaction":"rash"}';

describe('a decoded allergy', () => {
  const body = {
    uuid: 'allergy-1',
    display: 'Penicillin',
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    allergen: { allergenType: 'DRUG', codedAllergen: { uuid: 'penicillin', display: 'Penicillin' }, nonCodedAllergen: null },
    severity: { uuid: 'severe', display: 'Severe' },
    comment: ' since childhood ',
    reactions: [
      { uuid: 'row-1', reaction: { uuid: 'rash' }, reactionNonCoded: 'all over' },
      { uuid: 'row-2', reaction: { uuid: 'cough' }, reactionNonCoded: null },
    ],
    voided: false,
    auditInfo: { creator: { uuid: 'admin' }, dateCreated: '2024-01-01T00:00:00.000+0000' },
  };
  const RASH = 'reactions[{"reaction":"rash","reactionNonCoded":"all over"}]';
  const COUGH = 'reactions[{"reaction":"cough"}]';
  const decode = (change: object = {}) =>
    allergy.decode({ ...body, ...change }, { record: { aggregate: 'allergy', uuid: 'allergy-1' }, client: 'rest', platform: MODERN_PLATFORM });
  const plan = (fields: [string, string | boolean | null | undefined][]) =>
    allergy.planSteps(decode(), decode(), { fields: new Map(fields) }, { platform: MODERN_PLATFORM });
  const create = (fields: object, platform: Platform = MODERN_PLATFORM) =>
    allergy.planSteps(absentRecord(decode().record), decode(), { fields: new Map(Object.entries(fields)) }, { platform });

  it('has what its allergen holds beside its own, and reactions by what they say: golden', () => {
    const { fields, references, itemUuids } = decode();
    expect(fields).toEqual({
      patient: 'jane-1',
      allergenType: 'DRUG',
      codedAllergen: 'penicillin',
      nonCodedAllergen: null,
      severity: 'severe',
      comment: 'since childhood',
      [RASH]: true,
      [COUGH]: true,
    });
    expect(references.map(({ resource, uuid }) => `${resource}/${uuid}`)).toEqual([
      'patient/jane-1',
      'concept/penicillin',
      'concept/severe',
      'concept/cough',
      'concept/rash',
    ]);
    expect([itemUuids, patientsOf(decode()).map(({ uuid }) => uuid), patientsOf(decode({ voided: true }))]).toEqual([{}, ['jane-1'], []]);
  });

  it('has a stamp that moves with its reactions, though their row in the database says no date', () => {
    const rewritten = [{ ...body.reactions[0], uuid: 'row-3' }, body.reactions[1]];
    expect(decode({ reactions: rewritten }).fields).toEqual(decode().fields);
    expect(decode({ reactions: rewritten }).stamp).not.toBe(decode().stamp);
  });

  it('says nothing of reactions of which the concept is not told', () => {
    expect(decode({ reactions: [{ uuid: 'row-1', reactionNonCoded: 'all over' }] }).covers).not.toContain('reactions');
    expect(decode({ reactions: [] }).covers).toContain('reactions');
  });

  it('is made below its patient by one request, without uuids of reactions, and not without its allergen', () => {
    const { patient: _, ...fields } = decode().fields;
    expect(create(decode().fields)).toEqual([
      {
        method: 'POST',
        path: 'patient/jane-1/allergy',
        body: {
          uuid: 'allergy-1',
          allergen: { allergenType: 'DRUG', codedAllergen: 'penicillin' },
          severity: 'severe',
          comment: 'since childhood',
          reactions: [{ reaction: 'cough' }, { reaction: 'rash', reactionNonCoded: 'all over' }],
        },
        creates: 'record',
      },
    ]);
    expect(create(decode().fields, { ...MODERN_PLATFORM, takesItemUuids: false })[0]?.body).not.toHaveProperty('uuid');
    expect(() => create(fields)).toThrow(expect.objectContaining({ code: 'incomplete', details: { fields: ['patient'] } }));
    expect(() => create({ patient: 'jane-1', nonCodedAllergen: 'dust' })).toThrow(expect.objectContaining({ code: 'incomplete' }));
  });

  it('is changed in place, its allergen and its reactions each as a whole', () => {
    const at = { method: 'POST', path: 'patient/jane-1/allergy/allergy-1' };
    expect(plan([['comment', null]])).toEqual([{ ...at, body: { comment: null } }]);
    expect(plan([['allergenType', 'OTHER']])).toEqual([{ ...at, body: { allergen: { allergenType: 'OTHER', codedAllergen: 'penicillin' } } }]);
    expect(
      plan([
        [COUGH, undefined],
        [`reactions[${DUST}]`, true],
      ]),
    ).toEqual([
      {
        ...at,
        body: {
          reactions: [
            { reaction: 'rash', reactionNonCoded: 'all over' },
            { reaction: 'rash', reactionNonCoded: 'sneezes' },
          ],
        },
      },
    ]);
    expect(() => plan([['patient', 'john-1']])).toThrow(expect.objectContaining({ code: 'cannot-change', details: { fields: ['patient'] } }));
  });

  it('is voided below its patient, and brought back by nobody', () => {
    const turn = (presence: 'present' | 'voided', voided: boolean) =>
      allergy.planSteps(decode({ voided }), decode({ voided: !voided }), { presence, fields: new Map() }, { platform: MODERN_PLATFORM });
    expect(turn('voided', false)).toEqual([{ method: 'DELETE', path: 'patient/jane-1/allergy/allergy-1?reason=sync-hub' }]);
    expect(() => turn('present', true)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it('is the same as another of that allergen, in words whatever their case', () => {
    const said = (fields: object) => allergy.oneOfEach?.(fields as never);
    expect(said({ codedAllergen: 'other', nonCodedAllergen: 'Dust' })).toBe(said({ codedAllergen: 'elsewhere', nonCodedAllergen: 'dust' }));
    expect(said({ codedAllergen: 'penicillin', nonCodedAllergen: null })).toBe(said({ codedAllergen: 'penicillin' }));
    expect(said({ codedAllergen: 'penicillin' })).not.toBe(said({ codedAllergen: 'dust' }));
  });
});
