import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { commandLine } from './command-line.js';
import { aPatient, personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const NUMBER = { uuid: aUuid(), name: 'Register of Kisumu', description: 'Of the clinic', locationBehavior: 'REQUIRED', uniquenessBehavior: null };

describe('what is parked, at the command line', () => {
  let world: RunningWorld;
  let patient: string;
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' } });
    const ward = world.site('kisumu').clinician.addLocation({ name: 'Ward' });
    world.site('kisumu').seedMetadata({ patientidentifiertype: [NUMBER] });
    const told = aPatient({ location: ward });
    const identifiers = [...(told.identifiers ?? []), { identifier: 'K-1', identifierType: NUMBER.uuid, location: ward }];
    patient = world.site('kisumu').clinician.addPatient({ ...told, identifiers });
    await world.atRest(60_000);
  }, 120_000);
  afterAll(() => world.stop());

  it('is asked why by logging in at both ends, found by its identifier, and goes on once the type was added', async () => {
    const keys = await world.keys();
    const run = commandLine({ ...world.world.env, SYNC_HUB_CONFIG: world.world.configurationFile, DATABASE_URL: world.database.url, SYNC_HUB_KEYS: keys });
    const [held] = await world.query<{ id: string }>(`select id from job where state = 'parked'`);
    const id = held?.id ?? '';
    expect((await run('parked', 'list')).said).toContain('patientidentifiertype/');
    expect(await run('parked', 'why', id)).toMatchObject({ code: 1, said: expect.stringContaining('It will not work now.') });
    expect((await run('record', 'show', 'k 1')).said).toContain(`parked show ${id}`);
    world.site('central').seedMetadata({ patientidentifiertype: [NUMBER] });
    expect(await run('parked', 'why', id)).toMatchObject({ code: 0, said: expect.stringContaining('It will work now.') });
    expect(personAt(world.site('central'), patient)).toBeUndefined();
    expect((await run('parked', 'redrive', '--why', 'unmapped')).said).toContain('redriven: 1 of 1');
    await until('the patient is at the parent', () => personAt(world.site('central'), patient) !== undefined, 60_000);
  });
});
