import type { Aggregate, LinkId, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';
import type { Look } from './change.repository.js';

/** Somebody has stopped a patient, on one link or on all. */
export interface PatientStop {
  readonly id: string;
  readonly patient: Uuid;
  /** `null` for every link. */
  readonly link: LinkId | null;
  readonly by: string;
  readonly since: Date;
  /** Since when nothing of her is stored either. */
  readonly erasedAt: Date | null;
}

/** Whose something is, on a link. */
interface Asked {
  readonly link: LinkId;
  readonly patient: Uuid;
}

type StopRow = PatientStop & Record<string, unknown>;

/** By either of the uuids that she goes by. */
const IS_HER = `(stop.patient = asked.patient
    or exists (select from alias where alias.aggregate = 'person' and alias.uuid = asked.patient and alias.local_uuid = stop.patient)
    or exists (select from alias where alias.aggregate = 'person' and alias.local_uuid = asked.patient and alias.uuid = stop.patient))`;

const STOPS = `from unnest($1::text[], $2::text[], $3::text[]) as asked (key, link, patient) join patient_stop as stop on (stop.link is null or stop.link = asked.link) and ${IS_HER}`;

const HELD_FOR_IT = `job.state = 'parked' and job.reason = 'patient-stopped'`;

const keyOf = ({ link, patient }: Asked): string => `${link} ${patient}`;

const parametersOf = (asked: readonly (Asked & { readonly key: string })[]): readonly unknown[] => [
  asked.map(({ key }) => key),
  asked.map(({ link }) => link),
  asked.map(({ patient }) => patient),
];

/** The keys of those whose patient is stopped. Whoever stops somebody waits for the transaction (`PatientStopRepository.stop`). */
export async function stoppedAmong(tx: Pick<Tx, 'query'>, asked: readonly (Asked & { readonly key: string })[]): Promise<ReadonlySet<string>> {
  if (asked.length === 0) return new Set();
  const rows = await tx.query<{ key: string }>(`select asked.key ${STOPS} for share of stop`, parametersOf(asked));
  return new Set(rows.map(({ key }) => key));
}

/** Patients whom people have stopped. Written by people; every process asks before each write. */
export class PatientStopRepository {
  private readonly stops = new Gathering(keyOf, async (asked: readonly Asked[]) => {
    const rows = await this.database.query<StopRow & { key: string }>(
      `select asked.key, stop.id, stop.patient, stop.link, stop.by, stop.since, stop.erased_at as "erasedAt" ${STOPS} order by stop.since`,
      parametersOf(asked.map((one) => ({ ...one, key: keyOf(one) }))),
    );
    return new Map(rows.map((row) => [row.key, row]));
  });

  private readonly erased = new Gathering(
    (patient: Uuid) => patient,
    async (patients: readonly Uuid[]) => {
      const rows = await this.database.query<{ asked: Uuid; patient: Uuid }>(
        `select asked.patient as asked, stop.patient from unnest($1::text[]) as asked (patient) join patient_stop as stop on ${IS_HER} where erased_at is not null`,
        [patients],
      );
      return new Map(rows.map(({ asked, patient }) => [asked, patient]));
    },
  );

  constructor(private readonly database: Database) {}

  /** `null` where none of them is stopped on the link. */
  async of(link: LinkId, patients: readonly Uuid[]): Promise<PatientStop | null> {
    const found = await Promise.all([...new Set(patients)].map((patient) => this.stops.ask({ link, patient })));
    return found.find((stop) => stop !== undefined) ?? null;
  }

  /** May one of hers be written? For whoever writes without an intent; asked in the transaction that says what is about to be done. */
  async lets(tx: Tx, link: LinkId, patient: Uuid): Promise<boolean> {
    return (await stoppedAmong(tx, [{ key: patient, link, patient }])).size === 0;
  }

  /**
   * False where she is stopped there already. Waits for every transaction that was told she is not and is about to write of her: after this one no write of hers begins.
   * (Whoever asks locks the table as one that is read for sharing; a dump of the database does not, and is not waited for.)
   */
  async stop(tx: Tx, { id, patient, link, by }: Omit<PatientStop, 'since' | 'erasedAt'>): Promise<boolean> {
    await tx.query(`lock table patient_stop in exclusive mode`);
    const rows = await tx.query(`insert into patient_stop (id, patient, link, by) values ($1, $2, $3, $4) on conflict do nothing returning id`, [
      id,
      patient,
      link,
      by,
    ]);
    return rows.length > 0;
  }

  /** False where she is not stopped just there, by any of these uuids. */
  async resume(tx: Tx, patients: readonly Uuid[], link: LinkId | null): Promise<boolean> {
    const rows = await tx.query(`delete from patient_stop where patient = any($1) and link is not distinct from $2 returning id`, [patients, link]);
    return rows.length > 0;
  }

  /** Looks at what is held for a stop that stands no more; each job is taken once a minute, until it has been looked at again. */
  async released(tx: Tx, limit: number): Promise<readonly Look[]> {
    const rows = await tx.query<{ source: SiteId; aggregate: Aggregate; uuid: Uuid }>(
      `update job set woken_at = now() where id in (
         select id from job where ${HELD_FOR_IT} and (woken_at is null or woken_at < held_at or woken_at < now() - interval '1 minute')
           and not exists (select from patient_stop where patient_stop.id::text = job.details ->> 'stop')
         order by held_at limit $1 for update skip locked)
       returning source, aggregate, uuid`,
      [limit],
    );
    return rows.map(({ source, aggregate, uuid }) => ({ site: source, record: { aggregate, uuid }, forced: true }));
  }

  /** Of these, who was erased: nothing of her is stored. `null` where none was. */
  async erasedAmong(patients: readonly Uuid[]): Promise<Uuid | null> {
    const found = await Promise.all([...new Set(patients)].map((patient) => this.erased.ask(patient)));
    return found.find((patient) => patient !== undefined) ?? null;
  }

  /** Something of one who was erased was looked at there, and nothing of it kept but that. */
  async sawErased(tx: Tx, patient: Uuid, site: SiteId, { aggregate, uuid }: RecordRef): Promise<void> {
    await tx.query(`insert into erased_record (patient, site, aggregate, uuid) values ($1, $2, $3, $4) on conflict do nothing`, [
      patient,
      site,
      aggregate,
      uuid,
    ]);
  }

  /** All who are stopped, the longest first, with how many records of each are held for it. */
  list(): Promise<readonly (PatientStop & { readonly waiting: number })[]> {
    return this.database.query<PatientStop & { readonly waiting: number } & Record<string, unknown>>(
      `select stop.id, patient, link, by, since, erased_at as "erasedAt", (select count(*)::int from job where ${HELD_FOR_IT} and job.details ->> 'stop' = stop.id::text) as waiting
       from patient_stop as stop order by since, id`,
    );
  }

  /** By what the hub knows her, whatever a site calls her. */
  async canonicalOf(patient: Uuid): Promise<Uuid> {
    const [row] = await this.database.query<{ uuid: Uuid }>(`select uuid from alias where aggregate = 'person' and local_uuid = $1 order by site limit 1`, [
      patient,
    ]);
    return row?.uuid ?? patient;
  }

  /** Has anything of her been seen on these links, or at their ends? */
  async isKnown(patient: Uuid, { links, sites }: { readonly links: readonly LinkId[]; readonly sites: readonly SiteId[] }): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from agreement where link = any($2) and aggregate = 'person' and uuid = $1
       union all select 1 from job where link = any($2) and direction in ('pull', 'push') and aggregate = 'person' and uuid = $1 and state <> 'ended'
       union all select 1 from change where site = any($3) and aggregate = 'person' and uuid = $1 and state <> 'ended' limit 1`,
      [patient, links, sites],
    );
    return rows.length > 0;
  }

  /** Writes of hers that have begun at these sites and whose end nobody has seen: of whoever has a claim on her, or of her own record. */
  async underWay(patient: Uuid, sites: readonly SiteId[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `with hers as (select * from claim where site = any($2) and aggregate = 'person' and uuid = $1 and until > now())
       select count(*)::int as count from (
         select intent.id::text from hers join outbox using (message_id) join intent on intent.job_id::text = outbox.correlation_id where settled_at is null
         union select intent.id::text from intent where site = any($2) and aggregate = 'person' and uuid = $1 and settled_at is null
         union select holder from hers where holder like 'departure:%') as begun`,
      [patient, sites],
    );
    return row?.count ?? 0;
  }
}
