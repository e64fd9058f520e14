/** How often a hub does what nobody asks it to do, and how long it waits before it believes something. */
export interface Times {
  /** How often the claim on a link is renewed at its parent. */
  readonly keepLinksMs: number;
  /** A new claim counts once it has stood for so long: another engine may have read what we read, and written after us. */
  readonly settleClaimMs: number;
  /** A claim that stood unchanged for so long has been given up. */
  readonly claimSeconds: number;
  /** A site that answers is probed again after this, one that does not after `probeDownSeconds`. */
  readonly probeUpSeconds: number;
  readonly probeDownSeconds: number;
  /** A site that was never away is asked again after so long what it is and can. */
  readonly learnAgainSeconds: number;
  /** An account that let us in no more is left alone for so long: a try before that extends the lock. */
  readonly unlockSeconds: number;
  /** How often it is asked whether the audit of a site is due, and how long it rests between two pages of it. */
  readonly auditDueMs: number;
  readonly auditPauseMs: number;
  /** New rules are believed to be everybody's after this: a process that goes by others has been told to end, and may still be at work. */
  readonly rulesSettleSeconds: number;
}

/** OpenMRS unlocks an account five minutes after the last login that was tried (openmrs-core HibernateContextDAO); a margin is for its clock. */
export const TIMES: Times = {
  keepLinksMs: 15_000,
  settleClaimMs: 2000,
  claimSeconds: 90,
  probeUpSeconds: 30,
  probeDownSeconds: 5,
  learnAgainSeconds: 24 * 60 * 60,
  unlockSeconds: 5 * 60 + 30,
  auditDueMs: 60_000,
  auditPauseMs: 1000,
  rulesSettleSeconds: 60,
};
