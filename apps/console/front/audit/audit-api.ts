import type { AuditChoices, AuditExportAsked, AuditFilter, AuditKind, AuditLine, AuditPage, AuditProof } from '@sync-hub/contracts';
import { askConsole, Refused, tellConsole } from '../desk.js';

const ROOT = '/api/audit';

/** A day has many rows, and an export more. */
const LONG_MS = 3_600_000;

export const auditChoices = async (): Promise<AuditChoices> => (await askConsole(`${ROOT}/choices`)).json();

/** In a body: what people look for stands in no address. */
export const searchAudit = async (filter: AuditFilter, after: string | null): Promise<AuditPage> =>
  (await tellConsole(`${ROOT}/search`, { filter, ...(after === null ? {} : { after }) })).json();

export const readLine = async (kind: AuditKind, id: string): Promise<AuditLine> => (await askConsole(`${ROOT}/lines/${kind}-${id}`)).json();

export const auditDays = async (): Promise<readonly string[]> => (await (await askConsole(`${ROOT}/days`)).json()).days;

export const verifyDay = async (day: string): Promise<readonly AuditProof[]> => (await (await tellConsole(`${ROOT}/verify`, { day }, LONG_MS)).json()).proofs;

/** All of it, or none: what is broken off is refused. */
export async function exportAudit(asked: AuditExportAsked, by: string): Promise<Blob> {
  const answer = await tellConsole(`${ROOT}/export`, { ...asked, by }, LONG_MS);
  return answer.blob().catch(() => {
    throw new Refused(0, {});
  });
}
