import type { Accounts } from './accounts.js';
import type { Engine } from './engine.js';
import { feedDocument } from './feed-document.js';
import { type FeedFlavour, FLAVOURS } from './feed-flavour.js';
import { type Answer, answer, htmlAnswer, type Incoming, sessionCookie, setSessionCookie } from './http.js';
import { localDate, localMidnight } from './java-time.js';

interface Accepted {
  readonly type: string;
  readonly utf8: boolean;
  readonly anything: boolean;
}

/** Spring's string converter writes whatever is asked for, in ISO-8859-1 unless a charset is. */
function accepted(header: string | undefined): Accepted {
  const first = (header ?? '*/*').split(',')[0]?.trim() ?? '*/*';
  const [type = '*/*', ...parameters] = first.split(';').map((part) => part.trim().toLowerCase());
  const anything = type === '*/*' || type === '';
  return { type: anything ? 'text/plain' : type, utf8: parameters.includes('charset=utf-8'), anything };
}

/** The address of the request as the server saw it: the generic module always writes the port, Bahmni's leaves 80 and 443 out. */
export function requestAddress(request: Incoming, flavour: FeedFlavour = 'generic'): { self: string; addressOf: (page: number) => string } {
  const [host = 'localhost', givenPort] = (request.headers['host'] ?? 'localhost').split(':');
  const scheme = request.headers['x-forwarded-proto'] ?? 'http';
  const port = scheme === 'https' && (givenPort ?? '80') === '80' ? '443' : (givenPort ?? '80');
  const { hiddenPorts } = FLAVOURS[flavour];
  const withPort = (hidden: readonly string[]): string => (hidden.includes(port) ? host : `${host}:${port}`);
  const query = request.rawQuery === '' ? '' : `?${request.rawQuery}`;
  const base = `${scheme}://${withPort(['80', ...hiddenPorts])}${request.path.slice(0, request.path.lastIndexOf('/') + 1)}`;
  return { self: `${scheme}://${withPort(hiddenPorts)}${request.path}${query}`, addressOf: (page) => `${base}${page}` };
}

const BEYOND_LATIN_1 = /[\u{100}-\u{10ffff}]/gu;

/** One question mark for each character that Latin-1 lacks. */
const encoded = (text: string, utf8: boolean): Buffer => (utf8 ? Buffer.from(text, 'utf8') : Buffer.from(text.replace(BEYOND_LATIN_1, '?'), 'latin1'));

/** How a platform says that a page cannot be had: from core 2.5 on it can look like a success. */
function failure(engine: Engine, accept: Accepted, message: string, headers: Record<string, string>): Answer {
  if (!engine.profile.feed.errorsLookLikeSuccess) return htmlAnswer(500, `org.ict4h.atomfeed.server.exceptions.AtomFeedRuntimeException: ${message}`, headers);
  if (!accept.anything) return htmlAnswer(404, 'The requested resource is not available', headers);
  const frame = {
    methodName: 'getEventFeed',
    fileName: 'EventFeedServiceImpl.java',
    lineNumber: 71,
    className: 'org.ict4h.atomfeed.server.service.EventFeedServiceImpl',
    nativeMethod: false,
  };
  return answer(200, 'application/json', JSON.stringify({ cause: null, stackTrace: [frame], localizedMessage: message, message, suppressed: [] }), headers);
}

/** `GET /openmrs/ws/atomfeed/{category}/{recent|n}`. An Authorization header means nothing here, a session does. */
export function serveFeed(engine: Engine, accounts: Accounts, request: Incoming): Answer {
  const { session, isNew } = accounts.open(sessionCookie(request));
  const headers = isNew ? setSessionCookie(session.id) : {};
  const [, category, wanted] = /\/ws\/atomfeed\/([^/]+)\/([^/]+?)(?:\.[^/.]*)?\/?$/.exec(request.path) ?? [];
  if (category === undefined || wanted === undefined) return htmlAnswer(404, 'Not Found', headers);
  if (request.method !== 'GET') return htmlAnswer(405, 'Method Not Allowed', headers);
  const accept = accepted(request.headers['accept']);
  const closed =
    engine.profile.feed.needsPrivilege && request.headers['x-forwarded-proto'] === undefined && !accounts.may(session.account, 'Get Global Properties');
  if (closed) return failure(engine, accept, 'Privileges required: Get Global Properties', headers);
  const newest = engine.feed.newestPage(category);
  const number = wanted === 'recent' ? newest : Number(wanted);
  const rows = number === 0 && wanted === 'recent' ? [] : engine.feed.page(category, number);
  if (!rows)
    return failure(
      engine,
      accept,
      Number.isInteger(number) && number > 0 ? 'feed does not exist' : 'feedId must not be null and must be greater than 0',
      headers,
    );
  const { self, addressOf } = requestAddress(request, engine.flavour);
  const midnight = localMidnight(localDate(engine.now(), engine.zone), engine.zone);
  try {
    const xml = feedDocument({ flavour: engine.flavour, rows, number, newest, self, addressOf, via: wanted === 'recent' ? addressOf(number) : self, midnight });
    const named = engine.profile.feed.namesCharset || accept.utf8 || accept.anything;
    const type = named ? `${accept.type};charset=${accept.utf8 ? 'UTF-8' : 'ISO-8859-1'}` : accept.type;
    return answer(200, type, encoded(xml, accept.utf8), headers);
  } catch {
    return failure(engine, accept, 'Invalid XML: org.jdom.IllegalDataException', headers);
  }
}
