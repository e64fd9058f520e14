import type { AuditRow } from '@sync-hub/contracts';

/** A report has so many bytes of rows at most: proxies let bodies of 1 MB through as they come. */
export const MOST_BYTES = 256 * 1024;

/** The first of some rows, as many as go into one report. */
export interface Group {
  /** Of all that the group settles, in their order: those that go, and those that cannot. */
  readonly ids: readonly string[];
  readonly rows: readonly AuditRow[];
  /** Rows that are longer than a whole report. */
  readonly tooLong: readonly string[];
}

/** Rows in their order until the report is full; never none where there is one. */
export function groupOf(rows: readonly AuditRow[], mostBytes = MOST_BYTES): Group {
  const going: AuditRow[] = [];
  const tooLong: string[] = [];
  const ids: string[] = [];
  let left = mostBytes;
  for (const row of rows) {
    const bytes = Buffer.byteLength(JSON.stringify(row));
    if (bytes > left && bytes <= mostBytes) break;
    ids.push(row.id);
    if (bytes > mostBytes) tooLong.push(row.id);
    else {
      going.push(row);
      left -= bytes;
    }
  }
  return { ids, rows: going, tooLong };
}
