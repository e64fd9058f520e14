import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE } from '@sync-hub/openmrs-simulator';
import { aPatient, personAt } from '../end-to-end/people.js';
import { aUuid, type RunningWorld, runningHub } from '../end-to-end/running-hub.js';
import { browserFor, chromiumOfRun, workbenchOfRun } from './browser.js';

jest.setTimeout(180_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const AT = '2026-03-02T08:30:00.000+0000';
const TYPE = { uuid: aUuid(), name: 'Outreach of Kisumu', description: 'In the village' };
const UNSEALED = `select count(*) as count from audit where id > coalesce((select max(last_id) from audit_seal where kind = 'own'), 0)`;
const NUMBER = { uuid: aUuid(), name: 'Register of Kisumu', description: 'Of the clinic', locationBehavior: 'REQUIRED', uniquenessBehavior: null };

inBrowser('what people see to before a running hub', () => {
  const browser = browserFor(found);
  let world: RunningWorld;
  let patients: string[];
  beforeAll(async () => {
    await workbenchOfRun();
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, care: true }, { times: { sealAuditMs: 500 } });
    const ward = world.site('central').clinician.addLocation({ name: 'Ward' });
    await until(
      'the ward is at the clinic',
      () =>
        world
          .site('kisumu')
          .state()
          .locations.some(({ uuid }) => uuid === ward),
      60_000,
    );
    world.site('kisumu').seedMetadata({ patientidentifiertype: [NUMBER] });
    patients = [1, 2, 3].map((number) => {
      const patient = aPatient({ location: ward });
      return world.site('kisumu').clinician.addPatient({
        ...patient,
        identifiers: [...(patient.identifiers ?? []), { identifier: `K-${number}`, identifierType: NUMBER.uuid, location: ward }],
      });
    });
    await world.atRest(60_000);
  }, 180_000);
  afterAll(() => world?.stop());

  it('is what is parked: tried again, all of a cause, after the missing type was added, and arrives', async () => {
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl);
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('link', { name: 'Parked' }).click();
    await page.getByText('3 records: kind of identifier “Register of Kisumu” missing at central').click();
    const ask = page.getByRole('button', { name: 'Will it work now? (the longest held)' });
    await ask.click();
    await page.getByText('No, it will not work now.').waitFor();
    const before = world.site('central').requests.filter(({ method }) => method !== 'GET').length;
    world.site('central').seedMetadata({ patientidentifiertype: [NUMBER] });
    await ask.click();
    await page.getByText('Yes, it will work now.').waitFor();
    expect(world.site('central').requests.filter(({ method, path }) => method !== 'GET' && !path.includes('systemsetting')).length).toBeLessThanOrEqual(before);
    expect(patients.map((uuid) => personAt(world.site('central'), uuid))).toEqual([undefined, undefined, undefined]);
    await page.getByRole('button', { name: 'Try 3 again' }).click();
    await page.getByText('Done: 3 of 3.').waitFor();
    await until('all are at the parent', () => patients.every((uuid) => personAt(world.site('central'), uuid) !== undefined), 60_000);
    await page.getByText('Nothing is held for this any more.').waitFor();
    await world.atRest();
    expect([await world.held(), complaints]).toEqual([[], []]);
    expect(await world.count(`select count(*) as count from audit where type = 'held.acted.v1' and details ->> 'by' = 'Amina'`)).toBe(3);
    expect(world.lines.join('\n')).not.toContain('Register of Kisumu');
    expect(
      world
        .site('kisumu')
        .state()
        .people.filter(({ uuid }) => patients.includes(uuid)).length,
    ).toBe(3);
  });

  it('is one record: found by a patient’s identifier, in three actions from the console’s start: where her encounter is, and for what it waits', async () => {
    const [patient = ''] = patients;
    const clinic = world.site('kisumu');
    clinic.seedMetadata({ encountertype: [TYPE] });
    const encounter = clinic.clinician.care.recordEncounter({ uuid: aUuid(), patient, encounterType: TYPE.uuid, encounterDatetime: AT, obs: [] });
    await world.atRest();
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl);
    await page.goto(world.standalone.consoleUrl);
    await page.getByRole('link', { name: 'one record is followed here' }).click();
    await page.getByLabel('Uuid, identifier or name').fill('k 1');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `Encounter ${encounter}` }).click();
    await page.getByText('Held on its way from kisumu to central: metadata is missing at the site: kind of encounter').waitFor();
    expect(await page.getByRole('link', { name: `Patient ${patient}` }).count()).toBe(1);
    await page.getByRole('link', { name: 'See what helps' }).click();
    await page.getByText('“Outreach of Kisumu” missing at central').waitFor();
    expect(complaints).toEqual([]);
    expect(world.lines.join('\n')).not.toMatch(/K-1|Kemunto/);
  });

  it('is one patient, with all that hangs on her: pulled by hand, and watched until it is done', async () => {
    const [, patient = ''] = patients;
    const ward = world.site('central').clinician.addLocation({ name: 'Ward 2' });
    await until(
      'the ward is at the clinic',
      () =>
        world
          .site('kisumu')
          .state()
          .locations.some(({ uuid }) => uuid === ward),
      60_000,
    );
    const visit = world.site('central').clinician.care.startVisit({ uuid: aUuid(), patient, visitType: CARE.facilityVisit, location: ward, startDatetime: AT });
    await world.atRest();
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl);
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('link', { name: 'By hand' }).click();
    await page.getByLabel('From, to').selectOption({ label: 'central → kisumu' });
    await page.getByLabel('What', { exact: true }).selectOption('patient');
    await page.getByLabel('UUID of the patient').fill(patient);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Done: 2 records looked at, nothing is held.').waitFor({ timeout: 60_000 });
    expect(await page.getByText('1 the same at both ends').count()).toBe(2);
    expect(await world.count(`select count(*) as count from audit where type = 'manual-run.moved.v1' and details ->> 'by' = 'Amina'`)).toBe(1);
    expect([visit.length, complaints]).toEqual([36, []]);
  });

  it('is a feed: read from its start, with nothing written a second time', async () => {
    await world.atRest();
    const writes = () => world.site('central').requests.filter(({ method, path }) => method !== 'GET' && !path.includes('systemsetting')).length;
    const before = writes();
    const read = async () => world.count(`select entries as count from feed_marker where site = 'kisumu' and category = 'patient'`);
    const entries = await read();
    expect(entries).toBeGreaterThan(0);
    const { page, complaints } = await browser.open(world.standalone.workbenchUrl);
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('link', { name: 'By hand' }).click();
    await page.getByRole('button', { name: 'Read from the start (kisumu, patient)' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Read from the start' }).click();
    await page.getByText('The feed patient of kisumu is read from its start.').waitFor();
    await until('all of it was read again', async () => (await read()) >= 2 * entries, 60_000);
    await world.atRest();
    expect([writes(), await world.held().then((held) => held.length), complaints]).toEqual([before, 1, []]);
  });

  it('is a day of the audit: exported, and verified, and the row that somebody altered is named', async () => {
    await world.atRest();
    const [{ day } = { day: '' }] = await world.hub.parts.database.query<{ day: string }>(
      `select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD') as day from audit`,
    );
    const rowsOf = (where: string) =>
      world.count(`select count(*) as count from audit where to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD') = $1 and ${where}`, [day]);
    const rows = () => rowsOf('true');
    // That somebody looked at the page is itself in the audit, a moment later.
    const looked = 'audit.searched.v1';
    const said = () => world.count(`select count(*) as count from audit where type = 'audit.exported.v1' and details ->> 'by' = 'Amina'`);
    const [before, { page, complaints }] = [await rowsOf(`type <> '${looked}'`), await browser.open(world.standalone.workbenchUrl)];
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('Export', { exact: true }).click();
    const exporting = page.getByRole('form', { name: 'Export' });
    await exporting.getByLabel('Day (UTC)').fill(day);
    await exporting.getByLabel('As').selectOption('ndjson');
    const [download] = await Promise.all([page.waitForEvent('download'), exporting.getByRole('button', { name: 'Download' }).click()]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    expect(lines.filter((line) => !line.includes(looked)).length).toBe(before);
    expect(lines.filter((line) => line.includes('held.acted.v1')).length).toBe(3);
    expect(lines.join()).not.toMatch(/K-1|Kemunto|Register of Kisumu/);
    await until('the export is in the audit, begun and ended', async () => (await said()) === 2, 20_000);
    await until('all is sealed', async () => (await world.count(UNSEALED)) === 0, 20_000);
    await page.getByText('Is it as it was written?').click();
    const verifying = page.getByRole('form', { name: 'Is it as it was written?' });
    await verifying.getByLabel('Day (UTC)').fill(day);
    await verifying.getByRole('button', { name: 'Verify the day' }).click();
    await page.getByText(`Verified: 1 day, ${(await rows()).toLocaleString('en')} rows, all as they were sealed.`).waitFor();
    const { id } = JSON.parse(lines.find((line) => line.includes('held.acted.v1')) ?? '{}') as { readonly id: string };
    await world.hub.parts.database.write(`update audit set details = details || '{"by": "somebody else"}' where id = $1`, [id]);
    for (const button of ['Verify the day', 'Verify all days']) {
      await verifying.getByRole('button', { name: button }).click();
      await page.getByText(new RegExp(`^Row ${id} of .* \\(said here\\) was altered\\.$`)).waitFor();
      await page.getByRole('region', { name: 'As the row stands now' }).getByText('somebody else').waitFor();
    }
    expect([await page.getByText('all as they were sealed').count(), complaints]).toEqual([0, []]);
  });
});
