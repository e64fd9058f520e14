import type { Accounts, Session } from './accounts.js';
import type { Ref, Row } from './database.js';
import type { Engine } from './engine.js';
import { type Answer, answer, htmlAnswer, type Incoming, jsonAnswer, sessionCookie, setSessionCookie } from './http.js';
import { listOf, partsOf } from './lists.js';
import { type Caller, create, restore, take, update } from './operations.js';
import { type Reading, show } from './representation.js';
import { lookUp, parentOf, type Resource } from './resource.js';
import {
  conversion,
  errorBody,
  methodNotAllowed,
  missingPrivilege,
  notFound,
  notSupported,
  RestError,
  serverError,
  unknownResource,
  wrongParent,
} from './rest-error.js';
import { serveComplexValue, serveSession, serveSpecial } from './rest-special.js';
import { type Body, isObject } from './writer.js';

/** One request to webservices.rest, with whoever makes it. */
export interface RestCall {
  readonly engine: Engine;
  readonly accounts: Accounts;
  readonly request: Incoming;
  readonly session: Session;
  readonly reading: Reading;
  readonly caller: Caller;
  need(privilege: string | null): void;
}

/** `/openmrs/ws/rest/v1/…`: logs in, runs the request, and only then finds that its session was stale. */
export function serveRest(engine: Engine, accounts: Accounts, request: Incoming): Answer {
  const { session, isNew, stale } = accounts.open(sessionCookie(request));
  const cookie = isNew ? setSessionCookie(session.id) : {};
  if (!logIn(accounts, session, request.headers['authorization'])) return htmlAnswer(400, 'Invalid credentials provided', cookie);
  const done = run(rest(engine, accounts, request, session));
  if (stale) return htmlAnswer(engine.profile.staleSessionStatus, 'Session timed out', cookie);
  return { ...done, headers: { ...done.headers, ...cookie } };
}

/** A session that is logged in already ignores the header. False for a header that cannot be read. */
function logIn(accounts: Accounts, session: Session, header: string | undefined): boolean {
  if (session.account || header?.startsWith('Basic') !== true) return true;
  const decoded = Buffer.from(header.slice(6), 'base64').toString('utf8');
  if (!decoded.includes(':')) return false;
  const [username = '', password = ''] = decoded.split(':');
  session.account = accounts.authenticate(username, password);
  return true;
}

function rest(engine: Engine, accounts: Accounts, request: Incoming, session: Session): RestCall {
  const may = (privilege: string): boolean => accounts.may(session.account, privilege);
  return {
    engine,
    accounts,
    request,
    session,
    reading: { site: engine, base: `http://${request.headers['host'] ?? 'localhost'}/openmrs/ws/rest/v1`, may },
    caller: { uuid: session.account?.uuid ?? '', by: 'client', may },
    need: (privilege) => {
      if (!session.account || (privilege !== null && !may(privilege))) throw missingPrivilege(privilege ?? 'Authenticated', session.account !== null);
    },
  };
}

function run(call: RestCall): Answer {
  try {
    return route(call);
  } catch (error) {
    const known = error instanceof RestError ? error : serverError(error instanceof Error ? error.message : 'null', 'java.lang.RuntimeException:0');
    const asksToLogIn = known.parts.status === 401 && call.request.headers['disable-www-authenticate'] !== 'true';
    return jsonAnswer(
      known.parts.status,
      errorBody(known, call.engine.profile),
      asksToLogIn ? { 'www-authenticate': `Basic realm="OpenMRS at ${call.reading.base.slice(0, -2)}"` } : {},
    );
  }
}

function route(call: RestCall): Answer {
  const { engine, request } = call;
  const [name = '', uuid, path, partUuid, ...more] = request.path.split('/ws/rest/v1/')[1]?.replace(/\/$/, '').split('/').map(decode) ?? [];
  if (name === 'session') return serveSession(call);
  const special = serveSpecial(call, name, uuid);
  if (special) return special;
  const line = [...engine.resources.values()].find((candidate) => candidate.name === name && !candidate.under);
  if (!line || more.length > 0) throw unknownResource(name);
  if (name === 'obs' && path === 'value' && partUuid === undefined) return serveComplexValue(call, uuid ?? '');
  if (path === undefined) return uuid === undefined ? collection(call, line) : record(call, line, uuid);
  const parts = [...engine.resources.values()].find(({ under }) => under?.parent === line.name && under.path === path);
  if (!parts) throw unknownResource(`${name}/${path}`);
  const owner = lookUp(engine, line, uuid ?? '');
  return partUuid === undefined ? partCollection(call, parts, owner) : part(call, parts, uuid ?? '', partUuid);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function bodyOf({ request }: RestCall): Body {
  const type = request.headers['content-type'] ?? '';
  if (type.includes('xml')) throw new RestError(`Content type '${type}' not supported`, { status: 415 });
  try {
    const body: unknown = JSON.parse(request.body);
    if (isObject(body)) return body;
  } catch {
    throw conversion(`Could not read JSON: Unexpected character; nested exception is com.fasterxml.jackson.core.JsonParseException`);
  }
  throw conversion('Could not read JSON: Cannot deserialize value of type `org.openmrs.module.webservices.rest.SimpleObject`');
}

const how = ({ request }: RestCall, otherwise = 'default'): string => {
  const asked = request.query.get('v') ?? otherwise;
  if (asked === '') throw serverError('?v=(empty string) is not allowed', 'java.lang.IllegalArgumentException:0');
  return asked;
};
/** The record after the write, or what was there before if the write left nothing of it. */
const again = (call: RestCall, { kind, uuid }: Ref, before: Row): Row => call.engine.database.find(kind, uuid) ?? before;
const emptied = (): Answer => answer(204, 'application/json;charset=UTF-8', '');

function collection(call: RestCall, line: Resource): Answer {
  const { request, engine, reading } = call;
  if (request.method === 'GET') {
    call.need(line.privileges.get);
    return jsonAnswer(200, listOf(reading, line, request.query, how(call, 'ref')));
  }
  if (request.method !== 'POST') throw methodNotAllowed(request.method);
  const body = bodyOf(call);
  call.need(line.privileges.add);
  if (line.create.length === 0) throw notSupported();
  const made = create(engine, line, null, body, call.caller);
  return jsonAnswer(201, show(line, again(call, made, made), line.name === 'patient' ? 'default' : how(call), reading));
}

function record(call: RestCall, line: Resource, uuid: string): Answer {
  const { request, engine, reading, caller } = call;
  if (!['GET', 'POST', 'DELETE'].includes(request.method)) throw methodNotAllowed(request.method);
  call.need(line.privileges.get);
  const row = lookUp(engine, line, uuid);
  if (request.method === 'DELETE') return deleted(call, line, row);
  if (!row) throw notFound();
  if (request.method === 'GET') return jsonAnswer(200, show(line, row, how(call), reading));
  const body = bodyOf(call);
  // Before webservices.rest 2.25.0 (RESTWS-702, MainResourceController.update) it is a key like any other, and no resource has it.
  const restores = engine.profile.undeletes && body['deleted'] === 'false' && Object.keys(body).length === 1;
  call.need(restores ? line.privileges.remove : line.privileges.edit);
  if (restores && line.staysDeleted === 'refused') throw notSupported('undelete action not yet supported for this resource');
  if (restores && line.staysDeleted === undefined) restore(engine, line, row, caller);
  const written = restores ? row : update(engine, line, row, body, caller);
  return jsonAnswer(200, show(line, again(call, written, row), line.name === 'patient' && !restores ? 'default' : how(call), reading));
}

function deleted(call: RestCall, line: Resource, row: Row | null): Answer {
  const { request, engine } = call;
  const purge = request.query.get('purge');
  if (purge !== null && purge !== 'true' && !line.under) throw methodNotAllowed('DELETE');
  const erase = purge !== null;
  call.need(erase ? line.privileges.purge : line.privileges.remove);
  if (!row && erase) return emptied();
  if (!row) throw notFound();
  take(engine, line, row, { erase, reason: request.query.get('reason') ?? 'web service call' }, call.caller);
  return emptied();
}

function partCollection(call: RestCall, line: Resource, owner: Row | null): Answer {
  const { request, engine, reading } = call;
  if (request.method === 'GET') {
    call.need(line.privileges.get);
    const listed = partsOf(reading, line, owner, request.query, how(call));
    return listed === null ? emptied() : jsonAnswer(200, listed);
  }
  if (request.method === 'PUT') throw notSupported();
  if (request.method === 'DELETE') throw notFound();
  if (request.method !== 'POST') throw methodNotAllowed(request.method);
  const body = bodyOf(call);
  call.need(line.privileges.add);
  if (!owner) throw notFound();
  const made = create(engine, line, owner, body, call.caller);
  return jsonAnswer(201, show(line, again(call, made, made), 'default', reading));
}

function partAt({ engine }: RestCall, line: Resource, owner: string, key: string): Row | null {
  const { knownBy } = line;
  if (knownBy === undefined) return lookUp(engine, line, key);
  return engine.database.ownedBy(owner, line.kind).find(({ values }) => values[knownBy] === key && values['voided'] !== true) ?? null;
}

function part(call: RestCall, line: Resource, owner: string, uuid: string): Answer {
  const { request, engine, reading } = call;
  if (!['GET', 'POST', 'DELETE'].includes(request.method)) throw methodNotAllowed(request.method);
  call.need(line.privileges.get);
  const row = partAt(call, line, owner, uuid);
  const parent = row && parentOf(line, row);
  if (row && parent !== owner) throw wrongParent(owner, `${line.under?.parent ?? ''}#${parent ?? ''}`);
  if (request.method === 'DELETE') return deleted(call, line, row);
  if (!row) throw notFound();
  if (request.method === 'GET') return jsonAnswer(200, show(line, row, how(call), reading));
  const body = bodyOf(call);
  call.need(line.privileges.edit);
  const written = update(engine, line, row, body, call.caller);
  return jsonAnswer(200, show(line, again(call, written, row), 'default', reading));
}
