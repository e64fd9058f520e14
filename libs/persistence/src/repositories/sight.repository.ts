import type { Direction, LinkId, RecordRef } from '@sync-hub/contracts';
import type { SideName } from '@sync-hub/merge';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

/** When an end was first seen with what a word of `sightAt` says, in seconds of the database's clock; null where that is not known. */
export type SeenAt = (side: SideName, word: string | null) => number | null;

/** A keyed digest of what a look found edited (`sightsIn`), short enough to keep many. */
export const sightDigest = (vault: Vault, word: string): string => vault.digest(['sight', word]).slice(0, 22);

/** What open jobs remember of the looks at their sources. Written by map, as it arms a job. */
export class SightRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /**
   * What the parent holds was seen by the looks of jobs that pull, what the child holds by those that push. Nothing is known where a person once let both ends
   * of the record stay as they were: what was seen before that is forgotten with the jobs, and would seem new.
   */
  async of(link: LinkId, { aggregate, uuid }: RecordRef): Promise<SeenAt> {
    const rows = await this.database.query<{ direction: Direction; source_sights: Record<string, number> }>(
      `select direction, source_sights from job where link = $1 and aggregate = $2 and uuid = $3 and state <> 'ended'
         and not exists (select from conflict where link = $1 and aggregate = $2 and uuid = $3 and closed_as = 'dismissed')`,
      [link, aggregate, uuid],
    );
    const sightsOf = (side: SideName) => rows.find(({ direction }) => direction === (side === 'parent' ? 'pull' : 'push'))?.source_sights ?? {};
    return (side, word) => (word === null ? null : (sightsOf(side)[sightDigest(this.vault, word)] ?? null));
  }
}
