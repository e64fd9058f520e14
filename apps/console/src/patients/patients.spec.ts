import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ErasedCountsAnswer, PatientErasedAnswer, PatientListAnswer, PatientResumedAnswer, PatientStoppedAnswer } from '../api/answers/patient-answers.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';

const HERS = '8d6c993e-c2cc-11de-8d13-0010c6dffd0f';
const desks = memoryDesks(new MemoryDesk([]));
let running: MemoryConsole;
beforeAll(async () => {
  running = await memoryConsole(desks);
});
afterAll(() => running.stop());

const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const post = async (what: string, body: unknown) => {
  const answer = await fetch(`${running.url}/api/patients/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, answer.status === 204 ? null : await answer.json()];
};
const listed = async () => PatientListAnswer.parse(await (await fetch(`${running.url}/api/patients`, { headers })).json());

it('stops a patient for a reason, once, tells of it, and lets her go on', async () => {
  const deed = { patient: HERS, reason: 'a court asks', by: 'Amina' };
  const [status, stopped] = await post('stop', deed);
  expect([status, PatientStoppedAnswer.parse(stopped).outcome]).toEqual([200, 'done']);
  expect(await post('stop', deed)).toEqual([409, { error: 'as-it-is' }]);
  expect((await listed()).stopped).toMatchObject([{ patient: HERS, link: null, by: 'Amina', reason: 'a court asks' }]);
  const [resumedStatus, resumed] = await post('resume', { patient: HERS, by: 'Otieno' });
  expect([resumedStatus, PatientResumedAnswer.parse(resumed).outcome, (await listed()).stopped]).toEqual([200, 'done', []]);
  expect(await post('resume', { patient: HERS, by: 'Otieno' })).toEqual([409, { error: 'as-it-is' }]);
});

it('has a patient followed until a day, and no longer', async () => {
  expect(await post('follow', { patient: HERS, link: 'central-kisumu', seconds: 86_400, by: 'Amina' })).toEqual([204, null]);
  expect((await listed()).followed).toMatchObject([{ patient: HERS, link: 'central-kisumu', by: 'Amina' }]);
  expect(await post('unfollow', { patient: HERS, link: 'central-kisumu', by: 'Amina' })).toEqual([204, null]);
  expect(await post('unfollow', { patient: HERS, link: 'central-kisumu', by: 'Amina' })).toEqual([409, { error: 'as-it-is' }]);
});

it('forgets what is stored of a patient who is stopped everywhere, where her uuid is typed once more', async () => {
  const erase = { patient: HERS, confirm: HERS, reason: 'by order', by: 'Amina' };
  expect(await post('erase', erase)).toEqual([409, { error: 'not-stopped' }]);
  await post('stop', { patient: HERS, reason: 'a court asks', by: 'Amina' });
  const [, kept] = await post('kept', { patient: HERS });
  expect(ErasedCountsAnswer.parse(kept).snapshots).toBe(31);
  expect(await post('erase', { ...erase, confirm: 'her' })).toEqual([409, { error: 'not-confirmed' }]);
  expect((await post('erase', { ...erase, reason: ' ' }))[0]).toBe(400);
  const [status, erased] = await post('erase', erase);
  expect([status, PatientErasedAnswer.parse(erased).outcome, (await listed()).stopped[0]?.erasedAt]).toEqual([200, 'done', expect.any(String)]);
  await post('resume', { patient: HERS, by: 'Amina' });
});

it.each([
  ['without a reason', 'stop', { patient: HERS, by: 'Amina' }, 400],
  ['for spaces', 'stop', { patient: HERS, by: 'Amina', reason: '  ' }, 400],
  ['by nobody', 'stop', { patient: HERS, reason: 'x' }, 400],
  ['who is none', 'stop', { patient: 'J. Smith', reason: 'x', by: 'Amina' }, 400],
  ['on a link of another instance', 'stop', { patient: HERS, link: 'siaya', reason: 'x', by: 'Amina' }, 404],
  ['for ever', 'follow', { patient: HERS, link: 'central-kisumu', seconds: 400 * 86_400, by: 'Amina' }, 400],
  ['without a link', 'follow', { patient: HERS, seconds: 86_400, by: 'Amina' }, 400],
])('does nothing to a patient %s', async (_, what, body, status) => {
  expect((await post(what, body))[0]).toBe(status);
  const { stopped, followed } = await listed();
  expect([stopped, followed]).toEqual([[], []]);
});
