import { createHash } from 'node:crypto';
import type { AuditFault, AuditKind } from '@sync-hub/contracts';

export { AUDIT_KINDS, type AuditKind } from '@sync-hub/contracts';

/** One row as it is hashed: its number, and all that it says in one text that is always the same. */
export interface ChainRow {
  readonly id: string;
  readonly content: string;
}

/** What a seal says of its rows, in their order. */
export interface Sealed {
  readonly ids: readonly string[];
  readonly hashes: readonly Buffer[];
}

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Where the chain of a day begins. */
export const beginningOf = (kind: AuditKind, day: string): Buffer => sha256(`${kind} ${day}`);

/** The hash of each row over its content and the hash before it. */
export function chained(before: Buffer, rows: readonly ChainRow[]): readonly Buffer[] {
  const hashes: Buffer[] = [];
  for (const { content } of rows) hashes.push(sha256(hashes.at(-1) ?? before, content));
  return hashes;
}

/** The first row that is not as it was sealed; `null` where all are. Both are in the order of their numbers. */
export function firstFault(before: Buffer, sealed: Sealed, rows: readonly ChainRow[]): AuditFault | null {
  let hash = before;
  for (let index = 0; index < Math.max(sealed.ids.length, rows.length); index += 1) {
    const row = rows[index];
    const id = sealed.ids[index];
    if (row === undefined || id === undefined || row.id !== id) return misplaced(id, row);
    hash = sha256(hash, row.content);
    if (sealed.hashes[index]?.equals(hash) !== true) return { id, what: 'altered' };
  }
  return null;
}

/** Of a sealed number and the row that stands in its place, the one that comes first is wrong: a lower number was never sealed, or is no longer there. */
function misplaced(id: string | undefined, row: ChainRow | undefined): AuditFault {
  if (row !== undefined && (id === undefined || BigInt(row.id) < BigInt(id))) return { id: row.id, what: 'between' };
  return { id: id ?? '', what: 'removed' };
}

const HASH_BYTES = 32;

/** Hashes as they stand one after another. */
export const hashesIn = (bytes: Buffer): readonly Buffer[] =>
  Array.from({ length: bytes.length / HASH_BYTES }, (_, index) => bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
