import { type CanonicalRecord, ownersOf } from '@sync-hub/categories';
import { BugError, TransientError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import { Gathering } from '../gathering.js';
import type { Vault } from '../vault.js';
import { noteSearchWords } from './search-word.repository.js';
import { sightDigest } from './sight.repository.js';

/** What a record held, without who and when: equal contents have equal digests. */
export function contentOf(version: Pick<CanonicalRecord, 'presence' | 'fields' | 'covers'>): unknown {
  return [version.presence, Object.entries(version.fields).sort(([a], [b]) => (a < b ? -1 : 1)), [...version.covers].sort()];
}

/** What a version of a record is called: the beginning of the keyed digest of its content. Of one site's versions of one record no two are called the same. */
export const versionIn = (digest: string): string => Buffer.from(digest, 'base64url').toString('hex').slice(0, 16);

/** Unless it is of a patient who was erased: whoever erases one waits for this transaction (`PatientErasureRepository.mark`). */
const KEEP = `with erased as (select id from patient_stop where erased_at is not null and patient = any($9) for share)
  insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed)
  select $1::uuid, $2, $3, $4, $5::int, $6::int, $7, $8::bytea where not exists (select from erased) returning id`;

/** Snapshots: canonical records as they stood at a site at a moment. Sealed, append-only. Written by fetch (what was read) and push (what the target held in a conflict). */
export class SnapshotRepository {
  private readonly sealed = new Gathering(
    (id: string) => id,
    async (ids: readonly string[]) => {
      const rows = await this.database.query<{ id: string; sealed: Buffer }>(`select id, sealed from snapshot where id = any($1::uuid[])`, [ids]);
      return new Map(rows.map((row) => [row.id, row.sealed]));
    },
  );

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** @throws TransientError `patient-erased`: it is of somebody of whom nothing is stored. */
  async keep(tx: Tx, site: string, generation: number, record: CanonicalRecord): Promise<string> {
    const id = newId();
    const { aggregate, uuid } = record.record;
    const rows = await tx.query(KEEP, [
      id,
      site,
      aggregate,
      uuid,
      generation,
      record.shape,
      this.hashOf(record),
      this.vault.seal(record, `snapshot:${id}`),
      ownersOf(record),
    ]);
    if (rows.length === 0) throw new TransientError('patient-erased', 'nothing is stored of a patient who was erased and is stopped', { site });
    await noteSearchWords(tx, this.vault, site, record);
    return id;
  }

  async read(id: string): Promise<CanonicalRecord> {
    const sealed = await this.sealed.ask(id);
    if (sealed === undefined) throw new BugError('a snapshot that is pointed at is not there', { snapshot: id });
    return this.vault.open(sealed, `snapshot:${id}`) as CanonicalRecord;
  }

  /** A keyed digest of the content, for "has what it saw changed?". */
  hashOf(record: CanonicalRecord): string {
    return this.vault.digest(contentOf(record));
  }

  /** As sights are kept (`sightDigest`). */
  sightOf(word: string): string {
    return sightDigest(this.vault, word);
  }

  /** Drops snapshots older than that which nothing points at; foreign keys keep the rest. Returns how many. */
  async prune(tx: Tx, olderThanSeconds: number, limit: number): Promise<number> {
    const rows = await tx.query(
      `delete from snapshot where id in (
         select id from snapshot
         where taken_at < now() - make_interval(secs => $1)
           and not exists (select 1 from job where source_snapshot = snapshot.id or target_snapshot = snapshot.id)
           and not exists (select 1 from conflict where parent_snapshot = snapshot.id or child_snapshot = snapshot.id)
           and not exists (select 1 from outbox where type = 'record.fetched.v1' and payload ->> 'snapshot' = snapshot.id::text)
         order by taken_at limit $2)
       returning id`,
      [olderThanSeconds, limit],
    );
    return rows.length;
  }
}
