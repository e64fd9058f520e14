import type { Accounts, Session } from '../accounts.js';
import type { Ref, Row } from '../database.js';
import type { Engine } from '../engine.js';
import { type Answer, answer, htmlAnswer, type Incoming, sessionCookie, setSessionCookie } from '../http.js';
import { RestError } from '../rest-error.js';
import { encounterStu3 } from './encounter.stu3.js';
import type { FhirSetUp, Stu3Reading, Stu3Writing } from './fhir-call.js';
import { asFhirError, errorAnswer, FHIR_JSON, FhirError, failed, invalid, notAuthorized } from './fhir-error.js';
import { isJson, type Json, textIn } from './fhir-json.js';
import type { Stu3Profile } from './fhir-profile.js';
import { locationStu3 } from './location.stu3.js';
import { observationStu3 } from './observation.stu3.js';
import { patientStu3 } from './patient.stu3.js';
import { practitionerStu3 } from './practitioner.stu3.js';
import { type Stu3Resource, wordsOf } from './stu3-resource.js';

const BASE = '/openmrs/ws/fhir';
const TYPES: ReadonlyMap<string, Stu3Resource> = new Map(
  [patientStu3, locationStu3, encounterStu3, observationStu3, practitionerStu3].map((resource) => [resource.type, resource]),
);

interface Stu3Call extends Stu3Reading {
  readonly request: Incoming;
  readonly author: string;
}

/** openmrs-module-fhir 1.20.0 and the HAPI server in it (4.0.3, DSTU3), at `/ws/fhir`. The other types, `$everything`, conditional updates and XML are left out. */
export class Stu3Server {
  constructor(
    private readonly engine: Engine,
    private readonly accounts: Accounts,
    private readonly profile: Stu3Profile,
    private readonly setUp: FhirSetUp,
  ) {}

  /** A stale session is refused, whoever asks besides; who has no header and no session too (`AuthorizationFilter`). */
  answer(request: Incoming): Answer {
    const { session, isNew, stale } = this.accounts.open(sessionCookie(request));
    const cookie = isNew ? setSessionCookie(session.id) : {};
    if (stale) return htmlAnswer(403, 'Session timed out', cookie);
    const header = request.headers['authorization'];
    if (!session.account && header === undefined) return htmlAnswer(401, 'Not authenticated', cookie);
    if (!session.account && header !== undefined) this.#logIn(session, header);
    const done = this.#run(request, session);
    return { ...done, headers: { ...done.headers, ...cookie } };
  }

  /** Whoever cannot be logged in goes on as nobody. */
  #logIn(session: Session, header: string): void {
    const [username = '', password] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
    session.account = password === undefined ? null : this.accounts.authenticate(username, password);
  }

  #run(request: Incoming, session: Session): Answer {
    const may = (privilege: string): boolean => this.accounts.may(session.account, privilege);
    const call: Stu3Call = {
      ...{ engine: this.engine, accounts: this.accounts, profile: this.profile, setUp: this.setUp, request, may },
      base: `http://${request.headers['host'] ?? 'localhost'}${BASE}`,
      author: session.account?.uuid ?? '',
      needOneOf: (...privileges) => {
        if (!privileges.some(may)) throw notAuthorized(privileges);
      },
    };
    try {
      return route(call);
    } catch (error) {
      return errorAnswer(error instanceof RestError ? failed(`org.openmrs.api.APIException: ${wordsOf(error)}`) : asFhirError(error));
    }
  }
}

const json = (status: number, body: Json): Answer => answer(status, FHIR_JSON, JSON.stringify(body));
/** A write has an outcome but no resource, so that nothing is sent of it (HAPI, `Prefer: return=representation` by default); it says where the record is. */
const written = (call: Stu3Call, type: string, status: number, uuid: string): Answer =>
  answer(status, FHIR_JSON, '', { location: `${call.base}/${type}/${uuid}`, 'content-location': `${call.base}/${type}/${uuid}` });

function route(call: Stu3Call): Answer {
  const { request } = call;
  const [type = '', id, ...more] = request.path
    .slice(BASE.length + 1)
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  if (type === 'metadata')
    return json(200, {
      resourceType: 'CapabilityStatement',
      fhirVersion: '3.0.1',
      software: { name: 'OpenMRS FHIR Server' },
      rest: [{ mode: 'server', resource: [...TYPES.keys()].map((name) => ({ type: name })) }],
    });
  const resource = TYPES.get(type);
  if (!resource || more.length > 0) throw new FhirError(404, `Unknown resource type '${type}'`);
  if (request.method === 'GET') return id === undefined ? search(call, resource) : read(call, resource, id);
  if (request.method === 'POST' && id === undefined) return create(call, resource);
  if (request.method === 'PUT' && id !== undefined) return update(call, resource, id);
  if (request.method === 'DELETE' && id !== undefined && resource.remove) return remove(call, resource, id);
  throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle ${request.method} operation[${type}]`);
}

/** What is voided or retired is not there. */
function read(call: Stu3Call, resource: Stu3Resource, id: string): Answer {
  call.needOneOf(resource.privileges.read);
  const row = resource.find(call, id);
  if (!row) throw new FhirError(404, `${resource.type} is not found for the given Id ${id}`);
  return json(200, resource.show(row, call));
}

/** All at once: there are no pages. */
function search(call: Stu3Call, resource: Stu3Resource): Answer {
  call.needOneOf(resource.privileges.read);
  const asked = [...call.request.query].filter(([name]) => !name.startsWith('_') || name === '_id');
  const [[name, value] = ['', '']] = asked;
  const find = resource.searches[name];
  if (!find || asked.length !== 1)
    throw invalid(`Invalid request: The FHIR endpoint on this server does not know how to handle GET operation[${resource.type}]`);
  const rows = find(value, call);
  const entry = rows.map((row: Row) => ({ fullUrl: `${call.base}/${resource.type}/${row.uuid}`, resource: resource.show(row, call) }));
  const link = [{ relation: 'self', url: `${call.base}/${resource.type}?${call.request.rawQuery}` }];
  return json(200, {
    resourceType: 'Bundle',
    id: call.engine.random.uuid(),
    type: 'searchset',
    total: rows.length,
    link,
    ...(entry.length > 0 ? { entry } : {}),
  });
}

function bodyOf({ request }: Stu3Call, resource: Stu3Resource): Json {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw invalid('Failed to parse request body as JSON resource');
  }
  if (!isJson(body) || body['resourceType'] !== resource.type) throw invalid('Incorrect resource type found');
  return body;
}

const write = (call: Stu3Call, work: (writing: Stu3Writing) => Ref): Ref => call.engine.write(call.author, 'client', (writer) => work({ ...call, writer }));

/** POST: HAPI blanks the id of the body. */
function create(call: Stu3Call, resource: Stu3Resource): Answer {
  const { id: _, ...body } = bodyOf(call, resource);
  call.needOneOf(...resource.privileges.save);
  return written(call, resource.type, 201, write(call, (writing) => resource.create(writing, body)).uuid);
}

/** PUT makes what is not there, and says 200 of that too. */
function update(call: Stu3Call, resource: Stu3Resource, id: string): Answer {
  const body = bodyOf(call, resource);
  if (textIn(body, 'id') !== id)
    throw invalid('Can not update resource, resource body must contain an ID element which matches the request URL for update (PUT) operation');
  call.needOneOf(...resource.privileges.save);
  const row = resource.held(call, id);
  const ref = write(call, (writing) => (row ? resource.update(writing, row, body) : resource.create(writing, body)));
  return written(call, resource.type, 200, ref.uuid);
}

function remove(call: Stu3Call, resource: Stu3Resource, id: string): Answer {
  call.needOneOf(resource.privileges.remove);
  call.engine.write(call.author, 'client', (writer) => resource.remove?.({ ...call, writer }, resource.held(call, id)));
  return answer(204, FHIR_JSON, '');
}
