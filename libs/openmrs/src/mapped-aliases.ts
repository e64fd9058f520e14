import { type Aggregate, type RecordRef, RefusedError, recordKey, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { AliasBook } from './alias-book.js';

/** One thing that a site has under a uuid of its own, as a person has said: `parent` is what its parent calls it, `child` what it does. */
export interface MappedUuid {
  readonly kind: Aggregate;
  readonly parent: Uuid;
  readonly child: Uuid;
}

/** What is mapped for a site, and in whose uuids it is told. */
export interface MappingsOfSite {
  readonly parent: SiteId;
  readonly mapped: readonly MappedUuid[];
}

/** The books of all sites. */
export interface MappedBooks {
  /** The book of the site, which goes by what is mapped at each moment. */
  of(site: SiteId): AliasBook;
  /** What is mapped is asked for anew: another configuration has taken over. */
  forget(): void;
}

/**
 * The books of all sites, with what the configuration maps: a mapping is an alias that a person has given. What a site's parent calls a record may be
 * the parent's own alias in turn, so that a mapping holds down a chain of sites.
 */
export function mappedBooks(bookOf: (site: SiteId) => AliasBook, mappingsOf: (site: SiteId) => MappingsOfSite | null): MappedBooks {
  const books = new Map<SiteId, AliasBook>();
  const now = (site: SiteId): AliasBook => {
    const known = books.get(site);
    if (known !== undefined) return known;
    const mappings = mappingsOf(site);
    const book =
      mappings === null || mappings.mapped.length === 0
        ? bookOf(site)
        : mappedAliases({ site, own: bookOf(site), above: now(mappings.parent), mapped: mappings.mapped });
    books.set(site, book);
    return book;
  };
  return { of: (site) => askedEachTime(() => now(site)), forget: () => books.clear() };
}

/** A book that can be kept though another one takes its place. */
const askedEachTime = (now: () => AliasBook): AliasBook => ({
  toLocal: (record) => now().toLocal(record),
  toCanonical: (aggregate, localUuid) => now().toCanonical(aggregate, localUuid),
  allToLocal: (records) => now().allToLocal(records),
  allToCanonical: (locals) => now().allToCanonical(locals),
  isMapped: (record) => now().isMapped(record),
  remember: (record, localUuid) => now().remember(record, localUuid),
});

interface MappedSite {
  readonly site: SiteId;
  /** The aliases that the site itself has brought about. */
  readonly own: AliasBook;
  /** The book of the site's parent. */
  readonly above: AliasBook;
  readonly mapped: readonly MappedUuid[];
}

function mappedAliases({ site, own, above, mapped }: MappedSite): AliasBook {
  const kinds = new Set(mapped.map(({ kind }) => kind));
  const childs = new Map(mapped.map(({ kind, parent: uuid, child }) => [recordKey({ aggregate: kind, uuid }), child]));
  const parents = new Map(mapped.map(({ kind, child, parent: uuid }) => [recordKey({ aggregate: kind, uuid: child }), uuid]));

  const mappedUuid = async (record: RecordRef): Promise<Uuid | undefined> =>
    kinds.has(record.aggregate) ? childs.get(recordKey({ ...record, uuid: await above.toLocal(record) })) : undefined;
  const toLocal = async (record: RecordRef): Promise<Uuid> => {
    const mine = await mappedUuid(record);
    if (mine !== undefined) return mine;
    const local = await own.toLocal(record);
    if (!parents.has(recordKey({ ...record, uuid: local }))) return local;
    // What is there under this uuid is, a person has said, something else: to read or write it as this would mix the two.
    throw new RefusedError('mapped-to-another', `${site} has another ${record.aggregate} under that uuid, as the mappings of its link say`, {
      site,
      record: recordKey(record),
    });
  };
  const toCanonical = async (aggregate: Aggregate, localUuid: Uuid): Promise<Uuid> => {
    if (!kinds.has(aggregate)) return own.toCanonical(aggregate, localUuid);
    const theirs = parents.get(recordKey({ aggregate, uuid: localUuid }));
    return theirs === undefined ? own.toCanonical(aggregate, localUuid) : above.toCanonical(aggregate, theirs);
  };
  return {
    toLocal,
    toCanonical,
    allToLocal: (records) => Promise.all(records.map(toLocal)),
    allToCanonical: (locals) => Promise.all(locals.map(({ aggregate, uuid }) => toCanonical(aggregate, uuid))),
    isMapped: async (record) => (await mappedUuid(record)) !== undefined,
    remember: (record, localUuid) => own.remember(record, localUuid),
  };
}
