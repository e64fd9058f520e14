import type { Mutation } from './mutation.js';

const ANSWERS = 'libs/persistence/src/repositories/conflict-answer.repository.ts';
const CLOSING = 'libs/persistence/src/repositories/close-conflicts.ts';
const KEEPER = 'apps/conflict-service/src/answer-keeper.ts';
const KEEPER_SPEC = 'apps/conflict-service/src/answer-keeper.int.spec.ts';
const JOBS = 'libs/persistence/src/repositories/job.repository.ts';
const PIPELINE_SPEC = 'test/pipeline/answers.int.spec.ts';
const REPLACED = 'libs/merge/src/merge-replaced.ts';
const REPLACED_SPEC = 'libs/merge/src/merge-replaced.spec.ts';
const RIVALS = 'libs/merge/src/rivals.ts';
const RIVALS_SPEC = 'libs/merge/src/rivals.spec.ts';
const DISMISSALS_SPEC = 'test/pipeline/dismissals.int.spec.ts';

/** A person's answer comes to both ends once, and is never carried out on what the person did not see. */
export const ANSWERING: readonly Mutation[] = [
  {
    name: 'an answer is kept only to the version that was answered',
    invariants: [4],
    file: ANSWERS,
    text: 'conflict.versions = answer.version and conflict.answer = answer.id as is_standing',
    instead: 'true as is_standing',
    red: { file: PIPELINE_SPEC, test: 'a conflict is shown again where it changed between' },
  },
  {
    name: 'an answer makes stale what was read before it',
    invariants: [3, 4],
    file: KEEPER,
    text: 'await this.answers.applied(tx, answer, await this.revise(tx, answer));',
    instead: 'await this.answers.applied(tx, answer, 0);',
    red: { file: KEEPER_SPEC, test: 'an answer that is kept revises the agreement' },
  },
  {
    name: 'an answer has both ends looked at, whatever they hold',
    invariants: [1],
    file: KEEPER,
    text: 'ends.map((site) => ({ site, record, forced: true })),',
    instead: 'ends.map((site) => ({ site, record, forced: false })),',
    red: { file: KEEPER_SPEC, test: 'an answer that is kept revises the agreement' },
  },
  {
    name: 'an answer is kept once',
    invariants: [2],
    file: ANSWERS,
    text: 'where answer.id = $1 and answer.ended_at is null for update',
    instead: 'where answer.id = $1 for update',
    red: { file: KEEPER_SPEC, test: 'an answer that is kept is kept once' },
  },
  {
    name: 'who had not heard an answer does not have it given again',
    invariants: [1],
    file: 'libs/persistence/src/repositories/after-asking.ts',
    text: "if (asked.readAtRevision < open.answeredRevision) return 'old-news';",
    instead: '',
    red: { file: 'libs/persistence/src/repositories/after-asking.spec.ts', test: 'an open conflict that a job asks about again that had not heard' },
  },
  {
    name: 'an answered conflict is open until both ends hold the answer',
    invariants: [1],
    file: CLOSING,
    text: "and (answer is null or not ended_as in ('pushed', 'in-step') or not (",
    instead: 'and (true or not (',
    red: { file: PIPELINE_SPEC, test: 'a conflict is open until both ends hold the answer' },
  },
  {
    name: 'a void takes along only what whoever answered was shown',
    invariants: [4],
    file: JOBS,
    text: "and closed_at is null and ended_as = 'applied' and takes = $2",
    instead: "and closed_at is null and ended_as = 'applied' and $2 <> ''",
    red: { file: PIPELINE_SPEC, test: 'a conflict of a void that would take others along' },
  },
  {
    name: 'what was dismissed is not opened where nothing has changed',
    invariants: [1],
    file: 'apps/pusher/src/hold-keeper.ts',
    text: 'if (await this.isDismissed(round)) return endJob',
    instead: 'if (saw === null) return endJob',
    red: { file: DISMISSALS_SPEC, test: 'a conflict that is dismissed is not opened by looks' },
  },
  {
    name: 'what was dismissed is asked about as soon as an end changes',
    invariants: [4],
    file: JOBS,
    text: 'source.content_hash = now_source.content_hash and target.content_hash = $2 as dismissed',
    instead: "$2 <> '' as dismissed",
    red: { file: DISMISSALS_SPEC, test: 'a conflict that is dismissed is asked about anew' },
  },
  {
    name: 'who dismisses a conflict takes back what was decided of it',
    invariants: [4],
    file: ANSWERS,
    text: 'where link = $1 and aggregate = $2 and uuid = $3 and ended_at is null`, [link, aggregate, uuid]',
    instead: 'where link = $1 and aggregate = $2 and uuid = $3 and false`, [link, aggregate, uuid]',
    red: { file: DISMISSALS_SPEC, test: 'a conflict that is dismissed takes back' },
  },
  {
    name: 'what says the same as a group that is kept is asked about with it',
    invariants: [4],
    file: REPLACED,
    text: 'if ((isKept || isAsked) && ',
    instead: 'if (isKept && isAsked && ',
    red: { file: REPLACED_SPEC, test: 'an obs that both ends knew and one end wrote anew while the other added to it' },
  },
  {
    name: 'whoever keeps a group is asked about all that is in it',
    invariants: [4],
    file: REPLACED,
    text: 'isEdited ? [item, ...below] : []',
    instead: 'isEdited ? [item] : []',
    red: { file: REPLACED_SPEC, test: 'an obs that both ends knew and one end wrote anew while the other added to it is asked about whole' },
  },
  {
    name: 'nothing is decided of a record that stands nowhere',
    invariants: [4],
    file: 'libs/merge/src/decide.ts',
    text: '.filter(({ path }) => path === PRESENCE || !standsNowhere)',
    instead: '.filter(({ path }) => path === PRESENCE || standsNowhere !== null)',
    red: { file: 'libs/merge/src/advance.spec.ts', test: 'decisions after a round are over where their record stands at neither end' },
  },
  {
    name: 'what goes with a group is what was seen in it',
    invariants: [4],
    file: REPLACED,
    text: "outcome.why === 'decided' ? below.filter(",
    instead: "outcome.why === 'decided' ? below.slice(0, 0).filter(",
    red: { file: REPLACED_SPEC, test: 'an obs that both ends knew is decided by a person, and what was in the other one goes with it' },
  },
  {
    name: 'what was seen in a group goes with it',
    invariants: [4],
    file: 'libs/conflicts/src/answers.ts',
    text: 'return asShown(made, conflict.parent, conflict.child);',
    instead: 'return made;',
    red: { file: 'libs/conflicts/src/conflicts.spec.ts', test: 'an answer that takes a group away is of all that was seen in it' },
  },
  {
    name: 'what a server brings back with a group is asked about',
    invariants: [4],
    file: 'libs/merge/src/replaced.ts',
    text: '!had.has(container) && sent.get(container) !== undefined;',
    instead: '!had.has(container) && sent.size < 0;',
    red: { file: REPLACED_SPEC, test: 'an obs that comes back with its group is asked about where nobody sent it' },
  },
  {
    name: 'what was decided of an obs is asked again beside one that came by another link',
    invariants: [4],
    file: RIVALS,
    text: 'const isLapsed = open.some(isUnseen);',
    instead: 'const isLapsed = open.some(isUnseen) && decisions.length < 0;',
    red: { file: RIVALS_SPEC, test: 'an obs that three sites changed, and of which somebody answers on both links at once is asked about again' },
  },
  {
    name: 'whose place two obs took is known until it has come about what was decided of them',
    invariants: [4],
    file: RIVALS,
    text: '...verdictOn(path, outcomes), inPlaceOf: old.path }',
    instead: '...verdictOn(path, outcomes) }',
    red: { file: RIVALS_SPEC, test: 'an obs that three sites changed, and of which somebody answers on both links at once is asked about again' },
  },
  {
    name: 'what was decided to stay is one with what came by another link and says the same',
    invariants: [4],
    file: RIVALS,
    text: '.filter((pair) => pair.some(isOpen) &&',
    instead: '.filter((pair) => pair.every(isOpen) &&',
    red: { file: RIVALS_SPEC, test: 'an obs that three sites changed, and of which somebody answers on both links at once stands once' },
  },
  {
    name: 'a decision on an obs says what was shown beside it',
    invariants: [4],
    file: 'libs/merge/src/goes-along.ts',
    text: '(other.path !== path && inOneSlot(spec, own, other) ? [other.path] : [])',
    instead: '(other.path === path && inOneSlot(spec, own, other) ? [other.path] : [])',
    red: { file: RIVALS_SPEC, test: 'what was decided of an obs that took the place of another is not asked again beside one' },
  },
  {
    name: 'a group that is asked again is asked with what was decided of what is in it',
    invariants: [4],
    file: RIVALS,
    text: "outcomes.get(path)?.why === 'decided' ? [path] : []",
    instead: '[...path].length < 0 ? [path] : []',
    red: { file: RIVALS_SPEC, test: 'what was decided of an obs that took the place of another is asked again of a group' },
  },
  {
    name: 'what is dismissed is what was seen',
    invariants: [4],
    file: ANSWERS,
    text: 'and versions = coalesce($2, versions) returning id',
    instead: 'and ($2::int is null or $2::int > 0) returning id',
    red: { file: DISMISSALS_SPEC, test: 'a conflict that is dismissed is as it was seen' },
  },
];
