import { z } from 'zod';
import { ChangeId, RecordRef, SiteId, SnapshotId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** The record as it stood at its site when we looked is stored under `snapshot`; `versionRead` is a keyed digest of what it held. */
export const RecordFetched = defineMessage(
  'record.fetched.v1',
  z.object({ changeId: ChangeId, round: z.int().positive(), record: RecordRef, site: SiteId, snapshot: SnapshotId, versionRead: z.string().optional() }),
);
export type RecordFetched = PayloadOf<typeof RecordFetched>;
