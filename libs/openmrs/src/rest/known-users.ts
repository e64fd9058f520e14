import type { CallOptions } from '../site-client.js';
import type { RestResources } from './rest-resources.js';

const KNOWN_FOR_MS = 10 * 60_000;

/** Which accounts a site has, each asked for at most once in ten minutes: clerks are few and records are many. */
export class KnownUsers {
  private readonly known = new Map<string, { readonly isThere: boolean; readonly at: number }>();

  constructor(
    private readonly rest: RestResources,
    private readonly now: () => number = Date.now,
  ) {}

  async has(uuid: string, options: CallOptions): Promise<boolean> {
    const known = this.known.get(uuid);
    if (known !== undefined && this.now() - known.at < KNOWN_FOR_MS) return known.isThere;
    const user = await this.rest.get(`user/${encodeURIComponent(uuid)}?v=custom:(uuid)`, { what: 'user' }, options);
    const isThere = user?.['uuid'] === uuid;
    this.known.set(uuid, { isThere, at: this.now() });
    return isThere;
  }
}
