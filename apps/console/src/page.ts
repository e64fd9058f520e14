/** What a colour means; the text beside it always says the same in words. */
export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  /** A second line, smaller. */
  readonly note?: string;
  /** Shown letter by letter, as ids are. */
  readonly code?: boolean;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** What the table is for, in a sentence. */
  readonly explains: string;
  /** How much is in it, with its unit. */
  readonly count: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Why it is empty, and what would fill it. */
  readonly empty: string;
  /** Closed until somebody opens it. */
  readonly folded?: boolean;
}

/** A sentence on top of the page. */
export interface News {
  readonly tone: Tone;
  readonly text: string;
}

/** The page in words, before it is HTML. The browser gets the same to refresh itself. */
export interface Page {
  readonly title: string;
  readonly takenAt: string;
  /** What a person should know first; what needs somebody comes before what goes on by itself. */
  readonly news: readonly News[];
  readonly tables: readonly Table[];
}
