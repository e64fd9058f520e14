import { CATEGORIES, patientsOf } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { PRESENCE } from '@sync-hub/merge';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import type { Round } from './bases.js';
import type { WritePlan } from './plan-push.js';

/** A patient who was merged into another at the source and still stands at the target, and by which paths the write hangs on her. */
export interface MergedAway {
  readonly patient: RecordRef;
  readonly paths: readonly string[];
}

interface Ends {
  readonly source: () => Promise<SiteClient>;
  readonly target: SiteClient;
}

/**
 * Does the write do to what hangs on a patient what a merge at the source did to it: give it to another, or void it? As long as she stands at the target
 * nobody there has merged her, and no REST can: no server takes another patient for what is there (openmrs-core 1.9 to 2.8 PatientServiceImpl.mergePatients
 * moves visits, encounters and enrollments, and copies and voids the rest).
 */
export async function mergedAwayIn({ incoming, held }: Round, { writes }: WritePlan, ends: Ends, options: CallOptions): Promise<MergedAway | null> {
  const { hangsOn } = CATEGORIES[incoming.category];
  if (hangsOn === undefined || held.presence !== 'present') return null;
  const isVoid = writes.presence === 'voided';
  const moved = hangsOn.patients.filter((path) => writes.fields.has(path));
  const whose = patientsOf(isVoid ? held : { ...held, fields: Object.fromEntries(moved.map((path) => [path, held.fields[path] ?? null])) });
  for (const patient of whose) {
    const atSource = await (await ends.source()).read(patient, options);
    if (atSource.mergedAway === true && (await ends.target.presenceOf(patient, options)) === 'present') return { patient, paths: isVoid ? [PRESENCE] : moved };
  }
  return null;
}
