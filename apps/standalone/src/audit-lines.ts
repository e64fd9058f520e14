import { type AuditLine, type AuditProof, stepOfLine } from '@sync-hub/contracts';
import type { DroppedMonths } from '@sync-hub/persistence';

/** One line of the audit as people read it: when, what, where, which record or account, what became of it, why, by whom. */
export function lineOf({ recordedAt, type, origin, site, link, aggregate, uuid, outcome, reason, details }: AuditLine): string {
  const by = details['by'];
  const { fields, account, token, places } = details;
  return [
    recordedAt.replace('T', ' ').replace(/\.\d+Z$/, 'Z'),
    type.replace(/\.v\d+$/, ''),
    ...(origin === null ? [] : [`from ${origin}`]),
    link === null || link === site ? site : `${site} on ${link}`,
    ...(uuid === null ? [] : [`${aggregate ?? ''} ${uuid}`]),
    ...[outcome, reason].filter((one) => one !== null && one !== ''),
    ...(Array.isArray(fields) && fields.length > 0 ? [fields.join(', ')] : []),
    ...(Array.isArray(places) ? places.map((place: { readonly path?: unknown } | null) => String(place?.path ?? '')) : []),
    ...(typeof account === 'string' ? [`account ${account}`] : []),
    ...(typeof token === 'string' ? [`token ${token}`] : []),
    ...(typeof by === 'string' ? [`by ${by}`] : []),
    ...stepWords(stepOfLine({ details })),
  ]
    .map((word) => printable(String(word)))
    .join('  ');
}

/** Which walk, and what the step came to, as far as it is not what goes without saying. */
function stepWords({ trace, attempt, tookMs, bytesRead, bytesWritten, versionBefore, versionAfter }: ReturnType<typeof stepOfLine>): readonly string[] {
  return [
    ...(attempt === undefined || attempt === 1 ? [] : [`attempt ${attempt}`]),
    ...(tookMs === undefined ? [] : [`${tookMs} ms`]),
    ...(bytesRead === undefined ? [] : [`read ${bytesRead} B`]),
    ...(bytesWritten === undefined ? [] : [`wrote ${bytesWritten} B`]),
    ...(versionBefore === undefined ? [] : [`${versionBefore} → ${versionAfter ?? ''}`]),
    ...(trace === undefined ? [] : [`trace ${trace}`]),
  ];
}

/** What was received from another instance may hold what a terminal would take for orders. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?');

/** A day of the audit against its seals. */
export function proofLine({ kind, day, rows, notSealed, verdict, fault, head }: AuditProof): string {
  const which = `${day}  ${kind === 'own' ? 'own' : 'received'}`;
  if (verdict === 'broken' && fault !== null)
    return 'seal' in fault
      ? `${which}  NOT AS SEALED: seal ${fault.seal} was altered, or one before it is gone; ${rows} rows before it are whole`
      : `${which}  NOT AS SEALED: row ${fault.id} ${FAULTS[fault.what]}`;
  if (verdict === 'key-missing') return `${which}  cannot be told: the key of a seal is not among ours`;
  if (verdict === 'dropped') return `${which}  rows past their time were dropped, their seals are whole`;
  return `${which}  as sealed: ${rows} rows${notSealed > 0 ? `, ${notSealed} not sealed yet` : ''}${head === null ? '' : `  ${head}`}`;
}

const FAULTS = { altered: 'was altered', removed: 'is no longer there', between: 'was put there afterwards' } as const;

/** What was dropped of the audit, and what stays though it is past its time. */
export function droppedLines({ kind, months, others, kept }: DroppedMonths): readonly string[] {
  const gone = [...months, ...(others === 0 ? [] : [`${others} rows of no whole month`])];
  return [
    `${kind}: ${gone.length === 0 ? 'nothing is past its time' : `dropped ${gone.join(', ')}`}`,
    ...(kept.length === 0 ? [] : [`${kind}: ${kept.join(', ')} stay until they were shipped`]),
  ];
}
