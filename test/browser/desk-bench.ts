import { afterAll } from '@jest/globals';
import type { ConsoleParts } from '@sync-hub/console';
import type { ConflictDetail, ConflictReportRow } from '@sync-hub/contracts';
import { MemoryAudit } from '../../apps/console/src/testing/memory-audit.js';
import { memoryConsole, TOKEN } from '../../apps/console/src/testing/memory-console.js';
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
  const console = await memoryConsole({ ...desks, ...people, report: { read: async () => report } });
  started.push(console);
  return {
    ...desks,
    url: console.url,
    log: console.kept,
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
