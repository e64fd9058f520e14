import type { Row } from '../database.js';
import type { FhirCall } from './fhir-call.js';
import { fhirInstant } from './fhir-dates.js';
import { FhirError } from './fhir-error.js';
import type { Json } from './fhir-json.js';
import type { FhirResource } from './fhir-resource.js';
import { found } from './fhir-search.js';
import { fhirSetting } from './fhir-settings.js';

/** A search that was made, and can be paged through while it is remembered. The total is what it was at first. */
interface Search {
  readonly id: string;
  readonly resource: FhirResource;
  readonly query: URLSearchParams;
  readonly published: number;
  readonly total: number;
  /** Where the module keeps what it found. */
  readonly kept: readonly string[] | null;
}

const REMEMBERED = 100;

/** HAPI's `FifoMemoryPagingProvider(100)` and the module's `SearchQueryBundleProvider`: the oldest search is forgotten first, and its pages are gone then. */
export class FhirPages {
  readonly #searches = new Map<string, Search>();

  /** Whatever was found is forgotten, as when the server starts again. */
  forget(): void {
    this.#searches.clear();
  }

  first(call: FhirCall, resource: FhirResource, query: URLSearchParams): Json {
    const rows = found(resource, query, call);
    const kept = call.profile.pagesAreKept ? rows.map(({ uuid }) => uuid) : null;
    const search = { id: call.engine.random.uuid(), resource, query, published: call.engine.now(), total: rows.length, kept };
    const bundle = this.#bundle(call, search, 0, query);
    if (search.total > pageSize(call, query)) this.#remember(search);
    return bundle;
  }

  /** `?_getpages=…&_getpagesoffset=…&_count=…`. 410 for a search that is forgotten (HAPI's `PageMethodBinding`). */
  next(call: FhirCall, id: string): Json {
    const search = this.#searches.get(id);
    if (!search) throw new FhirError(410, `Search ID "${id}" does not exist and may have expired`);
    call.needOneOf(...(search.resource.privileges.read[0] ?? []));
    return this.#bundle(call, search, Math.max(0, Number(call.request.query.get('_getpagesoffset') ?? 0)), call.request.query);
  }

  #remember(search: Search): void {
    this.#searches.set(search.id, search);
    const [oldest] = this.#searches.keys();
    if (this.#searches.size > REMEMBERED && oldest !== undefined) this.#searches.delete(oldest);
  }

  #bundle(call: FhirCall, search: Search, offset: number, query: URLSearchParams): Json {
    const size = pageSize(call, query);
    const rows = query.get('_summary') === 'count' ? [] : pageOf(call, search, offset, offset + Math.min(size, search.total - offset));
    const page = (from: number): string => `${call.base}?_getpages=${search.id}&_getpagesoffset=${from}&_count=${size}&_bundletype=searchset`;
    const self = `${call.base}${call.request.path.split('/R4')[1] ?? ''}${call.request.rawQuery === '' ? '' : `?${call.request.rawQuery}`}`;
    const link = [
      { relation: 'self', url: self },
      ...(rows.length > 0 && offset + size < search.total ? [{ relation: 'next', url: page(offset + size) }] : []),
      ...(rows.length > 0 && offset > 0 ? [{ relation: 'previous', url: page(Math.max(0, offset - size)) }] : []),
    ];
    const entry = rows.map((row) => ({ fullUrl: `${call.base}/${search.resource.type}/${row.uuid}`, resource: search.resource.show(row, call) }));
    return {
      resourceType: 'Bundle',
      id: search.id,
      meta: { lastUpdated: fhirInstant(search.published, call.engine.zone) },
      type: 'searchset',
      total: search.total,
      link,
      ...(entry.length > 0 ? { entry } : {}),
    };
  }
}

function pageOf(call: FhirCall, { resource, query, kept }: Search, from: number, to: number): readonly Row[] {
  if (kept === null) return found(resource, query, call).slice(from, to);
  const rows = kept.slice(from, to).flatMap((uuid) => resource.find(call, uuid) ?? []);
  return rows.filter((row) => !resource.isGone(row));
}

/** As many as asked for, never more than the setting allows (`FhirRestServlet.createPagingProvider`). */
function pageSize(call: FhirCall, query: URLSearchParams): number {
  const asked = Number(query.get('_count') ?? 0);
  const size = Number.isInteger(asked) && asked > 0 ? asked : Number(fhirSetting(call, 'fhir2.paging.default'));
  return Math.min(size, Number(fhirSetting(call, 'fhir2.paging.maximum')));
}
