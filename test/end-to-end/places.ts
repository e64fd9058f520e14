import type { Database } from '@sync-hub/persistence';

/** A place where people look who are not to see a record, and what can be read there. */
export interface Place {
  readonly name: string;
  readonly read: () => Promise<readonly string[]>;
}

export interface Rows {
  readonly tables: readonly string[];
  readonly columns: number;
  /** Columns of bytes, as `table.column`. */
  readonly sealed: readonly string[];
  readonly rows: number;
  /** A table with its column, and each value as text: bytes as Latin-1, so that plain text in them would show. */
  readonly texts: readonly string[];
}

/** Every value of every column of every table, as the catalogue tells them. */
export async function everyRow(database: Pick<Database, 'query'>): Promise<Rows> {
  const columns = await database.query<{ table: string; column: string; type: string }>(
    `select table_name as table, column_name as column, data_type as type from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1, ordinal_position`,
  );
  const tables = [...new Set(columns.map(({ table }) => table))];
  const texts: string[] = [];
  let rows = 0;
  for (const table of tables) {
    for (const row of await database.query<Record<string, unknown>>(`select * from "${table}"`)) {
      rows += 1;
      for (const [column, value] of Object.entries(row)) if (value !== null) texts.push(`${table}.${column} ${textOf(value)}`);
    }
  }
  const sealed = columns.filter(({ type }) => type === 'bytea').map(({ table, column }) => `${table}.${column}`);
  return { tables, columns: columns.length, sealed, rows, texts };
}

const textOf = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('latin1') : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What the console shows, page and JSON and all that they are made of. */
export const consoleTexts = (url: string): Promise<readonly string[]> =>
  textsAt(['/', '/api/overview', '/console.css', '/console.js', '/rows.js', '/icon.svg', '/not-there'].map((path) => new URL(path, url).href));

/** What a process tells of its health, and its metrics. */
export const healthTexts = (port: number): Promise<readonly string[]> =>
  textsAt(['/metrics', '/health/live', '/health/ready', '/not-there'].map((path) => `http://127.0.0.1:${port}${path}`));

const textsAt = (addresses: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    addresses.map(async (address) => {
      const answer = await fetch(address);
      return `${address} ${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
    }),
  );
