import {
  COUNTED,
  type Completeness,
  type CompletenessRow,
  Direction,
  HELD_HELPS,
  LinkId,
  OWN_BECAUSE,
  OWN_PAUSES,
  type OwnGroup,
  type OwnList,
  type OwnRecord,
  type OwnSite,
  RecordRef,
  SiteId,
  type WidgetState,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { HeldNameAnswer } from './held-answers.js';
import { count, moment } from './parts.js';

const Site = exactly<OwnSite>()(z.strictObject({ site: SiteId, title: z.string(), hasPatientPage: z.boolean() })).meta({ id: 'OwnSite' });

export const OwnSitesAnswer = z.strictObject({ sites: z.array(Site) });

const One = exactly<OwnRecord>()(
  z.strictObject({
    id: z.string(),
    record: RecordRef,
    since: moment,
    patient: z.strictObject({ uuid: z.string(), page: z.string().nullable() }).nullable(),
    conflict: z.string().nullable(),
  }),
).meta({ id: 'OwnRecord' });

const Group = exactly<OwnGroup>()(
  z.strictObject({
    id: z.string(),
    because: z.enum(OWN_BECAUSE),
    kind: z.enum(['job', 'change']),
    link: LinkId.nullable(),
    direction: Direction.nullable(),
    site: SiteId,
    category: z.string(),
    why: z.string().nullable(),
    code: z.string(),
    names: z.array(HeldNameAnswer),
    helps: z.enum([...HELD_HELPS, 'answer']).nullable(),
    pause: z.strictObject({ why: z.enum(OWN_PAUSES), until: moment.nullable() }).nullable(),
    away: z.strictObject({ site: SiteId, state: z.enum(['down', 'locked-out', 'quarantined']), since: moment }).nullable(),
    count,
    oldestAt: moment,
    records: z.array(One),
  }),
).meta({ id: 'OwnGroup' });

export const OwnListAnswer = exactly<OwnList>()(z.strictObject({ site: Site, takenAt: moment, all: count, groups: z.array(Group) })).meta({ id: 'OwnList' });

const Row = exactly<CompletenessRow>()(
  z.strictObject({ link: LinkId, other: SiteId, category: z.enum(COUNTED), month: z.string().nullable(), here: count, there: count, both: count }),
).meta({ id: 'CompletenessRow' });

export const CompletenessAnswer = exactly<Completeness>()(
  z.strictObject({ site: SiteId, countedAt: moment, rows: z.array(Row).nullable(), unread: count, sealed: count }),
).meta({ id: 'Completeness' });

export const WidgetStateAnswer = exactly<WidgetState>()(
  z.strictObject({
    site: SiteId,
    title: z.string(),
    state: z.enum(['in-step', 'catching-up', 'away', 'paused']),
    lastGoodAt: moment.nullable(),
    lastAskedAt: moment.nullable(),
    waiting: count,
    held: count,
    expectedDoneAt: moment.nullable(),
    takenAt: moment,
  }),
).meta({ id: 'WidgetState' });
