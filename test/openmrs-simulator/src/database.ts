import type { Kind } from './kinds.js';

/** What a column holds: instants are epoch milliseconds cut to seconds, calendar dates `yyyy-MM-dd`, references uuids. */
export type Value = string | number | boolean | null | readonly string[];
export type Values = Readonly<Record<string, Value>>;

export type { Kind } from './kinds.js';

export interface Ref {
  readonly kind: Kind;
  readonly uuid: string;
}

/** One row, never changed in place. `serial` is the local integer id; `owner` the uuid of the row it is a part of. */
export interface Row extends Ref {
  readonly serial: number;
  readonly owner: string | null;
  readonly values: Values;
}

/** What one transaction did to one row; `touched` where only one of its collections changed. */
export interface Change {
  readonly before: Row | null;
  readonly after: Row | null;
  readonly touched: boolean;
}

export interface Tables {
  readonly rows: readonly Row[];
  readonly nextSerial: number;
}

const same = (a: Value | undefined, b: Value | undefined): boolean => a === b || (Array.isArray(a) && Array.isArray(b) && a.join() === b.join());

/** True if no column of a row differs: what Hibernate would not flush. */
export const sameValues = (a: Row, b: Row): boolean =>
  a.owner === b.owner && [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])].every((key) => same(a.values[key], b.values[key]));

function addTo<Key>(index: Map<Key, Set<string>>, key: Key, uuid: string): void {
  const uuids = index.get(key) ?? new Set();
  index.set(key, uuids.add(uuid));
}

/** All tables of one OpenMRS. Rows are immutable, so a backup is a list of them. */
export class Database {
  readonly #tables = new Map<Kind, Map<string, Row>>();
  readonly #owned = new Map<string, Set<string>>();
  /** By kind, column and value the uuids of the rows that hold it there. Made when first asked for. */
  readonly #holding = new Map<Kind, Map<string, Map<Value | undefined, Set<string>>>>();
  #nextSerial = 1;

  find(kind: Kind, uuid: string | null | undefined): Row | undefined {
    return typeof uuid === 'string' ? this.#tables.get(kind)?.get(uuid) : undefined;
  }

  /** In the order in which they were made. */
  all(kind: Kind): Row[] {
    return [...(this.#tables.get(kind)?.values() ?? [])].sort((a, b) => a.serial - b.serial);
  }

  ownedBy(owner: string, kind: Kind): Row[] {
    return [...(this.#owned.get(`${kind}/${owner}`) ?? [])].flatMap((uuid) => this.find(kind, uuid) ?? []);
  }

  /** The rows that hold this value in a column, in the order in which they were made, without looking at the others. */
  holding(kind: Kind, column: string, value: Value): Row[] {
    const index = this.#holding.get(kind)?.get(column) ?? this.#index(kind, column);
    return [...(index.get(value) ?? [])].flatMap((uuid) => this.find(kind, uuid) ?? []).sort((a, b) => a.serial - b.serial);
  }

  newSerial(): number {
    return this.#nextSerial++;
  }

  put(row: Row): void {
    this.#forget(row);
    const table = this.#tables.get(row.kind) ?? new Map();
    this.#tables.set(row.kind, table.set(row.uuid, row));
    if (row.owner !== null) addTo(this.#owned, `${row.kind}/${row.owner}`, row.uuid);
    for (const [column, index] of this.#holding.get(row.kind) ?? []) addTo(index, row.values[column], row.uuid);
  }

  drop(ref: Ref): void {
    this.#forget(ref);
    this.#tables.get(ref.kind)?.delete(ref.uuid);
  }

  #forget({ kind, uuid }: Ref): void {
    const row = this.find(kind, uuid);
    if (row === undefined) return;
    if (row.owner !== null) this.#owned.get(`${kind}/${row.owner}`)?.delete(uuid);
    for (const [column, index] of this.#holding.get(kind) ?? []) index.get(row.values[column])?.delete(uuid);
  }

  #index(kind: Kind, column: string): Map<Value | undefined, Set<string>> {
    const index = new Map<Value | undefined, Set<string>>();
    for (const row of this.#tables.get(kind)?.values() ?? []) addTo(index, row.values[column], row.uuid);
    this.#holding.set(kind, (this.#holding.get(kind) ?? new Map()).set(column, index));
    return index;
  }

  backup(): Tables {
    return { rows: [...this.#tables.values()].flatMap((table) => [...table.values()]), nextSerial: this.#nextSerial };
  }

  restore(tables: Tables): void {
    this.#tables.clear();
    this.#owned.clear();
    this.#holding.clear();
    this.#nextSerial = tables.nextSerial;
    for (const row of tables.rows) this.put(row);
  }
}

/** Writes that land together or not at all. It remembers what stood before, for the audit columns and the feed. */
export class Transaction {
  readonly #before = new Map<string, { ref: Ref; row: Row | null }>();
  readonly #touched = new Set<string>();

  constructor(readonly database: Database) {}

  #remember(ref: Ref): void {
    const key = `${ref.kind}/${ref.uuid}`;
    if (!this.#before.has(key)) this.#before.set(key, { ref, row: this.database.find(ref.kind, ref.uuid) ?? null });
  }

  /** The row as it stood when the transaction began. */
  original(ref: Ref): Row | null {
    const remembered = this.#before.get(`${ref.kind}/${ref.uuid}`);
    return remembered ? remembered.row : (this.database.find(ref.kind, ref.uuid) ?? null);
  }

  now(ref: Ref): Row {
    const row = this.database.find(ref.kind, ref.uuid);
    if (!row) throw new Error(`no ${ref.kind} of that uuid`);
    return row;
  }

  insert(kind: Kind, uuid: string, owner: string | null, values: Values = {}): Row {
    this.#remember({ kind, uuid });
    const row: Row = { kind, uuid, owner, values, serial: this.database.newSerial() };
    this.database.put(row);
    return row;
  }

  set(ref: Ref, values: Values): void {
    this.#remember(ref);
    const row = this.now(ref);
    this.database.put({ ...row, values: { ...row.values, ...values } });
  }

  /** Takes back what this transaction did to a row that stood before it. */
  reset(ref: Ref): void {
    const row = this.original(ref);
    if (row) this.database.put(row);
  }

  adopt(ref: Ref, owner: string): void {
    this.#remember(ref);
    this.database.put({ ...this.now(ref), owner });
  }

  remove(ref: Ref): void {
    this.#remember(ref);
    this.database.drop(ref);
  }

  /** One of the row's collections changed: Hibernate reports its owner as updated without stamping it. */
  touch(ref: Ref): void {
    this.#remember(ref);
    this.#touched.add(`${ref.kind}/${ref.uuid}`);
  }

  changes(): Change[] {
    return [...this.#before].flatMap(([key, { ref, row: before }]) => {
      const after = this.database.find(ref.kind, ref.uuid) ?? null;
      const unchanged = before === after || (before !== null && after !== null && sameValues(before, after));
      return unchanged && !this.#touched.has(key) ? [] : [{ before, after, touched: unchanged }];
    });
  }

  rollBack(): void {
    for (const { ref, row } of this.#before.values()) {
      if (row) this.database.put(row);
      else this.database.drop(ref);
    }
  }
}
