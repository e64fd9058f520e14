import { CATEGORIES } from '@sync-hub/categories';
import { capabilitiesOf } from '../capabilities.js';
import { type Finding, type PreflightFacts, type SiteNeeds, warning } from './preflight.js';

/** Classes of which a site with these versions writes no record, or not all that is in one. Where the versions are not told, nothing can be said of them. */
export function judgeClasses({ platform, modules }: Pick<PreflightFacts, 'platform' | 'modules'>, { writes }: Pick<SiteNeeds, 'writes'>): readonly Finding[] {
  const rest = modules?.['webservices.rest'];
  if (platform === null || rest === undefined) return [];
  const site = capabilitiesOf({ platform, rest, atomfeed: null, timeZone: null, account: '', mayName: () => false, clockSkewMs: null });
  return writes.flatMap((name) => {
    const { unsupported, lists } = CATEGORIES[name];
    const reason = unsupported?.(site) ?? null;
    const fix = 'what the site lacks of it is held as refused and nothing is sent: bring it there by other means, or switch the class off';
    if (reason !== null) return [warning(`class ${name}`, `is not written there: ${reason}`, fix)];
    return lists.flatMap((list) => {
      const why = list.unsupported?.(site) ?? null;
      return why === null
        ? []
        : [
            warning(
              `class ${name}`,
              `arrives there without its ${list.name}: ${why}`,
              `a newer module; until then the audit names each record that lost ${list.name}`,
            ),
          ];
    });
  });
}
