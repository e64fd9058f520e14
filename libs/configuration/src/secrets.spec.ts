import { describe, expect, it } from '@jest/globals';
import { NO_REPORTS, resolveReportSecrets, resolveSecrets } from './secrets.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const two = aConfiguration({
  sites: [
    aSite('central', { login: { username: { env: 'WHO' }, password: { file: '/run/secrets/central' } } }),
    aSite('kisumu', { login: { username: { env: 'WHO' }, password: { env: 'KISUMU' } } }),
    aSite('siaya'),
  ],
});
const env = { WHO: 'sync', KISUMU: 'hunter2', USERNAME: 'u', PASSWORD: 'p' };
const readFile = async (path: string): Promise<string> => {
  if (path === '/run/secrets/central') return 'hunter3 \n';
  throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
};

describe('the secrets of a configuration', () => {
  it('come from the environment and from files, whose last line end is no part of them', async () => {
    expect([...(await resolveSecrets(two, env, readFile))]).toEqual([
      ['central', { username: 'sync', password: 'hunter3 ' }],
      ['kisumu', { username: 'sync', password: 'hunter2' }],
      ['siaya', { username: 'u', password: 'p' }],
    ]);
  });

  it('are all named when missing, by place and reference, and none of those found is told', async () => {
    const missing = resolveSecrets(two, { ...env, KISUMU: undefined, PASSWORD: '' }, async () =>
      Promise.reject(Object.assign(new Error('x'), { code: 'ENOENT' })),
    );
    await expect(missing).rejects.toMatchObject({
      code: 'secret-missing',
      missing: [
        'sites[0].login.password (central): the file /run/secrets/central cannot be read (it is not there)',
        'sites[1].login.password (kisumu): the environment variable KISUMU is not set',
        'sites[2].login.password (siaya): the environment variable PASSWORD is empty',
      ],
    });
  });

  it('tell by what a site signs, where it tells of its changes by itself', async () => {
    const feed = { handler: 'webhook', startAt: 'now', pollSeconds: 10, flavour: 'generic', secret: { env: 'KISUMU_WEBHOOK' } } as const;
    const telling = aConfiguration({
      instance: { id: 'hub', readOnly: false, webhooks: { host: '127.0.0.1', port: 4100 } },
      sites: [aSite('central'), aSite('kisumu', { feed })],
      links: [aLink('kisumu')],
    });
    expect((await resolveSecrets(telling, { ...env, KISUMU_WEBHOOK: 'signed' }, readFile)).get('kisumu')).toEqual({
      username: 'u',
      password: 'p',
      webhookSecret: 'signed',
    });
    await expect(resolveSecrets(telling, env, readFile)).rejects.toMatchObject({
      missing: ['sites[1].feed.secret (kisumu): the environment variable KISUMU_WEBHOOK is not set'],
    });
  });

  it('tell by what instances know each other, where they report', async () => {
    const receives = {
      host: '127.0.0.1',
      port: 4200,
      from: [
        { id: 'kisumu-box', secret: { env: 'KISUMU' } },
        { id: 'siaya-box', secret: { file: '/run/secrets/central' } },
      ],
    };
    const telling = aConfiguration({
      instance: { id: 'hub', readOnly: false, receives, reportsTo: { url: 'https://top.test', secret: { env: 'WHO' }, conflicts: false } },
    });
    expect(await resolveReportSecrets(telling, env, readFile)).toEqual({
      to: 'sync',
      from: new Map([
        ['kisumu-box', 'hunter2'],
        ['siaya-box', 'hunter3 '],
      ]),
    });
    expect(await resolveReportSecrets(aConfiguration(), {}, readFile)).toEqual(NO_REPORTS);
    await expect(resolveReportSecrets(telling, {}, readFile)).rejects.toMatchObject({
      missing: [
        'instance.reportsTo.secret: the environment variable WHO is not set',
        'instance.receives.from[0].secret (kisumu-box): the environment variable KISUMU is not set',
      ],
    });
  });
});
