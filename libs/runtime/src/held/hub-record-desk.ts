import type { Configuration } from '@sync-hub/configuration';
import {
  Aggregate,
  type AuditLine,
  type FoundRecord,
  type HangingRecord,
  type RecordAsked,
  type RecordDesk,
  type RecordHop,
  type RecordRef,
  type RecordStanding,
  type RecordTimeline,
  type SiteAway,
  Uuid,
} from '@sync-hub/contracts';
import type {
  AuditSearchRepository,
  HeldRepository,
  PatientStopRepository,
  RecordTimelineRepository,
  SearchWordRepository,
  StandingRow,
} from '@sync-hub/persistence';
import { helpsOf } from './helps-of.js';

/** What a desk for one record stands on. */
export interface RecordDeskParts {
  readonly timelines: RecordTimelineRepository;
  readonly words: SearchWordRepository;
  readonly audit: Pick<AuditSearchRepository, 'page'>;
  readonly held: Pick<HeldRepository, 'away'>;
  readonly stops: Pick<PatientStopRepository, 'list'>;
  readonly configuration: () => Pick<Configuration, 'links' | 'sites'>;
}

const HOPS_OF_PAGE = 100;

/** What was said of a record, and where it is now. */
export class HubRecordDesk implements RecordDesk {
  constructor(private readonly parts: RecordDeskParts) {}

  /** A uuid goes before an identifier, and that before a name. */
  async search(text: string): Promise<readonly FoundRecord[]> {
    const uuid = Uuid.safeParse(text.trim());
    if (uuid.success) {
      const record = await this.recordOf(uuid.data);
      if (record !== null) return [{ record, by: 'uuid' }];
    }
    const { words } = this.parts;
    const having = await words.byIdentifier(text);
    const found = having.length > 0 ? having : await words.byName(text);
    return found.map((one) => ({ record: { aggregate: 'person', uuid: one }, by: having.length > 0 ? 'identifier' : 'name' }));
  }

  async timeline({ uuid, after }: RecordAsked): Promise<RecordTimeline | null> {
    const among = this.among();
    const { timelines, audit, held, stops } = this.parts;
    const [page, agreed, patient, hanging, away, stopped] = await Promise.all([
      audit.page({ record: uuid }, HOPS_OF_PAGE, after ?? null),
      timelines.agreed(uuid, among),
      timelines.patientOf(uuid),
      timelines.hangingOn(uuid),
      held.away(),
      stops.list(),
    ]);
    const rows = await timelines.standing([uuid, ...hanging.map((one) => one.uuid)], among);
    const own = rows.filter((row) => row.uuid === uuid);
    const aggregate = own[0]?.aggregate ?? agreed[0]?.aggregate ?? aggregateIn(page.lines);
    if (aggregate === null) return null;
    const standing = own.map(standingOf);
    const { links } = this.parts.configuration();
    return {
      record: { aggregate, uuid },
      patient: patient === null || patient === uuid ? null : { aggregate: 'person', uuid: patient },
      agreed: agreed.flatMap(({ link, at }) => {
        const ends = links.find(({ id }) => id === link);
        return ends === undefined ? [] : [{ link, parent: ends.parent, child: ends.child, at: at.toISOString() }];
      }),
      standing,
      stops: stopped
        .filter((stop) => stop.patient === uuid || stop.patient === patient)
        .map(({ link, by, since }) => ({ link, by, since: since.toISOString() })),
      away: awayOf(away, standing),
      hops: page.lines.map(hopOf).sort(newestFirst),
      next: page.next,
      hanging: hanging.map(({ lastAt, ...record }): HangingRecord => {
        const states = rows.filter((row) => row.uuid === record.uuid && row.aggregate === record.aggregate).map(stateOf);
        return { record, lastAt: lastAt.toISOString(), states: [...new Set(states)] };
      }),
    };
  }

  private among() {
    const { links, sites } = this.parts.configuration();
    return { links: links.map(({ id }) => id), sites: sites.map(({ id }) => id) };
  }

  private async recordOf(uuid: Uuid): Promise<RecordRef | null> {
    const found = await this.timeline({ uuid });
    return found?.record ?? null;
  }
}

/** The audit pages by when it wrote what it was told; what was said at almost the same time may have been written in another order. */
const newestFirst = (a: RecordHop, b: RecordHop): number => b.at.localeCompare(a.at);

const stateOf = ({ state }: StandingRow): RecordStanding['state'] => (state === 'waiting' || state === 'conflict' || state === 'parked' ? state : 'moving');

function standingOf(row: StandingRow): RecordStanding {
  const { kind, id, link, direction, source, site, reason, code, missing, since, conflict } = row;
  const state = stateOf(row);
  const why = state === 'parked' ? reason : state === 'conflict' || state === 'waiting' ? state : null;
  return {
    ...{ kind, id, link, direction, source, site, state, why, conflict },
    code: code ?? '',
    names: missing.map((name) => ({ name, label: null })),
    since: since.toISOString(),
    helps: state === 'moving' ? null : state === 'conflict' ? 'answer' : helpsOf({ why: (why ?? 'broken') as 'broken', code: code ?? '', direction }),
  };
}

/** What waits at a site that is asked nothing waits for that. */
const awayOf = (away: readonly SiteAway[], standing: readonly RecordStanding[]): readonly SiteAway[] =>
  away.filter(({ site }) => standing.some((one) => one.site === site || one.source === site));

function aggregateIn(lines: readonly AuditLine[]): RecordRef['aggregate'] | null {
  for (const { aggregate } of lines) {
    const read = Aggregate.safeParse(aggregate);
    if (read.success) return read.data;
  }
  return null;
}

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

function hopOf({ saidAt, type, site, link, outcome, reason, details, origin }: AuditLine): RecordHop {
  const by = details['by'] ?? null;
  const what = typeof details['what'] === 'string' ? details['what'] : null;
  return {
    ...{ at: saidAt, said: type.replace(/\.v\d+$/, ''), site, link, reason, origin },
    outcome: outcome ?? what,
    by: typeof by === 'string' ? by : null,
    fields: textsIn(details['fields']),
    lost: textsIn(details['lost']),
  };
}
