import type { BecameOfHeldAct } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** What people at the instance that this one reports to did to what is held here: each is fetched, done once, and told of until that is known there. Written by conflict-service. */
export class FetchedHeldActRepository {
  constructor(private readonly database: Database) {}

  /** True where it is still to be done: it was never fetched, or nobody knows what became of it. One that is told to us again though it was known is told of again. */
  async isToDo(id: string): Promise<boolean> {
    const { result } = await this.database.transaction((tx) =>
      tx.query<{ id: string }>(
        `insert into fetched_held_act as mine (id) values ($1)
         on conflict (id) do update set known_at = null where mine.ended_as is null or mine.known_at is not null returning case when ended_as is null then id end as id`,
        [id],
      ),
    );
    return (result[0]?.id ?? null) !== null;
  }

  async done({ act, as, counts }: BecameOfHeldAct): Promise<void> {
    await this.database.write(`update fetched_held_act set ended_as = $2, counts = $3 where id = $1`, [
      act,
      as,
      counts === null ? null : JSON.stringify(counts),
    ]);
  }

  /** Endings that are not known there yet. */
  async toTell(limit: number): Promise<readonly BecameOfHeldAct[]> {
    return this.database.query<BecameOfHeldAct>(
      `select id as act, ended_as as "as", counts from fetched_held_act where known_at is null and ended_as is not null order by fetched_at limit $1`,
      [limit],
    );
  }

  /** These are known there; they are kept for a month, in case they are told to us again. */
  async known(ids: readonly string[]): Promise<void> {
    await this.database.write(`update fetched_held_act set known_at = now() where id = any($1::uuid[]) and known_at is null`, [ids]);
    await this.database.write(`delete from fetched_held_act where known_at < now() - interval '30 days'`, []);
  }
}
