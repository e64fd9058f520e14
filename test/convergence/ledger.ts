import { type Content, groupOf, type Held, PRESENCE, type RecordKey } from './content.js';

/** One path that an edit changed: what stood there when it was made, and so was seen, and what it put there. */
export interface Changed {
  readonly path: string;
  readonly saw: Held;
  readonly typed: Held;
}

/** One edit of one record by somebody at one site. */
export interface Edit {
  readonly n: number;
  readonly at: Date;
  readonly site: string;
  readonly record: RecordKey;
  readonly what: string;
  readonly before: Content;
  readonly after: Content;
  readonly changes: readonly Changed[];
  /** Those that whoever made it meant to make. */
  readonly meant: readonly Changed[];
  /** Those of the changes that can be known again elsewhere: nobody had ever typed that there before. */
  readonly telling: readonly Changed[];
}

/** What differs between two contents of a record, path by path. */
export function changesBetween(before: Content, after: Content): readonly Changed[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  return paths.map((path) => ({ path, saw: before.get(path), typed: after.get(path) }));
}

/** Who voids or restores a record changes nothing else: what it held goes and comes with it. */
function changedBy(changes: readonly Changed[]): readonly Changed[] {
  const presence = changes.find(({ path, saw, typed }) => path === PRESENCE && (saw === 'voided' || typed === 'voided'));
  return presence === undefined ? changes : [presence];
}

/** What somebody meant to put there: who adds or takes away an item does not say which shall be preferred, the server does. */
function meantBy(changes: readonly Changed[]): readonly Changed[] {
  const items = (group: string): readonly Changed[] => changes.filter(({ path }) => path.startsWith(`${group}[`) && path.endsWith(']'));
  const isMeant = (group: string): boolean =>
    items(group).length === 0 || (items(group).some(({ saw }) => saw === undefined) && items(group).some(({ typed }) => typed === undefined));
  return changes.filter(({ path }) => !path.startsWith('preferred') || isMeant(groupOf(path)));
}

/** What only one person can have typed; see `Clinicians`. */
const TOKEN = /Q\d{4}[A-Z0-9]*/g;

const wordOf = ({ path, typed }: Changed): string => `${path} ${String(typed)}`;

export const tokensIn = (text: string): readonly string[] => text.match(TOKEN) ?? [];

const MOMENTS = /^((start|stop|encounter)Datetime|(start|end|onset)Date|date(Enrolled|Completed))$/;

/** A word of one person; an obs, whose uuid its server has just minted; or a moment, of which nobody types the same. */
const isOfOneHand = (change: Changed): boolean => tokensIn(wordOf(change)).length > 0 || /^obs\[[^\]]+\]$/.test(change.path) || MOMENTS.test(change.path);

/** All that people did, in the order in which they did it. */
export class Ledger {
  readonly edits: Edit[] = [];

  write(edit: Omit<Edit, 'n' | 'at' | 'changes' | 'meant' | 'telling'>): Edit | null {
    const changes = changedBy(changesBetween(edit.before, edit.after));
    if (changes.length === 0) return null;
    const earlier = this.of(edit.record);
    const isNew = ({ path, saw, typed }: Changed): boolean =>
      typed !== undefined &&
      !path.startsWith('preferred') &&
      isOfOneHand({ path, saw, typed }) &&
      !earlier.some(({ before, after }) => before.get(path) === typed || after.get(path) === typed);
    const written = { ...edit, n: this.edits.length + 1, at: new Date(), changes, meant: meantBy(changes), telling: changes.filter(isNew) };
    this.edits.push(written);
    return written;
  }

  of(record: RecordKey): readonly Edit[] {
    return this.edits.filter((edit) => edit.record === record);
  }

  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { what } of this.edits) counts[what] = (counts[what] ?? 0) + 1;
    return counts;
  }
}

/**
 * Had whoever made the later edit seen the earlier one: all of it stood before their eyes, or something that was made by
 * somebody who had seen it?
 */
export function hadSeen(later: Edit, earlier: Edit, all: readonly Edit[]): boolean {
  if (later.site === earlier.site) return true;
  const between = all.filter(({ n }) => n > earlier.n && n < later.n);
  const seen = [earlier];
  for (const edit of between) if (seen.some((one) => edit.site === one.site || stoodBefore(edit, one))) seen.push(edit);
  return seen.some((one) => stoodBefore(later, one) || (one !== earlier && one.site === later.site));
}

/** What had been typed before, or was taken away, tells nothing: it may stand there from before. */
const stoodBefore = ({ before }: Edit, { telling }: Edit): boolean => telling.length > 0 && telling.every(({ path, typed }) => before.get(path) === typed);

/** The words that an edit brought into this path: those of what it typed there, without those that it found. */
export function ownTokens({ changes }: Edit, change: Changed): readonly string[] {
  const found = new Set(
    changes
      .filter(({ path }) => groupOf(path) === groupOf(change.path))
      .flatMap(({ path, saw, typed }) => tokensIn(`${typed === undefined ? path : ''} ${String(saw)}`)),
  );
  return change.typed === undefined ? [] : tokensIn(wordOf(change)).filter((token) => !found.has(token));
}

/** Did both touch what is in dispute: the same field or list, or presence, which disputes everything? */
export function touches(edit: Edit, groups: ReadonlySet<string>): boolean {
  return edit.changes.some(({ path }) => groups.has(groupOf(path)) || groups.has(PRESENCE) || path === PRESENCE);
}

export function byRecord(edits: readonly Edit[]): Map<RecordKey, Edit[]> {
  const map = new Map<RecordKey, Edit[]>();
  for (const edit of edits) map.set(edit.record, [...(map.get(edit.record) ?? []), edit]);
  return map;
}
