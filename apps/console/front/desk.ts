import type {
  BulkAsked,
  BulkRun,
  ConflictAnswer,
  ConflictDetail,
  ConflictFilter,
  ConflictList,
  ConflictPreview,
  ConflictReportRow,
  NewPolicyRule,
  PolicyRule,
} from '@sync-hub/contracts';
import { api, done, told } from './api/client.js';
import { Refused } from './api/refused.js';

export { Refused };

const at = (id: string) => ({ path: { id } });

export const listConflicts = (filter: Partial<ConflictFilter>): Promise<ConflictList> => told(api.GET('/api/conflicts', { params: { query: filter } }));

export const findConflict = (id: string): Promise<ConflictDetail> => told(api.GET('/api/conflicts/{id}', { params: at(id) }));

export const previewAnswer = (id: string, answer: ConflictAnswer): Promise<ConflictPreview> =>
  told(api.POST('/api/conflicts/{id}/preview', { params: at(id), body: answer }));

export const sendAnswer = async (id: string, answer: ConflictAnswer, by: string): Promise<void> =>
  void (await told(api.POST('/api/conflicts/{id}/answer', { params: at(id), body: { ...answer, by } })));

export const assign = (id: string, owner: string, by: string): Promise<void> =>
  done(api.POST('/api/conflicts/{id}/assign', { params: at(id), body: { owner, by } }));

export const addNote = (id: string, text: string, by: string): Promise<void> =>
  done(api.POST('/api/conflicts/{id}/note', { params: at(id), body: { text, by } }));

export const dismiss = (id: string, dismissal: { readonly reason: string; readonly version: number }, by: string): Promise<void> =>
  done(api.POST('/api/conflicts/{id}/dismiss', { params: at(id), body: { ...dismissal, by } }));

export const listRules = async (withRevoked: boolean): Promise<readonly PolicyRule[]> =>
  (await told(api.GET('/api/conflicts/rules', { params: { query: withRevoked ? { revoked: 'with' } : {} } }))).rules;

export const makeRule = async (rule: NewPolicyRule, by: string): Promise<void> =>
  void (await told(api.POST('/api/conflicts/rules', { body: { ...rule, by } })));

export const revokeRule = (id: string, by: string): Promise<void> => done(api.POST('/api/conflicts/rules/{id}/revoke', { params: at(id), body: { by } }));

/** Begins to look at what a policy would answer. */
export const planBulk = (asked: BulkAsked): Promise<BulkRun> => told(api.POST('/api/conflicts/bulk', { body: asked }));

/** What is being answered now, whoever began it. */
export const listRuns = async (): Promise<readonly BulkRun[]> => (await told(api.GET('/api/conflicts/bulk'))).runs;

export const findRun = (id: string): Promise<BulkRun> => told(api.GET('/api/conflicts/bulk/{id}', { params: at(id) }));

/** Answers as that plan says; a run of its own. */
export const applyPlan = (id: string, by: string): Promise<BulkRun> => told(api.POST('/api/conflicts/bulk/{id}/apply', { params: at(id), body: { by } }));

export const stopRun = async (id: string): Promise<void> => void (await told(api.POST('/api/conflicts/bulk/{id}/stop', { params: at(id), body: {} })));

export const readReport = async (by: 'week' | 'month', since: string): Promise<readonly ConflictReportRow[]> =>
  (await told(api.GET('/api/conflicts/report', { params: { query: { by, since } } }))).rows;
