/** What would come of a record if a run by hand was not a dry one. */
export const DRY_ENDS = [
  'would-create',
  'would-update',
  'would-restore',
  'would-void',
  /** It waits only for what this same run would write, and is written after it. */
  'would-follow',
  'in-step',
  /** Somebody has let both ends stay as they are. */
  'left-as-is',
  'would-ask',
  'would-wait',
  'would-be-held',
  'not-admitted',
  'cannot-be-read',
] as const;
export type DryEnd = (typeof DRY_ENDS)[number];

/** Those by which something is written. */
export const DRY_WRITES: readonly DryEnd[] = ['would-create', 'would-update', 'would-restore', 'would-void', 'would-follow'];

/** What the looks of a dry run asked of one site. */
export interface AskedOfSite {
  readonly requests: number;
  /** From when each was sent until its answer came, all together. */
  readonly ms: number;
  /** Of the answers. */
  readonly bytes: number;
}

/** How long a run that writes would take, and from what that is reckoned. */
export interface RunEstimate {
  readonly seconds: number;
  /** The end that sets the pace; null where it is how fast a run takes records. */
  readonly slowest: 'source' | 'target' | null;
  readonly source: SiteEstimate;
  readonly target: SiteEstimate;
}

export interface SiteEstimate {
  readonly requests: number;
  readonly msPerRequest: number;
  /** So many at once, at most. */
  readonly atOnce: number;
}

/** What a dry run tells of a category, or of all of them. */
export interface DryRunTold {
  /** Records that would be written. */
  readonly writes: number;
  readonly conflicts: number;
  /** Of the values that the writes would send, as JSON; what a site's own form of them adds is not counted. */
  readonly bytesToSend: number;
  readonly source: AskedOfSite;
  readonly target: AskedOfSite;
  /** Null where nothing was asked yet by which it could be reckoned. */
  readonly about: RunEstimate | null;
}
