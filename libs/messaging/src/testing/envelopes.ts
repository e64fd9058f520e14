import { randomUUID } from 'node:crypto';
import { ConflictFound, JobEnded, RecordChanged, RecordMapped, type SiteId } from '@sync-hub/contracts';
import type { Envelope } from '../envelope.js';

/** A `record.changed.v1` about a location of its own. */
export function recordChanged(site: SiteId = 'kisumu', given: Partial<Envelope> = {}): Envelope {
  const changeId = randomUUID();
  const payload = RecordChanged.publish({ changeId, round: 1, record: { aggregate: 'location', uuid: randomUUID() }, site });
  return envelope(RecordChanged.name, changeId, payload, given);
}

/** A `record.mapped.v1` whose target is the site. */
export function recordMapped(site: SiteId = 'kisumu', given: Partial<Envelope> = {}): Envelope {
  const jobId = randomUUID();
  const payload = RecordMapped.publish({ jobId, round: 1, record: { aggregate: 'location', uuid: randomUUID() }, link: 'kisumu-nairobi', site });
  return envelope(RecordMapped.name, jobId, payload, given);
}

/** A `conflict.found.v1`. */
export function conflictFound(site: SiteId = 'kisumu', given: Partial<Envelope> = {}): Envelope {
  const jobId = randomUUID();
  const record = { aggregate: 'location', uuid: randomUUID() };
  const payload = ConflictFound.publish({ jobId, round: 1, record, link: 'kisumu-nairobi', site, reason: 'both-edited', fields: ['name'] });
  return envelope(ConflictFound.name, jobId, payload, given);
}

/** A `job.ended.v1`, which stages without a row of their own hear. */
export function jobEnded(site: SiteId = 'kisumu', given: Partial<Envelope> = {}): Envelope {
  const jobId = randomUUID();
  const record = { aggregate: 'location', uuid: randomUUID() };
  const payload = JobEnded.publish({ jobId, round: 1, record, link: 'kisumu-nairobi', site, outcome: 'pushed', fields: ['name'], lost: [] });
  return envelope(JobEnded.name, jobId, payload, given);
}

const envelope = (type: string, row: string, payload: { readonly site: SiteId; readonly round: number }, given: Partial<Envelope>): Envelope => ({
  messageId: `${type}:${row}:${payload.round}`,
  type,
  site: payload.site,
  payload,
  correlationId: row,
  timestamp: new Date('2026-11-24T08:00:00.123Z'),
  ...given,
});
