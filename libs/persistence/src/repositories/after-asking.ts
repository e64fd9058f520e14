import { isDeepStrictEqual } from 'node:util';

/** An open conflict, as one that is asked about it again finds it. */
export interface OpenConflict {
  readonly id: string;
  readonly reason: string;
  readonly fields: readonly string[];
  /** The agreement's revision that its last answer was saved with; 0 where none was. */
  readonly answeredRevision: number;
  /** There is an answer that nobody has seen to fail. */
  readonly isAnswered: boolean;
  /** ... and it is among the inputs of the merge. */
  readonly isApplied: boolean;
  /** Do both ends hold what they held when it was last asked about? */
  readonly holdsTheSame: boolean;
}

export interface Asked {
  readonly reason: string;
  readonly fields: readonly string[];
  /** Of the job that asks. */
  readonly readAtRevision: number;
}

/**
 * What it means that a job asks about a conflict that is open. `old-news`: it had not heard the last answer. `isNew`: what people have looked at is not
 * what it is any more. `isShownAgain`: the merge asks though it has heard the answer, so that must be given anew.
 */
export function afterAsking(open: OpenConflict, asked: Asked): 'old-news' | { readonly isNew: boolean; readonly isShownAgain: boolean } {
  if (asked.readAtRevision < open.answeredRevision) return 'old-news';
  const isNew = !open.holdsTheSame || open.reason !== asked.reason || !isDeepStrictEqual([...open.fields], [...asked.fields]);
  return { isNew, isShownAgain: open.isAnswered && open.isApplied };
}
