import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PERMISSIONS, PERMITTED, type Permission, permissionsOf, ROLES, type Role } from '@sync-hub/contracts';
import { type Route, routesOf } from '../api/routes-of.js';
import { consoleOver } from '../console.module.js';
import { BENCH_TOKEN, type PeopleBench, peopleBench } from '../testing/people-bench.js';
import type { Need } from './needs.js';

jest.setTimeout(300_000);

/** How many there are: one more, or one fewer, is looked at by a person. */
const ROUTES = 125;

let bench: PeopleBench;
let routes: readonly Route[] = [];
beforeAll(async () => {
  bench = await peopleBench();
  routes = routesOf(consoleOver(bench.parts).controllers ?? []);
}, 120_000);
afterAll(() => bench?.stop());

interface Who {
  readonly title: string;
  readonly permissions: readonly Permission[];
  /** Signed in by name and password, in a browser. */
  readonly isSession: boolean;
  readonly mustChangePassword?: boolean;
  readonly headers: () => Promise<Record<string, string>>;
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function everybody(): Promise<readonly Who[]> {
  const { accounts } = bench.people;
  const idOf = new Map<string, string>();
  for (const role of ROLES) idOf.set(role, (await bench.somebody(`a ${role}`, role)).id);
  const gone = await bench.somebody('somebody gone', 'administrator');
  const goneToken = await accounts.addToken(gone.id, { name: 'a program', scope: ['read-audit'], days: 1 }, 'a test');
  const goneSession = await bench.sessionOf(gone.id);
  await accounts.setDisabled(gone.id, true, 'a test');
  await bench.database.query(`insert into account_session (digest, account_id) values (sha256($1::bytea), $2) on conflict do nothing`, [
    Buffer.from(goneSession),
    gone.id,
  ]);
  const fresh = (await accounts.add({ name: 'somebody fresh', role: 'administrator' }, 'a test'))?.id ?? '';
  const administrator = idOf.get('administrator') ?? '';
  const tokenWith = async (...scope: Permission[]) => {
    const added = await accounts.addToken(administrator, { name: scope.join(' '), scope, days: 1 }, 'a test');
    return added.kind === 'added' ? added : { id: '', token: '' };
  };
  const [late, revoked] = [await tokenWith(...PERMISSIONS), await tokenWith(...PERMISSIONS)];
  await bench.database.query(`update api_token set expires_at = now() - interval '1 second' where id = $1`, [late.id]);
  await accounts.revokeToken(revoked.id, null, 'a test');
  const ended = async (column: 'seen_at' | 'begun_at', ago: string) => {
    const secret = await bench.sessionOf(administrator);
    await bench.database.query(`update account_session set ${column} = now() - interval '${ago}' where digest = sha256($1::bytea)`, [Buffer.from(secret)]);
    return bench.inBrowser(secret);
  };
  const nobodyBy = (title: string, headers: () => Promise<Record<string, string>>): Who => ({ title, permissions: [], isSession: false, headers });
  return [
    ...ROLES.map((role) => ({
      title: role,
      permissions: permissionsOf(role),
      isSession: true,
      headers: async () => bench.inBrowser(await bench.sessionOf(idOf.get(role) ?? '')),
    })),
    {
      title: 'whose password must be changed',
      permissions: [],
      isSession: true,
      mustChangePassword: true,
      headers: async () => bench.inBrowser(await bench.sessionOf(fresh)),
    },
    { title: 'the console token', permissions: PERMISSIONS, isSession: false, headers: async () => bearer(BENCH_TOKEN) },
    ...(await Promise.all(
      PERMISSIONS.map(async (one) => {
        const { token } = await tokenWith(one);
        return { title: `a token for ${one}`, permissions: [one], isSession: false, headers: async () => bearer(token) };
      }),
    )),
    nobodyBy('nobody', async () => ({})),
    nobodyBy('a disabled account', async () => bench.inBrowser(goneSession)),
    nobodyBy('a token of a disabled account', async () => bearer(goneToken.kind === 'added' ? goneToken.token : '')),
    nobodyBy('a token past its time', async () => bearer(late.token)),
    nobodyBy('a revoked token', async () => bearer(revoked.token)),
    nobodyBy('a session in which nothing was asked for long', () => ended('seen_at', '2 hours')),
    nobodyBy('a session that began long ago', () => ended('begun_at', '12 hours')),
  ];
}

/** By the table, and by nothing that the console does. */
function expected({ permission, openHere = false, withOldPassword = false }: Need, who: Who): 'through' | 401 | 403 {
  if (permission === 'anybody' || openHere) return 'through';
  if (who.permissions.length === 0 && who.mustChangePassword !== true) return 401;
  if (permission === 'own') return who.isSession && (who.mustChangePassword !== true || withOldPassword) ? 'through' : 403;
  return who.permissions.includes(permission) ? 'through' : 403;
}

async function ask({ method, path }: Route, headers: Record<string, string>): Promise<number> {
  const init = method === 'POST' ? { method, body: '{}', headers: { ...headers, 'content-type': 'application/json' } } : { method, headers };
  return (await fetch(`${bench.url}${path.replace(':act', 'redrive').replaceAll(/:\w+/g, randomUUID())}`, init)).status;
}

describe('every path of the console, by everybody', () => {
  it('says what it needs', () => {
    expect(routes.filter(({ need }) => need === undefined)).toEqual([]);
    expect(routes.length).toBe(ROUTES);
    expect(routes.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([]);
  });

  it('lets through who may, and nobody else', async () => {
    const wrong: string[] = [];
    const seen = { through: 0, 401: 0, 403: 0 };
    for (const who of await everybody())
      for (const route of routes) {
        const status = await ask(route, await who.headers());
        // Signing in itself says 401 of a name that is none; here it is asked with nothing, which is 400.
        const came = status === 401 || status === 403 ? status : 'through';
        const should = expected(route.need ?? { permission: 'own' }, who);
        seen[came] += 1;
        // Pages are there once the workbench is built.
        const isBroken = status === 405 || (status >= 500 && route.need?.permission !== 'anybody');
        if (came !== should || isBroken) wrong.push(`${who.title}: ${route.method} ${route.path} is ${status}, and should be ${should}`);
      }
    expect(wrong).toEqual([]);
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(ROUTES);
  });

  it('is the same table for roles that people read', () => {
    const may = (role: Role): readonly Permission[] => permissionsOf(role);
    for (const role of ROLES) expect(may('administrator')).toEqual(expect.arrayContaining([...may(role)]));
    for (const role of ['operator', 'resolver'] as const) expect(may(role)).toEqual(expect.arrayContaining([...may('viewer')]));
    expect(may('operator').filter((one) => !may('viewer').includes(one))).toEqual(['find-records', 'drive-work']);
    expect(may('resolver').filter((one) => !may('viewer').includes(one))).toEqual(['find-records', 'see-records', 'answer-conflicts', 'make-rules']);
    expect(Object.keys(PERMITTED)).toHaveLength(PERMISSIONS.length);
  });
});
