import { type Aggregate, type LinkId, ManualRunMoved, type ManualRunScope, type NotListed, type RecordRef, type Route, type Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Look } from './change.repository.js';
import { markFollowers } from './dry-run.repository.js';

/** A run that is not over, as its keeper finds it. */
export interface OpenManualRun {
  readonly id: string;
  readonly route: Route;
  readonly scope: ManualRunScope;
  readonly state: 'listing' | 'looking';
  /** It only says what would come of it. */
  readonly dry: boolean;
}

/** Records of one category, and which kinds of record those are. `place` is the category's in the order in which they are looked at. */
export interface CategoryToList {
  readonly category: string;
  readonly aggregate: Aggregate;
  readonly place: number;
}

interface Row {
  readonly id: string;
  readonly link: LinkId;
  readonly direction: Route['direction'];
  readonly source: string;
  readonly target: string;
  readonly scope: ManualRunScope;
  readonly state: OpenManualRun['state'];
  readonly dry: boolean;
}

/**
 * Routes that people have looked through by hand. Nothing of a record is replayed: each is looked at at the route's source, and its target is compared though all is
 * as agreed. Written by people, who begin and cancel runs, and by fetch, which lists, looks and settles.
 */
export class ManualRunRepository {
  constructor(private readonly database: Database) {}

  /** The new run's id; `running` where one of that route is not over. */
  async begin(tx: Tx, asked: Pick<OpenManualRun, 'route' | 'scope' | 'dry'>, by: string): Promise<{ readonly begun: string } | { readonly running: string }> {
    const { route, scope, dry } = asked;
    const [row] = await tx.query<Row>(
      `insert into manual_run (id, link, direction, source, target, scope, asked_by, dry) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (link, direction) where ended_at is null do nothing returning *`,
      [newId(), route.link, route.direction, route.source, route.target, JSON.stringify(scope), by, dry],
    );
    if (row !== undefined) {
      say(tx, row, 1, { act: 'begun', by, records: 0 });
      return { begun: row.id };
    }
    const [other] = await tx.query<{ id: string }>(`select id from manual_run where link = $1 and direction = $2 and ended_at is null`, [
      route.link,
      route.direction,
    ]);
    // The other one has ended meanwhile.
    return other === undefined ? this.begin(tx, asked, by) : { running: other.id };
  }

  /** What was not looked at yet is left; what is under way comes to its end. False where the run is over. */
  async cancel(tx: Tx, id: string, by: string): Promise<boolean> {
    const [row] = await tx.query<Row>(`update manual_run set state = 'cancelled', ended_at = now() where id = $1 and ended_at is null returning *`, [id]);
    if (row === undefined) return false;
    await tx.query(`delete from manual_run_patient where run = $1`, [id]);
    say(tx, row, 2, { act: 'cancelled', by, records: await lookedAt(tx, id) });
    return true;
  }

  /** The runs of these links that are not over, the oldest first. */
  async open(links: readonly LinkId[]): Promise<readonly OpenManualRun[]> {
    const rows = await this.database.query<Row & Record<string, unknown>>(
      `select * from manual_run where link = any($1) and ended_at is null order by asked_at, id`,
      [links],
    );
    return rows.map(({ id, link, direction, source, target, scope, state, dry }) => ({ id, scope, state, dry, route: { link, direction, source, target } }));
  }

  /** Lists what is known of these categories: at the route's source, or agreed on, or on its way. */
  async listKnown(tx: Tx, { id, route }: OpenManualRun, categories: readonly CategoryToList[]): Promise<void> {
    await tx.query(
      `insert into manual_run_record (run, aggregate, uuid, category, place)
       select $1, aggregate, uuid, category, place from (
         select aggregate, uuid from change where site = $2 and aggregate = any($5)
         union select aggregate, uuid from agreement where link = $3 and aggregate = any($5)
         union select aggregate, uuid from job where link = $3 and direction = $4 and aggregate = any($5) and state <> 'ended'
       ) as known join (select distinct on (aggregate) aggregate, category, place from jsonb_to_recordset($6) as row (aggregate text, category text, place int) order by aggregate, place) as wanted using (aggregate)
       order by aggregate, uuid on conflict do nothing`,
      [id, route.source, route.link, route.direction, categories.map(({ aggregate }) => aggregate), JSON.stringify(categories)],
    );
  }

  /** Lists these records. Those that are listed already stay as they are. */
  async add(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, records: readonly (RecordRef & Pick<CategoryToList, 'category' | 'place'>)[]): Promise<void> {
    if (records.length === 0) return;
    await tx.query(
      `insert into manual_run_record (run, aggregate, uuid, category, place)
       select distinct on (aggregate, uuid) $1::uuid as run, aggregate, uuid, category, place from jsonb_to_recordset($2) as row (aggregate text, uuid text, category text, place int)
       order by aggregate, uuid, place on conflict do nothing`,
      [id, JSON.stringify(records)],
    );
  }

  /** What hangs on these patients is to be listed. */
  async addPatients(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, patients: readonly Uuid[]): Promise<void> {
    await tx.query(`insert into manual_run_patient (run, uuid) select $1, uuid from unnest($2::text[]) as row (uuid) order by uuid on conflict do nothing`, [
      id,
      patients,
    ]);
  }

  /** What hangs on every patient whom the child of the link holds is to be listed. */
  async addMembers(tx: Tx, { id, route }: OpenManualRun): Promise<void> {
    await tx.query(
      `insert into manual_run_patient (run, uuid) select $1, patient from membership where link = $2 and is_member order by patient on conflict do nothing`,
      [id, route.link],
    );
  }

  /** Records of the patient that were ever on their way on the link, as far back as the audit goes: what was voided at the source is in no history of hers. */
  async knownOf({ route }: OpenManualRun, patient: Uuid): Promise<readonly RecordRef[]> {
    return this.database.query<RecordRef & Record<string, unknown>>(
      `select distinct aggregate, uuid from audit where left(details ->> 'patient', 200) = $2 and link = $1 and uuid is not null and aggregate is not null order by aggregate, uuid`,
      [route.link, patient],
    );
  }

  /** The source would not list it; the run goes on with what is known. */
  async noteNotListed(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, what: readonly NotListed[]): Promise<void> {
    if (what.length > 0) await tx.query(`update manual_run set not_listed = not_listed || $2 where id = $1`, [id, JSON.stringify(what)]);
  }

  /** Calls off the runs of all other links: they are out of the configuration. */
  async leaveAllBut(tx: Tx, links: readonly LinkId[]): Promise<void> {
    const rows = await tx.query<Row>(`update manual_run set state = 'cancelled', ended_at = now() where ended_at is null and not link = any($1) returning *`, [
      links,
    ]);
    for (const row of rows) say(tx, row, 2, { act: 'cancelled', by: null, records: await lookedAt(tx, row.id) });
  }

  /** All has been found that can be listed at once; the rest hangs on the patients. */
  async listed(tx: Tx, { id }: Pick<OpenManualRun, 'id'>): Promise<void> {
    await tx.query(`update manual_run set state = 'looking' where id = $1 and state = 'listing'`, [id]);
  }

  /** Some of the patients whose records have yet to be listed. */
  async patientsOf({ id }: Pick<OpenManualRun, 'id'>, limit: number): Promise<readonly Uuid[]> {
    const rows = await this.database.query<{ uuid: Uuid }>(`select uuid from manual_run_patient where run = $1 order by uuid limit $2`, [id, limit]);
    return rows.map(({ uuid }) => uuid);
  }

  /** What hangs on the patient is listed. */
  async patientListed(tx: Tx, { id }: Pick<OpenManualRun, 'id'>, patient: Uuid): Promise<void> {
    await tx.query(`delete from manual_run_patient where run = $1 and uuid = $2`, [id, patient]);
  }

  /** Takes the next of what is listed, kinds in their order: they are to be looked at. What hangs on people waits for the looks at them. Nothing of a run that is over. */
  async take(tx: Tx, { id, route }: OpenManualRun, limit: number): Promise<readonly Look[]> {
    const [run] = await tx.query(`select id from manual_run where id = $1 and ended_at is null for share`, [id]);
    if (run === undefined) return [];
    const rows = await tx.query<RecordRef & Record<string, unknown>>(
      `update manual_run_record set state = 'looking', looked_at = now() where (run, aggregate, uuid) in (
         select run, aggregate, uuid from manual_run_record where run = $1 and state = 'listed' and (not ${PEOPLE_AWAITED} or place <= ${PLACE_OF_PEOPLE})
         order by place, uuid limit $2 for update skip locked
       ) returning aggregate, uuid`,
      [id, limit, route.source],
    );
    return rows.map(({ aggregate, uuid }) => ({ site: route.source, record: { aggregate, uuid }, forcedOn: route.link }));
  }

  /**
   * Writes down what became of those that move no more. One that waits for another is held to be on its way while anything else of the run is, or somebody has yet to hear of what
   * has landed. Of a dry run that is written down as each is found. A run that has nothing left is over.
   */
  async settle(tx: Tx, { id, route, dry }: OpenManualRun): Promise<void> {
    if (dry) await markFollowers(tx, id);
    else await tx.query(SETTLE, [id, route.source, route.link, route.direction]);
    const [row] = await tx.query<Row>(
      `update manual_run set state = 'ended', ended_at = now() where id = $1 and state = 'looking'
         and not exists (select from manual_run_record where run = $1 and state <> 'ended') and not exists (select from manual_run_patient where run = $1)
       returning *`,
      [id],
    );
    if (row !== undefined) say(tx, row, 2, { act: 'ended', by: null, records: await lookedAt(tx, id) });
  }
}

const PLACE_OF_PEOPLE = `(select min(place) from manual_run_record where run = $1 and aggregate = 'person')`;

/** Somebody of the run `$1` has yet to be looked at at the source `$3`: what hangs on her is admitted where she is, and not before. One who cannot be looked at keeps nobody waiting for longer than a minute. */
const PEOPLE_AWAITED = `exists (
  select from manual_run_record as one where run = $1 and aggregate = 'person' and (state = 'listed' or (state = 'looking' and looked_at > now() - interval '1 minute'
    and exists (select from change where change.site = $3 and change.aggregate = 'person' and change.uuid = one.uuid and change.state = 'open'))))`;

/** `$1` run, `$2` source, `$3` link, `$4` direction. */
const SETTLE = `
  with looking as (
    select aggregate, uuid, looked_at from manual_run_record where run = $1 and state = 'looking'
  ), since as (
    select min(looked_at) as at from looking
  ), moving as (
    select looking.aggregate, looking.uuid from looking join change on change.site = $2 and (change.aggregate, change.uuid) = (looking.aggregate, looking.uuid) and change.state = 'open'
    union
    select looking.aggregate, looking.uuid from looking
      join job on job.link = $3 and job.direction = $4 and (job.aggregate, job.uuid) = (looking.aggregate, looking.uuid) and job.state in ('ready', 'looking')
  ), all_else as (
    select not exists (select from moving) and not exists (select from manual_run_record where run = $1 and state = 'listed')
      and not exists (select from manual_run_patient where run = $1) and exists (select from manual_run where id = $1 and state <> 'listing')
      and not exists (
        select from outbox where 'release-waiting' = any(consumers) and payload ->> 'link' = $3
          and not exists (select from inbox where inbox.message_id = outbox.message_id and stage = 'release-waiting' and settled_at is not null)
      ) as has_ended
  ), settled as (
    select looking.aggregate, looking.uuid,
      coalesce(held.state, parked.state, did.outcome, case ended.ended_as when 'mapped' then 'not-admitted' else ended.ended_as end, 'superseded') as became,
      coalesce(held.reason, parked.reason) as reason
    from looking
    left join lateral (
      select state, reason from job where job.link = $3 and job.direction = $4 and (job.aggregate, job.uuid) = (looking.aggregate, looking.uuid) and state in ('waiting', 'conflict', 'parked')
    ) as held on true
    left join lateral (
      select state, reason from change where change.site = $2 and (change.aggregate, change.uuid) = (looking.aggregate, looking.uuid) and change.state = 'parked'
    ) as parked on true
    left join lateral (
      select outcome from job where job.link = $3 and job.direction = $4 and (job.aggregate, job.uuid) = (looking.aggregate, looking.uuid)
        and job.state = 'ended' and job.ended_at >= (select at from since) and job.ended_at >= looking.looked_at order by (outcome = 'pushed') desc, job.ended_at desc limit 1
    ) as did on true
    left join lateral (
      select ended_as from change where change.site = $2 and (change.aggregate, change.uuid) = (looking.aggregate, looking.uuid)
        and change.state = 'ended' and change.ended_at >= (select at from since) and change.ended_at >= looking.looked_at order by change.ended_at desc limit 1
    ) as ended on true
    where not exists (select from moving where (moving.aggregate, moving.uuid) = (looking.aggregate, looking.uuid))
      and (held.state is distinct from 'waiting' or (select has_ended from all_else))
  )
  update manual_run_record as record set state = 'ended', became = settled.became, reason = settled.reason
  from settled where record.run = $1 and (record.aggregate, record.uuid) = (settled.aggregate, settled.uuid)`;

async function lookedAt(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from manual_run_record where run = $1 and state <> 'listed' and not along`, [
    id,
  ]);
  return row?.count ?? 0;
}

function say(tx: Tx, { id, link, direction, source, scope, dry }: Row, round: number, moved: Pick<ManualRunMoved, 'act' | 'by' | 'records'>): void {
  tx.say(ManualRunMoved, id, { runId: id, link, site: source, round, direction, what: scope.what, ...(dry ? { dry } : {}), ...moved });
}
