import { type Held, PRESENCE } from './content.js';
import type { Kept } from './hub-database.js';

/** Does a snapshot hold the value? Items of lists are found by what they say, whatever the order of their parts. What was erased is not there. */
export function keptIn({ presence, fields }: Kept, path: string, value: Held): boolean {
  if (path === PRESENCE)
    return presence === value || (value === undefined && presence === 'absent') || (value === 'voided' && (presence === 'gone' || presence === 'absent'));
  if (presence !== 'present') return value === undefined;
  const held = new Map(Object.entries(fields).map(([key, one]) => [normal(key), one ?? undefined]));
  const found = held.get(normal(path));
  return value === undefined ? found === undefined || found === false : normal(String(found)) === normal(String(value));
}

/** JSON in a key with its parts in one order. */
function normal(path: string): string {
  const [open, close] = [path.indexOf('{'), path.lastIndexOf('}')];
  if (open === -1) return path;
  const parts = JSON.parse(path.slice(open, close + 1)) as Record<string, unknown>;
  return `${path.slice(0, open)}${JSON.stringify(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)))}${path.slice(close + 1)}`;
}
