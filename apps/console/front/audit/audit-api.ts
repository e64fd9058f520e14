import type {
  AuditChoices,
  AuditExportAsked,
  AuditFilter,
  AuditKind,
  AuditLine,
  AuditPage,
  AuditProof,
  BodyAsked,
  KeptBody,
  ShownBody,
} from '@sync-hub/contracts';
import { api, patiently, told } from '../api/client.js';
import { Refused } from '../api/refused.js';

/** A day has many rows, and an export more. */
const LONG_MS = 3_600_000;

export const auditChoices = (): Promise<AuditChoices> => told(api.GET('/api/audit/choices'));

/** In a body: what people look for stands in no address. */
export const searchAudit = (filter: AuditFilter, after: string | null): Promise<AuditPage> =>
  told(api.POST('/api/audit/search', { body: { filter, ...(after === null ? {} : { after }) } }));

export const readLine = (kind: AuditKind, id: string): Promise<AuditLine> =>
  told(api.GET('/api/audit/lines/{line}', { params: { path: { line: `${kind}-${id}` } } }));

/** What is kept of what was sent and answered for the job that a line of this instance is about. */
export const bodiesOfLine = async (lineId: string): Promise<readonly KeptBody[]> =>
  (await told(api.GET('/api/audit/bodies/of/{id}', { params: { path: { id: `own-${lineId}` } } }))).bodies;

/** One of them, which is in the audit by then. */
export const showBody = (id: string, asked: BodyAsked, by: string): Promise<ShownBody> =>
  told(api.POST('/api/audit/bodies/{id}/show', { params: { path: { id } }, body: { ...asked, note: asked.note.trim(), by } }));

export const auditDays = async (): Promise<readonly string[]> => (await told(api.GET('/api/audit/days'))).days;

export const verifyDay = async (day: string): Promise<readonly AuditProof[]> =>
  (await told(api.POST('/api/audit/verify', { body: { day }, ...patiently(LONG_MS) }))).proofs;

/** All of it, or none: what is broken off is refused. */
export const exportAudit = (asked: AuditExportAsked, by: string): Promise<Blob> =>
  told(api.POST('/api/audit/export', { body: { ...asked, by }, parseAs: 'blob', ...patiently(LONG_MS) })).catch((error: unknown) => {
    throw error instanceof Refused ? error : new Refused(0, {});
  });
