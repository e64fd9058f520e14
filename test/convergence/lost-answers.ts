import type { Fault } from './account.js';
import type { Shown } from './answering.js';
import { type Content, type Held, NOTHING_HELD, PRESENCE, type RecordKey } from './content.js';
import type { KeptAnswer } from './hub-database.js';
import { keptIn } from './kept.js';
import type { Edit } from './ledger.js';

export interface Answered {
  readonly shown: readonly Shown[];
  readonly answers: readonly KeptAnswer[];
  /** By the uuids that are known everywhere. */
  readonly edits: readonly Edit[];
  /** Of each site. */
  readonly contents: readonly ReadonlyMap<RecordKey, Content>[];
}

/** What somebody typed into an answer that was carried out stands, or was replaced by an edit or an answer that saw it. */
export function lostAnswers({ shown, answers, edits, contents }: Answered): readonly Fault[] {
  const carriedOut = new Set(answers.filter(({ isLast, closedAs }) => isLast && closedAs === 'answered').map(({ id }) => id));
  return shown
    .filter(({ answerId }) => answerId !== null && carriedOut.has(answerId))
    .flatMap(({ record, link, choices, at }) => {
      const saw = ({ before, after, changes }: Edit, path: string, value: Held): boolean =>
        before.get(path) === value && (changes.some((change) => change.path === path) || after.get(PRESENCE) === 'voided');
      const isThere = (path: string, value: Held): boolean =>
        contents.some((held) => (held.get(record) ?? NOTHING_HELD).get(path) === value) ||
        edits.some((edit) => edit.record === record && saw(edit, path, value)) ||
        shown.some((later) => later.record === record && later.at > at && [later.parent, later.child].some((end) => keptIn(end, path, value)));
      const typed = choices.flatMap((choice) => ('value' in choice && choice.value != null ? [{ path: choice.path, value: choice.value }] : []));
      return typed
        .filter(({ path, value }) => !isThere(path, value))
        .map(({ path, value }) => `${record}: what was answered on ${link} is lost: ${path} = ${String(value)}`);
    });
}
