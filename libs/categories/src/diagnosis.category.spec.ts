import { describe, expect, it } from '@jest/globals';
import { absentRecord, patientsOf } from './all-categories.js';
import { diagnosis } from './diagnosis.category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

describe('a decoded diagnosis', () => {
  const body = {
    uuid: 'diagnosis-1',
    display: 'Malaria',
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    encounter: { uuid: 'visit-note-here', display: 'Visit Note' },
    diagnosis: { coded: { uuid: 'malaria', display: 'Malaria' } },
    condition: { uuid: 'problem-1' },
    certainty: 'PROVISIONAL',
    rank: 1,
    formFieldNamespace: null,
    formFieldPath: null,
    voided: false,
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/patientdiagnoses/diagnosis-1' }],
  };
  const of = (change: object = {}) =>
    diagnosis.decode(
      { ...body, ...change },
      {
        record: { aggregate: 'diagnosis', uuid: 'diagnosis-1' },
        client: 'rest',
        platform: MODERN_PLATFORM,
        canonicalUuid: (_aggregate, uuid) => uuid.replace('-here', ''),
      },
    );
  const writes = (fields: [string, string | number | null][]) => ({ fields: new Map(fields) });

  it('waits for its patient and its encounter, and does not name the condition that may be voided since: golden', () => {
    const { fields, references } = of();
    expect(fields).toEqual({
      patient: 'jane-1',
      encounter: 'visit-note',
      coded: 'malaria',
      specificName: null,
      nonCoded: null,
      certainty: 'PROVISIONAL',
      rank: 1,
      formFieldNamespace: null,
      formFieldPath: null,
    });
    expect(references.map(({ path, resource, aggregate }) => [path, resource, aggregate])).toEqual([
      ['patient', 'patient', 'person'],
      ['encounter', 'encounter', 'encounter'],
      ['coded', 'concept', null],
    ]);
    expect(patientsOf(of()).map(({ uuid }) => uuid)).toEqual(['jane-1']);
  });

  it('is made with the key of a condition, and changed in place, all but its patient', () => {
    const absent = absentRecord(of().record);
    expect(diagnosis.planSteps(absent, of(), { fields: new Map(Object.entries(of().fields)) }, { platform: MODERN_PLATFORM })).toEqual([
      {
        method: 'POST',
        path: 'patientdiagnoses',
        body: {
          uuid: 'diagnosis-1',
          patient: 'jane-1',
          encounter: 'visit-note',
          diagnosis: { coded: 'malaria' },
          certainty: 'PROVISIONAL',
          rank: 1,
          condition: null,
        },
        creates: 'record',
      },
    ]);
    const change = writes([
      ['certainty', 'CONFIRMED'],
      ['rank', 2],
      ['specificName', 'name-2'],
    ]);
    expect(diagnosis.planSteps(of(), of(), change, { platform: MODERN_PLATFORM })).toEqual([
      {
        method: 'POST',
        path: 'patientdiagnoses/diagnosis-1',
        body: { certainty: 'CONFIRMED', rank: 2, diagnosis: { coded: 'malaria', specificName: 'name-2' } },
      },
    ]);
    expect(() => diagnosis.planSteps(of(), of(), writes([['patient', 'john-1']]), { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ code: 'cannot-change' }),
    );
  });

  it('has a place in a form where the server keeps one', () => {
    const older: Platform = { ...MODERN_PLATFORM, hasDiagnosisFormFields: false };
    expect(diagnosis.scalarsOn(older).filter((name) => name.startsWith('form'))).toEqual([]);
    expect(diagnosis.representation(older)).not.toContain('form');
  });
});
