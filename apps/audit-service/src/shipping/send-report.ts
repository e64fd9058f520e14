import { AuditAnswer, type AuditReport } from '@sync-hub/contracts';
import { bodyAs, type ReportingTo, tellInstance } from '@sync-hub/runtime';

/** Ships audit rows to another instance, and answers with what it has taken. Throws a SyncError with a code where it is not told, or answers otherwise. */
export async function sendReport({ url, instance, secret }: ReportingTo, report: AuditReport, ending: AbortSignal): Promise<AuditAnswer> {
  return bodyAs(AuditAnswer, await tellInstance({ address: `${url}/audit/${instance}`, secret }, Buffer.from(JSON.stringify(report)), ending));
}
