import type { Teller } from '@sync-hub/categories';
import { isAtLeast, OLDEST_PLATFORM, OLDEST_REST } from '../capabilities.js';
import { type Finding, ok, type PreflightFacts, problem, warning } from './preflight.js';

const SECOND_MS = 1000;
/** A clock that is off by so much is told of. */
export const CLOCK_OFF_MS = 60 * SECOND_MS;
/** OpenMRS refuses what happened "in the future": a record of a clinic whose clock is ahead waits for as long as that. */
const CLOCK_PROBLEM_MS = 300 * SECOND_MS;

/** Versions of platform and modules, and the clock. */
export function judgeServer(
  { platform, modules, clockSkewMs, clockWithinMs }: Pick<PreflightFacts, 'platform' | 'modules' | 'clockSkewMs' | 'clockWithinMs'>,
  teller: Teller,
): readonly Finding[] {
  return [judgePlatform(platform), ...judgeModules(modules, teller), judgeClock(clockSkewMs, clockWithinMs)];
}

function judgePlatform(platform: string | null): Finding {
  if (platform === null) return warning('platform', 'its version is not told', 'grant View Administration Functions; until then the least is assumed');
  if (!isAtLeast(platform, OLDEST_PLATFORM)) return problem('platform', platform, 'OpenMRS 1.9 is the oldest that Sync Hub speaks to');
  return ok('platform', platform);
}

function judgeModules(modules: PreflightFacts['modules'], teller: Teller): readonly Finding[] {
  if (modules === null) return [warning('modules', 'their list is not told', 'Sync Hub assumes the least of webservices.rest until it may ask')];
  const rest = judgeRest(modules['webservices.rest']);
  if (teller === 'webhook') return [rest];
  return [rest, teller === 'fhir-lastupdated' ? judgeFhir2(modules) : judgeFeedModule(modules)];
}

function judgeRest(version: string | undefined): Finding {
  const check = 'webservices.rest';
  if (version === undefined) return warning(check, 'its version is not told', 'Sync Hub assumes the least of it');
  if (!isAtLeast(version, OLDEST_REST))
    return problem(
      check,
      `${version}: it does not tell who changed a record and when`,
      `${OLDEST_REST} or newer; ${OLDEST_REST} runs on every OpenMRS from 1.9.0 on`,
    );
  if (!isAtLeast(version, '2.20.0')) return warning(check, `${version}, older than what was tested`, '2.20 or newer; 2.25 and newer keep every uuid as it is');
  return ok(check, version);
}

type Modules = NonNullable<PreflightFacts['modules']>;

function judgeFeedModule({ atomfeed: generic, 'openmrs-atomfeed': bahmni }: Modules): Finding {
  const check = 'feed module';
  if (generic !== undefined)
    return isAtLeast(generic, '1.0.13')
      ? ok(check, `atomfeed ${generic}, the generic flavour`)
      : warning(check, `atomfeed ${generic}: its feed can be ahead of its data`, 'atomfeed 1.0.13 or newer');
  if (bahmni !== undefined)
    return warning(
      check,
      `openmrs-atomfeed ${bahmni}, the Bahmni flavour`,
      'its feed does not tell of voids and merges of patients: they are found by the periodic audit, later',
    );
  return problem(check, 'none', 'install the module atomfeed 1.0.13 or newer; without it nothing tells of changes');
}

function judgeFhir2({ fhir2 }: Modules): Finding {
  const check = 'fhir2 module';
  if (fhir2 === undefined) return problem(check, 'none', 'install the module fhir2, or follow the feed of the module atomfeed (feed.handler: atomfeed)');
  return warning(
    check,
    `${fhir2}, asked for what was updated lately`,
    'it tells of no void, and not of every edit of a name, an address or an obs: they are found by the periodic audit, later',
  );
}

function judgeClock(skewMs: number | null, withinMs: number): Finding {
  if (skewMs === null) return warning('clock', 'not told: an answer without a Date header', 'a proxy takes it away; compare the clocks by hand');
  const off = Math.abs(skewMs);
  const within = `give or take ${(withinMs / SECOND_MS).toFixed(1)} s`;
  const found = `${Math.round(off / SECOND_MS)} s ${skewMs < 0 ? 'behind' : 'ahead of'} ours, ${within}`;
  const fix = 'let both machines follow a time server (NTP). Sync Hub orders nothing by the clocks of sites';
  if (off >= CLOCK_PROBLEM_MS) return problem('clock', found, `${fix}, but OpenMRS refuses records of the future`);
  return off >= CLOCK_OFF_MS ? warning('clock', found, fix) : ok('clock', off <= withinMs ? `as ours, ${within}` : found);
}
