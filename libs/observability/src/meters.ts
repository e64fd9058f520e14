import { AGGREGATES, HELD_STATES, type Route, SiteId, STAGE_NAMES } from '@sync-hub/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a label may be. Anything else is counted under `other`, so that neither a record's content nor endless names get in. */
const LABELS = {
  stage: (value: string) => (STAGE_NAMES as readonly string[]).includes(value),
  outcome: (value: string) => OUTCOME_LABELS.has(value),
  state: (value: string) => STATE_LABELS.has(value),
  site: (value: string) => SiteId.safeParse(value).success,
  link: (value: string) => SiteId.safeParse(value).success,
  direction: (value: string) => value === 'pull' || value === 'push',
  category: (value: string) => CATEGORY_LABELS.has(value),
  status: (value: string) => STATUS_LABELS.has(value),
  code: (value: string) => value === 'unsupported' || value === 'not-allowed',
} as const;
/** A verdict's kind, or how else a message left the runner's hands (`Handled` of libs/messaging). */
const OUTCOME_LABELS = new Set(['forward', 'end-change', 'end-job', 'hold', 'look-again', 'postpone', 'skip', 'put-off', 'handed-back', 'repeat', 'parked']);
const STATE_LABELS = new Set(['open', 'ready', 'looking', ...HELD_STATES, 'up', 'down', 'locked-out', 'quarantined', 'joining', 'not-asked', 'rests']);
const CATEGORY_LABELS = new Set([...AGGREGATES, 'patient', 'observation']);
const STATUS_LABELS = new Set(['1xx', '2xx', '3xx', '4xx', '5xx', 'no-answer']);

const label = (kind: keyof typeof LABELS, value: string): string => (LABELS[kind](value) ? value : 'other');

/** How fresh one kind of record is on one route: the age of the oldest change not yet at its target. */
export interface Freshness {
  readonly route: Pick<Route, 'link' | 'direction'>;
  readonly category: string;
  readonly seconds: number;
}

/** What is counted and measured, for `/metrics`. Labels are ids and constants; a meter is never given anything of a record. */
export class Meters {
  private readonly registry = new Registry();
  private readonly messages = new Counter({
    name: 'sync_hub_messages_total',
    help: 'Messages handled, by stage and what the stage said',
    labelNames: ['stage', 'outcome'],
    registers: [this.registry],
  });
  private readonly handling = new Histogram({
    name: 'sync_hub_handling_seconds',
    help: 'Seconds a stage took for one message',
    labelNames: ['stage'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    registers: [this.registry],
  });
  private readonly outbox = new Gauge({ name: 'sync_hub_outbox_unsettled', help: 'Messages that not every stage has settled', registers: [this.registry] });
  private readonly changes = new Gauge({ name: 'sync_hub_changes_open', help: 'Changes that have not ended', registers: [this.registry] });
  private readonly jobs = new Gauge({ name: 'sync_hub_jobs', help: 'Jobs that have not ended, by state', labelNames: ['state'], registers: [this.registry] });
  private readonly freshness = new Gauge({
    name: 'sync_hub_freshness_seconds',
    help: 'Age of the oldest change not yet at its target, by route and category; 0 where nothing is open',
    labelNames: ['link', 'direction', 'category'],
    registers: [this.registry],
  });
  private readonly sites = new Gauge({
    name: 'sync_hub_site_state',
    help: '1 for the state a site is in',
    labelNames: ['site', 'state'],
    registers: [this.registry],
  });
  private readonly braked = new Gauge({
    name: 'sync_hub_link_braked',
    help: '1 for a link that its brake has paused',
    labelNames: ['link'],
    registers: [this.registry],
  });
  private readonly resting = new Gauge({
    name: 'sync_hub_route_rests',
    help: '1 for a route on which nothing arrives now by a schedule, by the windows of its ends, or because a person has paused it: its freshness says nothing',
    labelNames: ['link', 'direction'],
    registers: [this.registry],
  });
  private readonly closedClasses = new Gauge({
    name: 'sync_hub_closed_class_waiting',
    help: 'Records that wait for a class that is closed at a site; there, at 0 too, for as long as the class is closed',
    labelNames: ['site', 'category', 'code'],
    registers: [this.registry],
  });
  private readonly inFlight = new Gauge({
    name: 'sync_hub_site_in_flight_limit',
    help: 'Requests that this process lets under way to a site at once, now; the configured cap where the site answers well',
    labelNames: ['site'],
    registers: [this.registry],
  });
  private readonly requests = new Counter({
    name: 'sync_hub_site_requests_total',
    help: 'HTTP requests to sites, by class of status',
    labelNames: ['site', 'status'],
    registers: [this.registry],
  });
  private readonly dropped = new Counter({
    name: 'sync_hub_log_fields_dropped_total',
    help: 'Fields that were kept out of the log',
    registers: [this.registry],
  });

  handled(stage: string, outcome: string, seconds: number): void {
    this.messages.inc({ stage: label('stage', stage), outcome: label('outcome', outcome) });
    this.handling.observe({ stage: label('stage', stage) }, seconds);
  }

  setBacklog(backlog: { readonly outboxUnsettled: number; readonly changesOpen: number; readonly jobs: Readonly<Record<string, number>> }): void {
    this.outbox.set(backlog.outboxUnsettled);
    this.changes.set(backlog.changesOpen);
    this.jobs.reset();
    for (const [state, count] of Object.entries(backlog.jobs)) this.jobs.inc({ state: label('state', state) }, count);
  }

  /** Replaces all of it: a route that is gone leaves nothing behind. */
  setFreshness(all: readonly Freshness[]): void {
    this.freshness.reset();
    for (const { route, category, seconds } of all) {
      this.freshness.set({ link: label('link', route.link), direction: label('direction', route.direction), category: label('category', category) }, seconds);
    }
  }

  /** Replaces all of it, as `setFreshness` does. */
  setSites(all: readonly { readonly site: string; readonly state: string }[]): void {
    this.sites.reset();
    for (const { site, state } of all) this.sites.set({ site: label('site', site), state: label('state', state) }, 1);
  }

  /** Replaces all of it, as `setFreshness` does. */
  setRests(
    all: readonly { readonly route: { readonly link: string; readonly direction: string }; readonly rests: object | null; readonly pause?: object | null }[],
  ): void {
    this.resting.reset();
    for (const { route, rests, pause = null } of all)
      this.resting.set({ link: label('link', route.link), direction: label('direction', route.direction) }, rests === null && pause === null ? 0 : 1);
  }

  /** Replaces all of it, as `setFreshness` does. */
  setLinks(all: readonly { readonly link: string; readonly braked: object | null }[]): void {
    this.braked.reset();
    for (const { link, braked } of all) this.braked.set({ link: label('link', link) }, braked === null ? 0 : 1);
  }

  /** Replaces all of it, as `setFreshness` does. */
  setClosedClasses(all: readonly { readonly site: string; readonly class: string; readonly code: string; readonly waiting: number }[]): void {
    this.closedClasses.reset();
    for (const { site, class: category, code, waiting } of all)
      this.closedClasses.inc({ site: label('site', site), category: label('category', category), code: label('code', code) }, waiting);
  }

  setInFlightLimit(site: string, limit: number): void {
    this.inFlight.set({ site: label('site', site) }, limit);
  }

  /** `status` is `null` where no answer came. */
  requested(site: string, status: number | null): void {
    const statusClass = status === null ? 'no-answer' : `${Math.floor(status / 100)}xx`;
    this.requests.inc({ site: label('site', site), status: label('status', statusClass) });
  }

  logFieldsDropped(count: number): void {
    this.dropped.inc(count);
  }

  /** Adds memory, processor and event loop of this process. Once, by `main`. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'sync_hub_' });
  }

  /** The text that Prometheus reads, and its content type. */
  async exposition(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
