import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aPatient, personAt } from '../end-to-end/people.js';
import { type RunningWorld, runningHub } from '../end-to-end/running-hub.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;
const shots = process.env['SYNC_HUB_SHOTS'];

inBrowser('the page of patients before a running hub', () => {
  const browser = browserFor(found);
  let world: RunningWorld;
  let patient = '';
  beforeAll(async () => {
    await workbenchOfRun();
    world = await runningHub();
    const ward = world.site('kisumu').clinician.addLocation({ name: 'Ward' });
    await world.atRest(60_000);
    patient = world.site('kisumu').clinician.addPatient(aPatient({ location: ward }));
    await until('she is at the parent', () => personAt(world.site('central'), patient) !== undefined, 60_000);
    await world.atRest(60_000);
  }, 180_000);
  afterAll(() => world?.stop());

  const opened = async () => {
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl, { bypassCSP: true });
    await page.getByLabel('Your name').fill('Amina');
    const shot = async (name: string): Promise<void> => void (shots === undefined || (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })));
    return { page, complaints, shot };
  };
  const genderAt = (site: string): unknown => personAt(world.site(site), patient)?.values['gender'];

  it('stops one for a reason, shows what is held of her as one cause and on her own page, and lets her go on', async () => {
    const { page, complaints, shot } = await opened();
    await page.getByRole('link', { name: 'Patients', exact: true }).click();
    await page.getByText('Nobody is stopped.').waitFor();
    const form = page.getByRole('region', { name: 'Stop a patient' });
    await form.getByRole('button', { name: 'Stop' }).click();
    await form.getByText('Say why.').waitFor();
    await form.getByLabel('Uuid of the patient').fill(patient);
    await form.getByLabel('Why, for whoever finds it so').fill('A court asks');
    await form.getByRole('button', { name: 'Stop' }).click();
    await form.getByText(`Stopped: ${patient}. Nothing more is written.`).waitFor();
    world.site('kisumu').clinician.edit('patient', patient, { gender: 'M' });
    await page.getByRole('row', { name: /A court asks 1/ }).waitFor({ timeout: 60_000 });
    expect([genderAt('central'), await seriousIn(page)]).toEqual(['F', []]);
    await shot('patients');
    await page.getByRole('link', { name: 'Parked', exact: true }).click();
    await page.getByRole('link', { name: /^1 record of a patient who is stopped, by Amina since / }).click();
    await page.getByRole('link', { name: 'Let the patient go on' }).waitFor();
    expect(await page.getByRole('button', { name: /Discard/ }).count()).toBe(0);
    await shot('group');
    await page.goto(`${new URL(page.url()).origin}/records/${patient}`);
    await page.getByText(/^Stopped by Amina since .*: nothing of it is written until somebody lets it go on\.$/).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await shot('record');
    await page.getByRole('link', { name: 'Let this patient go on' }).first().click();
    await page.getByRole('button', { name: `Let go on (${patient}, every link)` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Let go on' }).click();
    await page.getByText('Goes on. 1 looked at again now.').waitFor();
    await until('her edit is at the parent', () => genderAt('central') === 'M', 60_000);
    await page.getByText('Nobody is stopped.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('forgets what is stored of one who is stopped, once her uuid was typed and why was said, and meets her anew', async () => {
    const { page, complaints, shot } = await opened();
    const stored = () => world.count(`select count(*) as count from snapshot where uuid = $1`, [patient]);
    await page.getByRole('link', { name: 'Patients', exact: true }).click();
    const form = page.getByRole('region', { name: 'Stop a patient' });
    await form.getByLabel('Uuid of the patient').fill(patient);
    await form.getByLabel('Why, for whoever finds it so').fill('She asks to be forgotten');
    await form.getByRole('button', { name: 'Stop' }).click();
    await form.getByText(`Stopped: ${patient}.`).waitFor();
    await world.atRest();
    expect(await stored()).toBeGreaterThan(0);
    await page.getByRole('button', { name: `Forget what is stored of ${patient} …` }).click();
    const dialog = page.getByRole('dialog');
    const forget = dialog.getByRole('button', { name: 'Forget it' });
    await dialog.getByText('Readings').waitFor();
    await dialog.getByLabel('Why? This stays: name nobody.').fill('By order');
    await dialog.getByLabel('The uuid of the patient, once more').fill(patient.slice(1));
    expect([await forget.isDisabled(), await seriousIn(page)]).toEqual([true, []]);
    await dialog.getByLabel('The uuid of the patient, once more').fill(patient);
    await shot('erase');
    await forget.click();
    await page.getByText('Forgotten. The patient stays stopped, and nothing of them is stored.').waitFor();
    await page.getByText(/What was stored is forgotten since/).waitFor();
    expect(await stored()).toBe(0);
    await page.getByRole('button', { name: `Let go on (${patient}, every link)` }).click();
    await shot('met-anew');
    await page.getByRole('dialog').getByRole('button', { name: 'Let go on' }).click();
    await page.getByText(/^Goes on\./).waitFor();
    world.site('kisumu').clinician.edit('patient', patient, { birthdate: '1990-04-01' });
    await until('she is read again', async () => (await stored()) > 0, 60_000);
    await world.atRest();
    expect([personAt(world.site('kisumu'), patient)?.values['gender'], complaints]).toEqual([genderAt('central'), []]);
  });

  it('lists who is followed until when, and ends it', async () => {
    const { page, complaints, shot } = await opened();
    await page.getByRole('link', { name: 'Patients', exact: true }).click();
    const form = page.getByRole('region', { name: 'Follow a patient' });
    await form.getByLabel('Uuid of the patient').fill(patient);
    await form.getByLabel('For how many days').fill('0');
    await form.getByRole('button', { name: 'Follow' }).click();
    await form.getByText('From 1 to 366.').waitFor();
    await form.getByLabel('For how many days').fill('30');
    await form.getByLabel('Link').selectOption('siaya');
    await form.getByRole('button', { name: 'Follow' }).click();
    await page.getByText(`Followed: ${patient}, on siaya.`).waitFor();
    await page.getByRole('button', { name: `Follow no longer (${patient}, siaya)` }).waitFor();
    await shot('followed');
    expect(await seriousIn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await shot('narrow');
    await page.getByRole('button', { name: `Follow no longer (${patient}, siaya)` }).click();
    await page.getByText('Nobody is followed.').waitFor();
    expect(complaints).toEqual([]);
  });
});
