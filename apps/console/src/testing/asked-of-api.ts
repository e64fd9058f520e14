import { randomUUID } from 'node:crypto';
import type { ConflictReportRow, ManualRunRecord } from '@sync-hub/contracts';
import { idOf } from './conflict.builder.js';
import { aHeld } from './memory-held.js';
import { aRun } from './memory-runs.js';

const GROUP = 'a'.repeat(32);
const BY = { by: 'jane' };
const WHY = { ...BY, reason: 'seen to' };
const ANSWER = { version: 1, choices: [{ path: 'gender', take: 'child' }] };

export const RECORD_OF_RUN: ManualRunRecord = {
  record: { aggregate: 'location', uuid: GROUP },
  category: 'location',
  as: 'would-create',
  reason: null,
  fields: ['name'],
  awaits: [],
  isAlong: false,
};

export const REPORT_ROW: ConflictReportRow = {
  from: '2026-11-02',
  link: 'kisumu',
  category: 'patient',
  aggregate: 'person',
  field: 'gender',
  by: null,
  opened: 1,
  closed: 0,
};

/** What a path is asked with; an `id` is told by what was asked before, where it is a path: of what it made, or of the first that it lists. */
export interface AskedOfApi {
  readonly body?: object | (() => object);
  readonly query?: string;
  readonly id?: string;
}

/** No two accounts have one name. */
const anAccount = () => ({ name: `somebody ${randomUUID()}`, role: 'viewer' });
const TOKEN = { name: 'a program', scope: ['see-overview'], days: 1 };

/** What is asked of each path of the console, in turn, where somebody of that name and password has an account. */
export const askedOfApi = ({ name, password }: { readonly name: string; readonly password: string }): Readonly<Record<string, AskedOfApi>> => ({
  'GET /api/conflicts/report': { query: '?by=month&since=2026-01-01' },
  'GET /api/conflicts/rules': { query: '?revoked=with' },
  'POST /api/conflicts/rules': { body: { ...BY, link: 'kisumu', category: 'patient', field: 'gender', policy: 'parent-wins' } },
  'POST /api/conflicts/rules/:id/revoke': { id: 'POST /api/conflicts/rules', body: BY },
  'POST /api/conflicts/bulk': { body: { policy: 'parent-wins', link: 'kisumu' } },
  'GET /api/conflicts/bulk': {},
  'GET /api/conflicts/bulk/:id': { id: 'POST /api/conflicts/bulk' },
  'POST /api/conflicts/bulk/:id/apply': { id: 'POST /api/conflicts/bulk', body: BY },
  'POST /api/conflicts/bulk/:id/stop': { id: 'POST /api/conflicts/bulk', body: {} },
  'GET /api/conflicts': { query: '?states=open,assigned&limit=2' },
  'GET /api/conflicts/:id': { id: idOf(1) },
  'POST /api/conflicts/:id/preview': { id: idOf(1), body: ANSWER },
  'POST /api/conflicts/:id/answer': { id: idOf(1), body: { ...ANSWER, ...BY } },
  'POST /api/conflicts/:id/assign': { id: idOf(2), body: { ...BY, owner: 'jane' } },
  'POST /api/conflicts/:id/note': { id: idOf(2), body: { ...BY, text: 'asked the clinic' } },
  'POST /api/conflicts/:id/dismiss': { id: idOf(3), body: { ...WHY, version: 1 } },
  'POST /api/session': { body: { name, password } },
  'GET /api/session': {},
  'POST /api/session/end': { body: {} },
  'POST /api/session/password': { body: { current: password, next: `${password}!` } },
  'GET /api/session/oidc': {},
  'POST /api/session/oidc': { body: {} },
  'GET /api/session/oidc/callback': { query: '?state=an-old-one&code=1' },
  'GET /api/accounts': {},
  'POST /api/accounts': { body: anAccount },
  'GET /api/accounts/tokens': {},
  'POST /api/accounts/tokens/:id/revoke': { id: 'POST /api/accounts/:id/tokens', body: {} },
  'POST /api/accounts/:id/tokens': { id: 'POST /api/accounts', body: TOKEN },
  'POST /api/accounts/:id/role': { id: 'POST /api/accounts', body: { role: 'operator' } },
  'POST /api/accounts/:id/disable': { id: 'POST /api/accounts', body: {} },
  'POST /api/accounts/:id/enable': { id: 'POST /api/accounts', body: {} },
  'POST /api/accounts/:id/password': { id: 'POST /api/accounts', body: {} },
  'GET /api/tokens': {},
  'POST /api/tokens': { body: TOKEN },
  'POST /api/tokens/:id/revoke': { id: 'POST /api/tokens', body: {} },
  'GET /api/parked': { query: '?link=kisumu' },
  'GET /api/parked/records': { query: `?group=${GROUP}&limit=2` },
  'GET /api/parked/records/:id': { id: aHeld(1).id },
  'POST /api/parked/records/:id/why': { id: aHeld(1).id, body: {} },
  'POST /api/parked/records/:id/redrive': { id: aHeld(1).id, body: BY },
  'POST /api/parked/records/:id/discard': { id: aHeld(2).id, body: WHY },
  'POST /api/parked/records/:id/park': { id: aHeld(3).id, body: WHY },
  'POST /api/parked/runs': { body: { group: GROUP } },
  'GET /api/parked/runs': {},
  'GET /api/parked/runs/:id': { id: 'POST /api/parked/runs' },
  'POST /api/parked/runs/:id/stop': { id: 'POST /api/parked/runs', body: {} },
  'POST /api/parked/runs/:id/redrive': { id: 'POST /api/parked/runs', body: BY },
  'POST /api/parked/runs/:id/discard': { id: 'POST /api/parked/runs', body: WHY },
  'POST /api/parked/runs/:id/park': { id: 'POST /api/parked/runs', body: WHY },
  'GET /api/runs': {},
  'GET /api/runs/choices': {},
  'POST /api/runs': { body: { ...BY, link: 'kisumu', direction: 'push', scope: { what: 'category', category: 'location' } } },
  'GET /api/runs/:id': { id: aRun(1).id },
  'GET /api/runs/:id/records': { id: aRun(1).id, query: '?category=location&as=would-create' },
  'POST /api/runs/:id/cancel': { id: aRun(1).id, body: BY },
  'GET /api/feeds': {},
  'POST /api/feeds/rewind': { body: { ...BY, site: 'kisumu', category: 'patient' } },
});
