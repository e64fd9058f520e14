import { randomUUID } from 'node:crypto';
import { BugError, consumersOf, SyncError } from '@sync-hub/contracts';
import type { About, Envelope, Tx } from '@sync-hub/messaging';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { MIGRATIONS } from './migrations/index.js';
import { safeDatabaseError } from './safe-database-error.js';

/** Opens a pool on a PostgreSQL URL. TypeORM logs nothing: its errors carry parameters, and parameters are patient data. */
export async function openDatabase(url: string, poolSize = 10): Promise<Database> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    logging: false,
    poolSize,
    installExtensions: false,
    applicationName: 'sync-hub',
    poolErrorHandler: () => undefined,
  });
  try {
    await source.initialize();
  } catch (error) {
    throw safeDatabaseError(error);
  }
  return new Database(source);
}

/** Brings the schema up to date, one process at a time. */
export async function migrate(url: string): Promise<void> {
  const lock = new pg.Client({ connectionString: url });
  const database = await openDatabase(url, 2);
  try {
    await lock.connect();
    await lock.query('select pg_advisory_lock(726001)');
    await database.runMigrations();
  } catch (error) {
    throw safeDatabaseError(error);
  } finally {
    await lock.end().catch(() => undefined);
    await database.close();
  }
}

/** Has the database every migration that this version knows? A newer schema than that has too. */
export async function isMigrated(url: string): Promise<boolean> {
  const database = await openDatabase(url, 1);
  try {
    return await database.hasAllMigrations();
  } finally {
    await database.close();
  }
}

const isDeadlock = (error: unknown): boolean => error instanceof SyncError && (error.details['sqlstate'] === '40P01' || error.details['sqlstate'] === '40001');

const DEADLOCK_TRIES = 5;

async function untilNoDeadlock<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let triesLeft = DEADLOCK_TRIES; ; triesLeft -= 1) {
    try {
      return await work();
    } catch (error) {
      if (triesLeft === 0 || !isDeadlock(error)) throw error;
    }
  }
}

/** The database. Reads go through `query`; every write takes a `Tx`. Errors come out without query text, parameters or row contents. */
export class Database {
  constructor(private readonly source: DataSource) {}

  async query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const runner = this.source.createQueryRunner();
    try {
      return await run<Row>(await clientOf(runner), sql, parameters);
    } catch (error) {
      throw safeDatabaseError(error);
    } finally {
      await runner.release();
    }
  }

  /** One statement that writes, and so a transaction by itself: a third of the round trips of `transaction`. */
  async write<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return untilNoDeadlock(() => this.query<Row>(sql, parameters));
  }

  /**
   * One transaction. What `work` says goes to the outbox just before the commit, and is returned beside its result, to be sent.
   * Where two wait for each other PostgreSQL ends one of them, and its work begins anew.
   */
  async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<{ readonly result: Result; readonly said: readonly Envelope[] }> {
    return untilNoDeadlock(() => this.once(work));
  }

  private async once<Result>(work: (tx: Tx) => Promise<Result>): Promise<{ readonly result: Result; readonly said: readonly Envelope[] }> {
    const said = new Map<string, Envelope>();
    const later: Later = new Map();
    const runner = this.source.createQueryRunner();
    let isOver = false;
    try {
      const client = await clientOf(runner);
      await runner.startTransaction();
      const query = inTurn((sql, parameters = []) => {
        // A straggler of work that failed would be no part of this transaction, and might be one of another's.
        if (isOver) throw new BugError('a statement came after its transaction had ended');
        return run(client, sql, parameters);
      });
      const tx = txOn(query, said, later);
      const result = await work(tx);
      for (const [write, rows] of later) await write(tx, rows);
      await writeOutbox(tx, [...said.values()]);
      isOver = true;
      await runner.commitTransaction();
      return { result, said: [...said.values()] };
    } catch (error) {
      isOver = true;
      // Where the connection is lost there is nothing to roll back.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw safeDatabaseError(error);
    } finally {
      await runner.release();
    }
  }

  async runMigrations(): Promise<void> {
    await this.source.runMigrations();
  }

  async hasAllMigrations(): Promise<boolean> {
    const [table] = await this.query<{ found: string | null }>(`select to_regclass('migrations') as found`);
    if (table?.found == null) return false;
    const done = new Set((await this.query<{ name: string }>(`select name from migrations`)).map(({ name }) => name));
    return MIGRATIONS.every(({ name }) => done.has(name));
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** The driver's own connection behind a runner of TypeORM's, which gives it back to the pool, or ends it where it broke. */
const clientOf = async (runner: QueryRunner): Promise<pg.ClientBase> => (await runner.connect()) as pg.ClientBase;

async function run<Row>(client: pg.ClientBase, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  return (await client.query<Row & pg.QueryResultRow>(sql, [...parameters])).rows;
}

/** Rows by what writes them. */
type Later = Map<(tx: Pick<Tx, 'query' | 'say'>, rows: readonly unknown[]) => Promise<void>, unknown[]>;

/** One statement at a time: a connection answers them in order, and pg no longer wants to queue them. */
function inTurn(run: Tx['query']): Tx['query'] {
  let last: Promise<unknown> = Promise.resolve();
  return <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const mine = last.then(() => run<Row>(sql, parameters));
    last = mine.catch(() => undefined);
    return mine;
  };
}

function txOn(query: Tx['query'], said: Map<string, Envelope>, later: Later): Tx {
  return {
    query,
    later: (write, row) => {
      const writeAll = write as (tx: Pick<Tx, 'query' | 'say'>, rows: readonly unknown[]) => Promise<void>;
      later.set(writeAll, [...(later.get(writeAll) ?? []), row]);
    },
    say: (contract, row, payload, about = {}) => {
      const messageId = `${contract.name}:${row}:${payload.round}`;
      said.set(messageId, {
        messageId,
        type: contract.name,
        site: payload.site,
        payload: contract.publish(payload) as unknown as Readonly<Record<string, unknown>>,
        correlationId: row,
        timestamp: new Date(),
        ...about,
      });
    },
  };
}

async function writeOutbox(tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  if (envelopes.length === 0) return;
  const rows = envelopes
    .map((envelope) => ({
      message_id: envelope.messageId,
      type: envelope.type,
      site: envelope.site,
      payload: envelope.payload,
      correlation_id: envelope.correlationId,
      consumers: consumersOf(envelope.type),
      about: aboutOf(envelope),
    }))
    .sort((a, b) => (a.message_id < b.message_id ? -1 : 1));
  await tx.query(
    `insert into outbox (message_id, type, site, payload, correlation_id, consumers, about)
     select message_id, type, site, payload, correlation_id, consumers, about
     from jsonb_to_recordset($1) as row (message_id text, type text, site text, payload jsonb, correlation_id text, consumers text[], about jsonb)
     order by message_id
     on conflict (message_id) do nothing`,
    [JSON.stringify(rows)],
  );
}

/** What goes along with a message, as the outbox keeps it; `null` where nothing does. */
const aboutOf = ({ trace, step }: About): About | null => (trace === undefined && step === undefined ? null : { trace, step });

/** A row id of ours. */
export const newId = (): string => randomUUID();
