import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Login } from '@sync-hub/configuration';
import { until } from '@sync-hub/messaging/testing';
import { aPatient, personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';
import { WebhookSender } from './webhook-sender.js';

jest.setTimeout(120_000);

const SECRET = 'what kisumu signs with';
const LOGIN = { username: 'admin', password: 'Admin123' };

describe('a site that tells of its changes by itself', () => {
  let world: RunningWorld;
  let kisumu: WebhookSender;
  let ward = '';
  beforeAll(async () => {
    world = await runningHub(
      {
        instance: { webhooks: { port: 0 } },
        site: (id) => (id === 'kisumu' ? { feed: { handler: 'webhook', startAt: 'now', secret: { env: 'KISUMU_WEBHOOK' } } } : {}),
      },
      {
        logins: new Map<string, Login>([
          ['central', LOGIN],
          ['siaya', LOGIN],
          ['kisumu', { ...LOGIN, webhookSecret: SECRET }],
        ]),
      },
    );
    const [open] = world.log('webhooks-open');
    kisumu = new WebhookSender(world.site('kisumu'), `http://127.0.0.1:${String(open?.['port'])}`, SECRET);
    ward = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Outpatients' });
    await until('its place has come', () => world.site('kisumu').count('location') > 0, 30_000);
    await kisumu.send();
    await atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const patientAt = (number: string): string => world.site('kisumu').clinician.addPatient(aPatient({ location: ward, number }));
  const at = (site: string, uuid: string) => personAt(world.site(site), uuid);
  const birthdates = (uuid: string) => ['central', 'siaya'].map((site) => at(site, uuid)?.values['birthdate']);
  const ended = () => world.count(`select count(*) from change where site = 'kisumu' and state = 'ended'`);
  const open = () => world.count(`select count(*) from change where state = 'open'`);
  const atRest = () =>
    until(
      'nothing moves',
      async () => (await open()) === 0 && (await world.count(`select count(*) from job where state in ('ready', 'looking')`)) === 0,
      40_000,
    );

  it('is not asked for them, and what it tells of travels: a new patient, an edit, a void', async () => {
    const zawadi = patientAt('WEBHOOK-1');
    expect(await kisumu.send()).toBe(202);
    await until('she is everywhere', () => ['central', 'siaya'].every((site) => at(site, zawadi)?.isPatient), 40_000);
    await kisumu.send();
    world.site('kisumu').clinician.edit('person', zawadi, { birthdate: '1981-02-03' });
    expect(await kisumu.send()).toBe(202);
    await until('her birth date is', () => birthdates(zawadi).every((one) => one === '1981-02-03'), 40_000);
    world.site('kisumu').clinician.voidPatient(zawadi);
    expect(await kisumu.send()).toBe(202);
    await until('she is voided everywhere', () => ['central', 'siaya'].every((site) => at(site, zawadi)?.gone), 40_000);
    await atRest();
    expect(await world.held()).toEqual([]);
    expect(world.site('kisumu').requests.filter(({ path }) => path.includes('/ws/atomfeed/'))).toEqual([]);
    const [marker] = await world.query<{ entries: string }>(`select entries from feed_marker where site = 'kisumu' and category = 'patient'`);
    expect(Number(marker?.entries)).toBeGreaterThan(0);
  });

  it('tells of what we wrote there, and of the same twice, and nothing comes of it', async () => {
    const juma = patientAt('WEBHOOK-2');
    const body = JSON.stringify({ events: [{ category: 'patient', uuid: juma }] });
    expect([await kisumu.post(body), await kisumu.post(body)]).toEqual([202, 202]);
    await until('he is everywhere', () => ['central', 'siaya'].every((site) => at(site, juma)?.isPatient), 40_000);
    await kisumu.send();
    await atRest();
    world.site('central').clinician.edit('person', juma, { birthdate: '1975-06-07' });
    await until('the edit has come', () => at('kisumu', juma)?.values['birthdate'] === '1975-06-07', 40_000);
    await atRest();
    const [writes, before] = [world.site('central').writes.length, await ended()];
    await kisumu.send();
    await until('it was looked at', async () => (await ended()) > before, 20_000);
    await atRest();
    expect(world.site('central').writes).toHaveLength(writes);
    expect(at('central', juma)?.values['birthdate']).toBe('1975-06-07');
  });

  it('is believed by its signature alone; what is wrong is named by its place, and opens nothing', async () => {
    await atRest();
    const before = await world.count(`select coalesce(sum(round + look_again), 0) as count from change`);
    const good = JSON.stringify({ events: [{ category: 'patient', uuid: aUuid() }] });
    expect(await kisumu.post(good, { secret: 'a guess' })).toBe(401);
    expect(await kisumu.post(good, { site: 'siaya' })).toBe(401);
    expect(await kisumu.post(good, { site: 'nowhere' })).toBe(401);
    expect(await kisumu.post(good, { ageSeconds: 3600 })).toBe(401);
    const bad = await kisumu.answerTo(JSON.stringify({ events: [{ category: 'patient', uuid: 'Moraa Kemunto' }] }));
    expect(bad).toEqual({ status: 400, text: expect.stringContaining('events.0.uuid') });
    expect(bad.text).not.toContain('Moraa');
    expect(await kisumu.post('x'.repeat(600_000))).toBe(413);
    expect(await world.count(`select coalesce(sum(round + look_again), 0) as count from change`)).toBe(before);
    expect(world.lines.join('\n')).not.toContain('Moraa');
  });

  it('is asked by the audit for what it never told: an edit, and a void', async () => {
    const [edited, voided] = [patientAt('WEBHOOK-3'), patientAt('WEBHOOK-4')];
    await kisumu.send();
    await until('they are everywhere', () => [edited, voided].every((uuid) => ['central', 'siaya'].every((site) => at(site, uuid)?.isPatient)), 40_000);
    await kisumu.send();
    await atRest();
    world.site('kisumu').clinician.edit('person', edited, { birthdate: '1990-09-09' });
    world.site('kisumu').clinician.voidPatient(voided);
    await kisumu.send({ isLost: true });
    await until('the last audit has ended', async () => (await world.count(`select count(*) from uuid_audit where finished_at is not null`)) === 1, 20_000);
    await world.hub.parts.database.write(`update uuid_audit set begun_at = begun_at - interval '25 hours'`);
    await until(
      'both are found',
      () => birthdates(edited).every((one) => one === '1990-09-09') && ['central', 'siaya'].every((site) => at(site, voided)?.gone),
      60_000,
    );
    expect(await world.held()).toEqual([]);
  });
});
