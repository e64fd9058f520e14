import { CHANGE_ENDS, Direction, LinkId, OUTCOMES, PARKED_REASONS, RecordRef, Route, SITE_STATES, SiteId } from '@sync-hub/contracts';
import { z } from 'zod';
import type {
  ClosedClassOverview,
  DriftOverview,
  EndOverview,
  HeldOverview,
  LinkOverview,
  ObservedOverview,
  Overview,
  ProcessOverview,
  RouteOverview,
  SiteFactsOverview,
  SiteOverview,
} from '../../overview.js';
import type { Page, Table } from '../../page.js';
import { exactly } from '../exactly.js';
import { AuditFromAnswer, AuditToAnswer, FailingAnswer } from './failing-answers.js';
import { count, moment, names, text } from './parts.js';

const Why = z.enum(['waiting', 'conflict', ...PARKED_REASONS]);
const HeldByWhy = z.partialRecord(Why, count);

const Facts = exactly<SiteFactsOverview>()(
  z.strictObject({
    askedAt: moment,
    clockSkewMs: z.number().nullable(),
    clockWithinMs: z.number().nullable(),
    pages: z.strictObject({ usual: count.nullable(), most: count.nullable() }).nullable(),
    charset: z.strictObject({ declared: text, holds: z.boolean() }).nullable(),
    takesUuids: z.boolean(),
    takesItemUuids: z.boolean(),
    feedFlavour: z.enum(['generic', 'bahmni']).nullable(),
    fhir2: text,
  }),
).meta({ id: 'OverviewOfSiteFacts' });

const Feed = z.strictObject({
  category: z.string(),
  readAt: moment.nullable(),
  newestEntryAt: moment.nullable(),
  entriesRead: count,
  trouble: text,
  isAsked: z.boolean(),
  tellsOf: names,
  readToEndAt: moment.nullable(),
  behind: z.strictObject({ from: moment.nullable(), until: moment.nullable() }).nullable(),
});

const Site = exactly<SiteOverview>()(
  z.strictObject({
    site: SiteId,
    facts: Facts.nullable(),
    changed: z.strictObject({ at: moment, changes: z.array(z.strictObject({ what: z.string(), before: z.string(), now: z.string() })) }).nullable(),
    versions: z.strictObject({ platform: text, rest: text, atomfeed: text }).nullable(),
    state: z.enum(SITE_STATES),
    since: moment.nullable(),
    code: text,
    generation: count,
    changesWaiting: count,
    jobsWaiting: count,
    changesHeld: count,
    feeds: z.array(Feed),
    rests: z.strictObject({ until: moment.nullable() }).nullable(),
  }),
).meta({ id: 'OverviewOfSite' });

const Drift = exactly<DriftOverview>()(
  z.strictObject({
    kind: z.string(),
    uuid: z.string(),
    found: z.enum(['missing-at-parent', 'missing-at-child', 'other-uuid', 'differs']),
    otherUuid: text,
    by: z.enum(['name', 'code', 'identifier']).nullable(),
    fields: names,
    heldFor: count,
  }),
).meta({ id: 'OverviewOfDrift' });

const Link = exactly<LinkOverview>()(
  z.strictObject({
    link: LinkId,
    writing: z.enum(['live', 'observe', 'read-only']),
    braked: z.strictObject({ since: moment, reason: z.string(), category: z.string(), voids: count }).nullable(),
    drift: z.strictObject({ comparedAt: moment.nullable(), notCompared: names, drifts: z.array(Drift) }),
  }),
).meta({ id: 'OverviewOfLink' });

const Pace = z.strictObject({ ended: count, seconds: z.number(), lastAgoSeconds: z.number() }).meta({ id: 'OverviewOfPace' });

const OneRoute = exactly<RouteOverview>()(
  z.strictObject({
    route: Route,
    openJobs: count,
    held: HeldByWhy,
    categories: z.array(z.strictObject({ category: z.string(), open: count, oldestAt: moment.nullable(), movingSince: moment.nullable(), held: HeldByWhy })),
    lastGoodAt: moment.nullable(),
    rests: z.strictObject({ until: moment.nullable(), why: z.enum(['schedule', 'source', 'target']) }).nullable(),
    freshWithinSeconds: z.number(),
    carries: names,
    pace: Pace.nullable(),
    looksPace: Pace.nullable(),
    pause: z.strictObject({ how: z.enum(['pause', 'drain']), since: moment, by: z.string() }).nullable(),
  }),
).meta({ id: 'OverviewOfRoute' });

const Closed = exactly<ClosedClassOverview>()(
  z.strictObject({
    site: SiteId,
    class: z.string(),
    does: z.array(z.enum(['look', 'read', 'write', 'make', 'change', 'void', 'restore'])),
    code: z.enum(['unsupported', 'not-allowed']),
    privilege: text,
    because: z.string(),
    since: moment,
    waiting: count,
  }),
).meta({ id: 'OverviewOfClosedClass' });

const ofOne = { kind: z.enum(['job', 'change']), record: RecordRef, link: LinkId.nullable(), direction: Direction.nullable(), site: SiteId };

const Held = exactly<HeldOverview>()(z.strictObject({ ...ofOne, id: z.string(), why: Why, code: z.string(), names, since: moment })).meta({
  id: 'OverviewOfHeld',
});

const End = exactly<EndOverview>()(
  z.strictObject({ ...ofOne, end: z.enum([...OUTCOMES, ...CHANGE_ENDS]), fields: names, lost: names, at: moment, seconds: z.number().nullable() }),
).meta({ id: 'OverviewOfEnd' });

const Observed = exactly<ObservedOverview>()(
  z.strictObject({
    link: LinkId,
    direction: Direction,
    category: z.string(),
    would: z.enum(['would-create', 'would-change', 'would-void', 'would-restore']),
    records: count,
    fields: z.array(z.strictObject({ name: z.string(), records: count })),
  }),
).meta({ id: 'OverviewOfObserved' });

const Process = exactly<ProcessOverview>()(
  z.strictObject({ services: names, since: moment, isBehind: z.boolean(), refused: z.strictObject({ code: z.string(), because: names }).nullable() }),
).meta({ id: 'OverviewOfProcess' });

const OverviewTold = exactly<Overview>()(
  z.strictObject({
    takenAt: moment,
    sites: z.array(Site),
    links: z.array(Link),
    routes: z.array(OneRoute),
    closedClasses: z.array(Closed),
    held: z.array(Held),
    heldTotal: count,
    ends: z.array(End),
    observed: z.array(Observed),
    processes: z.array(Process),
    leftLinks: z.array(z.strictObject({ link: LinkId, since: moment, ended: count })),
    audit: z.strictObject({ to: AuditToAnswer.nullable(), from: z.array(AuditFromAnswer) }),
    failing: z.array(FailingAnswer),
  }),
).meta({ id: 'Overview' });

const tone = z.enum(['good', 'busy', 'bad', 'quiet']);

const OneTable = exactly<Table>()(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    explains: z.string(),
    count: z.string(),
    columns: names,
    rows: z.array(z.array(z.strictObject({ text: z.string(), tone: tone.optional(), note: z.string().optional(), code: z.boolean().optional() }))),
    empty: z.string(),
    folded: z.boolean().optional(),
  }),
).meta({ id: 'OverviewTable' });

const PageTold = exactly<Page>()(
  z.strictObject({ title: z.string(), takenAt: z.string(), news: z.array(z.strictObject({ tone, text: z.string() })), tables: z.array(OneTable) }),
).meta({ id: 'OverviewPage' });

/** As it was read, and the same in words. */
export const OverviewAnswer = z.strictObject({ overview: OverviewTold, page: PageTold });
