import { type Fields, itemPath, type Scalar } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import type { RecordCategory } from './canonical.js';
import type { Labels } from './labels.js';
import { type ListSpec, listPathOf } from './list.js';
import { heartOf } from './obs-list.js';
import { namedIn } from './ordered-references.js';

/** A record as people are shown it: what either end, or the agreement, holds of it, and what either site calls what it points at. */
export interface Shown {
  readonly category: RecordCategory;
  readonly fields: Fields;
  readonly labels: Labels;
}

/**
 * The item of a list in words, such as `OpenMRS ID 100GEJ` or `Plot 9, Siaya`, and of a field of one its name behind it (`OpenMRS ID 100GEJ, location`); null for a path that
 * is in no list. What no site has given a name stays its uuid.
 */
export function itemInWords(path: string, shown: Shown): string | null {
  const at = listPathOf(path);
  if (at === null) return null;
  const item = keyInWords(listNamed(at.list, shown), at.key, shown);
  return at.field === null ? item : `${item}, ${at.field}`;
}

/** What a path holds in words: `Kisumu Clinic` of a place, `62` of an obs; null where the value says it all. */
export function valueInWords(path: string, value: Scalar | undefined, shown: Shown): string | null {
  if (value === undefined || value === null) return null;
  const at = listPathOf(path);
  const list = at === null ? undefined : listNamed(at.list, shown);
  if (at?.field === null && list?.written.by === 'obs') return answerInWords(value, shown);
  if (at?.field === null && value === true) return keyInWords(list, at.key, shown);
  if (at === null && typeof value === 'string') {
    const preferring = CATEGORIES[shown.category].lists.find(({ preferred }) => preferred?.field === path);
    if (preferring !== undefined) return keyInWords(preferring, value, shown);
    if (CATEGORIES[shown.category].scalars[path]?.refersToMany !== undefined)
      return namedIn(value)
        .map(({ uuid }) => named(uuid, shown))
        .join(', ');
  }
  return shown.labels[String(value)] ?? null;
}

const listNamed = (name: string, { category }: Shown): ListSpec | undefined => CATEGORIES[category].lists.find((list) => list.name === name);

const named = (part: Scalar, { labels }: Shown): string => labels[String(part)] ?? String(part);

/** Parts of a natural key: those of a JSON object, or what stands on both sides of the first bar, or the key itself; of an obs its concept, for the key says nothing. */
function keyInWords(list: ListSpec | undefined, key: string, shown: Shown): string {
  if (list?.written.by === 'obs') {
    const heart = shown.fields[itemPath(list.name, key)];
    return heart === undefined ? key : named(heartOf(heart).concept, shown);
  }
  const [, own = key, again = ''] = list?.sameKey === 'numbered' ? (/^(.*)#(\d+)$/s.exec(key) ?? []) : [];
  const words = inParts(own)
    .map((part) => named(part, shown))
    .filter((part) => part !== '')
    .join(list?.between ?? (own.startsWith('{') ? ', ' : ' '));
  return again === '' ? words : `${words} (${again})`;
}

function inParts(key: string): readonly Scalar[] {
  if (key.startsWith('{')) {
    try {
      return Object.values(JSON.parse(key) as Readonly<Record<string, Scalar>>);
    } catch {
      return [key];
    }
  }
  const bar = key.indexOf('|');
  return bar === -1 ? [key] : [key.slice(0, bar), key.slice(bar + 1)];
}

/** What an obs answers; a group answers nothing. */
function answerInWords(value: Scalar, shown: Shown): string | null {
  const { concept: _concept, group: _group, ...answer } = heartOf(value);
  const [own] = Object.values(answer);
  return own === undefined || own === null ? null : named(own, shown);
}
