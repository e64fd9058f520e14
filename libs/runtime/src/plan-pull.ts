import { type CanonicalRecord, metadataName, metadataNamed, type Reference } from '@sync-hub/categories';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';

/** More than so many pieces in one act are no slip any more: then let the class travel. */
export const MOST_PULLED = 200;
/** Steps from what is asked for. */
export const DEEPEST_PULLED = 20;

/** One piece that is to be pulled. */
export interface PulledPiece {
  readonly record: RecordRef;
  /** What people call it; `null` of what has no name, and of persons. */
  readonly name: string | null;
  /** Out of use at the parent, and so at the child. */
  readonly isRetired: boolean;
}

/** Why something that the child lacks is not pulled. `no-kind`: it is of none that travels. `patient`: she goes where her catchment says. */
export interface NotPulled {
  /** `resource/uuid`. */
  readonly named: string;
  readonly why: 'no-kind' | 'not-at-the-parent' | 'patient' | 'too-many';
}

/** What comes with a piece of metadata that a person has pulled. */
export interface PullPlan {
  /** What is referred to before what refers to it, as far as they do not go in circles. */
  readonly pulls: readonly PulledPiece[];
  readonly lacks: readonly NotPulled[];
}

interface Walk {
  readonly ends: { readonly parent: SiteClient; readonly child: SiteClient };
  readonly options: CallOptions;
  readonly seen: Set<string>;
  readonly pulls: PulledPiece[];
  readonly lacks: NotPulled[];
}

/**
 * What the child lacks of what the record refers to at the parent, and of what that refers to. Reads at both ends, and writes nothing. Each piece is met
 * once, so that circles end.
 */
export async function planPull(ends: Walk['ends'], record: RecordRef, options: CallOptions): Promise<PullPlan> {
  const walk: Walk = { ends, options, seen: new Set([recordKey(record)]), pulls: [], lacks: [] };
  await visit(walk, { record, named: recordKey(record), depth: 0 });
  return { pulls: walk.pulls, lacks: walk.lacks };
}

async function visit(walk: Walk, { record, named, depth }: { readonly record: RecordRef; readonly named: string; readonly depth: number }): Promise<void> {
  const read = await walk.ends.parent.read(record, walk.options);
  const why = whyNot(read);
  if (why !== null) {
    walk.lacks.push({ named, why });
    return;
  }
  for (const reference of usedBy(read)) await follow(walk, reference, depth + 1);
  const name = read.category === 'person' ? null : metadataName(read);
  walk.pulls.push({ record, name, isRetired: read.presence !== 'present' });
}

async function follow(walk: Walk, reference: Reference, depth: number): Promise<void> {
  const named = `${reference.resource}/${reference.uuid}`;
  const record = pulledAs(reference);
  const key = record === null ? named : recordKey(record);
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  if (await walk.ends.child.has(reference, walk.options)) return;
  // Those on the way down to this one are pulled too.
  const isTooMany = depth > DEEPEST_PULLED || walk.pulls.length + depth >= MOST_PULLED;
  if (record === null || isTooMany) walk.lacks.push({ named, why: record === null ? 'no-kind' : 'too-many' });
  else await visit(walk, { record, named, depth });
}

function whyNot({ presence, category }: CanonicalRecord): NotPulled['why'] | null {
  if (presence === 'absent' || presence === 'gone') return 'not-at-the-parent';
  return category === 'patient' ? 'patient' : null;
}

/** Metadata, places, and the persons that providers are. */
function pulledAs({ resource, uuid, aggregate }: Reference): RecordRef | null {
  const kind = metadataNamed(resource) ?? (aggregate === 'location' || aggregate === 'person' ? aggregate : null);
  return kind === null ? null : { aggregate: kind, uuid };
}

/** What is named by no field that holds something is not needed. */
const usedBy = ({ references, fields }: CanonicalRecord): readonly Reference[] => references.filter(({ path }) => (fields[path] ?? null) !== null);
