import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';

const desks = memoryDesks(new MemoryDesk([]));
let running: MemoryConsole;
beforeAll(async () => {
  running = await memoryConsole(desks);
});
afterAll(() => running.stop());

const post = async (where: string, body: unknown) => {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const answer = await fetch(`${running.url}/api/links/${where}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, answer.status === 204 ? null : await answer.json()];
};

it('stops a direction of a link for a reason, says so once, and tells who did it', async () => {
  const why = { direction: 'push', reason: 'stocktaking', by: 'Amina' };
  expect(await post('central-kisumu/pause', why)).toEqual([204, null]);
  expect(await post('central-kisumu/pause', why)).toEqual([409, { error: 'as-it-is' }]);
  expect(await post('central-kisumu/resume', { direction: 'push', by: 'Amina' })).toEqual([204, null]);
  const told = await fetch(`${running.url}/api/links/central-kisumu`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await told.json()).toMatchObject({
    acts: [
      { what: 'resume', direction: 'push', by: 'Amina', reason: null },
      { what: 'pause', direction: 'push', by: 'Amina', reason: 'stocktaking' },
    ],
  });
});

it.each([
  [
    'without a reason',
    'central-kisumu/drain',
    { by: 'Amina' },
    [400, { error: 'invalid', problems: [{ path: 'reason', problem: 'says why, for whoever finds it stopped' }] }],
  ],
  ['for spaces', 'central-kisumu/pause', { by: 'Amina', reason: '  ' }, [400, expect.anything()]],
  ['by nobody', 'central-kisumu/pause', { reason: 'stocktaking' }, [400, { error: 'invalid', problems: [{ path: 'by', problem: 'is the name of a person' }] }]],
  ['sideways', 'central-kisumu/pause', { by: 'Amina', reason: 'stocktaking', direction: 'sideways' }, [400, expect.anything()]],
  ['that is not there', 'siaya/pause', { by: 'Amina', reason: 'stocktaking' }, [404, { error: 'no such link is run here' }]],
])('stops no link %s', async (_, where, body, answer) => {
  const before = desks.links.acts.length;
  expect(await post(where, body)).toEqual(answer);
  expect(desks.links.acts.length).toBe(before);
});
