import { describe, expect, it } from '@jest/globals';
import { resolveSecrets } from './secrets.js';
import { aConfiguration, aSite } from './testing/index.js';

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
});
