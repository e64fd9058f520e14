import { createHash, timingSafeEqual } from 'node:crypto';
import type { AskedBy } from './caller.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export const isReading = ({ method }: Pick<AskedBy, 'method'>): boolean => READS.has(method);

/** Does the browser say that a page elsewhere asks? Programs say nothing. */
export function isFromElsewhere({ headers }: Pick<AskedBy, 'headers'>): boolean {
  const { 'sec-fetch-site': site, origin, host } = headers;
  return (site !== undefined && site !== 'same-origin') || (origin !== undefined && hostOf(origin) !== host);
}

/** What a page of ours sends beside the cookie, which it cannot read: made of the session's secret, which nobody makes out of it. */
export const pageToken = (secret: string): string => createHash('sha256').update(`page:${secret}`).digest('base64url');

/** Was this written in a session by a page of ours? A browser says where it comes from whenever it writes. */
export function isFromOurPage({ headers }: Pick<AskedBy, 'headers'>, secret: string): boolean {
  if (headers['sec-fetch-site'] === undefined && headers['origin'] === undefined) return false;
  const [told, expected] = [Buffer.from(headers['x-page-token'] ?? ''), Buffer.from(pageToken(secret))];
  return told.length === expected.length && timingSafeEqual(told, expected);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
