/** How the audit of this instance gets to the one that it reports to. */
export interface AuditToOverview {
  readonly url: string;
  /** Rows that wait, up to ten thousand, and since when the first of them does. */
  readonly rows: number;
  readonly since: Date | null;
  /** Rows that were not taken there, and are sent again daily. */
  readonly notTaken: number;
  /** When it last answered, `null` if never. */
  readonly heardAt: Date | null;
  readonly failingSince: Date | null;
  /** Code of why nothing gets there, `null` where it does. */
  readonly code: string | null;
}

/** An instance whose audit is received here, and what was heard of it; `null` until it was. */
export interface AuditFromOverview {
  readonly origin: string;
  readonly heard: {
    readonly heardAt: Date;
    /** Rows of it that are here. */
    readonly taken: number;
    /** What it said last that waits there. */
    readonly waiting: number;
    readonly waitingSince: Date | null;
    readonly notTaken: number;
  } | null;
}
