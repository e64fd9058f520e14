import type { Step } from '@sync-hub/categories';
import { ContractError } from '@sync-hub/contracts';
import { aboutOf, judgeAnswer, type Purpose } from '../http-answer.js';
import { parseJson } from '../parse-json.js';
import type { CallOptions } from '../site-client.js';
import type { RawAnswer, SiteRequest } from '../site-http.client.js';
import type { SiteSession } from '../site-session.js';
import { privilegeFor } from './privileges.js';

/** What webservices.rest tells of one thing. */
export type RestBody = Readonly<Record<string, unknown>>;

const ROOT = '/ws/rest/v1/';

/** webservices.rest of one site: paths in, JSON or SyncErrors out. Paths come after `/ws/rest/v1/`. */
export class RestResources {
  constructor(
    private readonly session: SiteSession,
    readonly site: string,
  ) {}

  /** The body at a path, `null` where the server has no such thing. */
  async get(path: string, about: Omit<Purpose, 'kind' | 'site'>, options: CallOptions): Promise<RestBody | null> {
    const purpose: Purpose = { kind: 'read', site: this.site, ...privilegeFor('GET', path), ...about };
    const json = await this.send({ method: 'GET', path: ROOT + path, purpose }, options);
    return json === null ? null : this.bodyOf(json, purpose);
  }

  /** The body at a path of a module's own, which says by an empty 404 that it has no such thing (Spring's ResponseEntity); `null` then. */
  async getOfModule(path: string, about: Omit<Purpose, 'kind' | 'site'>, options: CallOptions): Promise<RestBody | null> {
    const purpose: Purpose = { kind: 'read', site: this.site, ...about };
    const answer = await this.session.send({ method: 'GET', path: ROOT + path, purpose }, options);
    if (answer.status === 404 && answer.bytes.length === 0) return null;
    const json = judged(answer, purpose);
    return json === null ? null : this.bodyOf(json, purpose);
  }

  /** A list that a module of its own tells, asked by a GET, or by a POST that changes nothing. */
  async listOfModule(
    { path, body }: { readonly path: string; readonly body?: RestBody },
    about: Omit<Purpose, 'kind' | 'site'>,
    options: CallOptions,
  ): Promise<readonly RestBody[]> {
    const purpose: Purpose = { kind: 'read', site: this.site, ...about };
    const asks = body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, body };
    const json = judged(await this.session.send({ ...asks, path: ROOT + path, purpose }, options), purpose);
    if (!Array.isArray(json)) throw new ContractError(`${this.site}: ${purpose.what} come without a list`, aboutOf(purpose));
    return json.map((one) => this.bodyOf(one, purpose));
  }

  /** The results of a search or a list; none where the server does not know what it is asked for. */
  async list(path: string, what: string, options: CallOptions): Promise<readonly RestBody[]> {
    return (await this.page(path, what, options))?.results ?? [];
  }

  /** A page of results; `null` where the server does not know what it is asked for. */
  private async page(path: string, what: string, options: CallOptions): Promise<{ readonly results: readonly RestBody[]; readonly more: boolean } | null> {
    const purpose: Purpose = { kind: 'read', site: this.site, what, ...privilegeFor('GET', path) };
    const json = await this.send({ method: 'GET', path: ROOT + path, purpose }, options);
    if (json === null) return null;
    const { results, links } = this.bodyOf(json, purpose);
    if (!Array.isArray(results)) throw new ContractError(`${this.site}: ${what} come without a list of results`, aboutOf(purpose));
    const more = Array.isArray(links) && links.some((link: unknown) => (link as RestBody | null)?.['rel'] === 'next');
    return { results: results.map((result) => this.bodyOf(result, purpose)), more };
  }

  /** Every result of a search, page by page as the server cuts them (webservices.rest NeedsPaging: 50 unless set otherwise). */
  async listAll(path: string, what: string, options: CallOptions): Promise<readonly RestBody[]> {
    return (await this.listAllThere(path, what, options)) ?? [];
  }

  /** The same; `null` where the server does not know what it is asked for, or no longer on a later page. */
  async listAllThere(path: string, what: string, options: CallOptions): Promise<readonly RestBody[] | null> {
    const all: RestBody[] = [];
    for (;;) {
      const page = await this.page(all.length === 0 ? path : `${path}&startIndex=${all.length}`, what, options);
      if (page === null) return null;
      all.push(...page.results);
      if (!page.more || page.results.length === 0) return all;
    }
  }

  /** Does one step of a plan and gives the answer's uuid, if it has one. */
  async write(step: Step, record: string, options: CallOptions): Promise<string | null> {
    const what = whatOf(step);
    const purpose: Purpose = { kind: 'write', site: this.site, what, record, ...privilegeFor(step.method, step.path) };
    const json = await this.send({ method: step.method, path: ROOT + step.path, body: step.body, purpose }, options);
    const uuid = json !== null && typeof json === 'object' ? (json as RestBody)['uuid'] : undefined;
    return typeof uuid === 'string' ? uuid : null;
  }

  private async send(request: SiteRequest, options: CallOptions): Promise<unknown> {
    return judged(await this.session.send(request, options), request.purpose);
  }

  private bodyOf(json: unknown, purpose: Purpose): RestBody {
    if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as RestBody;
    throw new ContractError(
      `${this.site}: ${purpose.what} is told as ${json === null ? 'null' : Array.isArray(json) ? 'a list' : typeof json}, allowed is an object`,
      aboutOf(purpose),
    );
  }
}

/** The JSON of an answer; `null` where the server has no such thing. */
function judged(answer: RawAnswer, purpose: Purpose): unknown {
  const json = parseJson(answer);
  const judgement = judgeAnswer({ status: answer.status, ...(json === undefined ? {} : { json }) }, purpose);
  if (judgement.verdict === 'error') throw judgement.error;
  return judgement.verdict === 'absent' ? null : (json ?? null);
}

/** `patient`, `person name`: the kinds of things in a path, without its uuids. */
function whatOf({ path }: Step): string {
  const [resource = '', , item] = path.split('?')[0]?.split('/') ?? [];
  return item === undefined ? resource : `${resource} ${item}`;
}
