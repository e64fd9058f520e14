import { randomUUID } from 'node:crypto';
import type { ConflictReportRow, ManualRunRecord } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { idOf } from './conflict.builder.js';
import { aBody, aLine } from './memory-audit.js';
import { aHeld } from './memory-held.js';
import { aRun } from './memory-runs.js';
import { aPlace } from './place-conflict.js';

const GROUP = 'a'.repeat(32);
const BY = { by: 'jane' };
const WHY = { ...BY, reason: 'seen to' };
const PATIENT = { patient: 'a1b2c3d4-0000-4000-8000-000000000001', link: 'central-kisumu' };
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

export const LINE_OF_API = aLine(1);
export const BODY_OF_API = aBody(LINE_OF_API, { shownBefore: [{ by: 'grace', at: '2026-11-29T11:00:00.000Z', reason: 'test', note: null }] });

/** Asks a path, with what it is asked with or of what has that id, and tells what it told. */
export type Tell = (name: string, id?: string) => Promise<Readonly<Record<string, unknown>>>;

/** What a path is asked with. */
export interface AskedOfApi {
  readonly body?: object | ((tell: Tell) => object | Promise<object>);
  readonly query?: string;
  /** What stands for the `:id` in it. */
  readonly id?: string | ((tell: Tell) => Promise<string>);
}

/** What that path makes. */
const made = (name: string) => async (tell: Tell) => String((await tell(name))['id']);

/** The same of what goes on, once it does no longer. */
const ended = (name: string) => async (tell: Tell) => {
  const id = await made(name)(tell);
  await until('it is done', async () => (await tell(`${name.replace('POST', 'GET')}/:id`, id))['state'] !== 'running', 10_000);
  return id;
};

/** No two accounts have one name. */
const anAccount = () => ({ name: `somebody ${randomUUID()}`, role: 'viewer' });
/** A text that is not the file, and from what one began. */
const aText = async (tell: Tell) => {
  const { text, base } = await tell('GET /api/configuration');
  return { text: `${text}# ${randomUUID()}\n`, base: String(base) };
};
const saved = async (tell: Tell) => String((await tell('POST /api/configuration/save'))['version']);

const SYNC2 = {
  general: { parentFeedLocation: 'http://parent.example/openmrs', localFeedLocation: 'http://child.example/openmrs', localInstanceId: 'kisumu' },
  push: { enabled: true, schedule: 43_200, classes: [] },
  pull: { enabled: true, schedule: 43_200, classes: [] },
};

const TOKEN = { name: 'a program', scope: ['see-overview'], days: 1 };

/** What is asked of each path of the console, in turn, where somebody of that name and password has an account. */
export const askedOfApi = ({ name, password }: { readonly name: string; readonly password: string }): Readonly<Record<string, AskedOfApi>> => ({
  'GET /api/overview': {},
  'GET /api/openapi.json': {},
  'GET /api/board': {},
  'GET /api/board/events': {},
  'GET /api/links/:link': { id: 'central-kisumu' },
  'POST /api/links/:link/pause': { id: 'central-kisumu', body: WHY },
  'POST /api/links/:link/drain': { id: 'central-kisumu', body: WHY },
  'POST /api/links/:link/resume': { id: 'central-kisumu', body: BY },
  'POST /api/links/:link/release': { id: 'central-kisumu', body: BY },
  'GET /api/patients': {},
  'POST /api/patients/stop': { body: { ...WHY, patient: PATIENT.patient } },
  'POST /api/patients/kept': { body: { patient: PATIENT.patient } },
  'POST /api/patients/erase': { body: { ...WHY, patient: PATIENT.patient, confirm: PATIENT.patient } },
  'POST /api/patients/resume': { body: { ...BY, patient: PATIENT.patient } },
  'POST /api/patients/follow': { body: { ...BY, ...PATIENT, seconds: 7200 } },
  'POST /api/patients/unfollow': { body: { ...BY, ...PATIENT } },
  'GET /api/not-arrived': {},
  'GET /api/not-arrived/:site': { id: 'kisumu', query: '?most=5' },
  'GET /api/not-arrived/:site/completeness': { id: 'kisumu' },
  'GET /widget/:site/state': { id: 'kisumu' },
  'POST /api/records/search': { body: { text: 'Achieng' } },
  'POST /api/records/timeline': { body: { uuid: PATIENT.patient } },
  'GET /api/audit/choices': {},
  'POST /api/audit/search': { body: { filter: { site: 'central' }, limit: 1 } },
  'GET /api/audit/lines/:line': { id: 'own-1' },
  'POST /api/audit/export': { body: { ...BY, filter: {}, format: 'ndjson' } },
  'GET /api/audit/days': {},
  'POST /api/audit/verify': { body: { day: '2026-11-29' } },
  'GET /ws/rest/sync2/messages': { query: '?success=all&operation=PULL&resourceName=visit&creatorInstanceId=ALL&pageSize=2' },
  'GET /ws/rest/sync2/messages/:uuid': { id: 'own-7' },
  'POST /ws/rest/sync2/conflict/resolve': { query: `?conflictUuid=${idOf(7)}&backPageIndex=2`, body: aPlace({ name: 'Ward P' }) },
  'GET /api/configuration': {},
  'GET /api/configuration/schema': {},
  'GET /api/configuration/versions': {},
  'GET /api/configuration/versions/:version': { id: saved },
  'GET /api/configuration/versions/:version/check': { id: saved },
  'POST /api/configuration/check': { body: { text: 'links: []\n' } },
  'POST /api/configuration/edit': {
    body: async (tell) => ({ text: (await aText(tell)).text, edits: [{ of: 'sites', id: 'kisumu', path: ['feed', 'pollSeconds'], value: 60 }] }),
  },
  'POST /api/configuration/save': { body: async (tell) => ({ ...(await aText(tell)), why: 'a reason', ...BY }) },
  'POST /api/configuration/rollback': { body: async (tell) => ({ version: 1, base: (await aText(tell)).base, why: 'a reason', ...BY }) },
  'POST /api/configuration/import': { body: { sync2: JSON.stringify(SYNC2), startAt: 'now', filterLocation: '*%*%*%*%*' } },
  'GET /api/conflicts/report': { query: '?by=month&since=2026-01-01' },
  'GET /api/conflicts/rules': { query: '?revoked=with' },
  'POST /api/conflicts/rules': { body: { ...BY, link: 'kisumu', category: 'patient', field: 'gender', policy: 'parent-wins' } },
  'POST /api/conflicts/rules/:id/revoke': { id: made('POST /api/conflicts/rules'), body: BY },
  'POST /api/conflicts/bulk': { body: { policy: 'parent-wins', link: 'kisumu' } },
  'GET /api/conflicts/bulk': {},
  'GET /api/conflicts/bulk/:id': { id: ended('POST /api/conflicts/bulk') },
  'POST /api/conflicts/bulk/:id/apply': { id: ended('POST /api/conflicts/bulk'), body: BY },
  'POST /api/conflicts/bulk/:id/stop': { id: ended('POST /api/conflicts/bulk'), body: {} },
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
  'POST /api/accounts/tokens/:id/revoke': { id: made('POST /api/accounts/:id/tokens'), body: {} },
  'POST /api/accounts/:id/tokens': { id: made('POST /api/accounts'), body: TOKEN },
  'POST /api/accounts/:id/role': { id: made('POST /api/accounts'), body: { role: 'operator' } },
  'POST /api/accounts/:id/disable': { id: made('POST /api/accounts'), body: {} },
  'POST /api/accounts/:id/enable': { id: made('POST /api/accounts'), body: {} },
  'POST /api/accounts/:id/password': { id: made('POST /api/accounts'), body: {} },
  'GET /api/tokens': {},
  'POST /api/tokens': { body: TOKEN },
  'POST /api/tokens/:id/revoke': { id: made('POST /api/tokens'), body: {} },
  'GET /api/parked': { query: '?link=kisumu' },
  'GET /api/parked/records': { query: `?group=${GROUP}&limit=2` },
  'GET /api/parked/records/:id': { id: aHeld(1).id },
  'POST /api/parked/records/:id/why': { id: aHeld(1).id, body: {} },
  'POST /api/parked/records/:id/redrive': { id: aHeld(1).id, body: BY },
  'POST /api/parked/records/:id/discard': { id: aHeld(2).id, body: WHY },
  'POST /api/parked/records/:id/park': { id: aHeld(3).id, body: WHY },
  'POST /api/parked/runs': { body: { group: GROUP } },
  'GET /api/parked/runs': {},
  'GET /api/parked/runs/:id': { id: ended('POST /api/parked/runs') },
  'POST /api/parked/runs/:id/stop': { id: ended('POST /api/parked/runs'), body: {} },
  'POST /api/parked/runs/:id/redrive': { id: ended('POST /api/parked/runs'), body: BY },
  'POST /api/parked/runs/:id/discard': { id: ended('POST /api/parked/runs'), body: WHY },
  'POST /api/parked/runs/:id/park': { id: ended('POST /api/parked/runs'), body: WHY },
  'GET /api/runs': {},
  'GET /api/runs/choices': {},
  'POST /api/runs': { body: { ...BY, link: 'kisumu', direction: 'push', scope: { what: 'category', category: 'location' } } },
  'GET /api/runs/:id': { id: aRun(1).id },
  'GET /api/runs/:id/records': { id: aRun(1).id, query: '?category=location&as=would-create' },
  'POST /api/runs/:id/cancel': { id: aRun(1).id, body: BY },
  'GET /api/audit/bodies/of/:id': { id: 'own-1' },
  'POST /api/audit/bodies/:id/show': { id: BODY_OF_API.id, body: { ...BY, reason: 'fault', note: 'seen to' } },
  'GET /api/feeds': {},
  'POST /api/feeds/rewind': { body: { ...BY, site: 'kisumu', category: 'patient' } },
});
