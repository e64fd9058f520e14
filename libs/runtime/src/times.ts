import { AT_ONCE_SECONDS } from '@sync-hub/merge';

/** How often a hub does what nobody asks it to do, and how long it waits before it believes something. */
export interface Times {
  /** How often the claim on a link is renewed at its parent. */
  readonly keepLinksMs: number;
  /** A new claim counts once it has stood for so long: another engine may have read what we read, and written after us. */
  readonly settleClaimMs: number;
  /** A claim that stood unchanged for so long has been given up. */
  readonly claimSeconds: number;
  /** How long a second of a feed's `pollSeconds` lasts. */
  readonly pollSecondMs: number;
  /** A site that answers is probed again after this, one that does not after `probeDownSeconds`. */
  readonly probeUpSeconds: number;
  readonly probeDownSeconds: number;
  /** One record of a class that our account may not write at a site is tried again after so long, in case the site does not tell what the account may. */
  readonly tryClosedSeconds: number;
  /** A site that was never away is asked again after so long what it is and can. */
  readonly learnAgainSeconds: number;
  /** An account that let us in no more is left alone for so long: a try before that extends the lock. */
  readonly unlockSeconds: number;
  /** How often it is asked whether the audit of a site is due, and how long it rests between two pages of it. */
  readonly auditDueMs: number;
  readonly auditPauseMs: number;
  /** How often it is asked whether the metadata of a link's ends is to be compared; for the first time after so long. */
  readonly compareMetadataMs: number;
  /** New rules are believed to be everybody's after this: a process that goes by others has been told to end, and may still be at work. */
  readonly rulesSettleSeconds: number;
  /** What two ends were first seen with within so many seconds was seen at once: no policy can tell which is newer. */
  readonly atOnceSeconds: number;
  /** A cohort that a catchment goes by is read again after so long. */
  readonly readCohortsSeconds: number;
  /** How often the configuration and the files of its secrets are read again, and a process says that it runs. */
  readonly configurationPollMs: number;
  /** How often it is looked for audit rows to ship; how long it is waited after a failure, at first and at most; an instance with nothing to ship says so after so long. */
  readonly shipAuditMs: number;
  readonly shipAgainMs: number;
  readonly shipAgainAtMostMs: number;
  readonly sayWellSeconds: number;
  /** How often it is looked for audit rows to seal, and for months of the audit to open and to drop. */
  readonly sealAuditMs: number;
  readonly keepAuditMs: number;
  /** How often an instance whose conflicts may be answered elsewhere tells of them, and fetches what was answered. */
  readonly tellConflictsMs: number;
  /** How often an instance tells the one that it reports to how its work stands, and fetches what people there did to what is held. */
  readonly tellWorkMs: number;
  /** It tells there how it does after so long, though nothing has changed. */
  readonly tellHealthMs: number;
  /** How often it is looked for what people are to be told of. */
  readonly tellPeopleMs: number;
  /** The queues of a site that is new are so old before anything is sent through them. */
  readonly queuesSettleSeconds: number;
}

/** OpenMRS unlocks an account five minutes after the last login that was tried (openmrs-core HibernateContextDAO); a margin is for its clock. */
export const TIMES: Times = {
  keepLinksMs: 15_000,
  settleClaimMs: 2000,
  claimSeconds: 90,
  pollSecondMs: 1000,
  probeUpSeconds: 30,
  probeDownSeconds: 5,
  tryClosedSeconds: 10 * 60,
  learnAgainSeconds: 24 * 60 * 60,
  unlockSeconds: 5 * 60 + 30,
  auditDueMs: 60_000,
  auditPauseMs: 1000,
  compareMetadataMs: 60_000,
  rulesSettleSeconds: 60,
  atOnceSeconds: AT_ONCE_SECONDS,
  readCohortsSeconds: 5 * 60,
  configurationPollMs: 5000,
  shipAuditMs: 10_000,
  shipAgainMs: 10_000,
  shipAgainAtMostMs: 5 * 60_000,
  sayWellSeconds: 60,
  sealAuditMs: 30_000,
  keepAuditMs: 24 * 60 * 60_000,
  tellConflictsMs: 10_000,
  tellWorkMs: 10_000,
  tellHealthMs: 60_000,
  tellPeopleMs: 15_000,
  queuesSettleSeconds: 5,
};
