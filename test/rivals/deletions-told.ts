import type { Open } from '../convergence/hub-database.js';
import type { Answer, Cell } from './deletions.js';

/** What is edited by putting another record in its place: the one that was deleted is gone at both ends, and what was typed stands in the other. */
const WRITTEN_ANEW = ['a condition', 'an order'];
/** No server brings one back by REST (docs/status.md). */
const NEVER_BROUGHT_BACK = ['an allergy'];

const BY_EDIT = 'delete-against-edit';
const BY_OTHERS = 'void-would-take-others';
/** Whoever looks from the other end sees nothing where both had agreed on something. */
const BY_ABSENCE = 'absent-with-agreement';
const BY_MERGE = 'merged-away';

/** Which conflict must be open of the record before anybody has answered; none where nothing is in dispute. */
export function reasonsFor({ kind, deletion, edit }: Cell): readonly string[] {
  if (deletion === 'a merge') return kind.name === 'a relationship' ? [BY_EDIT] : [BY_MERGE];
  if (WRITTEN_ANEW.includes(kind.name) || (kind.name === 'an obs in an encounter' && edit === 'a new item')) return [];
  const told = edit === 'a new record below it' ? BY_OTHERS : BY_EDIT;
  return deletion === 'an erasure' ? [told, BY_ABSENCE] : [told];
}

/** Does an answer end it? Who was merged away is brought back by hand alone, and so is what no server brings back. */
export const isAnswered = ({ kind, deletion, answer }: Cell): boolean =>
  answer === 'it is deleted' || (deletion !== 'a merge' && !NEVER_BROUGHT_BACK.includes(kind.name));

/** Whether the record is there once it is ended; nothing to say of what is part of another, is written anew, or was moved. */
export function presenceAfter({ kind, deletion, answer }: Cell): 'present' | 'voided' | null {
  if (WRITTEN_ANEW.includes(kind.name) || kind.name === 'an obs in an encounter') return null;
  if (deletion === 'a merge' && kind.name !== 'a patient' && kind.name !== 'a relationship') return null;
  return PRESENCE_AFTER[answer];
}

const PRESENCE_AFTER: Readonly<Record<Answer, 'present' | 'voided'>> = { 'it is deleted': 'voided', 'it lives': 'present' };

interface Told {
  readonly missing?: readonly string[];
  readonly blockedBy?: string;
  readonly fields?: readonly string[];
}

/** Is a job held for a reason that the documents know, in this case? */
export function isDocumented({ what, record, state, code, details }: Open, { kind, deletion }: Cell): boolean {
  const { blockedBy = '', fields = [] } = (details ?? {}) as Told;
  if (!what.startsWith('job ')) return false;
  // Behind a conflict, or behind what is gone for good (docs/runbooks/stuck.md).
  if (state === 'waiting' && code === 'missing-reference') return /^(conflict|voided|parked: possible-duplicate)/.test(blockedBy);
  // She who stays has the identifier of her who was merged away, and who still has it at the other end.
  if (code === 'identifier-in-use') return deletion === 'a merge' && record.startsWith('person/');
  return code === 'unsupported' && NEVER_BROUGHT_BACK.includes(kind.name) && fields.join() === 'presence';
}
