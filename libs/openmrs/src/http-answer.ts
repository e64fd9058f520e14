import { LockedOutError, NotAllowedError, RefusedError, type SafeDetails, SiteDownError, type SyncError, TransientError } from '@sync-hub/contracts';
import { CODES_TIME_HEALS, codesIn, IDENTIFIER_IN_USE_CODES } from './error-codes.js';

/** What a request was for: enough to say in an error, and to know what a missing answer leaves open. Holds no patient data. */
export interface Purpose {
  readonly kind: 'read' | 'write';
  /** `patient`, `location attribute`, `session`, `feed page`, ... */
  readonly what: string;
  readonly site: string;
  /** The record, as `person/<uuid>`, where there is one. */
  readonly record?: string;
  /** The privilege that OpenMRS asks for here, to be named to operators. */
  readonly privilege?: string;
}

/** An answer as far as it decides anything. `json` is absent where the body is no JSON. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

/** A connection that failed: `unsent` where the server cannot have seen the request, `cut` where it may have done it, `stopped` by ourselves. */
export type Failure = { readonly kind: 'unsent' | 'cut' | 'stopped'; readonly reason: string };

/** `absent` is a JSON 404 on a read: the server is well and has no such record. */
export type Judgement = { readonly verdict: 'ok' } | { readonly verdict: 'absent' } | { readonly verdict: 'error'; readonly error: SyncError };

const OK: Judgement = { verdict: 'ok' };
const ABSENT: Judgement = { verdict: 'absent' };
const failed = (error: SyncError): Judgement => ({ verdict: 'error', error });

/** The one place where an answer becomes an error class. Statuses and constant codes decide, never a text. */
export function judgeAnswer(answer: Answer, purpose: Purpose): Judgement {
  const { status } = answer;
  const details: SafeDetails = { ...aboutOf(purpose), status };
  if (status >= 200 && status < 300) return judgeSuccess(answer, purpose, details);
  if (status >= 300 && status < 400) return failed(down(purpose, 'redirects, so it is not ready', details));
  if (status === 401) return failed(new LockedOutError(`${purpose.site} does not let us in (401)`, details));
  if (status === 403) return failed(notAllowed(purpose, details));
  if (status === 429 || status === 503) return failed(down(purpose, `is busy or starting (${status})`, details));
  if (status === 502 || status === 504)
    return failed(purpose.kind === 'write' ? outcomeUnknown(purpose, details) : down(purpose, `is not reached by its proxy (${status})`, details));
  if (status >= 500) return failed(new TransientError('server-error', `${purpose.site} failed at ${subject(purpose)} (${status})`, details));
  if (status === 404 && purpose.kind === 'read')
    return isJson(answer) ? ABSENT : failed(down(purpose, 'answers 404 without JSON, so webservices.rest is not there', details));
  return failed(judgeRefusal(answer, purpose, details));
}

/** What a connection that failed means. After a write that may have arrived, only reading tells. */
export function judgeFailure(failure: Failure, purpose: Purpose): SyncError {
  const details: SafeDetails = { ...aboutOf(purpose), reason: failure.reason };
  if (failure.kind !== 'unsent' && purpose.kind === 'write') return outcomeUnknown(purpose, details);
  if (failure.kind === 'stopped') return new TransientError('stopped', `${subject(purpose)} at ${purpose.site} was given up because we stop`, details);
  return down(purpose, `does not answer (${failure.reason})`, details);
}

/** A write whose answer is missing or not to be trusted: it may have been done, and must be looked for before anything else. */
export const outcomeUnknown = (purpose: Purpose, details: SafeDetails = aboutOf(purpose)): TransientError =>
  new TransientError('outcome-unknown', `it is not known whether ${purpose.site} did ${subject(purpose)}; it must be read first`, details);

/** Site, subject and record of a request, for the details of any error. */
export function aboutOf({ site, what, kind, record }: Purpose): SafeDetails {
  return { site, what, kind, ...(record === undefined ? {} : { record }) };
}

/** `reading patient person/8d6c…`. */
export const subject = ({ kind, what, record }: Purpose): string =>
  `${kind === 'read' ? 'reading' : 'writing'} ${what}${record === undefined ? '' : ` of ${record}`}`;

function judgeSuccess(answer: Answer, purpose: Purpose, details: SafeDetails): Judgement {
  if (answer.status === 204) return OK;
  if (!isJson(answer)) return failed(down(purpose, 'answers without JSON where JSON was due', details));
  // Platform 2.5 and newer can tell an exception with status 200 (core's uncaughtException view).
  if (isException(answer.json))
    return failed(
      purpose.kind === 'write'
        ? outcomeUnknown(purpose, details)
        : new TransientError('server-error', `${purpose.site} answers ${subject(purpose)} with an error told as success`, details),
    );
  return OK;
}

function judgeRefusal({ json, status }: Answer, purpose: Purpose, details: SafeDetails): SyncError {
  const { codes, fields } = codesIn(json);
  const told: SafeDetails = { ...details, ...(codes.length > 0 ? { codes } : {}), ...(fields.length > 0 ? { fields } : {}) };
  if (codes.some((code) => IDENTIFIER_IN_USE_CODES.has(code)))
    return new RefusedError('identifier-in-use', `${purpose.site} already gives that identifier to somebody`, told);
  if (codes.length > 0 && codes.every((code) => CODES_TIME_HEALS.has(code)))
    return new TransientError(codes.every(isOfTheFuture) ? 'in-the-future' : 'out-of-turn', `${purpose.site} takes ${subject(purpose)} only later`, told);
  return new RefusedError('refused', `${purpose.site} refuses ${subject(purpose)} (${status})`, told);
}

/** Refused because of a moment that has not come; the other codes that time heals are about what stands beside the record. */
const isOfTheFuture = (code: string): boolean => /future|BeforeCurrent/i.test(code);

const down = (purpose: Purpose, how: string, details: SafeDetails): SiteDownError => new SiteDownError(`${purpose.site} ${how}`, details);

function notAllowed(purpose: Purpose, details: SafeDetails): NotAllowedError {
  const privilege = purpose.privilege === undefined ? {} : { privilege: purpose.privilege };
  const needs = purpose.privilege === undefined ? '' : `; it takes the privilege ${purpose.privilege}`;
  return new NotAllowedError(`${purpose.site} does not allow ${subject(purpose)}${needs}`, { ...details, ...privilege });
}

const isJson = ({ json }: Answer): boolean => json !== undefined;

function isException(json: unknown): boolean {
  if (json === null || typeof json !== 'object') return false;
  return 'error' in json || 'stackTrace' in json || 'exception' in json;
}
