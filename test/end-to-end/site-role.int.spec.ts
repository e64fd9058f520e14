import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { commandLine } from './command-line.js';
import { aPatient } from './people.js';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(240_000);

const BOTH = { pull: true, push: true };

describe('an account with exactly the role that is printed for it', () => {
  let world: World;
  let running: RunningHub | null = null;
  afterEach(async () => {
    await running?.stop();
    await running?.database.drop();
    running = null;
    await world.stop();
  });

  const cli = (...args: string[]) => commandLine({ ...world.env, SYNC_HUB_CONFIG: world.configurationFile })(...args);
  const start = async (profile: '2.8' | '1.9', more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const classes = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, ...more };
    world = await startWorld({ sites: { central: '2.8', kisumu: profile }, longestRequestSeconds: 3, link: () => ({ classes }) });
  };
  /** As the database of the server would have it: what stands in the list of the SQL, but what the left-out comments name. */
  const inSql = (sql: string): readonly string[] => [...sql.matchAll(/^ {2}'([^']+)'[, ] -- /gm)].map(([, name]) => name ?? '');
  const giveRole = async (site: string): Promise<string> => {
    const { code, said } = await cli('site', 'role', site);
    expect(code).toBe(0);
    world.site(site).accounts.limit('admin', inSql(said));
    return said;
  };
  const problemsAt = async (site: string): Promise<readonly string[]> =>
    (await cli('site', 'check', site)).said.split('\n').filter((line) => line.startsWith('PROBLEM'));

  it.each(['2.8', '1.9'] as const)('passes the check of a site of %s, and does all that is switched on there', async (profile) => {
    await start(
      profile,
      profile === '2.8' ? { relationship: BOTH, order: BOTH, condition: BOTH, visittype: { pull: true }, encountertype: { pull: true } } : {},
    );
    const sql = await giveRole('kisumu');
    await giveRole('central');
    expect(sql).toContain(profile === '1.9' ? `'View Patients'` : `'Get Patients'`);
    expect([await problemsAt('kisumu'), await problemsAt('central')]).toEqual([[], []]);

    running = await hubOn(world);
    const { clinician } = world.site('central');
    const clinic = clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    // An older server has made the place under a uuid of its own.
    const clinicAt = (site: string): string =>
      world
        .site(site)
        .state()
        .locations.find(({ values }) => values['name'] === 'Clinic')?.uuid ?? clinic;
    const patientAt = (site: string, number: string): string => world.site(site).clinician.addPatient(aPatient({ location: clinicAt(site), number }));
    await running.atRest(60_000);
    const care = (site: string, patient: string) =>
      world.site(site).clinician.care.recordEncounter({
        uuid: aUuid(),
        patient,
        encounterType: CARE.vitals,
        encounterDatetime: '2026-03-01T08:30:00.000+0000',
        location: clinicAt(site),
        obs: [{ uuid: aUuid(), concept: CARE.weight, value: 61 }],
      });
    const [down, up] = [patientAt('central', 'ROLE-1'), patientAt('kisumu', 'ROLE-2')];
    care('central', down);
    care('kisumu', up);
    await running.atRest(60_000);
    world.site('kisumu').clinician.edit('person', down, { gender: 'O' });
    clinician.edit('person', up, { gender: 'O' });
    const gone = patientAt('central', 'ROLE-3');
    await running.atRest(60_000);
    clinician.voidPatient(gone);
    await running.atRest(60_000);
    expect(await running.held()).toEqual([]);
    const people = (site: string) =>
      world
        .site(site)
        .state()
        .people.filter(({ uuid, isPatient }) => isPatient && uuid !== gone)
        .map(({ uuid, values }) => `${uuid} ${String(values['gender'])}`)
        .sort();
    expect(people('kisumu')).toEqual([`${down} O`, `${up} O`].sort());
    expect(people('central')).toEqual(people('kisumu'));
    for (const site of ['central', 'kisumu']) {
      expect(world.site(site).state().encounters).toHaveLength(2);
      expect(
        world
          .site(site)
          .state()
          .people.find(({ uuid }) => uuid === gone)?.gone,
      ).toBe(true);
    }
  });

  it('is named by a version that is said, where nobody is let in yet; what a platform lacks is left out, with the reason', async () => {
    await start('2.8', { condition: BOTH, programattributetype: { pull: true } });
    world.site('kisumu').accounts.lock('admin');
    expect(await cli('site', 'role', 'kisumu')).toMatchObject({ code: 1, said: expect.stringContaining('--platform 2.8.0') });
    const old = (await cli('site', 'role', 'kisumu', '--platform', '1.12.1')).said;
    expect(old).toContain('-- Left out: Edit Conditions (a later platform asks for it)');
    const csv = (await cli('site', 'role', 'kisumu', '--platform', '2.8.0', '--rest', '3.4.0', '--initializer')).said.split('\n');
    expect(csv[0]).toBe('Uuid,Role name,Description,Inherited roles,Privileges,_order:1000,_left out');
    expect(csv[1]).toMatch(
      /^[0-9a-f-]{36},Application: Sync Hub,"What Sync Hub needs here, and no more",,Add Encounters; .*; Set Audit Data; View Administration Functions,,"?Get Patient Program/,
    );
    expect(csv).toHaveLength(2);
    for (const wrong of [[], ['kisumu', '--platform', 'new'], ['kisumu', 'central'], ['kisumu', '--what']])
      expect(await cli('site', 'role', ...wrong)).toMatchObject({ code: 1, said: expect.stringContaining('site role SITE') });
    expect(await cli('site', 'role', 'nowhere')).toMatchObject({ code: 1, said: expect.stringContaining('there is no site nowhere') });
  });
});
