import { describe, expect, it } from '@jest/globals';
import { encounter } from './encounter.category.js';
import { observation } from './observation.category.js';
import { MODERN_PLATFORM, type Platform } from './platform.js';

const TEXT = { uuid: '8d4a4ab4-c2cc-11de-8d13-0010c6dffd0f' };
const told = {
  obsDatetime: '2020-05-01T13:15:00.000+0300',
  accessionNumber: null,
  comment: null,
  location: { uuid: 'ward-3' },
  order: null,
  valueCodedName: null,
  valueModifier: null,
  formFieldPath: null,
  formFieldNamespace: null,
  status: 'FINAL',
  interpretation: null,
  voided: false,
  groupMembers: null,
};
const weight = { ...told, uuid: 'w', concept: { uuid: 'weight', datatype: { uuid: 'numeric' } }, value: 61.5, comment: ' fasting ', interpretation: 'NORMAL' };
const later = {
  ...told,
  uuid: 'l',
  concept: { uuid: 'note', datatype: TEXT },
  value: 'later',
  obsDatetime: '2020-05-01T14:00:00.000+0300',
  location: { uuid: 'lab' },
  status: 'AMENDED',
};
const pressure = {
  ...told,
  uuid: 'g',
  concept: { uuid: 'bp' },
  value: null,
  groupMembers: [{ ...weight, uuid: 's', concept: { uuid: 'systolic' }, value: 120, comment: null, interpretation: null }],
};
const scan = { ...told, uuid: 'c', concept: { uuid: 'scan' }, value: { display: 'raw file', links: { rel: 'self', uri: 'http://h/obs/c/value' } } };
const body = {
  uuid: 'e',
  patient: { uuid: 'jane' },
  encounterType: { uuid: 'vitals' },
  encounterDatetime: '2020-05-01T10:15:00.900+0000',
  location: { uuid: 'ward-3' },
  visit: null,
  form: { uuid: 'form' },
  encounterProviders: [
    { uuid: 'p', provider: { uuid: 'grace' }, encounterRole: { uuid: 'clinician' }, voided: false },
    { uuid: 'q', provider: { uuid: 'peter' }, encounterRole: null, voided: false },
  ],
  obs: [weight, later, pressure, scan, { ...weight, uuid: 'v', voided: true }],
  voided: false,
};
const read = (change: object = {}, platform: Platform = MODERN_PLATFORM) =>
  encounter.decode({ ...body, ...change }, { record: { aggregate: 'encounter', uuid: 'e' }, client: 'rest', platform });

describe('a decoded encounter', () => {
  it('has its tree of obs as one list, without what they inherit and what servers say by themselves: golden', () => {
    const { fields, references, replaced } = read();
    expect(fields).toEqual({
      patient: 'jane',
      encounterType: 'vitals',
      encounterDatetime: '2020-05-01T10:15:00Z',
      location: 'ward-3',
      visit: null,
      form: 'form',
      'encounterProviders[grace|clinician]': true,
      'encounterProviders[peter|]': true,
      'obs[w]': '{"concept":"weight","numeric":61.5}',
      'obs[w].comment': 'fasting',
      'obs[l]': '{"concept":"note","text":"later"}',
      'obs[l].obsDatetime': '2020-05-01T11:00:00Z',
      'obs[l].location': 'lab',
      'obs[l].status': 'AMENDED',
      'obs[g]': '{"concept":"bp"}',
      'obs[s]': '{"concept":"systolic","group":"g","numeric":120}',
      'obsNotCarried[c]': '{"concept":"scan"}',
    });
    expect(references).toContainEqual({ path: 'obs[l].location', resource: 'location', uuid: 'lab', aggregate: 'location' });
    expect(references.filter(({ uuid }) => uuid === 'grace' || uuid === 'clinician')).toHaveLength(2);
    expect(references.some(({ uuid }) => uuid === 'scan')).toBe(false);
    expect(replaced?.map(({ list }) => list)).toEqual(['obs']);
  });

  it('does not cover what its platform lacks, or what a privilege hides of any of its obs', () => {
    const { location: _location, ...hidden } = weight;
    expect(read({}, { ...MODERN_PLATFORM, hasFormFields: false, hasObsStatus: false }).covers).not.toEqual(expect.arrayContaining(['obs.formFieldPath']));
    const covers = read({ obs: [hidden, later] }).covers;
    expect([covers.includes('obs'), covers.includes('obs.comment'), covers.includes('obs.location')]).toEqual([true, true, false]);
  });

  it.each([
    ['lacks its obs', { obs: undefined }, 'obs is missing, allowed is a list, which takes the privilege Get Observations'],
    ['has an obs that is hidden', { obs: [weight, {}] }, 'obs.1.uuid is missing, allowed is text'],
    [
      'has a member without a value',
      { obs: [{ ...pressure, groupMembers: [{ ...told, uuid: 's', concept: { uuid: 'x' } }] }] },
      'obs.0.groupMembers.0.value is missing, allowed is a value, or null for a group',
    ],
    [
      'has text of which nobody knows what it means',
      { obs: [{ ...weight, concept: { uuid: 'x' }, value: 'secret' }] },
      'obs.0.concept.datatype is missing, allowed is the datatype, without which text can mean a day as well',
    ],
    [
      'has a value that is a list',
      { obs: [{ ...weight, value: ['secret'] }] },
      'obs.0.value is list, allowed is text, a number, a flag, or an object with a uuid',
    ],
  ])('is refused by path where it %s', (_what, change, message) => {
    expect(() => read(change)).toThrow(`Encounter: ${message}`);
  });

  it('is refused rather than cut off where groups are deeper than is asked for', () => {
    const deep = (level: number): object => ({
      ...told,
      uuid: `u${level}`,
      concept: { uuid: 'x' },
      value: level === 0 ? 1 : null,
      groupMembers: level === 0 ? null : [deep(level - 1)],
    });
    expect(Object.keys(read({ obs: [deep(4)] }).fields).filter((path) => path.startsWith('obs['))).toHaveLength(5);
    expect(() => read({ obs: [deep(5)] })).toThrow('a group too deep');
    expect(encounter.representation(MODERN_PLATFORM).match(/groupMembers/g)).toHaveLength(5);
  });

  it('leaves its place to the encounter, so that a corrected time changes no obs', () => {
    const moved = read({ encounterDatetime: '2020-05-01T12:00:00.000+0000', obs: [{ ...weight, obsDatetime: '2020-05-01T12:00:00.000+0000' }] });
    expect(moved.fields['obs[w]']).toBe(read().fields['obs[w]']);
    expect(moved.fields).not.toHaveProperty(['obs[w].obsDatetime']);
  });
});

describe('a plan for an encounter', () => {
  const plan = (writes: [string, string | null | undefined][]) =>
    encounter
      .planSteps(read(), read(), { fields: new Map(writes) }, { platform: MODERN_PLATFORM })
      .map(({ method, path, body: sent }) => [method, path, ...(sent ? [sent] : [])]);

  it('voids what goes, then writes the encounter, then makes what comes, which says all that it would inherit', () => {
    expect(
      plan([
        ['encounterDatetime', '2020-05-01T12:00:00Z'],
        ['obs[w]', undefined],
        ['obs[w].comment', undefined],
        ['obs[n]', '{"concept":"weight","numeric":62}'],
      ]),
    ).toEqual([
      ['DELETE', 'obs/w?reason=sync-hub-replaced'],
      ['POST', 'encounter/e', { encounterDatetime: '2020-05-01T12:00:00.000+0000' }],
      [
        'POST',
        'obs',
        { uuid: 'n', concept: 'weight', person: 'jane', encounter: 'e', obsDatetime: '2020-05-01T12:00:00.000+0000', location: 'ward-3', value: 62 },
      ],
    ]);
  });

  it('gives a group all its members', () => {
    expect(plan([['obs[n]', '{"concept":"diastolic","group":"g","numeric":80}']])).toEqual([
      [
        'POST',
        'obs/g',
        {
          groupMembers: [
            's',
            { uuid: 'n', concept: 'diastolic', person: 'jane', encounter: 'e', obsDatetime: '2020-05-01T10:15:00.000+0000', location: 'ward-3', value: 80 },
          ],
        },
      ],
    ]);
  });

  it('offers no uuid for a provider, because the server makes its own', () => {
    expect(plan([['encounterProviders[mary|nurse]', 'true']])).toEqual([
      ['POST', 'encounter/e/encounterprovider', { provider: 'mary', encounterRole: 'nurse' }],
    ]);
  });

  it('never sends what cannot be written, and says who made the record where the site takes it', () => {
    const step = encounter.encodeCreate(read(), { platform: MODERN_PLATFORM, provenance: { creator: 'clerk', dateCreated: '2020-05-01T10:16:00Z' } });
    expect(JSON.stringify(step.body)).not.toContain('scan');
    expect(step.body).toMatchObject({ uuid: 'e', creator: 'clerk', dateCreated: '2020-05-01T10:16:00.000+0000' });
    expect(step.body?.['obs']).toContainEqual(expect.objectContaining({ concept: 'bp', groupMembers: [expect.objectContaining({ uuid: 's', value: 120 })] }));
  });
});

describe('an observation', () => {
  it('is its root and all in it, and cannot be moved into an encounter', () => {
    const root = { ...pressure, person: { uuid: 'jane' }, encounter: null };
    const one = observation.decode(root, { record: { aggregate: 'obs', uuid: 'g' }, client: 'rest', platform: MODERN_PLATFORM });
    expect(Object.keys(one.fields).filter((path) => path.endsWith(']'))).toEqual(['obs[g]', 'obs[s]']);
    expect(one.fields['obs[s].obsDatetime']).toBe('2020-05-01T10:15:00Z');
    expect(() => observation.planSteps(one, one, { fields: new Map([['encounter', 'e']]) }, { platform: MODERN_PLATFORM })).toThrow(
      expect.objectContaining({ code: 'cannot-change' }),
    );
  });
});
