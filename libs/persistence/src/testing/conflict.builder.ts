import { randomUUID } from 'node:crypto';
import type { ConflictDetail, ConflictField, ConflictReport, ConflictSummary } from '@sync-hub/contracts';

/** A conflict as an instance is told of it; what a test does not care about is filled in. */
export const aConflict = (changes: Partial<ConflictSummary> = {}): ConflictSummary => ({
  id: randomUUID(),
  link: 'kisumu',
  parent: 'central',
  child: 'kisumu',
  record: { aggregate: 'person', uuid: 'jane-1' },
  category: 'patient',
  reason: 'both-edited',
  fields: ['gender'],
  state: 'open',
  owner: null,
  version: 1,
  openedAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-01T08:00:00.000Z',
  waitingBehind: 0,
  jobId: randomUUID(),
  ...changes,
});

/** A field in which both ends differ, and which is asked about. */
export const aField = (changes: Partial<ConflictField> = {}): ConflictField => ({
  path: 'gender',
  field: 'gender',
  item: null,
  kind: 'text',
  base: null,
  parent: { value: 'F', label: null, isKnown: true },
  child: { value: 'M', label: null, isKnown: true },
  does: 'ask',
  why: 'both-edited',
  takes: ['parent', 'child', 'value'],
  ...changes,
});

export const aDetail = (conflict: ConflictSummary, fields: readonly ConflictField[] = [aField()]): ConflictDetail => ({
  conflict,
  titles: { parent: 'Central', child: 'Kisumu' },
  fields,
  authors: { parent: { who: null, label: null, at: null }, child: { who: null, label: null, at: null } },
  dashboards: { parent: null, child: null },
  notes: [],
});

/** What an instance says of its conflicts, as it comes over the line. */
export const aReport = (
  said: { readonly open?: readonly ConflictSummary[]; readonly details?: readonly ConflictDetail[] } & Partial<
    Pick<ConflictReport, 'hasMore' | 'gone' | 'became'>
  > = {},
): ConflictReport => JSON.parse(JSON.stringify({ open: [], hasMore: false, details: [], gone: [], became: [], ...said })) as ConflictReport;
