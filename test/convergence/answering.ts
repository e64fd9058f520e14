import { type ConflictChoice, type ConflictDesk, type ConflictDetail, type ConflictField, ConflictFilter } from '@sync-hub/contracts';
import type { HubDatabase, KeptConflict } from './hub-database.js';
import type { Random } from './random.js';

/** What somebody was shown who answered a conflict, or said that it may stay. */
export interface Shown extends KeptConflict {
  readonly how: 'answered' | 'dismissed' | 'came-too-late';
}

/** Answers every open conflict once, each of its fields at random: what the parent holds, what the child does, or something else. */
export async function answerAll(desk: ConflictDesk, hub: HubDatabase, random: Random): Promise<readonly Shown[]> {
  const { conflicts } = await desk.list(ConflictFilter.parse({ limit: 200 }));
  const kept = await hub.conflicts();
  const shown: Shown[] = [];
  for (const { id, link, record, reason } of conflicts) {
    const detail = await desk.find(id);
    const own = kept.find((one) => one.link === link && one.record === `${record.aggregate}/${record.uuid}`);
    if (detail === null || own === undefined) continue;
    shown.push({ ...own, how: await answer(desk, detail, reason, random) });
  }
  return shown;
}

/** Answers one conflict: everything that is asked with what that end holds. */
export async function answerOne(desk: ConflictDesk, { link, record }: KeptConflict, take: 'parent' | 'child'): Promise<Shown['how']> {
  const [aggregate, uuid] = record.split('/');
  const { conflicts } = await desk.list(ConflictFilter.parse({ limit: 200, link }));
  const found = conflicts.find((one) => one.record.aggregate === aggregate && one.record.uuid === uuid);
  const detail = found === undefined ? null : await desk.find(found.id);
  const choices = detail?.fields.filter(({ does }) => does === 'ask').map(({ path }) => ({ path, take })) ?? [];
  if (detail === null || choices.length === 0) return 'came-too-late';
  return (await desk.answer(detail.conflict.id, { version: detail.conflict.version, choices }, 'grace')).kind === 'taken' ? 'answered' : 'came-too-late';
}

async function answer(desk: ConflictDesk, { conflict, fields }: ConflictDetail, reason: string, random: Random): Promise<Shown['how']> {
  const asked = fields.filter(({ does }) => does === 'ask');
  // What a write of ours overwrote is nowhere any more: a person asks whoever typed it.
  if (reason === 'overwritten') return (await desk.dismiss(conflict.id, 'asked there', 'grace')) ? 'dismissed' : 'came-too-late';
  const side = random.pick(['parent', 'child'] as const) ?? 'parent';
  // Which item is preferred goes with the items: all of a record is answered by one end, or else field by field.
  const isWhole = random.chance(0.5);
  const choices = asked.map((field) =>
    choiceOf(field, isWhole ? side : (random.pick(['parent', 'child'] as const) ?? side), !isWhole && random.chance(0.3), random),
  );
  const taken = choices.length === 0 ? null : await desk.answer(conflict.id, { version: conflict.version, choices }, 'grace');
  return taken?.kind === 'taken' ? 'answered' : 'came-too-late';
}

/** A value that nobody has typed, where one can be typed that fits. */
function choiceOf({ path, kind, takes }: ConflictField, take: 'parent' | 'child', isTyped: boolean, random: Random): ConflictChoice {
  if (!isTyped || !takes.includes('value')) return { path, take };
  if (kind === 'text') return { path, value: `Z${1000 + random.below(9000)}` };
  return kind === 'date' ? { path, value: `19${50 + random.below(40)}-05-17` } : { path, take };
}
