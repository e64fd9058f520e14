import type { Mutation } from './mutation.js';

const ERASURES_SPEC = 'test/pipeline/erasures.int.spec.ts';

const MATRIX = { file: 'test/rivals/deletions.int.spec.ts', test: 'records that are taken away at one end and edited at the other' };

/** What is erased at a site is told of once, and never lost from sight, made again, or taken for lost. */
export const ERASING: readonly Mutation[] = [
  {
    name: 'an erasure is known for as long as what it led to is open',
    invariants: [1, 4],
    file: 'apps/fetcher/src/look-keeper.ts',
    text: "return read.some(({ presence }) => presence === 'gone');",
    instead: 'return false;',
    red: { file: ERASURES_SPEC, test: 'a record that was erased at one end and edited at the other, once it is answered that it is deleted' },
  },
  {
    name: 'what both ends agree to have voided is not missed where it is not there any more',
    invariants: [1],
    file: 'apps/fetcher/src/look-keeper.ts',
    text: "if (agreed.length > 0 && agreed.every((presence) => presence === 'voided')) return true;",
    instead: '',
    red: { file: ERASURES_SPEC, test: 'a record that was erased at one end is not taken for one that was lost' },
  },
  {
    name: 'what was erased is not made again because something refers to it',
    invariants: [4, 6],
    file: 'apps/pusher/src/round-decider.ts',
    text: " && held.presence === 'absent' && !wasThere;",
    instead: " && held.presence === 'absent';",
    red: { file: ERASURES_SPEC, test: 'a record that was erased at one end keeps waiting what refers to it there' },
  },
  {
    name: 'what waits for an erased record is not woken by its being in step',
    invariants: [1, 6],
    file: 'libs/merge/src/advance.ts',
    text: 'draft.agreePresence(source.presence, targetAfter.presence);',
    instead: 'draft.agreePresence(here, there);',
    red: { file: ERASURES_SPEC, test: 'a record that was erased at one end keeps waiting what refers to it there' },
  },
  {
    name: 'whether others shall go along is asked though the void itself was decided',
    invariants: [1, 4],
    file: 'libs/runtime/src/hub-conflict-desk.ts',
    text: "summary.state === 'answered' ? decisions : standingOf(row.reason, decisions);",
    instead: 'decisions;',
    red: { file: 'test/pipeline/answers.int.spec.ts', test: 'a conflict of a void that would take others along' },
  },
  {
    name: 'a deletion that meets an edit is asked about, between servers',
    invariants: [4],
    file: 'libs/merge/src/merge-presence.ts',
    text: "if (isNewlyVoided && (isRestored || isEdited(present.agreed, asPeopleLeftIt(present.version)))) return askPresence('delete-against-edit');",
    instead: '',
    red: MATRIX,
  },
  {
    name: 'who was merged away is voided nowhere unasked, between servers',
    invariants: [4],
    file: 'libs/merge/src/merge-presence.ts',
    text: "voided.version.mergedAway === true && verdict.flow !== 'equal' ? askPresence('merged-away') : verdict;",
    instead: 'verdict;',
    red: MATRIX,
  },
  {
    name: 'what hung on who was merged away is moved nowhere, between servers',
    invariants: [4],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'if (lost !== null) return',
    instead: 'if (lost !== null && false) return',
    red: MATRIX,
  },
  {
    name: 'what a void would take along is asked about, between servers',
    invariants: [4],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'if (live.length === 0) return live;',
    instead: 'if (live.length >= 0) return [];',
    red: MATRIX,
  },
];
