import { afterAll } from '@jest/globals';
import { type ConsoleParts, startConsole } from '@sync-hub/console';
import type { ConflictDetail, ConflictReportRow } from '@sync-hub/contracts';
import { keptLog } from '@sync-hub/observability/testing';
import { MemoryAudit } from '../../apps/console/src/testing/memory-audit.js';
import { MemoryDesk } from '../../apps/console/src/testing/memory-desk.js';
import { MemoryFeeds } from '../../apps/console/src/testing/memory-feeds.js';
import { MemoryHeld } from '../../apps/console/src/testing/memory-held.js';
import type { MemoryLinks } from '../../apps/console/src/testing/memory-links.js';
import { MemoryOwn } from '../../apps/console/src/testing/memory-own.js';
import type { MemoryPatients } from '../../apps/console/src/testing/memory-patients.js';
import { MemoryRecords } from '../../apps/console/src/testing/memory-records.js';
import { memoryDesks } from '../../apps/console/src/testing/memory-rules.js';
import { MemoryRuns } from '../../apps/console/src/testing/memory-runs.js';
import { MemoryWidgets } from '../../apps/console/src/testing/memory-widgets.js';
import { anOverview } from '../../apps/console/src/testing/overview.builder.js';

export const TOKEN = 'the-token-of-these-tests-0123456789abcdef';

/** A console in front of a desk that holds these conflicts. */
export async function deskWith(
  details: readonly ConflictDetail[],
  report: readonly ConflictReportRow[] = [],
  held: MemoryHeld = new MemoryHeld(),
  records: MemoryRecords = new MemoryRecords(),
  runs: MemoryRuns = new MemoryRuns(),
  feeds: MemoryFeeds = new MemoryFeeds(),
  audit: MemoryAudit = new MemoryAudit(),
  own: MemoryOwn = new MemoryOwn(),
  people: Pick<ConsoleParts, 'people'> = {},
) {
  const desk = new MemoryDesk(details);
  const desks: ReturnType<typeof memoryDesks> & { readonly links: MemoryLinks; readonly patients: MemoryPatients } = memoryDesks(
    desk,
    held,
    records,
    runs,
    feeds,
    audit,
    own,
    new MemoryWidgets(),
  );
  const kept = keptLog();
  const console = await startConsole({
    port: 0,
    log: kept.log,
    overview: { read: async () => anOverview() },
    ...desks,
    ...people,
    report: { read: async () => report },
    token: TOKEN,
  });
  started.push(console);
  return {
    ...desks,
    url: console.url,
    log: kept,
    list: `${console.url}/conflicts#token=${TOKEN}`,
    runsPage: `${console.url}/runs#token=${TOKEN}`,
    records: `${console.url}/records#token=${TOKEN}`,
    auditPage: `${console.url}/audit#token=${TOKEN}`,
    ownPage: `${console.url}/not-arrived#token=${TOKEN}`,
    parked: `${console.url}/parked#token=${TOKEN}`,
    patientsPage: `${console.url}/patients#token=${TOKEN}`,
    at: (id: string) => `${console.url}/conflicts/${id}#token=${TOKEN}`,
  };
}

const started: { stop(): Promise<void> }[] = [];

afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
});
