import {
  Direction,
  type DryRunTold,
  LinkId,
  MANUAL_RUN_STATES,
  type ManualRun,
  type ManualRunChoice,
  type ManualRunRecord,
  ManualRunScope,
  RecordRef,
  SiteId,
  Uuid,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { moment } from './parts.js';

const AskedOfSite = z.strictObject({ requests: z.int(), ms: z.int(), bytes: z.int() });
const SiteEstimate = z.strictObject({ requests: z.int(), msPerRequest: z.int(), atOnce: z.int() });

const Told = exactly<DryRunTold>()(
  z.strictObject({
    writes: z.int(),
    conflicts: z.int(),
    bytesToSend: z.int(),
    source: AskedOfSite,
    target: AskedOfSite,
    about: z.strictObject({ seconds: z.int(), slowest: z.enum(['source', 'target']).nullable(), source: SiteEstimate, target: SiteEstimate }).nullable(),
  }),
).meta({ id: 'DryRunTold' });

export const ManualRunAnswer = exactly<ManualRun>()(
  z.strictObject({
    id: z.uuid(),
    link: LinkId,
    direction: Direction,
    source: SiteId,
    target: SiteId,
    scope: ManualRunScope,
    state: z.enum(MANUAL_RUN_STATES),
    askedBy: z.string(),
    askedAt: moment,
    endedAt: moment.nullable(),
    toList: z.int(),
    notListed: z.array(z.strictObject({ category: z.string(), patient: Uuid.optional(), code: z.string() })),
    categories: z.array(
      z.strictObject({
        category: z.string(),
        listed: z.int(),
        underWay: z.int(),
        ended: z.int(),
        became: z.array(z.strictObject({ as: z.string(), reason: z.string().nullable(), records: z.int() })),
        told: Told.optional(),
      }),
    ),
    dry: z.boolean(),
    waitsFor: z.strictObject({ site: SiteId, why: z.enum(['down', 'locked-out', 'quarantined', 'rests']) }).nullable(),
    told: Told.optional(),
    along: z.array(z.strictObject({ as: z.string(), records: z.int() })).optional(),
  }),
).meta({ id: 'ManualRun' });

export const ManualRunsAnswer = z.strictObject({ runs: z.array(ManualRunAnswer) });

const RunRecord = exactly<ManualRunRecord>()(
  z.strictObject({
    record: RecordRef,
    category: z.string(),
    as: z.string().nullable(),
    reason: z.string().nullable(),
    fields: z.array(z.string()),
    awaits: z.array(z.string()),
    isAlong: z.boolean(),
  }),
).meta({ id: 'ManualRunRecord' });

export const ManualRunRecordsAnswer = z.strictObject({ records: z.array(RunRecord) });

const Choice = exactly<ManualRunChoice>()(
  z.strictObject({ link: LinkId, direction: Direction, source: SiteId, target: SiteId, categories: z.array(z.string()) }),
).meta({ id: 'ManualRunChoice' });

export const ManualRunChoicesAnswer = z.strictObject({ choices: z.array(Choice) });

export const ManualRunBegunAnswer = z.strictObject({ id: z.uuid(), said: z.array(z.string()) });
