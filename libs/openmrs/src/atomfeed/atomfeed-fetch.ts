import { ContractError, SiteDownError } from '@sync-hub/contracts';
import { judgeAnswer, type Purpose } from '../http-answer.js';
import { parseJson } from '../parse-json.js';
import type { CallOptions } from '../site-client.js';
import type { RawAnswer } from '../site-http.client.js';
import type { SiteSession } from '../site-session.js';
import { type FeedPage, readFeedPage } from './feed-page.js';
import type { FetchPage } from './feed-position.js';
import type { Condition, KnownPages } from './known-pages.js';

/** UTF-8 must be asked for by name, or the body comes as ISO-8859-1 with `?` for the rest (atom feed modules on Spring). */
const ACCEPT = 'application/atom+xml;charset=UTF-8';

/** A site as its feeds are read. */
export interface FeedSource {
  readonly session: Pick<SiteSession, 'send' | 'info'>;
  readonly known: KnownPages;
  readonly site: string;
}

/** A page of a feed as it came over the wire, whatever it is. */
export function readFeedBytes(
  { session, site }: Pick<FeedSource, 'session' | 'site'>,
  feedCategory: string,
  page: number | 'recent',
  options: CallOptions,
  condition: Condition = {},
): Promise<RawAnswer> {
  const purpose: Purpose = { kind: 'read', what: `feed of ${feedCategory}`, site };
  return session.send({ method: 'GET', path: pathOf(feedCategory, page), headers: { accept: ACCEPT, ...condition }, purpose }, options);
}

const pathOf = (feedCategory: string, page: number | 'recent'): string => `/ws/atomfeed/${encodeURIComponent(feedCategory)}/${page}`;

/**
 * Fetches pages of one feed within the site's session. A page that the server cannot tell is `null`: beyond the end and
 * unserialisable pages are answered with 404, 500 or, since platform 2.5, 200 with an exception. The session is looked at
 * before that is believed, because an anonymous reader gets the same answers where privileges are checked. A page that came
 * with a validator is asked for with a condition.
 */
export function feedPages({ session, known, site }: FeedSource, feedCategory: string, options: CallOptions): FetchPage {
  const purpose: Purpose = { kind: 'read', what: `feed of ${feedCategory}`, site };
  const read = (path: string, answer: RawAnswer): FeedPage => {
    const told = readAnswer(answer, purpose);
    known.keep(path, answer, told);
    return told;
  };
  return async (page) => {
    const path = pathOf(feedCategory, page);
    const get = (condition: Condition) => readFeedBytes({ session, site }, feedCategory, page, options, condition);
    const answer = await get(known.conditionFor(path));
    const unchanged = answer.status === 304 ? known.told(path) : undefined;
    if (unchanged !== undefined) return unchanged;
    if (answer.status !== 304 && !saysNoSuchPage(answer)) return read(path, answer);
    known.forget(path);
    if (answer.status !== 304) await session.info(options);
    const again = await get({});
    return saysNoSuchPage(again) ? null : read(path, again);
  };
}

const saysNoSuchPage = (answer: RawAnswer): boolean =>
  answer.status === 404 || answer.status === 500 || (answer.status === 200 && parseJson(answer) !== undefined);

function readAnswer(answer: RawAnswer, purpose: Purpose) {
  const judgement = judgeAnswer({ status: answer.status, json: {} }, purpose);
  if (judgement.verdict === 'error') throw judgement.error;
  try {
    return readFeedPage(answer.bytes, answer.contentType);
  } catch (error) {
    // A start-up or login page in front of the feed, or an answer that broke off: the site is not ready, the feed is not broken.
    if (error instanceof ContractError && !looksLikeFeed(answer))
      throw new SiteDownError(`${purpose.site} answers without a feed where one was due`, { site: purpose.site, what: purpose.what, status: answer.status });
    throw error;
  }
}

const looksLikeFeed = ({ bytes }: RawAnswer): boolean => /<([\w-]+:)?feed[\s>]/.test(bytes.subarray(0, 1000).toString('latin1'));
