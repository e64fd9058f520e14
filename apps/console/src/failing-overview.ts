/** A piece of the hub's own work that fails though the site answers. */
export interface FailingOverview {
  readonly work: 'compare-metadata' | 'list-history' | 'read-cohorts' | 'tell-people';
  /** The link or the site for which it is done, or the channel of messages. */
  readonly place: string;
  /** Of the patient or the cohort; empty where there is none. */
  readonly uuid: string;
  /** Of the last failure. */
  readonly code: string;
  readonly times: number;
  readonly since: Date;
  readonly lastAt: Date;
}
