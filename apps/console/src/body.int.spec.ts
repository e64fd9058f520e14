import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BENCH_TOKEN, type PeopleBench, peopleBench } from './testing/people-bench.js';

const REWIND = { site: 'kisumu', category: 'patient', by: 'Amina' };

describe('what is sent to the console', () => {
  let bench: PeopleBench;
  beforeAll(async () => {
    bench = await peopleBench();
  }, 60_000);
  afterAll(() => bench?.stop());

  /** Sends these parts one after the other, and says that there is more, unless `ends`. */
  const send = (path: string, parts: readonly (string | Buffer)[], headers: Record<string, string> = {}, ends = true): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${bench.url}${path}`, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
        answer.resume();
        sent.destroy();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      for (const part of parts) sent.write(part);
      if (ends) sent.end();
    });
  const known = { authorization: `Bearer ${BENCH_TOKEN}` };

  it('is read of who may alone: others are refused while they still send', async () => {
    expect(await send('/api/feeds/rewind', ['{"site":'], {}, false)).toBe(401);
    expect(await send('/api/feeds/rewind', ['{"site":'], { authorization: 'Bearer wrong' }, false)).toBe(401);
    expect(await send('/api/session/end', ['{'], known, false)).toBe(403);
  });

  it('is read whole, in however many parts it comes', async () => {
    const text = JSON.stringify(REWIND);
    expect(await send('/api/feeds/rewind', [text.slice(0, 9), text.slice(9)], known)).toBe(404);
  });

  it('is no more than the path takes, of anybody less, and not compressed', async () => {
    const large = (bytes: number) => JSON.stringify({ name: 'x'.repeat(bytes), password: 'x' });
    expect(await send('/api/feeds/rewind', [large(1_100_000)], known)).toBe(413);
    expect(await send('/api/feeds/rewind', [large(900_000)], known)).toBe(400);
    expect(await send('/api/session', [large(17_000)])).toBe(413);
    expect(await send('/api/session', [large(15_000)])).toBe(400);
    expect(await send('/api/feeds/rewind', [gzipSync(JSON.stringify(REWIND))], { ...known, 'content-encoding': 'gzip' })).toBe(415);
  });
});
