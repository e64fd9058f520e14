import {
  auditNews,
  changesText,
  closedText,
  configurationNews,
  driftText,
  failingText,
  lastSeen,
  type Overview,
  pauseText,
  routeRestsText,
  siteRestsText,
  uncomparedText,
  WOULD,
  Words,
} from '@sync-hub/console';
import { zoneOfThisMachine } from './rest-lines.js';

type Shown = Pick<
  Overview,
  'takenAt' | 'sites' | 'links' | 'routes' | 'observed' | 'closedClasses' | 'held' | 'heldTotal' | 'processes' | 'leftLinks' | 'audit' | 'failing'
>;

/** The console's overview in a few lines of text: sites, routes, what is held. Ids, counts and times only. */
export function statusLines(
  { takenAt, sites, links, routes, observed, closedClasses, held, heldTotal, failing, ...others }: Shown,
  timeZone = zoneOfThisMachine(),
): string[] {
  const words = new Words(takenAt, timeZone, new Map());
  const age = (since: Date | null): string => (since === null ? 'never' : ageOf(takenAt.getTime() - since.getTime()));
  return [
    'Sites',
    ...sites.flatMap((site) => [
      `  ${site.site.padEnd(16)} ${site.rests === null ? `${site.state.padEnd(12)} for ${age(site.since)}` : `${siteRestsText(site.rests, words)}${lastSeen(site)}`}, generation ${site.generation}, ${site.changesWaiting} to be read, ${site.jobsWaiting} to be written${site.code === null ? '' : ` (${site.code})`}${runs(site.versions)}`,
      ...(site.changed === null ? [] : [`    said otherwise ${age(site.changed.at)} ago: ${changesText(site.changed)}`]),
    ]),
    'Routes',
    ...routes.map(({ route, openJobs, categories, lastGoodAt, rests, pause }) => {
      const oldest = categories.flatMap(({ oldestAt }) => (oldestAt === null ? [] : [oldestAt])).sort((a, b) => a.getTime() - b.getTime())[0];
      return `  ${`${route.source} -> ${route.target}`.padEnd(30)} ${openJobs} under way, ${oldest === undefined ? 'nothing open' : `oldest open ${age(oldest)}`}, last good ${lastGoodAt === null ? 'never' : `${age(lastGoodAt)} ago`}${rests === null ? '' : `; ${routeRestsText(rests, words)}`}${pause === null ? '' : `; ${pauseText(pause, words)}`}`;
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
    ...links.flatMap((one) => [uncomparedText(one)].flatMap((text) => (text === null ? [] : [`${text}.`]))),
    ...links.flatMap(({ link, drift }) => driftLines(link, drift, age)),
    ...failing.map((one) => `Failing for ${age(one.since)}: ${failingText(one)} (${one.code}, ${one.times} times, last ${age(one.lastAt)} ago)`),
    ...configurationNews(others, words).map(({ text }) => `${text}.`),
    ...auditNews(others, words).map(({ text }) => `${text}.`),
    ...auditLines(others.audit, age),
    ...closedClassLines(closedClasses, takenAt),
    heldTotal === 0 ? 'Nothing is held.' : `Held: ${heldTotal}`,
    ...held.map(
      (one) =>
        `  ${one.kind} ${one.id} ${one.record.aggregate}/${one.record.uuid} at ${one.site}: ${one.why} (${one.code}) for ${age(one.since)}${one.names.length === 0 ? '' : `: ${one.names.join(', ')}`}`,
    ),
  ];
}

/** A line for each class that a site takes no record of. */
export const closedClassLines = (closed: Shown['closedClasses'], takenAt: Date): readonly string[] =>
  closed.map(
    (one) =>
      `At ${one.site} ${closedText(one)} for ${ageOf(takenAt.getTime() - one.since.getTime())} (${one.code}): ${one.because}. ${one.waiting} wait for it.`,
  );

function driftLines(
  link: string,
  { comparedAt, notCompared, drifts }: Shown['links'][number]['drift'],
  age: (since: Date | null) => string,
): readonly string[] {
  const wanted = drifts.filter(({ heldFor }) => heldFor > 0);
  if (drifts.length + notCompared.length === 0) return [];
  const compared = comparedAt === null ? 'not compared yet' : `compared ${age(comparedAt)} ago`;
  return [
    `Link ${link}: metadata differs in ${drifts.length} (${compared}${notCompared.length === 0 ? '' : `; not compared: ${notCompared.join(', ')}`}). All of it: metadata compare ${link}`,
    ...wanted.map((one) => `  ${one.kind}/${one.uuid}: ${driftText(one, { parent: 'the parent', child: 'the child' })}; ${one.heldFor} held for want of it`),
  ];
}

/** Where the audit goes and whose is received, when each was last heard of, and what waits. */
function auditLines({ to, from }: Shown['audit'], age: (since: Date | null) => string): readonly string[] {
  const heardOf = (at: Date | null): string => (at === null ? 'never heard of' : `heard of ${age(at)} ago`);
  const waits = (rows: number, since: Date | null): string => (rows === 0 ? 'nothing waits' : `${rows} rows wait, the first for ${age(since)}`);
  return [
    ...(to === null ? [] : [`Audit to ${to.url}: ${heardOf(to.heardAt)}, ${waits(to.rows, to.since)}`]),
    ...from.map(({ origin, heard }) =>
      heard === null
        ? `Audit of ${origin}: ${heardOf(null)}`
        : `Audit of ${origin}: ${heardOf(heard.heardAt)}, ${heard.taken} rows here, ${waits(heard.waiting, heard.waitingSince)} there`,
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
