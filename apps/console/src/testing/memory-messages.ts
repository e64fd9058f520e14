import type { AuditMessageLine } from '@sync-hub/persistence';
import { twoChildren } from '@sync-hub/runtime/testing';
import type { ReadsMessages } from '../audit/sync2-messages.controller.js';

/** How a job ended, as it stands in the audit. */
export const aMessageLine = (changes: Partial<AuditMessageLine> = {}): AuditMessageLine => ({
  id: '7',
  messageId: 'job.ended.v1:job:1',
  type: 'job.ended.v1',
  site: 'kisumu',
  link: 'kisumu',
  aggregate: 'visit',
  uuid: 'a-visit',
  correlationId: 'job',
  outcome: 'pushed',
  reason: null,
  details: { fields: ['stopDatetime'] },
  saidAt: '2026-11-30T08:00:00.000000Z',
  recordedAt: new Date(2026, 10, 30, 9, 5, 7).toISOString(),
  origin: null,
  conflictId: null,
  ...changes,
});

/** What clients of Sync 2.0 read, without a hub behind it. */
export const memoryMessages = (lines: readonly AuditMessageLine[]): ReadsMessages => ({
  configuration: () => twoChildren(),
  messages: {
    page: async () => ({ count: lines.length, lines }),
    find: async (kind, id) => lines.find((line) => line.id === id && (line.origin === null) === (kind === 'own')) ?? null,
  },
});
