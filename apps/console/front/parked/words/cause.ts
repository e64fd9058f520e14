/** What a sentence about a cause is made of. */
export interface Cause {
  readonly count: number;
  /** What is missing or stumbled over, in words; empty where nothing is named. */
  readonly what: string;
  readonly site: string;
  readonly code: string;
  /** Who stopped the patient, and when; empty of anything else. */
  readonly by: string;
  readonly since: string;
}
