import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OidcConfiguration } from '@sync-hub/configuration';
import type { Page } from 'playwright-core';
import { type PeopleBench, peopleBench } from '../../apps/console/src/testing/people-bench.js';
import { startTestProvider, TEST_CLIENT, type TestProvider } from '../../apps/console/src/testing/test-provider.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

inBrowser('a provider that vouches for people, in a browser', () => {
  const browser = browserFor(found);
  let bench: PeopleBench;
  let provider: TestProvider;
  let settings: OidcConfiguration | undefined;
  beforeAll(async () => {
    await workbenchOfRun();
    bench = await peopleBench({ oidc: { current: () => settings, secret: async () => TEST_CLIENT.secret } });
    // Under another name: for a browser it is elsewhere, as it is in the field.
    provider = await startTestProvider(`${bench.url}/api/session/oidc/callback`, 'localhost');
    provider.known = {
      'a-nurse': { preferred_username: 'Amina', groups: ['nurses'] },
      'a-stranger': { preferred_username: 'Otieno', groups: [] },
    };
    settings = {
      issuer: provider.issuer,
      clientId: TEST_CLIENT.id,
      clientSecret: { env: 'OIDC' },
      title: 'the ministry',
      scopes: ['profile', 'groups'],
      nameClaim: 'preferred_username',
      rolesClaim: 'groups',
      roles: [{ has: 'nurses', is: 'resolver' }],
    };
  }, 180_000);
  afterAll(async () => {
    await bench?.stop();
    await provider?.stop();
  });

  const go = (page: Page) => page.getByRole('button', { name: 'Sign in with the ministry' }).click();

  it('lets somebody in, to where they wanted to go, and out again', async () => {
    const { page, complaints } = await browser.open(`${bench.url}/records`, { bypassCSP: true });
    await page.getByRole('button', { name: 'Sign in with the ministry' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await go(page);
    await page.getByRole('button', { name: 'a-nurse' }).click();
    await page.getByRole('heading', { name: 'Find a record' }).waitFor();
    await page.getByRole('link', { name: 'Amina' }).click();
    await page.getByText('You sign in by a sign-in service').waitFor();
    expect(await page.getByLabel('The new password again').count()).toBe(0);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    // The provider's page has no icon.
    expect(complaints.filter((one) => !/status of 40[14]/.test(one))).toEqual([]);
  });

  it('says why somebody is not let in, on a phone, and that a password is good though the provider is away', async () => {
    const wanjiru = await bench.somebody('Wanjiru', 'administrator');
    const { page } = await browser.open(`${bench.url}/accounts`, { phone: true, bypassCSP: true });
    await go(page);
    await page.getByRole('button', { name: 'a-stranger' }).click();
    await page.getByText('you have no role in Sync Hub').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await seriousIn(page)).toEqual([]);
    settings = settings === undefined ? undefined : { ...settings, issuer: 'http://127.0.0.1:9' };
    await go(page);
    await page.getByText('does not answer now').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Wanjiru');
    await page.getByLabel('Password', { exact: true }).fill(wanjiru.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByText('signs in by localhost').waitFor();
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    expect(await page.getByLabel('Role: Amina').isDisabled()).toBe(true);
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await seriousIn(page)).toEqual([]);
  });
});
