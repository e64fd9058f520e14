import { describe, expect, it } from '@jest/globals';
import { merge } from '@sync-hub/merge';
import { MODERN_PLATFORM } from './platform.js';
import type { Writes } from './step.js';
import { visit } from './visit.category.js';

describe('a decoded visit', () => {
  const body = {
    uuid: 'visit-1',
    patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
    visitType: { uuid: 'facility', display: 'Facility Visit' },
    location: { uuid: 'clinic-here', display: 'Clinic' },
    indication: null,
    startDatetime: '2020-05-01T13:00:00.700+0300',
    stopDatetime: null,
    attributes: [
      { uuid: 'a-1', attributeType: { uuid: 'type-1' }, value: 'walk-in', voided: false },
      { uuid: 'a-2', attributeType: { uuid: 'type-1' }, value: 'old', voided: true },
    ],
    voided: false,
    links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/visit/visit-1' }],
  };
  const of = (change: object = {}) =>
    visit.decode(
      { ...body, ...change },
      {
        record: { aggregate: 'visit', uuid: 'visit-1' },
        client: 'rest',
        platform: MODERN_PLATFORM,
        canonicalUuid: (_aggregate, uuid) => (uuid === 'clinic-here' ? 'clinic' : uuid),
      },
    );
  const writes = (fields: [string, string | null | undefined][]): Writes => ({ fields: new Map(fields) });

  it('is in normal form, its references under the uuids known everywhere: golden', () => {
    const { fields, references, itemUuids, presence } = of();
    expect({ fields, itemUuids, presence }).toEqual({
      presence: 'present',
      fields: {
        patient: 'jane-1',
        visitType: 'facility',
        location: 'clinic',
        indication: null,
        startDatetime: '2020-05-01T10:00:00Z',
        stopDatetime: null,
        'attributes[type-1|walk-in]': true,
      },
      itemUuids: { 'attributes[type-1|walk-in]': 'a-1' },
    });
    expect(references).toEqual([
      { path: 'patient', resource: 'patient', uuid: 'jane-1', aggregate: 'person' },
      { path: 'visitType', resource: 'visittype', uuid: 'facility', aggregate: null },
      { path: 'location', resource: 'location', uuid: 'clinic', aggregate: 'location' },
      { path: 'attributes[type-1|walk-in]', resource: 'visitattributetype', uuid: 'type-1', aggregate: null },
    ]);
  });

  describe('with an attribute of a type of which there can be one', () => {
    const insured = (uuid: string, value: string) => of({ attributes: [{ uuid, attributeType: { uuid: 'insurance', maxOccurs: 1 }, value, voided: false }] });

    it('holds one value of that type, so that another one is another answer to the same question', () => {
      const [here, there] = [insured('a-1', 'NHIF-1'), insured('a-2', 'NHIF-2')];
      expect([here.fields['attributes[insurance]'], there.fields['attributes[insurance]']]).toEqual(['NHIF-1', 'NHIF-2']);
      const without = { presence: 'present' as const, fields: of({ attributes: [] }).fields, covers: here.covers };
      const agreement = { revision: 1, parent: without, child: without };
      const merged = merge({ agreement, source: here, target: there, sourceIs: 'parent', decisions: [] });
      expect(merged.conflicts).toEqual(['attributes[insurance]']);
    });

    it('gets another value by an addition, of which feeds tell, and nothing is removed: the server does that', () => {
      const steps = visit.planSteps(insured('a-1', 'NHIF-1'), insured('a-2', 'NHIF-2'), writes([['attributes[insurance]', 'NHIF-2']]), {
        platform: MODERN_PLATFORM,
      });
      expect(steps).toEqual([
        { method: 'POST', path: 'visit/visit-1/attribute', body: { uuid: 'a-2', attributeType: 'insurance', value: 'NHIF-2' }, creates: 'item' },
      ]);
    });
  });

  it('tells nothing once it is voided, because its attributes went with it', () => {
    expect(of({ voided: true })).toMatchObject({ presence: 'voided', fields: {}, covers: [], references: [] });
  });

  it('never sends its encounters, and one request stops it', () => {
    expect(visit.encodeCreate(of(), { platform: MODERN_PLATFORM }).body).toEqual({
      uuid: 'visit-1',
      patient: 'jane-1',
      visitType: 'facility',
      location: 'clinic',
      startDatetime: '2020-05-01T10:00:00.000+0000',
      attributes: [{ uuid: 'a-1', attributeType: 'type-1', value: 'walk-in' }],
    });
    expect(visit.planSteps(of(), of(), writes([['stopDatetime', '2020-05-01T12:00:00Z']]), { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: 'visit/visit-1', body: { stopDatetime: '2020-05-01T12:00:00.000+0000' } },
    ]);
  });

  it('is refused where it would change its patient, because no server does that', () => {
    expect(() => visit.planSteps(of(), of(), writes([['patient', 'john-1']]), { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ code: 'cannot-change', details: { fields: ['patient'] } }),
    );
  });

  describe('that was stopped', () => {
    const stopped = (at: string, changedBy: string | null) =>
      of({
        stopDatetime: `2020-05-01T${at}:00.000+0000`,
        auditInfo: { creator: { uuid: 'nurse' }, changedBy: changedBy === null ? null : { uuid: changedBy } },
      });
    const DAEMON = 'A4F30A1B-5EB9-11DF-A648-37A07F9C90FB';

    it('by a nightly task keeps the stop that a clinician told at the other end', () => {
      const open = of();
      const agreed = { presence: open.presence, fields: open.fields, covers: open.covers };
      const [nurse, night] = [stopped('14:00', 'nurse'), stopped('23:59', DAEMON)];
      const mergedWith = (source: typeof nurse, target: typeof nurse) =>
        merge({ agreement: { revision: 1, parent: agreed, child: agreed }, source, target, sourceIs: 'parent', decisions: [] });
      expect([...mergedWith(nurse, night).toTarget]).toEqual([['stopDatetime', '2020-05-01T14:00:00Z']]);
      expect([...mergedWith(night, nurse).toSource]).toEqual([['stopDatetime', '2020-05-01T14:00:00Z']]);
      expect(mergedWith(nurse, stopped('15:00', null)).conflicts).toEqual(['stopDatetime']);
    });

    it('by a nightly task and then changed by a person is that person’s', () => {
      expect([stopped('23:59', DAEMON).byTask, stopped('23:59', 'nurse').byTask, stopped('23:59', null).byTask]).toEqual([true, undefined, undefined]);
    });
  });
});
