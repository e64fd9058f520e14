import type { Aggregate, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** The records of one kind at a site, in one of its lives. */
export interface Keeper {
  readonly site: SiteId;
  readonly generation: number;
  readonly aggregate: Aggregate;
}

/** What each site was seen to keep, by `keptName`. Written by push; only ever grows. */
export class KeptFieldRepository {
  /** What this process has noted or read, so that it is noted once. */
  private readonly known = new Map<string, Set<string>>();

  constructor(private readonly database: Database) {}

  async of(keeper: Keeper): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ name: string }>(`select name from kept_field where site = $1 and generation = $2 and aggregate = $3`, [
      keeper.site,
      keeper.generation,
      keeper.aggregate,
    ]);
    const known = this.knownOf(keeper);
    for (const { name } of rows) known.add(name);
    return known;
  }

  async note(keeper: Keeper, names: readonly string[]): Promise<void> {
    const known = this.knownOf(keeper);
    const added = names.filter((name) => !known.has(name));
    if (added.length === 0) return;
    await this.database.write(`insert into kept_field (site, generation, aggregate, name) select $1, $2, $3, unnest($4::text[]) on conflict do nothing`, [
      keeper.site,
      keeper.generation,
      keeper.aggregate,
      added,
    ]);
    for (const name of added) known.add(name);
  }

  private knownOf({ site, generation, aggregate }: Keeper): Set<string> {
    const key = `${site} ${generation} ${aggregate}`;
    const known = this.known.get(key) ?? new Set<string>();
    this.known.set(key, known);
    return known;
  }
}
