import type { VouchRefusal } from '@sync-hub/contracts';
import { AuthorizationResponseError } from 'openid-client';

/**
 * Why somebody was not signed in by the provider: it does not answer; what it answers, or the configuration, is wrong; it let them not in; they came back from elsewhere or too late; or they are nobody here.
 * The page has a sentence for each.
 */
export const SIGN_IN_TROUBLES = ['no-answer', 'misconfigured', 'refused', 'stale', 'no-role', 'no-name', 'disabled'] as const satisfies readonly (
  | VouchRefusal
  | string
)[];
export type SignInTrouble = (typeof SIGN_IN_TROUBLES)[number];

interface Told {
  readonly trouble: SignInTrouble;
  /** For the log, which lets out of it what it may. */
  readonly cause: unknown;
}

/** What it means that going by the provider failed like that. */
export function troubleOf(error: unknown): Told {
  if (error instanceof AuthorizationResponseError) return { trouble: error.error === 'access_denied' ? 'refused' : 'misconfigured', cause: error };
  const why = [...chainOf(error)];
  return { trouble: why.some(isNoAnswer) ? 'no-answer' : 'misconfigured', cause: why.find(hasCode) ?? error };
}

interface Link {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** An error, what caused it, and so on. */
function* chainOf(error: unknown): Generator<Link> {
  for (let at = error as Link | null | undefined; typeof at === 'object' && at !== null; at = at.cause as Link | undefined) yield at;
}

/** What cannot be reached is a `TypeError` of `fetch`, and why is its cause. */
function isNoAnswer(at: Link): boolean {
  if (at instanceof Response) return at.status >= 500 || at.status === 429;
  return at.name === 'TimeoutError' || (at.name === 'TypeError' && at.cause !== undefined);
}

const hasCode = ({ code }: Link): boolean => typeof code === 'string';
