import { randomUUID } from 'node:crypto';
import type { ToldHeld, WorkReport } from '@sync-hub/contracts';

const OF_BOTH = {
  kind: 'job',
  link: 'kisumu',
  direction: 'push',
  source: 'kisumu',
  site: 'central',
  category: 'patient',
  why: 'unmapped',
  code: 'missing-metadata',
  names: [{ name: 'patientidentifiertype/8d79403a', label: 'OpenMRS ID' }],
  helps: 'add-metadata',
} as const;

/** What is held for one cause at an instance, as it is told; what a test does not care about is filled in. */
export function aToldHeld(count = 2, group = 'a'.repeat(32)): ToldHeld {
  const at = '2026-11-01T08:00:00.000Z';
  const records = Array.from({ length: count }, () => ({
    ...OF_BOTH,
    names: [...OF_BOTH.names],
    id: randomUUID(),
    group,
    record: { aggregate: 'person' as const, uuid: randomUUID() },
    since: at,
    openedAt: at,
  }));
  return { groups: [{ ...OF_BOTH, names: [...OF_BOTH.names], id: group, count, oldestAt: at }], records };
}

/** What an instance says of its work. */
export const aWorkReport = (changes: Partial<WorkReport> = {}): WorkReport => ({
  run: randomUUID(),
  number: 1,
  at: '2026-11-01T09:00:00.000Z',
  held: { digest: 'one', count: 2, all: aToldHeld() },
  away: [],
  takesActs: true,
  became: [],
  ...changes,
});
