import { newId } from '../database.js';
import type { Look } from './change.repository.js';

/** The same key twice in one statement is an error in PostgreSQL, so looks at one record are folded into one first. */
export function fold(
  looks: readonly Look[],
): { id: string; site: string; aggregate: string; uuid: string; deleted: boolean; on_behalf: boolean; forced: boolean; forced_on: readonly string[] }[] {
  const byKey = new Map<string, ReturnType<typeof fold>[number]>();
  for (const look of looks) {
    const key = `${look.site} ${look.record.aggregate} ${look.record.uuid}`;
    const earlier = byKey.get(key);
    byKey.set(key, {
      id: earlier?.id ?? newId(),
      site: look.site,
      aggregate: look.record.aggregate,
      uuid: look.record.uuid,
      deleted: look.deletedEntry === true || earlier?.deleted === true,
      on_behalf: look.onBehalf === true || earlier?.on_behalf === true,
      forced: look.forced === true || earlier?.forced === true,
      forced_on: [...new Set([...(earlier?.forced_on ?? []), ...(look.forcedOn === undefined ? [] : [look.forcedOn])])],
    });
  }
  return [...byKey.values()];
}
