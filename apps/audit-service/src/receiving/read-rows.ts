import { type AuditAnswer, type AuditReport, AuditRow } from '@sync-hub/contracts';

/** The rows of a report that are as we know rows, and those that are not, each with the path of what is wrong; one of those keeps none of the others out. */
export function readRows(rows: AuditReport['rows']): { readonly rows: readonly AuditRow[]; readonly refused: AuditAnswer['refused'] } {
  const read: AuditRow[] = [];
  const refused: { id: string; path: string }[] = [];
  for (const row of rows) {
    const parsed = AuditRow.safeParse(row);
    if (parsed.success) read.push(parsed.data);
    else refused.push({ id: row.id, path: parsed.error.issues.map(pathOf)[0] ?? WHOLE });
  }
  return { rows: read, refused };
}

const WHOLE = '(the whole row)';

/** Names of keys, of ours or of a newer version's; nothing else that a sender may have written there. */
function pathOf(issue: { readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }): string {
  const path = [...issue.path, ...(issue.keys?.slice(0, 1) ?? [])].join('.');
  return /^[A-Za-z][A-Za-z0-9.]{0,60}$/.test(path) ? path : WHOLE;
}
