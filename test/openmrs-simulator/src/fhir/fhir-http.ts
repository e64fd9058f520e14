import type { Accounts, Session } from '../accounts.js';
import type { Row } from '../database.js';
import type { Engine } from '../engine.js';
import { type Answer, answer, htmlAnswer, type Incoming, sessionCookie, setSessionCookie } from '../http.js';
import type { FhirCall, FhirSetUp } from './fhir-call.js';
import { capabilities } from './fhir-capabilities.js';
import { asFhirError, deletedOutcome, errorAnswer, FHIR_JSON, FhirError, gone, invalid, notAuthorized, unknown } from './fhir-error.js';
import { isJson, type Json, partIn, textIn } from './fhir-json.js';
import { FhirPages } from './fhir-pages.js';
import type { R4Profile } from './fhir-profile.js';
import type { FhirResource } from './fhir-resource.js';
import { mayUpsert } from './fhir-settings.js';
import { typesOf } from './fhir-table.js';

const BASE = '/openmrs/ws/fhir2/R4';

/** openmrs-module-fhir2 and the HAPI server in it, at `/ws/fhir2/R4`. XML, PATCH, `_include`, `$everything` and R3 are left out. */
export class Fhir2Server {
  readonly #pages = new FhirPages();
  readonly #types: ReadonlyMap<string, FhirResource>;

  constructor(
    private readonly engine: Engine,
    private readonly accounts: Accounts,
    private readonly profile: R4Profile,
    private readonly setUp: FhirSetUp,
  ) {
    this.#types = typesOf(profile);
  }

  /** The paging of searches begins anew, as when the server starts again. */
  forgetSearches(): void {
    this.#pages.forget();
  }

  answer(request: Incoming): Answer {
    if (!(request.path === BASE || request.path.startsWith(`${BASE}/`))) return htmlAnswer(404, 'Not Found');
    const { session, isNew } = this.accounts.open(sessionCookie(request));
    const cookie = isNew ? setSessionCookie(session.id) : {};
    const isOpen = request.path.endsWith('/metadata');
    if (!isOpen && !this.#logIn(session, request.headers['authorization'])) return htmlAnswer(401, 'Not authenticated', cookie);
    const done = this.#run(this.#call(request, session));
    return { ...done, headers: { 'x-powered-by': 'OpenMRS FHIR Server', ...done.headers, ...cookie } };
  }

  /** A session that is logged in ignores the header; a colon in the password cuts it off (`AuthenticationFilter`). */
  #logIn(session: Session, header: string | undefined): boolean {
    if (session.account || header?.startsWith('Basic') !== true) return session.account !== null;
    const [username = '', password] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
    session.account = password === undefined ? null : this.accounts.authenticate(username, password);
    return session.account !== null;
  }

  #call(request: Incoming, session: Session): FhirCall {
    const may = (privilege: string): boolean => this.accounts.may(session.account, privilege);
    const scheme = request.headers['x-forwarded-proto'] ?? 'http';
    return {
      engine: this.engine,
      accounts: this.accounts,
      profile: this.profile,
      setUp: this.setUp,
      request,
      session,
      base: `${scheme}://${request.headers['x-forwarded-host'] ?? request.headers['host'] ?? 'localhost'}${BASE}`,
      caller: { uuid: session.account?.uuid ?? '', by: 'client', may },
      may,
      needOneOf: (...privileges) => {
        if (privileges.length > 0 && !privileges.some(may)) throw notAuthorized(privileges);
      },
    };
  }

  #run(call: FhirCall): Answer {
    try {
      return this.#route(call);
    } catch (error) {
      return errorAnswer(asFhirError(error));
    }
  }

  #route(call: FhirCall): Answer {
    const { request } = call;
    const [type = '', id, ...more] = request.path
      .slice(BASE.length + 1)
      .split('/')
      .filter(Boolean)
      .map(decodeURIComponent);
    const pages = request.query.get('_getpages');
    if (type === '' && pages !== null) return bundleAnswer(this.#pages.next(call, pages));
    if (type === 'metadata') return jsonFhir(200, capabilities(call, this.#types.values()));
    const resource = this.#types.get(type);
    if (!resource) throw new FhirError(404, `Unknown resource type '${type}' - Server knows how to handle: [${[...this.#types.keys()].join(', ')}]`);
    if (more.length > 0) throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle ${request.method} operation`);
    if (request.method === 'GET') return id === undefined ? this.#search(call, resource, request.query) : read(call, resource, id);
    if (request.method === 'POST' && id === '_search') return this.#search(call, resource, new URLSearchParams(request.body));
    if (request.method === 'POST') return create(call, resource, id);
    if (request.method === 'PUT') return update(call, resource, id);
    if (request.method === 'DELETE') return remove(call, resource, id);
    throw new FhirError(405, `${request.method} is not supported`);
  }

  #search(call: FhirCall, resource: FhirResource, query: URLSearchParams): Answer {
    mustRead(call, resource);
    return bundleAnswer(this.#pages.first(call, resource, query));
  }
}

const jsonFhir = (status: number, json: Json, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, FHIR_JSON, JSON.stringify(json), headers);
const bundleAnswer = (bundle: Json): Answer => jsonFhir(200, bundle, { 'cache-control': 'no-store' });

function mustRead(call: FhirCall, resource: FhirResource): void {
  for (const privileges of resource.privileges.read) call.needOneOf(...privileges);
}

/** What HAPI says of a resource beside it: `ETag` and `Content-Location` where it has a version, `Last-Modified` where it has a date. */
function headersOf(call: FhirCall, shown: Json): Record<string, string> {
  const meta = partIn(shown, 'meta');
  const [version, at] = [textIn(meta, 'versionId'), textIn(meta, 'lastUpdated')];
  return {
    ...(version === null ? {} : { etag: `W/"${version}"`, 'content-location': `${addressOf(call, shown)}/_history/${version}` }),
    ...(at === null ? {} : { 'last-modified': new Date(at).toUTCString() }),
  };
}

const addressOf = (call: FhirCall, { resourceType, id }: Json): string => `${call.base}/${String(resourceType)}/${String(id)}`;

function read(call: FhirCall, resource: FhirResource, id: string): Answer {
  mustRead(call, resource);
  const row = resource.find(call, id);
  if (!row) throw unknown(resource.type, id);
  if (resource.isGone(row)) throw gone(resource.type, id);
  const shown = resource.show(row, call);
  const headers = headersOf(call, shown);
  const isKnown = headers['etag'] !== undefined && call.request.headers['if-none-match'] === headers['etag'];
  return isKnown ? answer(304, FHIR_JSON, '', headers) : jsonFhir(200, shown, { ...headers, 'cache-control': 'no-store' });
}

function bodyOf({ request }: FhirCall, resource: FhirResource): Json {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw invalid('Failed to parse request body as JSON resource. Error was: Failed to parse JSON encoded FHIR content');
  }
  if (!isJson(body)) throw invalid('Failed to parse request body as JSON resource. Error was: Content does not appear to be FHIR JSON');
  if (body['resourceType'] !== resource.type)
    throw invalid(`Incorrect resource type found, expected "${resource.type}" but found "${String(body['resourceType'])}"`);
  return body;
}

/** The row after the write, or what was there before if nothing of it is left under that uuid. */
const again = (call: FhirCall, { kind, uuid }: Pick<Row, 'kind' | 'uuid'>): Row => {
  const row = call.engine.database.find(kind, uuid);
  if (!row) throw unknown(kind, uuid);
  return row;
};

/** POST. HAPI blanks the id of the body, so that the record always gets one of the server's (`CreateMethodBinding`). */
function create(call: FhirCall, resource: FhirResource, id: string | undefined): Answer {
  const { create: make } = resource;
  if (!make) throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle POST operation[${resource.type}]`);
  if (id !== undefined)
    throw invalid(
      `Can not create resource with ID "${id}", ID must not be supplied on a create (POST) operation (use an HTTP PUT / update operation if you wish to supply an ID)`,
    );
  const { id: _, ...body } = bodyOf(call, resource);
  return made(call, resource, body, make);
}

function made(call: FhirCall, resource: FhirResource, body: Json, make: NonNullable<FhirResource['create']>): Answer {
  call.needOneOf(...resource.privileges.save);
  const ref = call.engine.write(call.caller.uuid, 'client', (writer) => make({ ...call, writer }, body));
  const shown = resource.show(again(call, ref), call);
  const headers = headersOf(call, shown);
  return jsonFhir(201, shown, { ...headers, location: headers['content-location'] ?? addressOf(call, shown) });
}

/** PUT. `If-Match` is read by nobody; a voided record is written like any other (`BaseFhirService.update`). */
function update(call: FhirCall, resource: FhirResource, id: string | undefined): Answer {
  const { update: change, create: make } = resource;
  if (!change) throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle PUT operation[${resource.type}]`);
  const body = bodyOf(call, resource);
  if (id === undefined) throw invalid('Can not update resource, request URL must contain an ID element for update (PUT) operation');
  const named = textIn(body, 'id');
  if (named === null) throw invalid('Can not update resource, resource body must contain an ID element for update (PUT) operation');
  if (named !== id)
    throw invalid(
      `Can not update resource, resource body must contain an ID element which matches the request URL for update (PUT) operation - Resource body ID of "${named}" does not match URL ID of "${id}"`,
    );
  mustRead(call, resource);
  const row = resource.find(call, id);
  if (!row && make && resource.canUpsert === true && call.profile.versions && mayUpsert(call, resource.type)) return made(call, resource, body, make);
  if (!row) throw unknown(resource.type, id);
  call.needOneOf(...resource.privileges.save);
  const ref = call.engine.write(call.caller.uuid, 'client', (writer) => change({ ...call, writer }, row, body));
  const shown = resource.show(again(call, ref), call);
  return jsonFhir(200, shown, headersOf(call, shown));
}

/** DELETE. Of what is gone already it is done again, without effect. */
function remove(call: FhirCall, resource: FhirResource, id: string | undefined): Answer {
  const { remove: take } = resource;
  if (!take || id === undefined)
    throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle DELETE operation[${resource.type}]`);
  call.needOneOf(...resource.privileges.remove);
  const row = resource.find(call, id);
  if (!row) throw unknown(resource.type, id);
  call.engine.write(call.caller.uuid, 'client', (writer) => take({ ...call, writer }, row));
  return jsonFhir(200, deletedOutcome());
}
