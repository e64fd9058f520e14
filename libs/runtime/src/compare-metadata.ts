import { type CanonicalRecord, type MetadataDrift, metadataDrift, sameByName, takesReferences } from '@sync-hub/categories';
import { digestOf, type LinkConfiguration, MAPPED_KINDS, type MappedKind, mappedOn, metadataComparedOn } from '@sync-hub/configuration';
import { ContractError, type Metadata, NotAllowedError, RefusedError, safeError, TransientError, type Uuid } from '@sync-hub/contracts';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import type { MetMetadata } from '@sync-hub/persistence';
import { pairedBySearch } from './pair-by-search.js';

/** The sites at the ends of a link. */
export interface LinkEnds {
  readonly parent: SiteClient;
  readonly child: SiteClient;
}

/** What came of comparing the metadata of two ends. */
export interface MetadataCompared {
  readonly drifts: readonly MetadataDrift[];
  /** Kinds that could not be compared, with why: `role: not-allowed`. */
  readonly notCompared: readonly string[];
}

/** Of these a site has thousands: those are compared that records of the link have referred to, and what one end lacks is searched for there. */
const TOO_MANY: ReadonlySet<MappedKind> = new Set<MappedKind>(['location', 'concept', 'conceptreferenceterm', 'drug', 'provider']);

/** The kinds that are compared on a link: metadata by its modes, and places. */
export const comparedOn = (link: LinkConfiguration): readonly MappedKind[] => ['location', ...metadataComparedOn(link)];

/** The version of what a comparison goes by: another one as soon as other kinds are compared, or other uuids are mapped. */
export const comparisonDigest = (link: LinkConfiguration): string =>
  digestOf({ kinds: comparedOn(link), mapped: mappedOn(link), ends: [link.parent, link.child] });

/** Compares the metadata of both ends of a link, kind by kind, and writes nothing there. Throws SiteDownError or LockedOutError where an end is away. */
export async function compareMetadata(
  ends: LinkEnds,
  kinds: readonly MappedKind[],
  met: readonly MetMetadata[],
  options: CallOptions,
): Promise<MetadataCompared> {
  const drifts: MetadataDrift[] = [];
  const notCompared: string[] = [];
  let same: ReadonlyMap<Uuid, Uuid> = new Map();
  // What others name comes before them: roles name privileges.
  for (const kind of MAPPED_KINDS.filter((one) => kinds.includes(one))) {
    const ofKind = new Set(met.flatMap((one) => (one.kind === kind ? [one.uuid] : [])));
    try {
      const [parent, child] = await recordsAtEnds(ends, kind, ofKind, options);
      same = new Map([...same, ...sameByName({ parent, child })]);
      const found = metadataDrift({ parent, child, met: ofKind, same });
      drifts.push(...(TOO_MANY.has(kind) ? await pairedBySearch(ends, found, options) : found));
    } catch (error) {
      if (options.signal.aborted || !isOfOneKind(error)) throw error;
      notCompared.push(`${kind}: ${safeError(error).code}`);
    }
  }
  return { drifts, notCompared };
}

const isOfOneKind = (error: unknown): boolean =>
  error instanceof NotAllowedError || error instanceof RefusedError || error instanceof ContractError || error instanceof TransientError;

/** All of a kind, or those that were met; what one end lists and the other does not is asked for there by its uuid, for not every list is whole. */
async function recordsAtEnds(
  ends: LinkEnds,
  kind: MappedKind,
  met: ReadonlySet<Uuid>,
  options: CallOptions,
): Promise<readonly [CanonicalRecord[], CanonicalRecord[]]> {
  const lists = TOO_MANY.has(kind) ? ([[], []] as const) : await listsAtEnds(ends, kind as Metadata, options);
  if (lists === null) return [[], []];
  const asked = new Set([...lists.flatMap((list) => list.map(({ record }) => record.uuid)), ...met]);
  const [parent, child] = await Promise.all([
    completed(ends.parent, { kind, listed: lists[0], asked }, options),
    completed(ends.child, { kind, listed: lists[1], asked }, options),
  ]);
  return [parent, child];
}

async function listsAtEnds({ parent, child }: LinkEnds, kind: Metadata, options: CallOptions) {
  const [parents, childs] = await Promise.all([parent.metadataOf(kind, options), child.metadataOf(kind, options)]);
  // What a site has no such thing as, nobody can add there.
  return parents === null || childs === null ? null : ([parents, childs] as const);
}

interface ToComplete {
  readonly kind: MappedKind;
  readonly listed: readonly CanonicalRecord[];
  readonly asked: ReadonlySet<Uuid>;
}

async function completed(site: SiteClient, { kind, listed, asked }: ToComplete, options: CallOptions): Promise<CanonicalRecord[]> {
  const there = new Set(listed.map(({ record }) => record.uuid));
  const all = [...listed];
  for (const uuid of asked) {
    if (there.has(uuid)) continue;
    const read = await site.read({ aggregate: kind, uuid }, options);
    if (takesReferences(kind, read.presence)) all.push(read);
  }
  return all;
}
