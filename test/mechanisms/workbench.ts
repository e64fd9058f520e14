import type { Mutation } from './mutation.js';

const API_SPEC = 'apps/console/src/conflicts/conflicts.spec.ts';
const RULES_SPEC = 'apps/console/src/rules/rules.spec.ts';
const CHOICES_SPEC = 'apps/console/front/conflict/choices.spec.ts';

/** The page on which conflicts are answered: who may, and that nothing is answered which nobody has seen. */
export const WORKBENCH: readonly Mutation[] = [
  {
    name: 'nothing of a conflict is shown, and nothing done, without the token',
    invariants: [11],
    everyRun: true,
    file: 'apps/console/src/access/callers.ts',
    text: 'if (timingSafeEqual(digestOf(token), this.expected) && isHere(request)) return',
    instead: 'if (token.length > 0) return',
    red: { file: API_SPEC, test: 'what the console answers of conflicts shows and does nothing without the token' },
  },
  {
    name: 'only what a page of ours can send changes a conflict',
    invariants: [11],
    file: 'apps/console/src/conflicts/json-body.ts',
    text: "!JSON_TYPE.test(String(headers['content-type'] ?? ''))",
    instead: "headers['content-type'] === ''",
    red: { file: API_SPEC, test: 'what the console answers of conflicts takes JSON in UTF-8 only' },
  },
  {
    name: 'a value that no database keeps as it is is refused, not bent',
    invariants: [4],
    file: 'apps/console/src/conflicts/conflict-bodies.ts',
    text: "'value' in choice && !isKeepable(String(choice.value))",
    instead: "'value' in choice && choice.value === ''",
    red: { file: API_SPEC, test: 'what the console answers of conflicts refuses half a character' },
  },
  {
    name: 'a choice for a field that an end has changed since does not stand',
    invariants: [4],
    everyRun: true,
    file: 'apps/console/front/conflict/choices.ts',
    text: '!news.has(path) && now.fields',
    instead: 'now.fields',
    red: { file: CHOICES_SPEC, test: 'what a person has chosen stands no longer for what is new' },
  },
  {
    name: 'a value that was looked at and not touched goes back as it came',
    invariants: [4],
    file: 'apps/console/front/conflict/choices.ts',
    text: 'valueUntouched(field, chosen.typed) ?? typed.value',
    instead: 'typed.value ?? valueUntouched(field, chosen.typed)',
    red: { file: CHOICES_SPEC, test: 'what a person has chosen goes back as it came' },
  },
  {
    name: 'an answer that is to be the first takes the place of none',
    invariants: [4],
    file: 'libs/persistence/src/repositories/conflict-answer.repository.ts',
    text: '(answer is null or not $4)',
    instead: '(answer is null or $4::boolean is not null)',
    red: { file: 'test/pipeline/answers.int.spec.ts', test: 'a conflict takes the place of one that an end refuses' },
  },
  {
    name: 'an answer in bulk takes the place of nobody’s',
    invariants: [4],
    file: 'libs/runtime/src/hub-bulk-desk.ts',
    text: 'unlessAnswered: true',
    instead: 'unlessAnswered: false',
    red: { file: 'test/pipeline/resolve-by-policy.int.spec.ts', test: 'answering many conflicts by one policy answers what was looked at' },
  },
  {
    name: 'only what was looked at is answered in bulk, and once',
    invariants: [4],
    file: 'apps/console/src/runs.ts',
    text: 'if (run !== null) planned.plan = null;',
    instead: '',
    red: { file: RULES_SPEC, test: 'what the console answers of answering many at once says first what it would answer' },
  },
  {
    name: 'nothing is said to be written while something is still asked about',
    invariants: [4],
    file: 'libs/conflicts/src/preview.ts',
    text: 'open.length > 0 ? [] : ',
    instead: '',
    red: { file: 'libs/conflicts/src/conflicts.spec.ts', test: 'an answer may name a value that neither end holds, writes nothing' },
  },
  {
    name: 'a conflict that cannot be opened stops the answering of no other',
    invariants: [9],
    file: 'libs/runtime/src/hub-bulk-desk.ts',
    text: 'if (error instanceof BugError) return',
    instead: 'if (error === null) return',
    red: { file: 'test/pipeline/resolve-by-policy.int.spec.ts', test: 'answering many conflicts by one policy answers the others where one cannot be opened' },
  },
];
