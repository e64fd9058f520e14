import { neededPrivileges } from './needed-privileges.js';
import { type Finding, ok, type PreflightFacts, problem, type SiteNeeds, warning } from './preflight.js';

/** Of use, and not of need: what is lost without each. */
const USEFUL: readonly (readonly [string, string])[] = [
  ['View Administration Functions', 'the platform’s version stays unknown, and the least is assumed of it'],
];

/** Each privilege by name: what the account has against what the configured classes need. */
export function judgeAccount({ account, modules }: Pick<PreflightFacts, 'account' | 'modules'>, needs: SiteNeeds): readonly Finding[] {
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
  const needed = [...neededPrivileges(needs)].map(([privilege, why]) =>
    has.has(privilege)
      ? ok(`privilege ${privilege}`, why)
      : problem(`privilege ${privilege}`, `missing, and needed ${why}`, `grant ${privilege} to the account’s role`),
  );
  const takesAuthors = Number.parseInt(modules?.['webservices.rest'] ?? '0', 10) >= 3 && needs.writes.length > 0;
  const useful = takesAuthors ? [...USEFUL, ['Set Audit Data', 'who entered a record, and when, is lost on its way'] as const] : USEFUL;
  return [
    ...needed,
    ...useful.map(([privilege, lost]) =>
      has.has(privilege)
        ? ok(`privilege ${privilege}`, 'there')
        : warning(`privilege ${privilege}`, `missing: ${lost}`, `grant ${privilege} to the account’s role`),
    ),
  ];
}
