import { CATEGORIES } from '@sync-hub/categories';
import { capabilitiesOf, type SiteCapabilities } from '../capabilities.js';
import { type Finding, type PreflightFacts, type SiteNeeds, warning } from './preflight.js';

/** Classes of which a site with these versions tells no new record, writes none, or not all that is in one. Where the versions are not told, nothing can be said of them. */
export function judgeClasses(
  { platform, modules }: Pick<PreflightFacts, 'platform' | 'modules'>,
  { reads, writes }: Pick<SiteNeeds, 'reads' | 'writes'>,
): readonly Finding[] {
  const rest = modules?.['webservices.rest'];
  if (platform === null || rest === undefined) return [];
  const site = capabilitiesOf({
    platform,
    rest,
    atomfeed: null,
    fhir2: modules?.['fhir2'] ?? null,
    appointments: modules?.['appointments'] ?? null,
    timeZone: null,
    account: '',
    privileges: [],
    clockSkewMs: null,
  });
  return [...judgeReads(reads, modules?.['fhir2']), ...judgeWrites(writes, site)];
}

/** Kinds that a feed names by their uuid alone, and that REST finds only below what fhir2 says they hang on. */
const judgeReads = (reads: SiteNeeds['reads'], fhir2: string | undefined): readonly Finding[] =>
  reads
    .filter((name) => CATEGORIES[name].under !== undefined && fhir2 === undefined)
    .map((name) =>
      warning(
        `class ${name}`,
        'a new one is not read there: only fhir2 tells whose it is, and the module is not there',
        'install openmrs-module-fhir2; until then each new one is held as unsupported, and goes on by itself afterwards',
      ),
    );

function judgeWrites(writes: SiteNeeds['writes'], site: SiteCapabilities): readonly Finding[] {
  return writes.flatMap((name) => {
    const { unsupported, lists } = CATEGORIES[name];
    const reason = unsupported?.(site) ?? null;
    const fix =
      'nothing of it is sent, and what is to go there waits, as one closed class, until the site can: bring it there by other means, or switch the class off';
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
