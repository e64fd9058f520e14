import type { Mutation } from './mutation.js';

const JUDGE = 'libs/merge/src/judge.ts';
const PROPERTIES = 'libs/merge/src/judge.properties.spec.ts';
const NOT_A_POLICYS = 'policies decide nothing that is a person’s';
const PIPELINE = 'test/pipeline/policies.int.spec.ts';

/** A policy decides what it may, as a person's answer does, and nothing that is hers. */
export const POLICIES: readonly Mutation[] = [
  {
    name: 'a policy decides nothing that is in dispute',
    invariants: [4],
    file: JUDGE,
    text: 'if ((agreement?.disputed ?? []).includes(path)) return false;',
    instead: '',
    red: { file: PROPERTIES, test: NOT_A_POLICYS },
  },
  {
    name: 'what a person answered, and somebody edited since, is asked anew',
    invariants: [4],
    file: JUDGE,
    text: '.every(({ policy }) => policy !== undefined)',
    instead: '.length > 0',
    red: { file: PROPERTIES, test: NOT_A_POLICYS },
  },
  {
    name: 'a death is un-set by no policy',
    invariants: [4],
    file: JUDGE,
    text: "rule.rule === 'stands' && rule.facts",
    instead: "rule.rule === 'stands' && [] === rule.facts && rule.facts",
    red: { file: PROPERTIES, test: NOT_A_POLICYS },
  },
  {
    name: 'whether a merged patient is there is decided by no policy',
    invariants: [4],
    file: JUDGE,
    text: 'if (isMerged || !isDecidable(PRESENCE, why, input)) return [];',
    instead: 'if (!isDecidable(PRESENCE, why, input)) return [];',
    red: { file: PROPERTIES, test: 'a patient who was merged away is brought back, or voided, by no policy' },
  },
  {
    name: 'a record that is never put together out of two is decided by no policy',
    invariants: [4],
    file: JUDGE,
    text: "({ rule }) => rule === 'whole'",
    instead: '() => false',
    red: { file: PROPERTIES, test: 'a record that is never put together out of two is decided by no policy' },
  },
  {
    name: 'no policy but union decides on an item that one end removed and the other changed',
    invariants: [4],
    file: JUDGE,
    text: 'if (!isRemoved) return true;',
    instead: 'return true;',
    red: { file: PROPERTIES, test: NOT_A_POLICYS },
  },
  {
    name: 'a deletion against an edit is decided only by what names presence',
    invariants: [4],
    file: 'libs/configuration/src/policy-of.ts',
    text: "['category-of-link', !isPresence && ",
    instead: "['category-of-link', ",
    red: { file: PIPELINE, test: 'policies decide on a deletion against an edit only where presence is named' },
  },
  {
    name: 'what was seen within a minute was seen at once',
    invariants: [4],
    file: 'libs/merge/src/policies.ts',
    text: "if (parent.first - child.last > atOnceSeconds) return 'parent';",
    instead: "if (parent.first > child.last) return 'parent';",
    red: { file: 'libs/merge/src/sights.spec.ts', test: 'newest never lets a value win that was seen first, or at once' },
  },
  {
    name: 'nothing is newest that nothing is known of',
    invariants: [4],
    file: 'libs/merge/src/policies.ts',
    text: "if (base === null || parent === null || child === null) return 'ask';",
    instead: "if (base === null || child === null) return 'ask';\n  if (parent === null) return 'child';",
    red: { file: 'libs/merge/src/sights.spec.ts', test: 'newest never lets a value win that was seen first, or at once' },
  },
  {
    name: 'what a look finds again keeps the time of its first sight',
    invariants: [3, 4],
    file: 'libs/persistence/src/repositories/job-arming.ts',
    text: 'excluded.source_sights || open.source_sights',
    instead: 'open.source_sights || excluded.source_sights',
    red: { file: PIPELINE, test: 'policies newest is not deceived by a look at what was held' },
  },
  {
    name: 'what is asked about is judged by policies that come to say something else',
    invariants: [1],
    file: 'apps/pusher/src/hold-keeper.ts',
    text: 'asked.judgedBy === undefined ? FOR_PEOPLE : asked.judgedBy',
    instead: 'FOR_PEOPLE',
    red: { file: PIPELINE, test: 'policies that come to say something else decide what is asked about already' },
  },
  {
    name: 'the configuration goes before a rule of the same field on the same link',
    invariants: [4],
    file: 'libs/configuration/src/policy-of.ts',
    text: "    ['field-of-link', ofField(link.policies)],\n    ['rule', rule],",
    instead: "    ['rule', rule],\n    ['field-of-link', ofField(link.policies)],",
    red: { file: 'libs/configuration/src/policies.spec.ts', test: 'the policy in force is a rule that people made, unless' },
  },
  {
    name: 'nobody decides by policies that others have replaced',
    invariants: [7],
    file: 'libs/configuration/src/admission-digest.ts',
    text: '...(policies === null ? {} : { policies }),',
    instead: '',
    red: { file: 'libs/configuration/src/policies.spec.ts', test: 'the version of a link’s policies is another one for another policy' },
  },
  {
    name: 'a policy of a deployment’s own that answers nonsense has not answered',
    invariants: [4],
    file: 'libs/configuration/src/ask-policy.ts',
    text: "|| isOfList(path)) return 'failed';",
    instead: "|| isOfList(path)) return 'parent';",
    red: { file: 'libs/configuration/src/policies.spec.ts', test: 'a policy of a deployment’s own that' },
  },
];
