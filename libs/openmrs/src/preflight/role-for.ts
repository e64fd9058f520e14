import { isAtLeast } from '../capabilities.js';
import { calledOn, isAskedOn, moduleMissingFor } from '../rest/privileges.js';
import { neededPrivileges, OF_AUTHORS, USEFUL_PRIVILEGES } from './needed-privileges.js';
import type { SiteNeeds } from './preflight.js';

/** Versions of a site, as far as they are known. */
export interface RoleVersions {
  readonly platform: string;
  /** webservices.rest's. */
  readonly rest: string | null;
  /** Versions of its modules; not there where it was not asked for them. */
  readonly modules?: Readonly<Record<string, string>> | null;
}

/** What our account's role at a site is to be. */
export interface SiteRole {
  /** Privileges by the names that the platform has for them, sorted, with what for. */
  readonly privileges: readonly { readonly name: string; readonly why: string }[];
  /** What the links ask for and the platform does not have, with why not. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/** Core asks for these and adds them nowhere (openmrs-core 2.2 to 2.8, ProgramWorkflowService): somebody must make them first. */
const ADDED_BY_NOBODY: ReadonlySet<string> = new Set(['Get Patient Program Attribute Types', 'Manage Patient Program Attribute Types']);

/** Exactly what the links of a site ask of our account there, as that platform calls it. */
export function roleFor(needs: SiteNeeds, { platform, rest, modules = null }: RoleVersions): SiteRole {
  const needed = neededPrivileges(needs);
  const useful = Object.entries(USEFUL_PRIVILEGES).flatMap(([name, lost]) => (needed.has(name) ? [] : [[name, `without it ${lost}`] as const]));
  const judged = [...needed, ...useful].map(([name, why]) => ({
    name: calledOn(platform, name),
    why,
    lacks: whyLacking(name, needed.has(name), { platform, rest, modules }),
  }));
  const sorted = [...judged].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    privileges: sorted.flatMap(({ name, why, lacks }) => (lacks === null ? [{ name, why }] : [])),
    leftOut: sorted.flatMap(({ name, lacks }) => (lacks === null ? [] : [{ name, why: lacks }])),
  };
}

function whyLacking(name: string, isNeeded: boolean, { platform, rest, modules = null }: RoleVersions): string | null {
  const missing = moduleMissingFor(name, modules);
  if (missing !== null) return `the module ${missing} asks for it, which is not there`;
  if (!isAskedOn(platform, name)) return 'a later platform asks for it';
  if (ADDED_BY_NOBODY.has(name)) return 'the platform asks for it and does not add it: make the privilege first';
  return !isNeeded && OF_AUTHORS.has(name) && !isAtLeast(rest, '3.0.0') ? 'webservices.rest has use for it from 3.0 on' : null;
}
