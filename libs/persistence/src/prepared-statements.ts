import { createHash } from 'node:crypto';
import { SyncError } from '@sync-hub/contracts';
import type pg from 'pg';

/** `feature_not_supported`: what PostgreSQL answers where a prepared statement would tell other columns than when it was prepared (plancache.c). */
const PLAN_IS_OUTDATED = '0A000';

const isOutdated = (error: unknown): boolean => error instanceof SyncError && error.details['sqlstate'] === PLAN_IS_OUTDATED;

/**
 * Statements that each connection parses and plans once. Their texts are constants of this library, so that there is a fixed
 * number of them. Parameters alone change.
 */
export class PreparedStatements {
  private readonly names = new Map<string, string>();
  /** Part of every name: to prepare all of them anew, on all connections. */
  private edition = 0;

  async run<Row>(client: pg.ClientBase, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const statement = parameters.length === 0 ? { text: sql } : { name: this.nameOf(sql), text: sql, values: [...parameters] };
    return (await client.query<Row & pg.QueryResultRow>(statement)).rows;
  }

  /** A migration may change what a statement tells while we run; then all are prepared anew, and the work is done once more. */
  async whilePlansHold<Result>(work: () => Promise<Result>): Promise<Result> {
    const { edition } = this;
    try {
      return await work();
    } catch (error) {
      if (!isOutdated(error)) throw error;
      if (edition === this.edition) this.edition += 1;
      this.names.clear();
      return work();
    }
  }

  private nameOf(sql: string): string {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    const name = `${this.edition}-${createHash('sha256').update(sql).digest('base64url')}`;
    this.names.set(sql, name);
    return name;
  }
}
