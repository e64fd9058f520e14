import type { ConflictDetail } from '@sync-hub/contracts';
import { isClosed } from '../words-of-conflict.js';
import { type Choices, NO_CHOICES, stillStanding, whatIsNew } from './choices.js';

/** What a person has before them, and has chosen so far. */
export interface Draft {
  /** As it was last shown. */
  readonly looked: ConflictDetail | null;
  readonly choices: Choices;
  readonly note: string;
  /** Paths at which an end has changed since the choices were begun. */
  readonly news: ReadonlySet<string>;
  /** What the desk said of a choice, by path. */
  readonly problems: ReadonlyMap<string, string>;
  /** When our answer was sent, and when both ends were seen to hold it, in ms of the page's own clock. */
  readonly sentAt: number | null;
  readonly heldAt: number | null;
  /** Does somebody who knows that it is answered answer it otherwise? */
  readonly isOtherwise: boolean;
}

export const EMPTY_DRAFT: Draft = {
  looked: null,
  choices: NO_CHOICES,
  note: '',
  news: new Set(),
  problems: new Map(),
  sentAt: null,
  heldAt: null,
  isOtherwise: false,
};

/** The draft beside what the desk shows now. Where an end has changed since, what was chosen for what is new no longer stands. */
export function lookedAgain(before: Draft, now: ConflictDetail, at: number): Draft {
  const draft = now.conflict.state === 'answered' ? before : { ...before, isOtherwise: false };
  const { looked, choices } = draft;
  const { state, version } = now.conflict;
  if (state === 'resolved') return { ...draft, looked: now, heldAt: draft.heldAt ?? (draft.sentAt === null ? null : at) };
  if (looked === null || looked.conflict.version === version || isClosed(state) || state === 'answered') return { ...draft, looked: now };
  const news = whatIsNew(looked, now);
  return { ...draft, looked: now, choices: stillStanding(choices, now, news), news, problems: new Map(), sentAt: null };
}
