/** How retrying goes on after an error: after a growing delay, when the site answers its probe again, or only by a person. */
export type Retry = 'later' | 'when-site-is-back' | 'never';

/** What an error may carry: codes, statuses, field names and uuids. Never a value of a record, never a server's own text. */
export type SafeDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * Base of every error the pipeline decides by. `message` and `details` are written by us and hold no patient data;
 * `code` is a constant that tests, the console and operators can rely on.
 */
export abstract class SyncError extends Error {
  abstract readonly retry: Retry;
  constructor(
    readonly code: string,
    message: string,
    readonly details: SafeDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Nobody answers, or what answers is not OpenMRS: refused, reset or timed-out connections, 429, 502 to 504, HTML where JSON was due. */
export class SiteDownError extends SyncError {
  readonly retry = 'when-site-is-back';
  constructor(message: string, details: SafeDetails = {}) {
    super('site-down', message, details);
  }
}

/** Nobody is to ask the site anything now: it is outside of its windows. Nothing is wrong, and what needs it waits. */
export class SiteRestsError extends SyncError {
  readonly retry = 'when-site-is-back';
  constructor(site: string) {
    super('site-rests', 'the site is not to be asked now, by its windows', { site });
  }
}

/** 401. All work for the site stops: a further login while an account is locked extends the lock (openmrs-core HibernateContextDAO). */
export class LockedOutError extends SyncError {
  readonly retry = 'when-site-is-back';
  constructor(message: string, details: SafeDetails = {}) {
    super('locked-out', message, details);
  }
}

/** 403. The category is closed at that site until somebody grants the privilege, which `details.privilege` names where the server did. */
export class NotAllowedError extends SyncError {
  readonly retry = 'never';
  constructor(message: string, details: SafeDetails = {}) {
    super('not-allowed', message, details);
  }
}

/** 500, a deadlock, a lost lease, a date "in the future": time may heal it. */
export class TransientError extends SyncError {
  readonly retry = 'later';
}

/** 400, 404, 405, 410, 413 or 415 on a write: the server will say the same again. */
export class RefusedError extends SyncError {
  readonly retry = 'never';
}

/** Something has the wrong shape: a message, a body, a feed. Ours, or the other side's, to mend. */
export class ContractError extends SyncError {
  readonly retry = 'never';
  constructor(message: string, details: SafeDetails = {}) {
    super('contract', message, details);
  }
}

/** A state that cannot be. Ours to mend. */
export class BugError extends SyncError {
  readonly retry = 'never';
  constructor(message: string, details: SafeDetails = {}) {
    super('bug', message, details);
  }
}

/** What may be logged of anything thrown: our own message, or only the class's name (another library's text may hold a record). */
export function safeError(error: unknown): { readonly code: string; readonly message: string; readonly details: SafeDetails } {
  if (error instanceof SyncError) return { code: error.code, message: error.message, details: error.details };
  const name = error instanceof Error && /^[A-Z][A-Za-z]{2,40}$/.test(error.name) ? error.name : typeof error;
  return { code: 'unexpected', message: `unexpected ${name}`, details: errorNumberOf(error) };
}

function errorNumberOf(error: unknown): SafeDetails {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? { errno: code } : {};
}
