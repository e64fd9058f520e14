import { CATEGORIES, MODERN_PLATFORM } from '@sync-hub/categories';
import { conflictFields } from '@sync-hub/conflicts';
import type { ConflictDetail, ConflictSummary } from '@sync-hub/contracts';
import { aPatientConflict } from './conflict.builder.js';

const RECORD = { aggregate: 'location' as const, uuid: 'place-1' };

/** A place as webservices.rest tells it in full. */
export const aPlace = (changes: object = {}) => ({
  uuid: RECORD.uuid,
  name: 'Ward',
  description: 'ground floor',
  country: 'Kenya',
  tags: [],
  attributes: [],
  retired: false,
  ...changes,
});

const read = (changes: object) => CATEGORIES.location.decode(aPlace(changes), { record: RECORD, client: 'rest', platform: MODERN_PLATFORM });

/** A conflict of a place whose name both ends changed, and whose description the child emptied. */
export function aPlaceConflict(number = 1, changes: Partial<ConflictSummary> = {}): ConflictDetail {
  const { conflict, ...more } = aPatientConflict(number, changes);
  const [parent, child] = [read({ name: 'Ward P' }), read({ name: 'Ward C', description: null })];
  const fields = conflictFields({ category: 'location', reason: 'both-edited', fields: ['name'], agreement: null, parent, child, decisions: [] });
  return { ...more, conflict: { ...conflict, record: RECORD, category: 'location' }, fields };
}
