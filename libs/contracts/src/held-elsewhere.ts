/** What a person did to something held. */
export const HELD_ACTS = ['redriven', 'discarded', 'parked'] as const;
export type HeldAct = (typeof HELD_ACTS)[number];

export interface HeldCounts {
  readonly found: number;
  readonly done: number;
  /** Held no more, moving, or held for something else by then. */
  readonly passedOver: number;
  /** Of those found, how many another instance was asked to do it to. */
  readonly asked?: number;
}

/** Another instance that reports here: what is held there is shown as it was told last. */
export interface HeldElsewhere {
  readonly origin: string;
  /** When it was heard of last; `null` where it has never told of what is held: it has not reported yet, or is of an older version. */
  readonly heardAt: string | null;
  /** It should have been heard of since. */
  readonly isUnheard: boolean;
  /** May people here act on what is held there? */
  readonly takesActs: boolean;
  readonly count: number;
}

/** What somebody here asked of what is held at another instance: on its way until `endedAt`. */
export interface HeldFarAct {
  readonly id: string;
  readonly origin: string;
  readonly what: HeldAct;
  readonly by: string;
  readonly at: string;
  /** In the person's own words. */
  readonly reason: string | null;
  readonly group: string;
  /** `null` where it was all of a cause. */
  readonly held: string | null;
  /** When that instance was first answered with it; `null`: not yet fetched. */
  readonly sentAt: string | null;
  readonly endedAt: string | null;
  readonly became: 'done' | 'moving' | 'conflict' | 'gone' | 'not-taken' | null;
  readonly counts: HeldCounts | null;
}
