import { type BodyAsked, BodyShown, type BodySight, BugError, type KeptBody, type RecordRef, type ShownBody } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';

/** So much of a body is kept, in characters. */
const LONGEST = 256 * 1024;

/** A write to a site as it went over the line. */
export interface BodyToKeep {
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly status: number | null;
  readonly answer: string | null;
}

/** What it was written for, and on whom the record hangs. */
export interface BodiesOf {
  readonly jobId: string;
  readonly site: string;
  readonly link: string;
  readonly record: RecordRef;
  readonly patient: string | null;
}

type Opened = NonNullable<ShownBody['opened']>;

interface Row extends Omit<KeptBody, 'at' | 'until'> {
  readonly at: Date;
  readonly until: Date;
}

const COLUMNS = `id, job_id as "jobId", site, link, aggregate, uuid, status, bytes, taken_at as at, until`;

const bodyContext = (id: string): string => `audit-body:${id}`;
const sightContext = (id: string): string => `audit-body-shown:${id}`;

/** What was sent to sites and what they answered, sealed, for so many days; and who was shown it. Written by push, dropped by feed-watcher. Never shipped. */
export class AuditBodyRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Keeps them at once, whatever becomes of the job: what was refused is looked for the most. */
  async keep(of: BodiesOf, bodies: readonly BodyToKeep[], keepDays: number): Promise<void> {
    if (bodies.length === 0) return;
    const rows = bodies.map((body, index) => ({ ...this.rowOf(body), number: index + 1 }));
    await this.database.write(
      `insert into audit_body (id, job_id, number, site, link, aggregate, uuid, patient, status, bytes, sealed, until)
       select id, $1, number, $2, $3, $4, $5, $6, status, bytes, sealed, now() + make_interval(days => $7)
       from unnest($8::uuid[], $9::int[], $10::int[], $11::int[], $12::bytea[]) as row (id, number, status, bytes, sealed)`,
      [
        of.jobId,
        of.site,
        of.link,
        of.record.aggregate,
        of.record.uuid,
        of.patient,
        keepDays,
        rows.map(({ id }) => id),
        rows.map(({ number }) => number),
        rows.map(({ status }) => status),
        rows.map(({ bytes }) => bytes),
        rows.map(({ sealed }) => sealed),
      ],
    );
  }

  /** Of the job that a line of our own audit is about. */
  async ofLine(lineId: string): Promise<readonly KeptBody[]> {
    const rows = await this.database.query<Row>(
      `select ${COLUMNS} from audit_body where job_id::text = any(array(select correlation_id from audit where id = $1)) and until > now() order by taken_at, number limit 200`,
      [lineId],
    );
    return rows.map(keptFrom);
  }

  /** Says who is shown it and why, and answers with it; `null` where there is none of that id any more. */
  async show(tx: Tx, id: string, { reason, note }: BodyAsked, by: string): Promise<ShownBody | null> {
    const [row] = await tx.query<Row & { readonly sealed: Buffer }>(`select ${COLUMNS}, sealed from audit_body where id = $1 and until > now()`, [id]);
    if (row === undefined) return null;
    const { sealed, ...kept } = row;
    const shownBefore = await this.sights(tx, id);
    const sight = newId();
    await tx.query(`insert into audit_body_shown (id, body_id, by_whom, reason, sealed) values ($1, $2, $3, $4, $5)`, [
      sight,
      id,
      by,
      reason,
      this.vault.seal(note, sightContext(sight)),
    ]);
    const { site, link, aggregate, uuid, jobId } = kept;
    tx.say(BodyShown, sight, { site, round: 1, record: { aggregate, uuid }, link, jobId, bodyId: id, outcome: 'body-shown', reason, by });
    return { ...keptFrom(kept), opened: this.opened(sealed, bodyContext(id)) as Opened | null, shownBefore };
  }

  /** Drops those whose days are over. Returns how many. */
  async prune(tx: Tx, limit: number): Promise<number> {
    const rows = await tx.query(`delete from audit_body where id in (select id from audit_body where until <= now() order by until limit $1) returning id`, [
      limit,
    ]);
    return rows.length;
  }

  private rowOf({ method, path, request, status, answer }: BodyToKeep) {
    const id = newId();
    const isCut = request.length > LONGEST || (answer?.length ?? 0) > LONGEST;
    const opened: Opened = { method, path, request: request.slice(0, LONGEST), answer: answer?.slice(0, LONGEST) ?? null, isCut };
    const bytes = Buffer.byteLength(request) + Buffer.byteLength(answer ?? '');
    return { id, status, bytes, sealed: this.vault.seal(opened, bodyContext(id)) };
  }

  private async sights(tx: Tx, bodyId: string): Promise<readonly BodySight[]> {
    const rows = await tx.query<Omit<BodySight, 'at' | 'note'> & { readonly id: string; readonly at: Date; readonly sealed: Buffer }>(
      `select id, by_whom as by, reason, sealed, shown_at as at from audit_body_shown where body_id = $1 order by shown_at`,
      [bodyId],
    );
    return rows.map(({ id, by, reason, at, sealed }) => ({ by, reason, at: at.toISOString(), note: this.opened(sealed, sightContext(id)) as string | null }));
  }

  private opened(sealed: Buffer, context: string): unknown {
    try {
      return this.vault.open(sealed, context);
    } catch (error) {
      if (error instanceof BugError) return null;
      throw error;
    }
  }
}

const keptFrom = ({ at, until, ...row }: Row): KeptBody => ({ ...row, at: at.toISOString(), until: until.toISOString() });
