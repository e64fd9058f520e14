import type {
  HeldCounts,
  HeldDeed,
  HeldDesk,
  HeldDetail,
  HeldFilter,
  HeldGroup,
  HeldList,
  HeldOutcome,
  HeldPage,
  HeldPlan,
  HeldRecord,
  HeldWatched,
  HeldWhyNow,
} from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type {
  Database,
  GroupedHeldRow,
  HeldActRepository,
  HeldGroupRow,
  HeldRepository,
  HeldRow,
  Looked,
  PatientStopRepository,
  SnapshotRepository,
} from '@sync-hub/persistence';
import { countsOfGroups } from './counts-of-groups.js';
import { helpsOf } from './helps-of.js';
import { labelled, snapshotOrNull } from './labelled.js';

/** Looks at what is held as its stage would, now, and writes nowhere. */
export type HeldDryRun = (row: GroupedHeldRow) => Promise<HeldWhyNow>;

/** What a desk for what is held stands on. */
export interface HeldDeskParts {
  readonly database: Database;
  readonly held: HeldRepository;
  readonly acts: HeldActRepository;
  readonly snapshots: Pick<SnapshotRepository, 'read'>;
  readonly stops: Pick<PatientStopRepository, 'list'>;
  /** Puts on the bus what was said; without one it lies in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
  /** `null` where nobody here can ask the sites. */
  readonly dryRun: HeldDryRun | null;
}

const MOST_GROUPS = 200;
/** The snapshots of so many groups are opened for the names of what is missing. */
const MOST_NAMED = 50;
const AT_ONCE = 200;

const NOT_ASKED: HeldWhyNow = { works: 'unknown', prospect: 'not-asked', site: null, why: null, code: null, names: [], hasChanged: null };

/** What is held on the links of this hub, for people. */
export class HubHeldDesk implements HeldDesk {
  constructor(private readonly parts: HeldDeskParts) {}

  async list(filter: HeldFilter): Promise<HeldList> {
    const [rows, away] = await Promise.all([this.parts.held.groups(filter), this.parts.held.away()]);
    const stopped = await this.stopped(rows);
    const groups = await Promise.all(rows.slice(0, MOST_GROUPS).map(async (row, index) => stopped(row, await this.group(row, index < MOST_NAMED))));
    return { groups, away, elsewhere: [], asked: [], counts: countsOfGroups(rows) };
  }

  async records(page: HeldPage): Promise<readonly HeldRecord[]> {
    const rows = await this.parts.held.page(page);
    const stopped = await this.stopped(rows);
    return Promise.all(rows.map(async (row, index) => stopped(row, await this.record(row, index === 0 || page.group === undefined))));
  }

  async find(id: string): Promise<HeldDetail | null> {
    const row = await this.parts.held.find(id);
    if (row === null) return null;
    const [standing, notes, held, stopped] = await Promise.all([
      this.parts.held.standing(row),
      this.parts.held.notes(id),
      this.record(row, true),
      this.stopped([row]),
    ]);
    return { held: stopped(row, held), notes, ...standing };
  }

  async why(id: string): Promise<HeldWhyNow | null> {
    const { dryRun, held } = this.parts;
    const row = await held.find(id);
    if (row === null) return null;
    if (dryRun === null) return NOT_ASKED;
    const found = await dryRun(row);
    const labels = await this.labelsOf(row.source_snapshot);
    return { ...found, names: found.names.map(({ name, label }) => ({ name, label: label ?? labelled(name, labels).label })) };
  }

  async act(id: string, deed: HeldDeed): Promise<HeldOutcome> {
    const outcomes = await this.commit(deed, [{ id, group: null }]);
    return outcomes.get(id) ?? 'gone';
  }

  async plan(filter: HeldFilter, { progress }: HeldWatched): Promise<HeldPlan> {
    const looked = await this.parts.held.idsOf(filter);
    progress(looked.length, looked.length);
    return {
      counts: { found: looked.length, done: 0, passedOver: 0 },
      act: (deed, watched) => this.carryOut(deed, looked, watched),
    };
  }

  /** In parts, each its own transaction: what was done stays done. */
  private async carryOut(deed: HeldDeed, looked: readonly Looked[], { progress, signal }: HeldWatched): Promise<HeldCounts> {
    let [through, done] = [0, 0];
    progress(0, looked.length);
    while (through < looked.length && signal?.aborted !== true) {
      const part = looked.slice(through, through + AT_ONCE);
      const outcomes = await this.commit(deed, part);
      done += [...outcomes.values()].filter((outcome) => outcome === 'done').length;
      through += part.length;
      progress(through, looked.length);
    }
    return { found: through, done, passedOver: through - done };
  }

  private async commit(deed: HeldDeed, looked: readonly Looked[]): Promise<ReadonlyMap<string, HeldOutcome>> {
    const { database, acts } = this.parts;
    const { result, said } = await database.transaction(async (tx) => acts.act(tx, await acts.begin(tx, deed), looked));
    await this.parts.send(said);
    return result;
  }

  private async group({ group, names, oldestAt, snapshot, ...row }: HeldGroupRow, isNamed: boolean): Promise<HeldGroup> {
    const labels = isNamed ? await this.labelsOf(snapshot) : {};
    return { ...row, id: group, names: names.map((name) => labelled(name, labels)), oldestAt: oldestAt.toISOString(), helps: helpsOf(row) };
  }

  private async record(row: GroupedHeldRow, isNamed: boolean): Promise<HeldRecord> {
    const { id, kind, link, direction, source, site, category, why, code, group, names, aggregate, uuid, held_at, opened_at, source_snapshot } = row;
    const labels = isNamed ? await this.labelsOf(source_snapshot) : {};
    const times = { since: held_at.toISOString(), openedAt: opened_at.toISOString() };
    const named = names.map((name) => labelled(name, labels));
    return { id, kind, link, direction, source, site, category, why, code, group, names: named, helps: helpsOf(row), record: { aggregate, uuid }, ...times };
  }

  /** Puts to what is held of a patient who is stopped who stopped her, and when. */
  private async stopped(rows: readonly Pick<HeldRow, 'why'>[]) {
    const stops = rows.some(({ why }) => why === 'patient-stopped') ? await this.parts.stops.list() : [];
    return <Told extends HeldGroup | HeldRecord>({ why, names }: Pick<HeldRow, 'why' | 'names'>, told: Told): Told => {
      const stop = why === 'patient-stopped' ? stops.find(({ patient }) => names.includes(`person/${patient}`)) : undefined;
      return stop === undefined ? told : { ...told, stopped: { by: stop.by, since: stop.since.toISOString() } };
    };
  }

  /** What the source calls things; of one whose seal cannot be opened nothing is called by a name. */
  private async labelsOf(snapshot: string | null): Promise<Readonly<Record<string, string>>> {
    return (await snapshotOrNull(this.parts.snapshots, snapshot))?.labels ?? {};
  }
}
