import { describe, expect, it } from '@jest/globals';
import type { Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { MODERN_PLATFORM, type Platform } from './platform.js';
import { programEnrollment } from './programenrollment.category.js';
import type { Step } from './step.js';
import { arbitraryStates } from './testing/arbitrary-records.js';
import { RestImitation } from './testing/rest-imitation.js';

const record = { aggregate: 'programenrollment' as const, uuid: 'hiv-1' };
const BEFORE_3_0: Platform = { ...MODERN_PLATFORM, takesStates: false };
const body = {
  uuid: 'hiv-1',
  patient: { uuid: 'jane-1', display: '100GEJ - Jane' },
  program: { uuid: 'hiv', display: 'HIV Program' },
  dateEnrolled: '2020-05-01T13:00:00.700+0300',
  dateCompleted: null,
  location: { uuid: 'clinic', display: 'Clinic' },
  outcome: null,
  states: [
    { uuid: 's-1', state: { uuid: 'on-arvs' }, startDate: '2020-05-01T00:00:00.000+0300', endDate: '2020-06-01T00:00:00.000+0300', voided: false },
    { uuid: 's-2', state: { uuid: 'waiting' }, startDate: null, endDate: '2020-05-01T00:00:00.000+0300', voided: false },
    { uuid: 's-3', state: { uuid: 'on-arvs' }, startDate: '2019-05-01T00:00:00.000+0300', endDate: null, voided: true },
  ],
  attributes: [{ uuid: 'a-1', attributeType: { uuid: 'regimen', maxOccurs: 1 }, value: 'first line', voided: false }],
  voided: false,
  links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/programenrollment/hiv-1' }],
};
const of = (change: object = {}, platform = MODERN_PLATFORM) =>
  programEnrollment.decode({ ...body, ...change }, { record, client: 'rest', platform, canonicalUuid: (_aggregate, uuid) => uuid });
const state = (uuid: string, startDate: string, endDate: string | null) => ({ uuid, state: { uuid: `state-${uuid}` }, startDate, endDate, voided: false });

const statesIn = ({ fields }: ReturnType<typeof of>) => Object.fromEntries(Object.entries(fields).filter(([path]) => path.startsWith('states[')));

/** The steps that make an enrollment with these states one with those. */
function plan(before: readonly object[], after: readonly object[], { more = {}, platform = MODERN_PLATFORM }: { more?: object; platform?: Platform } = {}) {
  const [held, incoming] = [of({ states: before }), of({ states: after, ...more })];
  const changed = Object.entries(incoming.fields).filter(([path, value]) => held.fields[path] !== value);
  const gone = Object.keys(held.fields).filter((path) => !(path in incoming.fields));
  const fields = new Map<string, Scalar | undefined>([...changed, ...gone.map((path) => [path, undefined] as const)]);
  return programEnrollment.planSteps(held, incoming, { fields }, { platform });
}

describe('a decoded enrollment', () => {
  it('is in normal form, its states known by what they are and the day they began: golden', () => {
    const { fields, references, itemUuids } = of();
    expect(fields).toEqual({
      patient: 'jane-1',
      program: 'hiv',
      dateEnrolled: '2020-05-01T10:00:00Z',
      dateCompleted: null,
      location: 'clinic',
      outcome: null,
      'states[on-arvs|2020-05-01]': true,
      'states[on-arvs|2020-05-01].endDate': '2020-06-01',
      'states[waiting|]': true,
      'states[waiting|].endDate': '2020-05-01',
      'attributes[regimen]': 'first line',
    });
    expect(itemUuids).toEqual({ 'states[on-arvs|2020-05-01]': 's-1', 'states[waiting|]': 's-2', 'attributes[regimen]': 'a-1' });
    expect(references.map(({ resource, uuid, aggregate }) => [resource, uuid, aggregate])).toEqual([
      ['patient', 'jane-1', 'person'],
      ['program', 'hiv', null],
      ['location', 'clinic', 'location'],
      ['programworkflowstate', 'on-arvs', null],
      ['programworkflowstate', 'waiting', null],
      ['programattributetype', 'regimen', null],
    ]);
  });

  it('does not know its states where one of them is half told', () => {
    expect(of({ states: [{ uuid: 's-1', state: { uuid: 'on-arvs' }, startDate: null, voided: false }] }).covers).not.toContain('states');
  });

  it('is told and written as far as its platform has it', () => {
    expect(programEnrollment.scalarsOn({ ...MODERN_PLATFORM, hasProgramOutcomes: false })).not.toContain('outcome');
    const older = programEnrollment.representation({ ...MODERN_PLATFORM, hasProgramOutcomes: false, hasProgramAttributes: false });
    expect([older.includes('outcome'), older.includes('attributes'), older.includes('states')]).toEqual([false, false, true]);
  });
});

describe('an enrollment that is written', () => {
  it('is created with its attributes, and then given its states one by one, in order', () => {
    const absent = { ...of(), presence: 'absent' as const, fields: {}, covers: [], itemUuids: {} };
    const steps = programEnrollment.planSteps(absent, of(), { fields: new Map(Object.entries(of().fields)) }, { platform: MODERN_PLATFORM });
    expect(steps).toEqual([
      {
        method: 'POST',
        path: 'programenrollment',
        body: {
          uuid: 'hiv-1',
          patient: 'jane-1',
          program: 'hiv',
          dateEnrolled: '2020-05-01T10:00:00.000+0000',
          location: 'clinic',
          attributes: [{ uuid: 'a-1', attributeType: 'regimen', value: 'first line' }],
        },
        creates: 'record',
      },
      { method: 'POST', path: 'programenrollment/hiv-1/state', body: { uuid: 's-2', state: 'waiting', endDate: '2020-05-01' }, creates: 'item' },
      {
        method: 'POST',
        path: 'programenrollment/hiv-1/state',
        body: { uuid: 's-1', state: 'on-arvs', startDate: '2020-05-01', endDate: '2020-06-01' },
        creates: 'item',
      },
    ]);
  });

  const path = 'programenrollment/hiv-1/state';
  const [a, b] = [(end: string | null) => state('a', '2020-01-01', end), state('b', '2020-03-01', null)];

  it('goes from one state to the next by ending the one in place and beginning the other', () => {
    expect(plan([a(null)], [a('2020-03-01'), b])).toEqual([
      { method: 'POST', path: `${path}/a`, body: { endDate: '2020-03-01' } },
      { method: 'POST', path, body: { uuid: 'b', state: 'state-b', startDate: '2020-03-01' }, creates: 'item' },
    ]);
  });

  it('is back in a state after the next one was a mistake: both go, and the state is made anew, open', () => {
    expect(plan([a('2020-03-01'), b], [a(null)])).toEqual([
      { method: 'POST', path: `${path}/a`, body: { voided: true } },
      { method: 'POST', path: `${path}/b`, body: { voided: true } },
      { method: 'POST', path, body: { state: 'state-a', startDate: '2020-01-01' }, creates: 'item' },
    ]);
  });

  it('has a state that only ends made anew, of which feeds tell, unless the enrollment itself is written, of which they tell too', () => {
    expect(plan([a(null)], [a('2020-03-01')]).map(({ body: sent }) => sent)).toEqual([
      { voided: true },
      { state: 'state-a', startDate: '2020-01-01', endDate: '2020-03-01' },
    ]);
    expect(plan([a(null)], [a('2020-03-01')], { more: { dateCompleted: '2020-03-01T00:00:00.000+0000' } })).toEqual([
      { method: 'POST', path: 'programenrollment/hiv-1', body: { dateCompleted: '2020-03-01T00:00:00.000+0000' } },
      { method: 'POST', path: `${path}/a`, body: { endDate: '2020-03-01' } },
    ]);
  });

  it('is sent no state where webservices.rest would lose it, and everything else', () => {
    expect(plan([a(null)], [a('2020-03-01'), b], { platform: BEFORE_3_0 })).toEqual([]);
    expect(plan([a(null)], [b], { platform: BEFORE_3_0, more: { location: null } })).toEqual([
      { method: 'POST', path: 'programenrollment/hiv-1', body: { location: null } },
    ]);
    const absent = { ...of(), presence: 'absent' as const, fields: {}, covers: [], itemUuids: {} };
    const created = programEnrollment.planSteps(absent, of(), { fields: new Map(Object.entries(of().fields)) }, { platform: BEFORE_3_0 });
    expect(created.map((step) => step.path)).toEqual(['programenrollment']);
  });

  it('has another value of a single attribute added, of which feeds tell, and the old one removed', () => {
    const other = { attributes: [{ uuid: 'a-2', attributeType: { uuid: 'regimen', maxOccurs: 1 }, value: 'second line', voided: false }] };
    expect(plan(body.states, body.states, { more: other }).map(({ method, path: at }) => `${method} ${at.split('?')[0]}`)).toEqual([
      'POST programenrollment/hiv-1/attribute',
      'DELETE programenrollment/hiv-1/attribute/a-1',
    ]);
  });

  it('never has a patient in two states at once, whichever states it had and shall have', () => {
    const two = arbitraryStates.chain((all) =>
      fc.record({
        all: fc.constant(all),
        dropped: fc.array(fc.constantFrom('before', 'after', 'neither'), { minLength: 4, maxLength: 4 }),
        endsAtOnce: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      }),
    );
    let changed = 0;
    fc.assert(
      fc.property(two, fc.boolean(), ({ all, dropped, endsAtOnce }, isTurned) => {
        const bodies = all.map(({ key, fields }, index) => {
          const [name = '', startDate = ''] = key.split('|');
          return { uuid: `u-${index}`, state: { uuid: name }, startDate, endDate: (fields?.['endDate'] ?? null) as string | null, voided: false };
        });
        const shorter = bodies.map((one, index) => (endsAtOnce[index] === true ? { ...one, endDate: one.startDate } : one));
        const [before, after] = [shorter.filter((_, index) => dropped[index] !== 'before'), bodies.filter((_, index) => dropped[index] !== 'after')];
        const rest = new RestImitation(MODERN_PLATFORM);
        const send = (steps: readonly Step[]): void => {
          changed += steps.length;
          for (const step of steps) expect([200, 201]).toContain(rest.apply(step).status);
        };
        const [from, to] = isTurned ? [after, before] : [before, after];
        const held = of({ states: from });
        const absent = { ...held, presence: 'absent' as const, fields: {}, covers: [], itemUuids: {} };
        send(programEnrollment.planSteps(absent, held, { fields: new Map(Object.entries(held.fields)) }, { platform: MODERN_PLATFORM }));
        send(plan(from, to));
        const there = programEnrollment.decode(rest.body('programenrollment', 'hiv-1'), { record, client: 'rest', platform: MODERN_PLATFORM });
        expect(statesIn(there)).toEqual(statesIn(of({ states: to })));
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(changed).toBeGreaterThan(1000);
  });
});
