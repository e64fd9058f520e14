import type { AuditFilter } from '@sync-hub/contracts';
import { AuditSearchRepository, type Database } from '@sync-hub/persistence';

/** A search, and where its page begins. */
export interface Asked {
  readonly filter: AuditFilter;
  readonly after?: string;
}

/** Searches that people make, by what they look for: frequent things and rare ones, each with a few values. */
export async function auditSearches(database: Database, months: number): Promise<readonly (readonly [name: string, asked: readonly Asked[]])[]> {
  const some = await database.query<{ uuid: string; patient: string }>(
    `(select uuid, details ->> 'patient' as patient from audit where details ->> 'patient' is not null order by recorded_at desc limit 3)
     union all (select uuid, details ->> 'patient' from audit where details ->> 'patient' is not null order by recorded_at limit 3)`,
  );
  const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const half = `${BigInt(Date.now() - months * 15 * 86_400_000) * 1000n}.own.1`;
  return [
    ['the newest', [{ filter: {} }]],
    ['from the middle on', [{ filter: {}, after: half }]],
    ['a record', some.map(({ uuid }) => ({ filter: { record: uuid } }))],
    ['a patient with all that is hers', some.map(({ patient }) => ({ filter: { patient } }))],
    ['a site', [{ filter: { site: 'site-7' } }, { filter: { site: 'site-8' }, after: half }]],
    ['a site that joined lately', [{ filter: { site: 'site-new' } }]],
    ['a site that left long ago', [{ filter: { site: 'site-left' } }]],
    ['a site that never was', [{ filter: { site: 'nowhere' } }]],
    ['a link', [{ filter: { link: 'site-9' } }, { filter: { link: 'site-9' }, after: half }]],
    ['a category', [{ filter: { category: 'allergy' } }, { filter: { category: 'concept' } }]],
    ['what is parked', [{ filter: { outcome: 'parked' } }, { filter: { outcome: 'parked', site: 'site-4' } }]],
    ['a stage', [{ filter: { stage: 'fetch' } }, { filter: { stage: 'open-conflict' } }]],
    ['a person', [{ filter: { person: 'clerk-7' } }, { filter: { person: 'nobody' } }]],
    ['a day', [{ filter: { since: ago(30), until: ago(29) } }, { filter: { since: ago(60), until: ago(59), site: 'site-3' } }]],
    ['a word that is often there', [{ filter: { text: 'birthdate' } }, { filter: { text: 'pushed' } }]],
    ['a word that is seldom there', [{ filter: { text: 'status-409' } }, { filter: { text: 'clerk-3' } }]],
    ['a word that is nowhere', [{ filter: { text: 'unreachable' } }]],
    ['a site and an outcome', [{ filter: { site: 'site-8', outcome: 'in-step' } }, { filter: { site: 'site-left', outcome: 'parked' } }]],
    ['an outcome that a site never had', [{ filter: { site: 'site-new', outcome: 'parked' } }, { filter: { site: 'site-12', outcome: 'refused' } }]],
    ['a site, a category and a word', [{ filter: { site: 'site-13', category: 'visit', text: 'gender' } }]],
  ];
}

const ROUNDS = 5;
const PAGE = 50;

/** Milliseconds of each page, ascending, and how many lines the longest page had. */
export async function timesOf(database: Database, asked: readonly Asked[]): Promise<{ readonly lines: number; readonly ms: readonly number[] }> {
  const search = new AuditSearchRepository(database);
  const ms: number[] = [];
  let lines = 0;
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { filter, after } of asked) {
      const began = performance.now();
      const page = await search.page(filter, PAGE, after ?? null);
      ms.push(performance.now() - began);
      lines = Math.max(lines, page.lines.length);
    }
  return { lines, ms: ms.sort((a, b) => a - b) };
}
