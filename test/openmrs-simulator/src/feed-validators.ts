import { createHash } from 'node:crypto';
import type { Answer, Incoming } from './http.js';

/** What a caching proxy makes of a page of the feed: validators on it, and 304 without a body where the client has it already. */
export function validated(proxy: 'etag' | 'last-modified' | null, request: Incoming, right: Answer, changedAt: number): Answer {
  if (proxy === null || right.status !== 200 || !(right.headers['content-type'] ?? '').startsWith('application/atom+xml')) return right;
  const etag = `"${createHash('sha1').update(right.body).digest('hex')}"`;
  const lastModified = new Date(changedAt).toUTCString();
  const headers = { ...right.headers, ...(proxy === 'etag' ? { etag } : { 'last-modified': lastModified }) };
  const isKnown = proxy === 'etag' ? request.headers['if-none-match'] === etag : request.headers['if-modified-since'] === lastModified;
  return isKnown ? { status: 304, headers, body: Buffer.alloc(0) } : { ...right, headers };
}
