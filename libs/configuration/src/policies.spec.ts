import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '@sync-hub/categories';
import type { InConflict, PolicyAnswer } from '@sync-hub/merge';
import { writingDigest } from './admission-digest.js';
import { customPolicy } from './ask-policy.js';
import { loadConfiguration, parseConfiguration } from './load-configuration.js';
import { type ConflictPolicy, type FieldInConflict, Plugins } from './plugins.js';
import { type FieldOfCategory, policiesDigest, policyInForce } from './policy-of.js';
import { ruleProblem } from './policy-problems.js';
import { ConfigurationError } from './problem.js';
import { aConfiguration, aLink } from './testing/index.js';

const does = (decide: (asked: FieldInConflict) => unknown): ConflictPolicy => ({ decide: decide as ConflictPolicy['decide'] });
const plugins = (decide: (asked: FieldInConflict) => unknown = () => 'parent', version = '1') =>
  new Plugins([{ kind: 'policy', name: 'longest', version, does: { ...does(decide), problemOf: ({ of }) => (of === 'letters' ? null : 'of: letters') } }]);

/** The problems of a configuration with these policies, as a person reads them. */
function problems(policies: object, onLink: object = {}): readonly string[] {
  const { instance, sites } = aConfiguration();
  try {
    parseConfiguration({ instance, sites, policies, links: [{ ...aLink('kisumu'), policies: onLink }] }, 'it', plugins());
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
}

describe('the policies of a configuration', () => {
  it('are words of ours and plug-ins, for all, by category and by field', () => {
    const longest = { name: 'longest', options: { of: 'letters' } };
    expect(problems({ default: 'newest', categories: { encounter: 'child-wins' }, fields: { patient: { names: 'union', presence: 'parent-wins' } } })).toEqual(
      [],
    );
    expect(problems({}, { default: longest, fields: { encounter: { obs: 'manual' } } })).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a word that is none',
      { default: 'newst' },
      /^policies\.default: found the text "newst"; allowed: manual, newest, parent-wins, child-wins, union, or a plug-in.*did you mean newest\?$/,
    ],
    [
      'a category that is none',
      { categories: { encounters: 'newest' } },
      /^policies\.categories\.encounters: found an unknown key; allowed: .*did you mean encounter\?$/,
    ],
    [
      'what is part of a record',
      { categories: { person_name: 'union' } },
      /found what is no class of its own, but part of its person or patient; allowed: person or patient/,
    ],
    [
      'a field that the category has not',
      { fields: { patient: { name: 'union' } } },
      /^policies\.fields\.patient\.name: found an unknown key; allowed: .*gender.*names.*did you mean names\?$/,
    ],
    ['orders, which people decide on', { categories: { order: 'newest' } }, /^policies\.categories\.order: found newest; allowed: manual/],
    ['a field of orders', { fields: { order: { dose: 'union' } } }, /^policies\.fields\.order\.dose: found union; allowed: manual/],
    [
      'the newest of a deletion and an edit',
      { fields: { visit: { presence: 'newest' } } },
      /^policies\.fields\.visit\.presence: found newest; allowed: manual, parent-wins/,
    ],
    ['a plug-in that is not registered', { default: { name: 'longset' } }, /^policies\.default\.name: .*did you mean longest\?$/],
    [
      'options that the plug-in does not take',
      { fields: { patient: { gender: { name: 'longest', options: {} } } } },
      /^policies\.fields\.patient\.gender\.options: found options; allowed: of: letters$/,
    ],
  ])('may not name %s, and the refusal says what would be right', (_what, wrong, said) => {
    expect(problems(wrong)).toEqual([expect.stringMatching(said)]);
    expect(problems({}, wrong)).toEqual([expect.stringMatching(new RegExp(said.source.replace('^policies', '^links\\[0\\]\\.policies')))]);
  });

  it('are placed by line and column', () => {
    const { instance, sites } = aConfiguration();
    const text = JSON.stringify({ instance, sites, links: [aLink('kisumu')], policies: { default: 'theirs' } }, null, 1);
    const line = text.split('\n').findIndex((one) => one.includes('theirs')) + 1;
    expect(() => loadConfiguration(text, 'it.json')).toThrow(new RegExp(`it\\.json:${line}:\\d+ policies\\.default`));
  });

  it('know every field of every category', () => {
    expect(fieldsOf('patient')).toEqual(expect.arrayContaining(['addresses', 'attributes', 'gender', 'identifiers', 'names', 'preferredName', 'presence']));
    expect(fieldsOf('encounter')).toEqual(expect.arrayContaining(['encounterDatetime', 'obs', 'presence']));
  });
});

describe('the policy in force', () => {
  const everywhere = { default: 'newest', categories: { patient: 'child-wins' }, fields: { patient: { names: 'union', presence: 'child-wins' } } } as const;
  const onLink = { default: 'parent-wins', categories: { encounter: 'newest' }, fields: { patient: { gender: 'child-wins' } } } as const;
  const inForce = (of: FieldOfCategory, link: object = onLink, rule: 'union' | null = null) => {
    const { policy, place } = policyInForce({ policies: everywhere }, { policies: link }, of, rule);
    return [policy, place];
  };

  it.each<[FieldOfCategory, object, readonly string[]]>([
    [{ category: 'patient', field: 'gender' }, onLink, ['child-wins', 'field-of-link']],
    [{ category: 'encounter', field: 'obs' }, onLink, ['newest', 'category-of-link']],
    [{ category: 'patient', field: 'names' }, onLink, ['parent-wins', 'link']],
    [{ category: 'patient', field: 'names' }, {}, ['union', 'field']],
    [{ category: 'patient', field: 'gender' }, {}, ['child-wins', 'category']],
    [{ category: 'visit', field: 'location' }, {}, ['newest', 'everywhere']],
    [{ category: 'order', field: 'dose' }, onLink, ['manual', 'nowhere']],
    [{ category: 'patient', field: 'isPatient' }, onLink, ['manual', 'nowhere']],
    [{ category: 'visit', field: 'presence' }, onLink, ['manual', 'nowhere']],
    [{ category: 'patient', field: 'presence' }, onLink, ['child-wins', 'field']],
  ])('is the most specific that says anything: %j', (of, link, expected) => {
    expect(inForce(of, link)).toEqual(expected);
  });

  it('is a rule that people made, unless the configuration says something of that very field on that link', () => {
    expect(inForce({ category: 'patient', field: 'gender' }, onLink, 'union')).toEqual(['child-wins', 'field-of-link']);
    expect(inForce({ category: 'encounter', field: 'obs' }, onLink, 'union')).toEqual(['union', 'rule']);
    expect(inForce({ category: 'order', field: 'dose' }, onLink, 'union')).toEqual(['manual', 'nowhere']);
  });

  it('is manual where nothing is said', () => {
    expect(policyInForce({}, {}, { category: 'patient', field: 'gender' })).toEqual({ policy: 'manual', place: 'nowhere' });
  });
});

describe('a rule that people make', () => {
  const rule = { link: 'central-kisumu', category: 'patient', field: 'gender', policy: 'parent-wins' } as const;
  const problem = (changed: object, onLink: object = {}) =>
    ruleProblem(aConfiguration({ links: [aLink('kisumu', { policies: onLink })] }), { ...rule, ...changed });

  it.each<[object, RegExp]>([
    [{ link: 'central-kisumo' }, /^"central-kisumo" is no link of the configuration; did you mean central-kisumu\?/],
    [{ category: 'patients' }, /^"patients" is no category; did you mean patient\?/],
    [{ field: 'name' }, /^"name" is no field of a patient; did you mean names\? There are .*gender/],
    [{ category: 'order', field: 'dose' }, /^a person decides on every order/],
    [{ field: 'presence', policy: 'newest' }, /^a deletion is not newer/],
  ])('says what would be right in place of %j', (changed, said) => {
    expect(problem(changed)).toMatch(said);
  });

  it('is refused where the configuration says something of that very field on that link, and for no less', () => {
    expect(problem({}, { fields: { patient: { gender: 'manual' } } })).toMatch(
      /^the configuration says manual of gender on central-kisumu, and goes before every rule/,
    );
    expect([problem({}), problem({}, { default: 'manual', categories: { patient: 'manual' } })]).toEqual([null, null]);
  });
});

describe('the version of a link’s policies', () => {
  const link = (policies: object) => aConfiguration({ links: [aLink('kisumu', { policies })] });
  const digestOf = (configuration: ReturnType<typeof link>, version = '1') => {
    const [one] = configuration.links;
    if (one === undefined) throw new Error('no link');
    return {
      policies: policiesDigest(configuration, one, plugins(undefined, version)),
      writing: writingDigest(configuration, one, plugins(undefined, version)),
    };
  };

  it('is none where nothing is said, and what writes go by is then what it was', () => {
    const [said, unsaid] = [digestOf(link({})), digestOf(aConfiguration({ links: [aLink('kisumu')] }))];
    expect([said.policies, unsaid.policies, said.writing === unsaid.writing]).toEqual([null, null, true]);
  });

  it('is another one for another policy, and for another version of a plug-in; by either nobody writes who goes by the old one', () => {
    const { policies: first, writing } = digestOf(link({ default: 'newest' }));
    expect(digestOf(link({ default: 'union' })).policies).not.toBe(first);
    expect(digestOf(link({ default: 'union' })).writing).not.toBe(writing);
    expect(digestOf(link({ default: 'newest' }), '2').policies).toBe(first);
    const { instance, sites } = aConfiguration();
    const named = parseConfiguration(
      { instance, sites, links: [aLink('kisumu', { policies: { default: { name: 'longest', options: { of: 'letters' } } } })] },
      'it',
      plugins(),
    );
    expect(digestOf(named, '2').policies).not.toBe(digestOf(named).policies);
  });
});

describe('a policy of a deployment’s own', () => {
  const record = { fields: { gender: 'M' } } as never;
  const inConflict: InConflict = { path: 'gender', field: 'gender', parent: 'M', child: 'F', base: null, seen: { parent: { first: 0, last: 0 }, child: null } };
  const answers = (decide: (asked: FieldInConflict) => unknown, asked: InConflict = inConflict): PolicyAnswer =>
    customPolicy({
      choice: { name: 'longest', options: {} },
      plugins: plugins(decide),
      link: 'kisumu',
      category: 'patient',
      records: { parent: record, child: record },
    }).answer(asked);

  it('sees the field, both values, and since when they were seen, and names whose stands, or a value', () => {
    const asked: FieldInConflict[] = [];
    const decide = (one: FieldInConflict) => {
      asked.push(one);
      return 'child';
    };
    expect(answers(decide)).toBe('child');
    expect(asked[0]).toMatchObject({
      link: 'kisumu',
      category: 'patient',
      path: 'gender',
      parent: 'M',
      child: 'F',
      seen: { parent: '1970-01-01T00:00:00.000Z', child: null },
    });
    expect([answers(() => 'union'), answers(() => 'ask'), answers(() => ({ value: 'U' })), answers(() => ({ value: null }))]).toEqual([
      'union',
      'ask',
      { value: 'U' },
      { value: null },
    ]);
  });

  it.each<[string, (asked: FieldInConflict) => unknown]>([
    ['throws', () => JSON.parse('{')],
    ['rejects', async () => JSON.parse('{')],
    ['answers with nothing', () => undefined],
    ['answers with a word that is none', () => 'mine'],
    ['answers with a value of another type', () => ({ value: 7 })],
    ['answers with an object', () => ({ value: {} })],
    ['changes what it was given', (asked) => Object.assign(asked.records.parent, { fields: {} }) && 'parent'],
  ])('that %s leaves the conflict to a person', (_what, decide) => {
    expect(answers(decide)).toBe('failed');
  });

  it('names no value for an item of a list, and decides nothing where it is not registered', () => {
    expect(answers(() => ({ value: true }), { ...inConflict, path: 'names[x]', parent: true })).toBe('failed');
    const missing = customPolicy({
      choice: { name: 'gone', options: {} },
      plugins: new Plugins(),
      link: 'kisumu',
      category: 'patient',
      records: { parent: record, child: record },
    });
    expect(missing.answer(inConflict)).toBe('failed');
  });
});
