import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { BENCH_TOKEN, type PeopleBench, peopleBench } from '../../apps/console/src/testing/people-bench.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

/** A browser says in its log, too, that it was asked to sign in. */
const unexpected = (complaints: readonly string[]): readonly string[] => complaints.filter((one) => !/status of 4\d\d/.test(one));

inBrowser('accounts in a browser', () => {
  const browser = browserFor(found);
  let bench: PeopleBench;
  beforeAll(async () => {
    await workbenchOfRun();
    bench = await peopleBench();
  }, 180_000);
  afterAll(() => bench?.stop());

  async function signIn(page: Page, name: string, password: string): Promise<void> {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async function choosePassword(page: Page, current: string, next: string): Promise<void> {
    await page.getByLabel('The password as it is').fill(current);
    await page.getByLabel('The new password', { exact: true }).fill(next);
    await page.getByLabel('The new password again').fill(next);
    await page.getByRole('button', { name: 'Change the password' }).click();
  }

  it('lets the first administrator in by the password for one sign-in, asks for another, and lets them make somebody, who comes in alike', async () => {
    let first = '';
    await bench.people.accounts.begin(async ({ oneTimePassword }) => {
      first = oneTimePassword;
    });
    const { page, complaints } = await browser.open(`${bench.url}/accounts`, { bypassCSP: true });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await signIn(page, 'admin', 'admin');
    await page.getByText('do not belong together').waitFor();
    await signIn(page, 'admin', first);
    await page.getByText('Your password was for one sign-in').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await choosePassword(page, first, 'too short');
    await page.getByText('It needs 12 characters at least').waitFor();
    await choosePassword(page, first, 'four words I can keep');
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();

    await page.getByRole('button', { name: 'New account …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Amina');
    await dialog.getByLabel('Role').selectOption('resolver');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    const oneTime = (await dialog.locator('.once').textContent())?.trim() ?? '';
    expect(oneTime).toMatch(/^[a-z2-9-]{23}$/);
    expect(await seriousIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('cell', { name: 'Amina', exact: true }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Disable: admin' }).click();
    await page.getByText('There would be no administrator left').waitFor();

    const { page: aminas } = await browser.open(`${bench.url}/conflicts`);
    await signIn(aminas, 'amina', oneTime);
    await choosePassword(aminas, oneTime, 'words that nobody guesses');
    await aminas.getByRole('heading', { name: 'Conflicts' }).waitFor();
    await aminas.getByRole('link', { name: 'Amina' }).waitFor();
    expect(await aminas.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
    await aminas.goto(`${bench.url}/accounts`);
    await aminas.getByText('Your role does not let you see or do this').waitFor();

    await page.getByLabel('Role: Amina').selectOption('viewer');
    await until(
      'she is signed out',
      async () => (await bench.database.query(`select from account_session join account on account.id = account_id where name = 'Amina'`)).length === 0,
      15_000,
    );
    await aminas.getByRole('link', { name: 'Rules' }).click();
    await aminas.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  it('has its own password changed, makes a token that works and is shown once, and is signed out', async () => {
    const otieno = await bench.somebody('Otieno', 'viewer');
    const { page, complaints } = await browser.open(`${bench.url}/account`, { bypassCSP: true });
    await signIn(page, 'Otieno', otieno.password);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await choosePassword(page, otieno.password, 'other words to keep');
    await page.getByText('Changed. Your other sessions have ended.').waitFor();
    await page.getByRole('button', { name: 'New token …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What for').fill('a report');
    await dialog.getByLabel('see which conflicts there are').check();
    expect(await dialog.getByLabel('manage accounts').count()).toBe(0);
    expect(await seriousIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make it' }).click();
    const token = (await dialog.locator('.once').textContent())?.trim() ?? '';
    const asked = () => fetch(`${bench.url}/api/conflicts`, { headers: { authorization: `Bearer ${token}` } });
    expect((await asked()).status).toBe(200);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke: a report' }).click();
    await page.getByText('revoked by Otieno').waitFor();
    expect([(await asked()).status, (await page.content()).includes(token)]).toEqual([401, false]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  it('stands on a phone, in French, and opens by the console’s own token too', async () => {
    await bench.somebody('Wanjiru', 'administrator');
    const { page } = await browser.open(`${bench.url}/accounts#token=${BENCH_TOKEN}`, { phone: true, locale: 'fr-FR', bypassCSP: true });
    await page.getByRole('heading', { name: 'Comptes' }).waitFor();
    await page.getByText('Wanjiru', { exact: true }).waitFor();
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await seriousIn(page)).toEqual([]);
    await page.goto(`${bench.url}/account`);
    await page.getByText('Votre rôle ne permet pas').waitFor();
  });
});
