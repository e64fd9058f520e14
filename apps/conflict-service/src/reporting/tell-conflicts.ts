import {
  type BecameOfAct,
  type ConflictDesk,
  type ConflictDetail,
  ConflictOrders,
  type ConflictReport,
  type ConflictSummary,
  MOST_TOLD_CONFLICTS,
} from '@sync-hub/contracts';
import { type ReportingTo, tellSealed } from '@sync-hub/runtime';

/** Proxies let bodies of 1 MB through as they come: half of that are summaries at most, and half conflicts in full. */
const MOST_BYTES = 450 * 1024;
const PAGE = 200;

/** What is told of the conflicts here: all that are open, and in full those that were asked for, as many as go into one report. */
export async function reportOf(desk: ConflictDesk, wanted: readonly string[], became: readonly BecameOfAct[]): Promise<ConflictReport> {
  const { open, hasMore } = await allOpen(desk);
  const details: ConflictDetail[] = [];
  const gone: string[] = [];
  let left = MOST_BYTES;
  for (const id of wanted) {
    const detail = await desk.find(id);
    if (detail === null) gone.push(id);
    else {
      const bytes = Buffer.byteLength(JSON.stringify(detail));
      if (bytes > left && details.length > 0) break;
      details.push(detail);
      left -= bytes;
    }
  }
  return JSON.parse(JSON.stringify({ open, hasMore, details, gone, became })) as ConflictReport;
}

async function allOpen(desk: ConflictDesk): Promise<{ readonly open: readonly ConflictSummary[]; readonly hasMore: boolean }> {
  const open = new Map<string, ConflictSummary>();
  let bytes = 0;
  for (let offset = 0; offset < MOST_TOLD_CONFLICTS; offset += PAGE) {
    const { conflicts } = await desk.list({ offset, limit: PAGE });
    for (const one of conflicts) {
      bytes += Buffer.byteLength(JSON.stringify(one));
      if (bytes > MOST_BYTES) return { open: [...open.values()], hasMore: true };
      open.set(one.id, one);
    }
    if (conflicts.length < PAGE) return { open: [...open.values()], hasMore: false };
  }
  return { open: [...open.values()], hasMore: true };
}

/** Tells it, and answers with what is wanted and was done there. Throws a SyncError with a code where it is not told, or is answered by somebody else. */
export const tellConflicts = (to: ReportingTo, report: ConflictReport, ending: AbortSignal): Promise<ConflictOrders> =>
  tellSealed(to, { path: 'conflicts', report, answer: ConflictOrders }, ending);
