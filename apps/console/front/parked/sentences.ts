import type { HeldGroup, HeldName, HeldRecord, SiteAway } from '@sync-hub/contracts';
import type { ParkedWords } from './words/index.js';

/** How kinds of record and fields are called. */
export interface Names {
  /** A moment, as people write it. */
  readonly momentText?: (at: string) => string;
  readonly fieldName: (field: string) => string;
  readonly categoryName: (category: string) => string;
}

/** `identifier type “OpenMRS ID”`; by the first of its uuid where nobody called it by a name. */
export function nameText({ name, label }: HeldName, { fieldName, categoryName }: Names): string {
  const [kind = '', id] = name.split('/', 2);
  if (id === undefined) return kind === '' ? '' : categoryOrField(kind, { fieldName, categoryName });
  if (kind === 'privilege' || kind === 'validator') return `“${name.slice(kind.length + 1)}”`;
  return `${lower(categoryName(kind))} ${label === null ? id.slice(0, 8) : `“${label}”`}`;
}

export const namesText = (held: readonly HeldName[], names: Names): string => held.map((one) => nameText(one, names)).join(', ');

/** A sentence that says what is held for what: `142 records: identifier type “OpenMRS ID” missing at central`. */
export function causeText(words: ParkedWords, group: Pick<HeldGroup, 'why' | 'names' | 'site' | 'code' | 'count' | 'stopped'>, names: Names): string {
  const { why, site, code, count, stopped } = group;
  const since = stopped === undefined ? '' : (names.momentText ?? String)(stopped.since);
  return words.causes[why]({ count, site, code, what: namesText(group.names, names), by: stopped?.by ?? '', since });
}

/** The same of one. */
export const oneText = (words: ParkedWords, held: HeldRecord, names: Names): string => causeText(words, { ...held, count: 1 }, names);

export function awayText(words: ParkedWords, { site, state, waiting, origin }: Pick<SiteAway, 'site' | 'state' | 'waiting' | 'origin'>, since: string): string {
  const say = state === 'down' ? words.away : state === 'locked-out' ? words.awayLockedOut : words.awayQuarantined;
  return `${say(site, since, waiting)}${origin === undefined ? '' : ` ${words.says(origin)}`}`;
}

/** What is waited for is named by its kind alone; what stumbled, by its field. */
function categoryOrField(word: string, { fieldName, categoryName }: Names): string {
  const category = categoryName(word);
  return category === word ? fieldName(word) : lower(category);
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
