import type { FhirWrite } from '@sync-hub/categories';
import { ContractError, RefusedError, SiteDownError } from '@sync-hub/contracts';
import { aboutOf, judgeAnswer, type Purpose } from '../http-answer.js';
import { parseJson } from '../parse-json.js';
import type { CallOptions } from '../site-client.js';
import type { RawAnswer } from '../site-http.client.js';
import type { SiteSession } from '../site-session.js';

/** A resource or a bundle, as fhir2 tells it. */
export type FhirBody = Readonly<Record<string, unknown>>;

/** What became of a resource that was asked for by its id: fhir2 says 410 of one that is voided or retired (BaseFhirService.get). */
export type FhirAnswer = { readonly state: 'there'; readonly body: FhirBody; readonly at: Date | null } | { readonly state: 'gone' | 'absent' };

/** What is written, for errors. */
type About = Pick<Purpose, 'what'> & { readonly record: string };

const ROOT = '/ws/fhir2/R4/';
const ACCEPT = 'application/fhir+json;charset=UTF-8';

/** fhir2 of one site: paths in, JSON or SyncErrors out. Paths come after `/ws/fhir2/R4/`. */
export class FhirResources {
  constructor(
    private readonly session: Pick<SiteSession, 'send'>,
    readonly site: string,
  ) {}

  /** The resource at a path. Throws RefusedError `unsupported` where the server has no fhir2. */
  async get(path: string, what: string, options: CallOptions): Promise<FhirAnswer> {
    const purpose: Purpose = { kind: 'read', site: this.site, what };
    const answer = await this.session.send({ method: 'GET', path: ROOT + path, headers: { accept: ACCEPT }, purpose }, options);
    const json = parseJson(answer);
    if (answer.status === 410 && json !== undefined) return { state: 'gone' };
    if (answer.status === 404 && json === undefined) throw notThere(purpose);
    const judgement = judgeAnswer({ status: answer.status, ...(json === undefined ? {} : { json }) }, purpose);
    if (judgement.verdict === 'error') throw judgement.error;
    return judgement.verdict === 'absent' ? { state: 'absent' } : { state: 'there', body: bodyOf(json, answer, purpose), at: answer.date };
  }

  /** Changes the resource at a path. Throws SyncErrors only; never the server's own text. */
  async put(path: string, resource: FhirBody, about: About, options: CallOptions): Promise<void> {
    await this.write({ method: 'PUT', path, resource }, about, options);
  }

  /** Makes, changes or voids a resource, and gives the id of what the server tells afterwards, if it tells one. Throws as `put` does. */
  async write(planned: FhirWrite, about: About, options: CallOptions): Promise<string | null> {
    const purpose: Purpose = { kind: 'write', site: this.site, ...about };
    const headers = { accept: ACCEPT, 'content-type': ACCEPT };
    const body = 'resource' in planned ? { body: planned.resource } : {};
    const answer = await this.session.send({ method: planned.method, path: ROOT + planned.path, headers, purpose, ...body }, options);
    const json = parseJson(answer);
    const judgement = judgeAnswer({ status: answer.status, ...(json === undefined ? {} : { json }) }, purpose);
    if (judgement.verdict === 'error') throw judgement.error;
    const id = (json as FhirBody | null | undefined)?.['id'];
    return typeof id === 'string' ? id : null;
  }
}

const notThere = (purpose: Purpose): RefusedError =>
  new RefusedError('unsupported', `${purpose.site} has no fhir2: it answers 404 to ${purpose.what}, without a body of FHIR`, aboutOf(purpose));

function bodyOf(json: unknown, { status }: RawAnswer, purpose: Purpose): FhirBody {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new ContractError(`${purpose.site}: ${purpose.what} is told as no object of FHIR`, { ...aboutOf(purpose), status });
  if ('resourceType' in json) return json as FhirBody;
  throw new SiteDownError(`${purpose.site} answers without FHIR where it was due`, { ...aboutOf(purpose), status });
}
