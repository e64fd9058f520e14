import type { MergeRule } from '@sync-hub/merge';
import type { CanonicalRecord, Provenance } from './canonical.js';
import type { Body, CategorySpec } from './category-spec.js';

/** The account under which a server's scheduled tasks work, on every server (openmrs-core 1.9 to 2.8 Daemon.DAEMON_USER_UUID, executeScheduledTask). */
const DAEMON = 'a4f30a1b-5eb9-11df-a648-37a07f9c90fb';

/** What a merge must know of a kind of record: the lists whose items are replaced, and the rules beside field by field. */
export function mergedBy({ lists, merges = [] }: Pick<CategorySpec, 'lists' | 'merges'>): Pick<CanonicalRecord, 'replaced' | 'rules'> {
  const replaced = lists.flatMap((list) => (list.replaced === undefined ? [] : [{ list: list.name, fields: list.fields ?? [], ...list.replaced }]));
  const chosen = lists.flatMap(({ name, preferred }): MergeRule[] => (preferred === undefined ? [] : [{ rule: 'chosen', field: preferred.field, list: name }]));
  const rules = [...merges, ...chosen];
  return { ...(replaced.length === 0 ? {} : { replaced }), ...(rules.length === 0 ? {} : { rules }) };
}

/** What a merge must know of one record beside what it holds: whether a task changed it last, and whether another has taken its place. */
export function saidOfLife(
  spec: CategorySpec,
  body: Body,
  { deleted, provenance }: { readonly deleted: boolean; readonly provenance: Provenance },
): Pick<CanonicalRecord, 'byTask' | 'mergedAway'> {
  const heedsTasks = spec.merges?.some(({ rule }) => rule === 'person-before-task') === true;
  const lastChangedBy = provenance.changedBy ?? provenance.creator;
  return {
    ...(heedsTasks && lastChangedBy?.toLowerCase() === DAEMON ? { byTask: true as const } : {}),
    ...(deleted && spec.mergedAway?.(body) === true ? { mergedAway: true as const } : {}),
  };
}
