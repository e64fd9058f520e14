import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { type PeopleBench, peopleBench } from '../testing/people-bench.js';

jest.setTimeout(120_000);

let bench: PeopleBench;
beforeAll(async () => {
  bench = await peopleBench({ board: { lookMs: 50, beatMs: 50 } });
}, 120_000);
afterAll(() => bench?.stop());

const asSession = (secret: string): Record<string, string> => ({ cookie: `sync-hub-session${new URL(bench.url).port}=${secret}` });

async function watching(headers: Record<string, string>) {
  const response = await fetch(`${bench.url}/api/board/events`, { headers });
  const heard = { status: response.status, text: '', hasEnded: false };
  const read = async (): Promise<void> => {
    for await (const part of response.body ?? []) heard.text += new TextDecoder().decode(part);
  };
  void read().then(() => {
    heard.hasEnded = true;
  });
  return heard;
}
const isTold = (heard: { readonly text: string }) => until('it is told', () => heard.text.includes('event: board') && heard.text.includes(': still here'));

describe('whoever watches the board', () => {
  it('is let in as for anything else', async () => {
    expect([(await watching({})).status, (await watching(asSession('x'.repeat(43)))).status]).toEqual([401, 401]);
  });

  it('is told no more once their session has ended', async () => {
    const { secret } = await bench.somebody('Amina', 'viewer');
    const heard = await watching(asSession(secret));
    await isTold(heard);
    await bench.people.signIn.signOut(secret);
    await until('it ends', () => heard.hasEnded);
    expect(heard.text).toContain('event: ended\ndata: null');
  });

  it('is told no more once their account is disabled, or their token revoked', async () => {
    const { id, secret } = await bench.somebody('Boniface', 'operator');
    const made = await bench.people.accounts.addToken(id, { name: 'a wall', scope: ['see-overview'], days: 1 }, 'a test');
    const [page, program] = [await watching(asSession(secret)), await watching({ authorization: `Bearer ${made.kind === 'added' ? made.token : ''}` })];
    await Promise.all([isTold(page), isTold(program)]);
    await bench.people.accounts.revokeToken(made.kind === 'added' ? made.id : '', null, 'a test');
    await until('the program is told no more', () => program.hasEnded);
    expect(page.hasEnded).toBe(false);
    await bench.people.accounts.setDisabled(id, true, 'a test');
    await until('the page is told no more', () => page.hasEnded);
  });

  it('does not stay signed in by watching', async () => {
    const { secret } = await bench.somebody('Chege', 'viewer');
    const heard = await watching(asSession(secret));
    await isTold(heard);
    const seen = (ago: string) =>
      bench.database.query<{ isOld: boolean }>(
        `update account_session set seen_at = now() - $2::interval where digest = sha256($1::bytea) returning true as "isOld"`,
        [Buffer.from(secret), ago],
      );
    await seen('1 hour');
    const beats = heard.text.split(': still here').length;
    await until('some beats have been', () => heard.text.split(': still here').length > beats + 2);
    const [row] = await bench.database.query<{ isOld: boolean }>(
      `select seen_at < now() - interval '59 minutes' as "isOld" from account_session where digest = sha256($1::bytea)`,
      [Buffer.from(secret)],
    );
    expect(row).toEqual({ isOld: true });
    await seen('2 hours');
    await until('the session has ended, and with it the line', () => heard.hasEnded);
  });
});
