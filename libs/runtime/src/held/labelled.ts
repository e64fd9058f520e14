import type { CanonicalRecord } from '@sync-hub/categories';
import { BugError, type HeldName } from '@sync-hub/contracts';
import type { SnapshotRepository } from '@sync-hub/persistence';

/** What is kept under that id; `null` where nothing is named, or its seal cannot be opened. */
export async function snapshotOrNull(snapshots: Pick<SnapshotRepository, 'read'>, id: string | null): Promise<CanonicalRecord | null> {
  if (id === null) return null;
  return snapshots.read(id).catch((error: unknown) => {
    if (error instanceof BugError) return null;
    throw error;
  });
}

/** A piece of metadata by what the source calls it. What a patient is called is nobody's business here. */
export function labelled(name: string, labels: Readonly<Record<string, string>>): HeldName {
  const [kind = '', uuid = ''] = name.split('/');
  return { name, label: PEOPLE.has(kind) ? null : (labels[uuid] ?? null) };
}

const PEOPLE: ReadonlySet<string> = new Set(['person', 'patient', 'provider', 'user', 'relationship']);
