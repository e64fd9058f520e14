import { isAtLeast, OLDEST_PLATFORM, OLDEST_REST } from '../capabilities.js';
import { type Finding, ok, type PreflightFacts, problem, warning } from './preflight.js';

const SECOND_MS = 1000;
/** A Date header is precise to a second, and an answer takes its time. */
const CLOCK_WARNING_MS = 30 * SECOND_MS;
/** OpenMRS refuses what happened "in the future": a record of a clinic whose clock is ahead waits for as long as that. */
const CLOCK_PROBLEM_MS = 300 * SECOND_MS;

/** Versions of platform and modules, and the clock. */
export function judgeServer({ platform, modules, clockSkewMs }: Pick<PreflightFacts, 'platform' | 'modules' | 'clockSkewMs'>): readonly Finding[] {
  return [judgePlatform(platform), ...judgeModules(modules), judgeClock(clockSkewMs)];
}

function judgePlatform(platform: string | null): Finding {
  if (platform === null) return warning('platform', 'its version is not told', 'grant View Administration Functions; until then the least is assumed');
  if (!isAtLeast(platform, OLDEST_PLATFORM)) return problem('platform', platform, 'OpenMRS 1.9 is the oldest that Sync Hub speaks to');
  return ok('platform', platform);
}

function judgeModules(modules: PreflightFacts['modules']): readonly Finding[] {
  if (modules === null) return [warning('modules', 'their list is not told', 'Sync Hub assumes the least of webservices.rest until it may ask')];
  return [judgeRest(modules['webservices.rest']), judgeFeedModule(modules['atomfeed'], modules['openmrs-atomfeed'])];
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

function judgeFeedModule(generic: string | undefined, bahmni: string | undefined): Finding {
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

function judgeClock(skewMs: number | null): Finding {
  if (skewMs === null) return warning('clock', 'not told: an answer without a Date header', 'a proxy takes it away; compare the clocks by hand');
  const off = Math.abs(skewMs);
  const found = `${Math.round(off / SECOND_MS)} s ${skewMs < 0 ? 'behind' : 'ahead of'} ours`;
  const fix = 'let both machines follow a time server (NTP)';
  if (off >= CLOCK_PROBLEM_MS) return problem('clock', found, `${fix}: records of the future are refused`);
  return off >= CLOCK_WARNING_MS ? warning('clock', found, fix) : ok('clock', 'as ours');
}
