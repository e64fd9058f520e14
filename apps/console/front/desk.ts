import type {
  BulkAsked,
  BulkRun,
  ConflictAnswer,
  ConflictDetail,
  ConflictList,
  ConflictPreview,
  ConflictReportRow,
  NewPolicyRule,
  PolicyRule,
} from '@sync-hub/contracts';
import { GIVE_UP_AFTER_MS, Refused } from './api/refused.js';
import { credentials } from './session.js';

export { Refused };

/** Asks the console, as whoever is signed in. Throws what it refused. */
export async function askConsole(path: string, init: RequestInit = {}, giveUpAfterMs = GIVE_UP_AFTER_MS): Promise<Response> {
  const answer = await fetch(path, {
    ...init,
    cache: 'no-store',
    signal: AbortSignal.timeout(giveUpAfterMs),
    headers: { ...credentials(), ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
  }).catch(() => {
    throw new Refused(0, {});
  });
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

export const tellConsole = (path: string, body: unknown, giveUpAfterMs = GIVE_UP_AFTER_MS): Promise<Response> =>
  askConsole(path, { method: 'POST', body: JSON.stringify(body) }, giveUpAfterMs);

const ask = (path: string): Promise<Response> => askConsole(`/api/conflicts${path}`);

const post = (path: string, body: unknown): Promise<Response> => tellConsole(`/api/conflicts${path}`, body);

const tell = (id: string, act: string, body: unknown): Promise<Response> => post(`/${encodeURIComponent(id)}/${act}`, body);

export const listConflicts = async (query: string): Promise<ConflictList> => (await ask(query === '' ? '' : `?${query}`)).json();

export const findConflict = async (id: string): Promise<ConflictDetail> => (await ask(`/${encodeURIComponent(id)}`)).json();

export const previewAnswer = async (id: string, answer: ConflictAnswer): Promise<ConflictPreview> => (await tell(id, 'preview', answer)).json();

export const sendAnswer = async (id: string, answer: ConflictAnswer, by: string): Promise<void> => void (await tell(id, 'answer', { ...answer, by }));

export const assign = async (id: string, owner: string, by: string): Promise<void> => void (await tell(id, 'assign', { owner, by }));

export const addNote = async (id: string, text: string, by: string): Promise<void> => void (await tell(id, 'note', { text, by }));

export const dismiss = async (id: string, dismissal: { readonly reason: string; readonly version: number }, by: string): Promise<void> =>
  void (await tell(id, 'dismiss', { ...dismissal, by }));

export const listRules = async (withRevoked: boolean): Promise<readonly PolicyRule[]> =>
  (await (await ask(`/rules${withRevoked ? '?revoked=with' : ''}`)).json()).rules;

export const makeRule = async (rule: NewPolicyRule, by: string): Promise<void> => void (await post('/rules', { ...rule, by }));

export const revokeRule = async (id: string, by: string): Promise<void> => void (await post(`/rules/${encodeURIComponent(id)}/revoke`, { by }));

/** Begins to look at what a policy would answer. */
export const planBulk = async (asked: BulkAsked): Promise<BulkRun> => (await post('/bulk', asked)).json();

/** What is being answered now, whoever began it. */
export const listRuns = async (): Promise<readonly BulkRun[]> => (await (await ask('/bulk')).json()).runs;

export const findRun = async (id: string): Promise<BulkRun> => (await ask(`/bulk/${encodeURIComponent(id)}`)).json();

/** Answers as that plan says; a run of its own. */
export const applyPlan = async (id: string, by: string): Promise<BulkRun> => (await post(`/bulk/${encodeURIComponent(id)}/apply`, { by })).json();

export const stopRun = async (id: string): Promise<void> => void (await post(`/bulk/${encodeURIComponent(id)}/stop`, {}));

export const readReport = async (by: string, since: string): Promise<readonly ConflictReportRow[]> =>
  (await (await ask(`/report?by=${by}&since=${since}`)).json()).rows;
