import { type ConflictChoice, type ConflictDesk, type ConflictDetail, type ConflictField, ConflictFilter } from '@sync-hub/contracts';
import { groupOf } from './content.js';
import { PRESENCE } from './held.js';
import type { Kept, KeptConflict } from './hub-database.js';
import type { Random } from './random.js';

/** What somebody was shown who answered a conflict, or said that it may stay, and what came of that. */
export interface Shown extends KeptConflict {
  readonly id: string;
  /** `nothing-asked`: it had no field that can be answered. */
  readonly how: 'answered' | 'dismissed' | 'came-too-late' | 'nothing-asked' | 'invalid';
  readonly at: Date;
  readonly choices: readonly ConflictChoice[];
  /** By which the hub knows the answer. */
  readonly answerId: string | null;
}

export interface Answering {
  readonly random: Random;
  /** What people do after each has been looked at, before it is answered. */
  readonly meanwhile?: () => void;
  /** Is one in so many, or none, left as it is, with a reason? */
  readonly leaves?: number;
}

/** Answers every open conflict once, each of its fields at random: what the parent holds, what the child does, or something else. */
export async function answerAll(desk: ConflictDesk, answering: Answering): Promise<readonly Shown[]> {
  const { conflicts } = await desk.list(ConflictFilter.parse({ limit: 200 }));
  const shown: Shown[] = [];
  for (const { id } of conflicts) {
    const detail = await desk.find(id);
    answering.meanwhile?.();
    if (detail !== null) shown.push({ ...shownIn(detail), ...(await answer(desk, detail, answering)), at: new Date() });
  }
  return shown;
}

/** Answers one conflict: everything that is asked with what that end holds. Null where it is open no more. */
export async function answerOne(desk: ConflictDesk, { link, record }: KeptConflict, take: End): Promise<Shown | null> {
  const [aggregate, uuid] = record.split('/');
  const { conflicts } = await desk.list(ConflictFilter.parse({ limit: 200, link }));
  const found = conflicts.find((one) => one.record.aggregate === aggregate && one.record.uuid === uuid);
  const detail = found === undefined ? null : await desk.find(found.id);
  if (detail === null) return null;
  const choices = detail.fields.filter(({ does }) => does === 'ask').map(({ path }) => ({ path, take }));
  return { ...shownIn(detail), ...(await give(desk, detail, choices)), at: new Date() };
}

/** What stands on the page of a conflict, end by end. */
function shownIn({ conflict, fields, takesAlong = [] }: ConflictDetail): KeptConflict & Pick<Shown, 'id'> {
  const { id, link, record, reason } = conflict;
  const side = (end: 'parent' | 'child'): Kept => {
    const presence = fields.find(({ path }) => path === PRESENCE)?.[end].value ?? 'present';
    const held = fields.flatMap((field) => (field.path === PRESENCE || field[end].value === undefined ? [] : [[field.path, field[end].value] as const]));
    return { presence: String(presence), fields: Object.fromEntries(held) };
  };
  const ends = { parent: side('parent'), child: side('child') };
  return { id, link, record: `${record.aggregate}/${record.uuid}`, reason, fields: conflict.fields, overwritten: [], takesAlong, ...ends };
}

type Answer = Pick<Shown, 'how' | 'choices' | 'answerId'>;

const NONE = { choices: [], answerId: null };

async function answer(desk: ConflictDesk, detail: ConflictDetail, { random, leaves = 0 }: Answering): Promise<Answer> {
  const { conflict, fields } = detail;
  // What a write of ours overwrote is nowhere any more: a person asks whoever typed it.
  const isLeft = conflict.reason === 'overwritten' || (leaves > 0 && random.chance(1 / leaves));
  if (isLeft)
    return { ...NONE, how: (await desk.dismiss(conflict.id, { reason: 'asked there', version: conflict.version }, 'grace')) ? 'dismissed' : 'came-too-late' };
  const answerable = fields.filter(({ takes }) => takes.length > 0);
  const asked = answerable.filter(({ does }) => does === 'ask');
  // What a server does not take is answered otherwise: nothing else ends it.
  const again = answerable.filter(({ does, why }) => why === 'decided' && does !== 'nothing');
  return give(desk, detail, choicesOf(asked.length > 0 ? asked : again, random));
}

async function give(desk: ConflictDesk, { conflict }: ConflictDetail, choices: readonly ConflictChoice[]): Promise<Answer> {
  if (choices.length === 0) return { ...NONE, how: 'nothing-asked' };
  const taken = await desk.answer(conflict.id, { version: conflict.version, choices: [...choices] }, 'grace');
  if (taken.kind === 'taken') return { choices, how: 'answered', answerId: taken.answerId };
  return { ...NONE, choices, how: taken.kind === 'invalid' ? 'invalid' : 'came-too-late' };
}

type End = 'parent' | 'child';
const anEnd = (random: Random): End => random.pick(['parent', 'child'] as const) ?? 'parent';

/** All of a record by one end; or else list by list and field by field; or, now and then, item by item, so that what took the place of one thing at both ends may stand twice. */
function choicesOf(asked: readonly ConflictField[], random: Random): readonly ConflictChoice[] {
  const [side, isWhole, isMixed] = [anEnd(random), random.chance(0.5), random.chance(0.2)];
  const ofGroup = new Map<string, End>();
  const sideOf = ({ path }: ConflictField): End => {
    if (isWhole) return side;
    const own = isMixed ? anEnd(random) : (ofGroup.get(groupOf(path)) ?? anEnd(random));
    ofGroup.set(groupOf(path), own);
    return own;
  };
  return asked.map((field) => choiceOf(field, sideOf(field), !isWhole && random.chance(0.3), random));
}

/** Were items of one list taken from both ends, so that what took the place of one thing at both may now stand twice? */
function isMixed({ choices }: Pick<Shown, 'choices'>, list: string): boolean {
  const ends = choices.filter(({ path }) => groupOf(path) === list).flatMap((choice) => ('take' in choice ? [choice.take] : []));
  return new Set(ends).size > 1;
}

const IN_DOUBT = new Set(['in-doubt', 'third-value']);

/** Somebody answered item by item, or of what came beside a write, so that each end's successor of one obs stands. */
export const wereBothChosen = ({ shown }: { readonly shown: readonly Shown[] }, record: string): boolean =>
  shown.some((one) => one.record === record && (isMixed(one, 'obs') || (one.fields.includes('obs') && IN_DOUBT.has(one.reason))));

/** A value that nobody has typed, where one can be typed that fits. */
function choiceOf({ path, kind, takes }: ConflictField, take: 'parent' | 'child', isTyped: boolean, random: Random): ConflictChoice {
  if (!isTyped || !takes.includes('value')) return { path, take };
  if (kind === 'text') return { path, value: `Z${1000 + random.below(9000)}` };
  return kind === 'date' ? { path, value: `19${50 + random.below(40)}-05-17` } : { path, take };
}
