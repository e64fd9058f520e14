import { calledOn, isAskedOn, moduleMissingFor } from '../rest/privileges.js';
import { neededPrivileges, OF_AUTHORS, USEFUL_PRIVILEGES } from './needed-privileges.js';
import { type Finding, ok, type PreflightFacts, problem, type SiteNeeds, warning } from './preflight.js';

const NEWEST = '99';

/** Each privilege by name: what the account has against what the configured classes need. */
export function judgeAccount({ account, modules, platform }: Pick<PreflightFacts, 'account' | 'modules' | 'platform'>, needs: SiteNeeds): readonly Finding[] {
  if (account === null) return [];
  if (account.isSuperUser)
    return [
      warning(
        'privileges',
        'the account is a System Developer and may do everything',
        'give Sync Hub an account of its own, with a role of the privileges that it needs: what it may not do it cannot do by mistake',
      ),
    ];
  const has = new Set(account.privileges);
  // Where the platform is not told, the account has what it needs by either name.
  const called = (privilege: string): string => {
    const older = calledOn(platform ?? '0', privilege);
    return platform !== null || has.has(older) ? older : privilege;
  };
  const asked = neededPrivileges(needs);
  const needed = [...asked].flatMap(([name, why]) =>
    isAskedOn(platform ?? NEWEST, name) && moduleMissingFor(name, modules) === null ? [[called(name), why] as const] : [],
  );
  const judged = needed.map(([privilege, why]) =>
    has.has(privilege)
      ? ok(`privilege ${privilege}`, why)
      : problem(`privilege ${privilege}`, `missing, and needed ${why}`, `grant ${privilege} to the account’s role`),
  );
  const takesAuthors = Number.parseInt(modules?.['webservices.rest'] ?? '0', 10) >= 3 && needs.writes.length > 0;
  const useful = Object.entries(USEFUL_PRIVILEGES).filter(([privilege]) => !asked.has(privilege) && (takesAuthors || !OF_AUTHORS.has(privilege)));
  return [
    ...judged,
    ...useful.map(([name, lost]): Finding => {
      const privilege = called(name);
      return has.has(privilege)
        ? ok(`privilege ${privilege}`, 'there')
        : warning(`privilege ${privilege}`, `missing: ${lost}`, `grant ${privilege} to the account’s role`);
    }),
  ];
}
