import { type Overview, WOULD } from '@sync-hub/console';

type Shown = Pick<Overview, 'takenAt' | 'sites' | 'links' | 'routes' | 'observed' | 'held' | 'heldTotal'>;

/** The console's overview in a few lines of text: sites, routes, what is held. Ids, counts and times only. */
export function statusLines({ takenAt, sites, links, routes, observed, held, heldTotal }: Shown): string[] {
  const age = (since: Date | null): string => (since === null ? 'never' : ageOf(takenAt.getTime() - since.getTime()));
  return [
    'Sites',
    ...sites.map(
      (site) =>
        `  ${site.site.padEnd(16)} ${site.state.padEnd(12)} for ${age(site.since)}, generation ${site.generation}, ${site.changesWaiting} to be read, ${site.jobsWaiting} to be written${site.code === null ? '' : ` (${site.code})`}${runs(site.versions)}`,
    ),
    'Routes',
    ...routes.map(({ route, openJobs, categories, lastGoodAt }) => {
      const oldest = categories.flatMap(({ oldestAt }) => (oldestAt === null ? [] : [oldestAt])).sort((a, b) => a.getTime() - b.getTime())[0];
      return `  ${`${route.source} -> ${route.target}`.padEnd(30)} ${openJobs} under way, ${oldest === undefined ? 'nothing open' : `oldest open ${age(oldest)}`}, last good ${lastGoodAt === null ? 'never' : `${age(lastGoodAt)} ago`}`;
    }),
    ...links.flatMap(({ link, braked }) =>
      braked === null
        ? []
        : [
            `Link ${link} is PAUSED for ${age(braked.since)}: ${braked.voids} records would have been voided (${braked.reason}, ${braked.category}). Then: link release ${link}`,
          ],
    ),
    ...links.flatMap(({ link, writing }) => {
      if (writing === 'live') return [];
      if (writing === 'read-only') return [`Link ${link} writes nothing: this hub is set to read-only.`];
      const own = observed.filter((one) => one.link === link);
      return [`Link ${link} is only observed (mode: observe): nothing is written.`, ...own.map(observedLine)];
    }),
    heldTotal === 0 ? 'Nothing is held.' : `Held: ${heldTotal}`,
    ...held.map(
      (one) =>
        `  ${one.kind} ${one.id} ${one.record.aggregate}/${one.record.uuid} at ${one.site}: ${one.why} (${one.code}) for ${age(one.since)}${one.names.length === 0 ? '' : `: ${one.names.join(', ')}`}`,
    ),
  ];
}

const runs = (versions: Shown['sites'][number]['versions']): string =>
  versions === null ? '' : `, OpenMRS ${versions.platform ?? '(does not say)'}, webservices.rest ${versions.rest ?? '(does not say)'}`;

const observedLine = ({ direction, category, would, records, fields }: Overview['observed'][number]): string =>
  `  ${direction} ${records} ${category} ${WOULD[would]}: ${fields.map(({ name, records: count }) => `${name} (${count})`).join(', ')}`;

function ageOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
