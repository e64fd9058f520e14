import { PRIVILEGES } from '../rest/privileges.js';
import type { SiteNeeds } from './preflight.js';

/** Metadata that records of a class refer to, and that is asked for before a write. */
const METADATA: Readonly<Record<string, readonly string[]>> = {
  location: ['locationattributetype'],
  person: ['personattributetype', 'concept'],
  visit: ['visittype', 'visitattributetype'],
  patient: ['person', 'patientidentifiertype', 'personattributetype', 'concept'],
};
/** What a void would take with it is listed first. */
const DEPENDANTS: Readonly<Record<string, readonly string[]>> = { patient: ['encounter', 'visit'] };
/** A patient is a person too, and is written as both. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = { patient: ['patient', 'person'] };

/** Every privilege that our account needs at a site for what travels there, with what for, by name. */
export function neededPrivileges({ reads, writes, isParent }: SiteNeeds): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  const need = (privilege: string | undefined, why: string): void => {
    if (privilege !== undefined && !needed.has(privilege)) needed.set(privilege, why);
  };
  for (const one of new Set([...reads, ...writes])) for (const resource of [one, ...(METADATA[one] ?? [])]) need(PRIVILEGES[resource]?.GET, `to read ${one}s`);
  for (const one of writes) {
    for (const dependant of DEPENDANTS[one] ?? []) need(PRIVILEGES[dependant]?.GET, `to see what a void of a ${one} would take with it`);
    for (const resource of WRITTEN_AS[one] ?? [one]) {
      const parts = Object.entries(PRIVILEGES).filter(([name]) => name === resource || name.startsWith(`${resource} `));
      for (const [, { create, update, DELETE }] of parts) for (const privilege of [create, update, DELETE]) need(privilege, `to write ${one}s`);
    }
  }
  need('Get Global Properties', 'to read the feed on platforms from 2.6.11, and the settings below');
  if (isParent) need('Manage Global Properties', 'to mark which engine runs a link');
  return new Map([...needed].sort(([a], [b]) => (a < b ? -1 : 1)));
}
