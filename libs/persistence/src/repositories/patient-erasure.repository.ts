import { CARE_CATEGORIES, CATEGORIES } from '@sync-hub/categories';
import type { ErasedCounts, LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';
import { agreementContext } from './agreement.repository.js';
import type { ChangeRepository, Look } from './change.repository.js';
import type { JobRepository } from './job.repository.js';

/** The ends of a link. */
interface Ends {
  readonly link: LinkId;
  readonly site: SiteId;
}

interface SealedRow extends RecordRef {
  readonly place: string;
  readonly link: LinkId;
  readonly sealed: Buffer;
}

const AT_ONCE = 500;

const NOTHING: ErasedCounts = { records: 0, snapshots: 0, agreements: 0, held: 0, conflicts: 0, decisions: 0, writes: 0, bodies: 0, words: 0, received: 0 };

const HANGS: readonly string[] = CARE_CATEGORIES.map((category) => CATEGORIES[category].aggregate);

/** As this instance's audit tells it, and as those tell it that report here. */
const TOLD_OF_HER = ['audit', 'received_audit']
  .map((table) => `select aggregate, uuid from ${table} where left(details ->> 'patient', 200) = any($1) and aggregate is not null`)
  .join(' union ');

/** Of what the audit names no patient: whose it is stands in what is sealed alone. */
const UNNAMED = (table: string): string =>
  `aggregate = any($1) and not exists (select from audit where audit.aggregate = ${table}.aggregate and audit.uuid = ${table}.uuid and left(details ->> 'patient', 200) is not null)`;

const HERS = `with hers as (select aggregate, uuid from jsonb_to_recordset($1) as hers (aggregate text, uuid text))`;
const IS_HERS = '(aggregate, uuid) in (select aggregate, uuid from hers)';

/** What was stored of a patient, and is forgotten where an administrator says so. Written by people alone, of a patient whom they have stopped on every link. */
export class PatientErasureRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly changes: Pick<ChangeRepository, 'discard'>,
    private readonly jobs: Pick<JobRepository, 'discard'>,
  ) {}

  /** By every uuid that she goes by. */
  async uuidsOf(patient: Uuid): Promise<readonly Uuid[]> {
    const rows = await this.database.query<{ local_uuid: Uuid }>(`select local_uuid from alias where aggregate = 'person' and uuid = $1`, [patient]);
    return [...new Set([patient, ...rows.map((row) => row.local_uuid)])];
  }

  /** She, and all that ever hung on her, as the audit tells it; of what it tells of nobody, as what is sealed does; of that, only what was stored since. */
  async recordsOf(uuids: readonly Uuid[], tx: Pick<Tx, 'query'> = this.database, since: Date = new Date(0)): Promise<readonly RecordRef[]> {
    const told = await tx.query<RecordRef & Record<string, unknown>>(TOLD_OF_HER, [uuids]);
    const sealed = await this.sealedOf(tx, uuids, since);
    const all = [...uuids.map((uuid): RecordRef => ({ aggregate: 'person', uuid })), ...told, ...sealed];
    return [...new Map(all.map(({ aggregate, uuid }) => [`${aggregate}/${uuid}`, { aggregate, uuid }])).values()];
  }

  /** Is anything of these looked at, or written, at this moment? */
  async isInHand(tx: Tx, records: readonly RecordRef[]): Promise<boolean> {
    const rows = await tx.query(
      `${HERS} select 1 from claim where until > now() and ${IS_HERS}
       union all select 1 from job where state in ('ready', 'looking') and ${IS_HERS} limit 1`,
      [JSON.stringify(records)],
    );
    return rows.length > 0;
  }

  /** How much of these is kept. Of received conflicts those of other instances that are told of here. */
  async count(records: readonly RecordRef[], tx: Pick<Tx, 'query'> = this.database): Promise<ErasedCounts> {
    const [row] = await tx.query<ErasedCounts & Record<string, unknown>>(
      `${HERS} select (select count(*)::int from hers) as records,
         (select count(*)::int from snapshot where ${IS_HERS}) as snapshots,
         (select count(*)::int from agreement where ${IS_HERS}) as agreements,
         (select count(*)::int from job where state <> 'ended' and ${IS_HERS}) + (select count(*)::int from change where state <> 'ended' and ${IS_HERS}) as held,
         (select count(*)::int from conflict where ${IS_HERS}) as conflicts,
         (select count(*)::int from decision where ${IS_HERS}) as decisions,
         (select count(*)::int from intent where ${IS_HERS}) as writes,
         (select count(*)::int from audit_body where ${IS_HERS} or patient in (select uuid from hers where aggregate = 'person')) as bodies,
         (select count(*)::int from search_word where uuid in (select uuid from hers where aggregate = 'person')) as words,
         (select count(*)::int from received_conflict where (summary -> 'record' ->> 'aggregate', summary -> 'record' ->> 'uuid') in (select aggregate, uuid from hers)) as received`,
      [JSON.stringify(records)],
    );
    return row ?? NOTHING;
  }

  /** What is being stored or about to be written at this moment is waited for, and what comes later waits for this transaction (`SnapshotRepository.keep`). */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`lock table patient_stop in exclusive mode`);
  }

  /** From now on nothing of her is stored any more. False where she is not stopped on every link. */
  async mark(tx: Tx, uuids: readonly Uuid[]): Promise<boolean> {
    const rows = await tx.query(`update patient_stop set erased_at = coalesce(erased_at, now()) where patient = any($1) and link is null returning id`, [
      uuids,
    ]);
    return rows.length > 0;
  }

  /** All of it goes, and what is open of hers ends as discarded. Where each stood is noted, by ids, for when she is met anew. */
  async erase(tx: Tx, patient: Uuid, records: readonly RecordRef[], ends: readonly Ends[]): Promise<void> {
    const hers = JSON.stringify(records);
    await tx.query(
      `${HERS}, ends as (select link, site from jsonb_to_recordset($3) as ends (link text, site text))
       insert into erased_record (patient, site, aggregate, uuid)
       select $2, site, aggregate, uuid from (select site, aggregate, uuid from agreement join ends using (link) where ${IS_HERS}
         union select source, aggregate, uuid from job where ${IS_HERS} union select target, aggregate, uuid from job where ${IS_HERS}
         union select site, aggregate, uuid from change where ${IS_HERS} union select site, aggregate, uuid from snapshot where ${IS_HERS}) as stood
       where site in (select site from ends) on conflict do nothing`,
      [hers, patient, JSON.stringify(ends)],
    );
    const open = await tx.query<{ kind: string; id: string }>(
      `${HERS} select 'job' as kind, id from job where state <> 'ended' and ${IS_HERS} union all select 'change', id from change where state <> 'ended' and ${IS_HERS} order by id`,
      [hers],
    );
    for (const { kind, id } of open) await (kind === 'job' ? this.jobs.discard(tx, id) : this.changes.discard(tx, id, 'whatever it is'));
    for (const statement of FORGETTING) await tx.query(`${HERS} ${statement}`, [hers]);
    await tx.query(`update patient_act set sealed = null where patient = any($1)`, [
      records.filter(({ aggregate }) => aggregate === 'person').map(({ uuid }) => uuid),
    ]);
  }

  /** Looks at all of hers, where each stood: she is met anew. */
  async takeNoted(tx: Tx, uuids: readonly Uuid[]): Promise<readonly Look[]> {
    const rows = await tx.query<RecordRef & { readonly site: SiteId }>(`delete from erased_record where patient = any($1) returning site, aggregate, uuid`, [
      uuids,
    ]);
    return rows.map(({ site, aggregate, uuid }) => ({ site, record: { aggregate, uuid }, forced: true }));
  }

  private async sealedOf(tx: Pick<Tx, 'query'>, uuids: readonly Uuid[], since: Date): Promise<readonly RecordRef[]> {
    const found: RecordRef[] = [];
    for (const table of ['snapshot', 'agreement'] as const) {
      let after = '';
      for (;;) {
        const rows = await pageOf(tx, table, after, since);
        for (const row of rows) if (this.names(table, row, uuids)) found.push({ aggregate: row.aggregate, uuid: row.uuid });
        after = rows.at(-1)?.place ?? '';
        if (rows.length < AT_ONCE) break;
      }
    }
    return found;
  }

  private names(table: 'snapshot' | 'agreement', { place, link, sealed, ...record }: SealedRow, uuids: readonly Uuid[]): boolean {
    const text = JSON.stringify(this.vault.open(sealed, table === 'snapshot' ? `snapshot:${place}` : agreementContext(link, record)));
    return uuids.some((uuid) => text.includes(`"${uuid}"`));
  }
}

function pageOf(tx: Pick<Tx, 'query'>, table: 'snapshot' | 'agreement', after: string, since: Date): Promise<readonly SealedRow[]> {
  const place = table === 'snapshot' ? 'id::text' : "concat_ws(' ', link, aggregate, uuid)";
  const [link, at] = table === 'snapshot' ? [`''`, 'taken_at'] : ['link', 'agreed_at'];
  return tx.query<SealedRow & Record<string, unknown>>(
    `select ${place} as place, ${link} as link, aggregate, uuid, sealed from ${table} where ${UNNAMED(table)} and ${place} > $2 and ${at} >= $3 order by 1 limit ${AT_ONCE}`,
    [HANGS, after, since],
  );
}

const OF_CONFLICT = `conflict_id in (select id from conflict where ${IS_HERS})`;
const RECEIVED = `(summary -> 'record' ->> 'aggregate', summary -> 'record' ->> 'uuid') in (select aggregate, uuid from hers)`;

/** Each a thought; in an order that references allow. Names of fields, ids and times stay where they stand beside nothing else. */
const FORGETTING: readonly string[] = [
  `delete from conflict_note where ${OF_CONFLICT}`,
  `delete from conflict_answer where ${OF_CONFLICT}`,
  `delete from conflict where ${IS_HERS}`,
  `delete from decision where ${IS_HERS}`,
  `delete from intent where ${IS_HERS}`,
  `delete from agreement where ${IS_HERS}`,
  `delete from audit_body where ${IS_HERS} or patient in (select uuid from hers where aggregate = 'person')`,
  `update job set source_snapshot = null, target_snapshot = null, source_hash = '', target_hash = null, marked_hash = null, source_sights = '{}', version_before = null, version_after = null where ${IS_HERS}`,
  `delete from snapshot where ${IS_HERS}`,
  `delete from search_word where uuid in (select uuid from hers where aggregate = 'person')`,
  `update held_act set sealed = null where id in (select act_id from held_act_on where subject_id in (select id from job where ${IS_HERS} union select id from change where ${IS_HERS}))`,
  `delete from asked_why where held_id in (select id from job where ${IS_HERS} union select id from change where ${IS_HERS})`,
  `update manual_run_record set told = null where ${IS_HERS}`,
  `delete from received_act where (origin, conflict_id) in (select origin, id from received_conflict where ${RECEIVED})`,
  `update received_conflict set sealed = null, is_wanted = false where ${RECEIVED}`,
];
