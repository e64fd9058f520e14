import { CATEGORIES, type RecordCategory, type Reference } from '@sync-hub/categories';
import { fieldName, PRESENCE } from '@sync-hub/merge';
import type { Plan } from './plan-push.js';

type WritePlan = Extract<Plan, { action: 'write' }>;

/**
 * The plan without what refers to records that the target lacks, where all of it may be written later; the next look then plans what was left
 * out. `null` where something may not, or where nothing else is to be written: then the job waits.
 */
export function putOffReferences(plan: WritePlan, category: RecordCategory, missing: readonly Reference[]): WritePlan | null {
  const deferrable = CATEGORIES[category].deferrable ?? [];
  if (missing.length === 0 || missing.some(({ aggregate, path }) => aggregate === null || !deferrable.includes(fieldName(path)))) return null;
  const later = new Set(missing.map(({ path }) => path));
  const wrote = plan.wrote.filter((path) => !later.has(path));
  const fields = new Map([...plan.writes.fields].filter(([path]) => !later.has(path)));
  const isCreated = plan.wrote.includes(PRESENCE);
  return isCreated || fields.size > 0 ? { ...plan, writes: { ...plan.writes, fields }, wrote, again: true } : null;
}
