import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import { admissionDigest } from './admission-digest.js';
import { admits } from './admits.js';
import { unfitBy } from './ask-plugins.js';
import type { Catchment } from './catchment.schema.js';
import { parseConfiguration } from './load-configuration.js';
import { type Plugin, Plugins } from './plugins.js';
import { ConfigurationError } from './problem.js';
import { aConfiguration, aLink } from './testing/index.js';

const aPatient: CanonicalRecord = {
  record: { aggregate: 'person', uuid: '8d6c993e' },
  category: 'patient',
  presence: 'present',
  fields: { gender: 'F' },
  covers: ['gender'],
  stamp: '1',
  shape: 1,
  client: 'rest',
  references: [],
  itemUuids: {},
  provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
};

/** What a plug-in may do instead of answering. */
const MISBEHAVING: readonly (readonly [string, () => unknown])[] = [
  ['throws', () => throwing()],
  ['is asynchronous', async () => true],
  ['is asynchronous and rejects', async () => throwing()],
  ['answers with a word', () => 'yes'],
  ['answers with nothing', () => undefined],
  ['answers with a Boolean object', () => Object(true)],
];
function throwing(): never {
  throw new Error('of somebody else’s');
}
const strategy = (has: (...asked: never[]) => unknown, version = '1'): Plugin => ({
  kind: 'strategy',
  name: 'ours',
  version,
  does: { has: has as () => boolean },
});
const filter = (lets: (...asked: never[]) => unknown): Plugin => ({ kind: 'filter', name: 'ours', version: '1', does: { lets: lets as () => boolean } });
const validator = (isValid: (...asked: never[]) => unknown): Plugin => ({
  kind: 'validator',
  name: 'ours',
  version: '1',
  does: { isValid: isValid as () => boolean },
});

const CUSTOM: Catchment = { rule: 'custom', name: 'ours', options: { gender: 'F' } };
const EVERYONE: Catchment = { rule: 'everyone' };
const USES = { patient: { pull: [{ name: 'ours', options: {} }], push: [] } };
const BESIDE = { places: new Map(), ties: new Map(), cohorts: new Map() };
const KNOWN = { isOfMember: false, isCalledFor: false, isAskedFor: false, refersToKept: false, isClosed: false, isFollowed: false, ...BESIDE };
const pulled = (catchment: Catchment, plugins: Plugins): string => {
  const admission = admits(aLink('kisumu', { catchment }), 'pull', aPatient, { ...KNOWN, plugins });
  return admission.admitted ? 'yes' : admission.why;
};

describe('a catchment strategy of a deployment’s own', () => {
  const byGender = new Plugins([strategy((({ fields }: CanonicalRecord, options: { gender?: string }) => fields['gender'] === options.gender) as never)]);

  it('says who is in and who is not, among other rules too', () => {
    expect(pulled(CUSTOM, byGender)).toBe('yes');
    expect(pulled({ ...CUSTOM, options: { gender: 'M' } } as Catchment, byGender)).toBe('outside-catchment');
    expect(pulled({ rule: 'not', of: CUSTOM }, byGender)).toBe('outside-catchment');
    expect(pulled({ rule: 'all', of: [EVERYONE, { rule: 'any', of: [CUSTOM] }] }, byGender)).toBe('yes');
  });

  it.each(MISBEHAVING)('that %s lets nothing through, whatever rules stand beside it', (_, does) => {
    const plugins = new Plugins([strategy(does)]);
    const catchments: Catchment[] = [CUSTOM, { rule: 'not', of: CUSTOM }, { rule: 'any', of: [EVERYONE, CUSTOM] }, { rule: 'any', of: [CUSTOM, EVERYONE] }];
    expect(catchments.map((catchment) => pulled(catchment, plugins))).toEqual(catchments.map(() => 'catchment-failed'));
  });

  it('that is missing lets nothing through', () => {
    expect(pulled({ rule: 'any', of: [EVERYONE, CUSTOM] }, new Plugins())).toBe('catchment-failed');
  });

  it('that would change the record or its options lets nothing through, and changes nothing', () => {
    const change = (record: { fields: Record<string, unknown> }): boolean => {
      record.fields['gender'] = 'M';
      return true;
    };
    expect([pulled(CUSTOM, new Plugins([strategy(change as never)])), aPatient.fields['gender']]).toEqual(['catchment-failed', 'F']);
  });

  it('in another version is another rule', () => {
    const digest = (version: string) => admissionDigest(aLink('kisumu', { catchment: CUSTOM }), 'pull', new Plugins([strategy(() => true, version)]));
    const [first, again, second] = [digest('1'), digest('1'), digest('2')];
    expect([again, second === first]).toEqual([first, false]);
  });
});

describe('a filter of a deployment’s own', () => {
  const asked = (lets: () => unknown, direction: 'pull' | 'push' = 'pull'): string => {
    const admission = admits(aLink('kisumu', { filters: USES }), direction, aPatient, { ...KNOWN, plugins: new Plugins([filter(lets)]) });
    return admission.admitted ? 'yes' : admission.why;
  };

  it('says what travels, in its direction', () => {
    expect([asked(() => true), asked(() => false), asked(() => false, 'push')]).toEqual(['yes', 'filtered-out', 'yes']);
  });

  it.each(MISBEHAVING)('that %s lets nothing through', (_, lets) => {
    expect(asked(lets)).toBe('filter-failed');
  });
});

describe('a validator of a deployment’s own', () => {
  const unfit = (isValid: () => unknown) => unfitBy(USES, 'pull', aPatient, new Plugins([validator(isValid)]));

  it.each(MISBEHAVING)('that %s lets nothing be written', (_, isValid) => {
    expect(unfit(isValid)).toBe('ours');
  });

  it('is named where it finds a record unfit', () => {
    expect([unfit(() => true), unfit(() => false), unfitBy(USES, 'push', aPatient, new Plugins())]).toEqual([null, 'ours', null]);
  });
});

describe('a configuration that names plug-ins', () => {
  const named = (change: object, plugins: Plugins) => {
    try {
      parseConfiguration({ ...aConfiguration(), links: [{ ...aLink('kisumu'), ...change }] }, 'sync-hub.yml', plugins);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems.map(({ path, found, didYouMean }) => [path.join('.'), found, didYouMean]);
      throw error;
    }
  };
  const picky: Plugin = {
    kind: 'strategy',
    name: 'picky',
    version: '1',
    does: { has: () => true, problemOf: ({ area }) => (area === undefined ? 'area: a word' : null) },
  };
  const plugins = new Plugins([strategy(() => true), filter(() => true), validator(() => true), picky]);

  it('is refused where one of a name is not registered, says where, and what was meant', () => {
    const slip = { rule: 'custom', name: 'our', options: {} };
    expect(named({ catchment: { rule: 'any', of: [{ rule: 'everyone' }, slip] } }, plugins)).toEqual([
      ['links.0.catchment.of.1.name', 'the text "our"', 'ours'],
    ]);
    expect(named({ filters: { visit: { push: [{ name: 'ous' }] } } }, plugins)).toEqual([['links.0.filters.visit.push.0.name', 'the text "ous"', 'ours']]);
    expect(named({ validators: { visit: { pull: [{ name: 'picky' }] } } }, plugins)).toEqual([
      ['links.0.validators.visit.pull.0.name', 'the text "picky"', null],
    ]);
    expect(named({ catchment: CUSTOM }, new Plugins())).toEqual([['links.0.catchment.name', 'the text "ours"', null]]);
  });

  it('is refused where one does not take its options', () => {
    expect(named({ catchment: { rule: 'custom', name: 'picky' } }, plugins)).toEqual([['links.0.catchment.options', 'options', null]]);
    expect(named({ catchment: { rule: 'custom', name: 'picky', options: { area: 'x' } } }, plugins)).toEqual([]);
  });

  it('is refused where one of the two kinds is named as the other, and never where all are there', () => {
    expect(named({ catchment: CUSTOM, filters: USES, validators: USES }, plugins)).toEqual([]);
  });
});
