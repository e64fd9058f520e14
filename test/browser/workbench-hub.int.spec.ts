import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compareSites } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { aPatient, personAt } from '../end-to-end/people.js';
import { type RunningWorld, runningHub } from '../end-to-end/running-hub.js';
import { browserFor, chromiumOfRun, type Opened, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const HARD = `"quoted" 'single' <b>&amp;</b> <script>document.title = 'ran'</script> two  blanks, 😀 𝒜 é ñ`;

inBrowser('the workbench before a running hub', () => {
  const browser = browserFor(found);
  let world: RunningWorld;
  let ward: string;
  let patient: string;
  beforeAll(async () => {
    await workbenchOfRun();
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, site: (id) => ({ title: `Clinic ${id}` }) });
    ward = world.site('central').clinician.addLocation({ name: 'Ward', description: 'as it was' });
    const hasWard = () =>
      world
        .site('kisumu')
        .state()
        .locations.some(({ uuid }) => uuid === ward);
    await until('the ward is at the clinic', hasWard, 60_000);
    patient = world.site('kisumu').clinician.addPatient(aPatient({ location: ward }));
    await until('the patient is at the parent', () => personAt(world.site('central'), patient) !== undefined, 60_000);
    await world.atRest();
  }, 180_000);
  afterAll(() => world?.stop());

  const conflicts = () => world.count(`select count(*) as count from conflict where closed_at is null`);

  async function opened(): Promise<Opened & { readonly row: ReturnType<Opened['page']['locator']> }> {
    await until('somebody must be asked', async () => (await conflicts()) === 1, 30_000);
    const at = await browser.open(world.standalone.workbenchUrl.replace('/board', '/conflicts'));
    await at.page.getByLabel('Your name').fill('Amina');
    const row = at.page.locator('[data-row]');
    await row.waitFor();
    await row.click();
    await at.page.locator('[data-field]').first().waitFor();
    return { ...at, row };
  }

  async function answered({ page }: Opened): Promise<number> {
    const answer = page.getByRole('button', { name: 'Answer' });
    await until('what will be written is shown', () => answer.isEnabled(), 15_000);
    const begun = Date.now();
    await answer.click();
    await page.getByText(/^Both ends hold it, [\d.]+ s after your answer\.$/).waitFor({ timeout: 60_000 });
    return (Date.now() - begun) / 1000;
  }

  it('has both ends hold what was typed there, to the last character', async () => {
    world.site('central').clinician.edit('location', ward, { description: 'as the parent says' });
    world.site('kisumu').clinician.edit('location', ward, { description: 'as the clinic says' });
    const at = await opened();
    const { page } = at;
    expect(await page.locator('[data-option="parent"]').textContent()).toContain('as the parent says');
    await page.locator('[data-option="typed"] > input').check();
    await page.locator('[data-option="typed"] textarea').fill(HARD);
    await until('it is previewed at both ends', async () => (await page.locator('.preview ins').count()) === 2, 15_000);
    expect(await page.locator('.preview ins .value').first().textContent()).toContain('<script>');
    const seconds = await answered(at);
    const described = ['central', 'kisumu'].map(
      (site) =>
        world
          .site(site)
          .state()
          .locations.find(({ uuid }) => uuid === ward)?.values['description'],
    );
    expect(described).toEqual([HARD, HARD]);
    expect([await page.title(), at.complaints]).toEqual(['Conflicts · Sync Hub', []]);
    await world.atRest();
    expect([compareSites([...world.world.sites.values()]), await world.held()]).toEqual([[], []]);
    expect(await world.count(`select count(*) as count from conflict where closed_at is null`)).toBe(0);
    process.stdout.write(`From the click until both ends hold it: ${seconds.toFixed(1)} s\n`);
  });

  it('has both ends hold one end’s value, by keys alone', async () => {
    world.site('central').clinician.edit('person', patient, { birthdate: '1980-03-01' });
    world.site('kisumu').clinician.edit('person', patient, { birthdate: '1981-07-01' });
    await until('somebody must be asked', async () => (await conflicts()) === 1, 30_000);
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl.replace('/board', '/conflicts'));
    await page.locator('[data-row]').waitFor();
    await page.getByLabel('Your name').fill('Amina');
    await page.locator('h1').click();
    for (const key of ['j', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-field]').first().waitFor();
    for (const key of ['j', 'c', 'Enter']) await page.keyboard.press(key);
    await until('what will be written is shown', () => page.getByRole('button', { name: 'Answer' }).isEnabled(), 15_000);
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Both ends hold it/).waitFor({ timeout: 60_000 });
    const born = ['central', 'kisumu'].map(
      (site) =>
        world
          .site(site)
          .state()
          .people.find(({ uuid }) => uuid === patient)?.values['birthdate'],
    );
    expect(born).toEqual(['1981-07-01', '1981-07-01']);
    expect(complaints).toEqual([]);
  });

  it('answers after a look what fits, and has a rule decide what is open and what comes', async () => {
    const names = () =>
      ['central', 'kisumu'].map(
        (site) =>
          world
            .site(site)
            .state()
            .locations.find(({ uuid }) => uuid === ward)?.values['description'],
      );
    const differ = (number: number): void => {
      world.site('central').clinician.edit('location', ward, { description: `parent ${number}` });
      world.site('kisumu').clinician.edit('location', ward, { description: `clinic ${number}` });
    };
    const both = (text: string) => until(`both ends hold ${text}`, async () => names().every((name) => name === text), 60_000);
    differ(1);
    const { page, complaints, row } = await opened();
    await page.getByRole('link', { name: '← Conflicts' }).click();
    await page.getByRole('link', { name: 'Answer many at once …' }).click();
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('button', { name: 'Answer 1 so' }).click();
    await page.getByText('Done: what was answered is on its way').waitFor();
    await both('parent 1');
    await world.atRest();
    differ(2);
    await until('somebody must be asked', async () => (await conflicts()) === 1, 30_000);
    await page.getByRole('link', { name: '← Conflicts' }).click();
    await row.click();
    await page.locator('[data-option="child"] label').click();
    await page.getByRole('button', { name: 'Always so on this link …' }).click();
    await page.locator('dialog .counts').waitFor();
    await page.getByRole('button', { name: 'Make the rule' }).click();
    await page.getByText('The rule is in force.').waitFor();
    await both('clinic 2');
    await world.atRest();
    differ(3);
    await both('clinic 3');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Rules' }).click();
    await page.getByRole('button', { name: /^Revoke/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('There are no rules.').waitFor();
    await page.getByRole('link', { name: 'Report' }).click();
    await page.getByRole('table', { name: 'Who answered' }).getByText('Amina').waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps its token, and what was typed, out of every log', () => {
    const token = /#token=(.*)$/.exec(world.standalone.workbenchUrl)?.[1] ?? '';
    expect(token.length).toBeGreaterThan(20);
    const logged = world.lines.join('\n');
    for (const secret of [token, 'quoted', 'as the parent says']) expect(logged).not.toContain(secret);
  });
});
