import type { AuditFilter } from '@sync-hub/contracts';
import { isWholeUuid, UUID } from '../uuid.js';

export const AUDIT_FILTERS = [
  'record',
  'patient',
  'trace',
  'link',
  'site',
  'category',
  'outcome',
  'stage',
  'person',
  'origin',
  'since',
  'until',
  'text',
] as const satisfies readonly (keyof AuditFilter)[];
type Name = (typeof AUDIT_FILTERS)[number];

/** What is looked for, as it stands in the form; empty is all. Times are the reader's own, to the minute. */
export type AuditFilters = Readonly<Record<Name, string>>;

/** How lines of the audit and of the log name a walk. */
const TRACE = /^[0-9a-f]{32}$/;

const EMPTY = Object.fromEntries(AUDIT_FILTERS.map((name) => [name, ''])) as AuditFilters;

/** What people type may be somebody's name or number: it stands in no address, unless it is a uuid. */
function mayStandInAddress(name: Name, value: string): boolean {
  if (value === '' || name === 'text' || name === 'person') return false;
  if (name === 'trace') return TRACE.test(value);
  return (name !== 'record' && name !== 'patient') || isWholeUuid(value);
}

/** What the address says, behind its `#`, which goes to no server. */
export function filtersInHash(hash: string): AuditFilters {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const known = AUDIT_FILTERS.map((name) => [name, said.get(name) ?? ''] as const).filter(([name, value]) => mayStandInAddress(name, value));
  return { ...EMPTY, ...Object.fromEntries(known) };
}

/** The page, with as much of what is looked for as may stand in an address. */
export function placeOfAudit(filters: Partial<AuditFilters>): string {
  const all = AUDIT_FILTERS.map((name): [Name, string] => [name, filters[name] ?? '']);
  const said = new URLSearchParams(all.filter(([name, value]) => mayStandInAddress(name, value)));
  return said.size === 0 ? '/audit' : `/audit#${said}`;
}

/** Fields in which something stands that cannot be looked for. */
export const wrongIn = (filters: AuditFilters): readonly Name[] =>
  (['record', 'patient', 'trace'] as const).filter((name) => filters[name].trim() !== '' && !(name === 'trace' ? TRACE : UUID).test(filters[name].trim()));

/** What is asked of the console. */
export const filterOf = (filters: AuditFilters): AuditFilter =>
  Object.fromEntries(
    AUDIT_FILTERS.map((name) => [name, filters[name].trim()] as const)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, name === 'since' || name === 'until' ? new Date(value).toISOString() : value]),
  );

/** A day of UTC, all of it. */
export function filterOfDay(day: string): AuditFilter {
  const since = new Date(`${day}T00:00:00Z`);
  return { since: since.toISOString(), until: new Date(since.getTime() + 86_400_000).toISOString() };
}
