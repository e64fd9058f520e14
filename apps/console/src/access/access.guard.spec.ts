import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { permissionsOf, type Role } from '@sync-hub/contracts';
import { AccessGuard } from './access.guard.js';
import type { AskedBy, Caller } from './caller.js';
import type { Callers } from './callers.js';
import { Anybody, Needs, Own } from './needs.js';

class Paths {
  says(): string {
    return 'says';
  }
  saysNothing(): string {
    return 'saysNothing';
  }
  anybodys(): string {
    return 'anybodys';
  }
  own(): string {
    return 'own';
  }
}
const saying = (name: keyof Paths, decorator: MethodDecorator): void => void decorator(Paths.prototype, name, { value: Paths.prototype[name] });
saying('says', Needs('answer-conflicts'));
saying('anybodys', Anybody());
saying('own', Own());

const signedInAs = (role: Role, more: object = {}): Caller => ({
  by: 'api-token',
  accountId: 'an id',
  name: 'Amina',
  role,
  permissions: permissionsOf(role),
  mustChangePassword: false,
  hasPassword: true,
  ...more,
});

function asked(path: keyof Paths, caller: Caller | null, request: Partial<AskedBy> = {}) {
  const guard = new AccessGuard(new Reflector(), { find: async () => caller } as unknown as Callers);
  const whole = { method: 'GET', headers: { host: '127.0.0.1:4000' }, socket: {}, ...request };
  const context = { getHandler: () => Paths.prototype[path], switchToHttp: () => ({ getRequest: () => whole }) };
  return guard.canActivate(context as unknown as ExecutionContext);
}

describe('who is let through', () => {
  it('is nobody where a path does not say what it needs', async () => {
    for (const caller of [null, signedInAs('administrator'), { by: 'console-token', permissions: permissionsOf('administrator') } as const])
      await expect(asked('saysNothing', caller)).rejects.toMatchObject({ status: 403, response: { error: 'not-declared' } });
  });

  it('is whoever may what it needs', async () => {
    await expect(asked('says', null)).rejects.toMatchObject({ status: 401 });
    for (const role of ['viewer', 'operator'] as const)
      await expect(asked('says', signedInAs(role))).rejects.toMatchObject({
        status: 403,
        response: { error: 'not-permitted', permission: 'answer-conflicts' },
      });
    for (const role of ['resolver', 'administrator'] as const) expect(await asked('says', signedInAs(role))).toBe(true);
    expect(await asked('anybodys', null)).toBe(true);
    await expect(asked('own', signedInAs('administrator'))).rejects.toMatchObject({ status: 403, response: { error: 'session' } });
  });

  it.each([
    [{ origin: 'http://127.0.0.1:4000' }, true],
    [{ origin: 'http://127.0.0.1:4001' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:4000' }, false],
    [{}, true],
  ])('is, of what writes, what no page elsewhere asks: %j', async (headers, isLet) => {
    const writing = { method: 'POST', headers: { host: '127.0.0.1:4000', ...headers } };
    for (const path of ['says', 'anybodys'] as const) {
      const outcome = await asked(path, signedInAs('resolver'), writing).catch(() => false);
      expect(outcome).toBe(isLet);
    }
  });
});
