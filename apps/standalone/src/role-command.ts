import { parseArgs } from 'node:util';
import type { Configuration } from '@sync-hub/configuration';
import { roleOfSite, versionsOfSite } from '@sync-hub/runtime';
import { roleCsv, roleSql } from './role-lines.js';

type Say = (line: string) => void;

const USAGE = `site role SITE [--platform VERSION] [--rest VERSION] [--initializer]
    [--platform VERSION]  of the OpenMRS there, as 2.8.0; without it the site is asked, which needs an account there
    [--rest VERSION]      of webservices.rest there
    [--initializer]       a file for the module Initializer (configuration/roles/sync-hub.csv), not SQL`;

const TEXT = { type: 'string' } as const;
const OPTIONS = { platform: TEXT, rest: TEXT, initializer: { type: 'boolean' } } as const;
const isVersion = (text: string | undefined): boolean => text === undefined || /^\d+(\.\d+)+/.test(text);

/** Says the role that our account at a site must have, for whoever administers it to import. Nothing is written there. */
export async function siteRole(args: readonly string[], current: Configuration, demandSite: (site: string) => void, say: Say): Promise<number> {
  const given = parsed(args);
  if (given === null) {
    say(USAGE);
    return 1;
  }
  const { site, platform, rest, initializer } = given;
  demandSite(site);
  const versions = platform === undefined ? await versionsOfSite(current, site) : { platform, rest: rest ?? null };
  if (versions === null) {
    say(`${site} does not tell its version, or does not let us in yet: say it, as in site role ${site} --platform 2.8.0`);
    return 1;
  }
  const role = roleOfSite(current, site, versions);
  for (const line of initializer === true ? roleCsv(site, role) : roleSql(site, versions, role)) say(line);
  return 0;
}

function parsed(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [site, ...more] = positionals;
    return site === undefined || more.length > 0 || !isVersion(values.platform) || !isVersion(values.rest) ? null : { site, ...values };
  } catch {
    return null;
  }
}
