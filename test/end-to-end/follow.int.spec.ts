import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { commandLine } from './command-line.js';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };

describe('a patient who is followed', () => {
  let world: RunningWorld;
  let clinic: string;
  let keys: string;
  beforeAll(async () => {
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' },
      link: (child) => ({
        classes: { location: BOTH, patient: BOTH, visit: BOTH },
        whenPatientLeaves: child === 'siaya' ? 'retire' : 'keep',
        catchment: { rule: 'address', field: 'countyDistrict', isOneOf: [child] },
      }),
    });
    keys = await world.keys();
    clinic = at('central').addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 180_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const isLive = (site: string, kind: 'people' | 'visits', uuid: string): boolean | null => {
    const found = world
      .site(site)
      .state()
      [kind].find((one) => one.uuid === uuid);
    return found === undefined ? null : !found.gone;
  };
  const told = (...args: string[]) =>
    commandLine({ SYNC_HUB_CONFIG: world.world.configurationFile, DATABASE_URL: world.database.url, SYNC_HUB_KEYS: keys })(...args);
  const linkTo = (child: string): string => world.hub.rules.current.links.find((link) => link.child === child)!.id;
  const aPatientElsewhere = () => {
    const patient = at('central').addPatient(aPatient({ location: clinic, countyDistrict: 'Nakuru' }));
    const times = { startDatetime: '2026-03-02T08:30:00.000+0000', stopDatetime: '2026-03-02T09:30:00.000+0000' };
    return { patient, visit: at('central').care.startVisit({ uuid: aUuid(), patient, visitType: CARE.facilityVisit, location: clinic, ...times }) };
  };
  const timeIsOver = (patient: string) => world.query(`update followed set until = now() where patient = $1`, [patient]);

  it('goes to the child with her history, and leaves as the link says when her time is over: retired, or kept as she was', async () => {
    const hers = aPatientElsewhere();
    await world.atRest();
    expect([isLive('siaya', 'people', hers.patient), isLive('kisumu', 'people', hers.patient)]).toEqual([null, null]);
    for (const child of ['siaya', 'kisumu']) {
      expect(await told('patient', 'follow', linkTo(child), hers.patient, '--for', '30d')).toMatchObject({ code: 0 });
      await until('her history is there', () => isLive(child, 'visits', hers.visit) === true, 60_000);
    }
    await world.atRest();
    expect([isLive('siaya', 'people', hers.patient), isLive('kisumu', 'people', hers.patient)]).toEqual([true, true]);

    await timeIsOver(hers.patient);
    await until('she has left', () => isLive('siaya', 'people', hers.patient) === false, 60_000);
    await world.atRest();
    at('central').edit('person', hers.patient, { birthdate: '1990-01-02' });
    await world.atRest();
    expect(['siaya', 'kisumu', 'central'].map((site) => [isLive(site, 'people', hers.patient), isLive(site, 'visits', hers.visit)])).toEqual([
      [false, false],
      [true, true],
      [true, true],
    ]);
    const birthdate = (site: string) =>
      world
        .site(site)
        .state()
        .people.find(({ uuid }) => uuid === hers.patient)?.values['birthdate'];
    expect(birthdate('kisumu')).not.toEqual(birthdate('central'));
    const said = await world.query<{ what: string }>(`select details ->> 'what' as what from audit where type = 'follow.changed.v1' order by id`);
    expect(said.map(({ what }) => what).sort()).toEqual(['expired', 'expired', 'followed', 'followed']);
    expect(await world.held()).toEqual([]);
  });

  it('is let go by name, and comes back when she is followed again', async () => {
    const hers = aPatientElsewhere();
    await world.atRest();
    const [, link] = [await told('patient', 'follow', linkTo('siaya'), hers.patient, '--for', '12h'), linkTo('siaya')];
    await until('her history is there', () => isLive('siaya', 'visits', hers.visit) === true, 60_000);
    expect(await told('patient', 'unfollow', link, hers.patient)).toMatchObject({ code: 0 });
    await until('she has left', () => isLive('siaya', 'visits', hers.visit) === false, 60_000);
    await world.atRest();
    expect([isLive('central', 'visits', hers.visit), (await told('patient', 'unfollow', link, hers.patient)).code]).toEqual([true, 1]);
    expect((await told('status')).said).toContain(`Leaving ${link}:`);
    await told('patient', 'follow', link, hers.patient, '--for', '12h');
    await until('she is back', () => isLive('siaya', 'visits', hers.visit) === true, 60_000);
    await world.atRest();
    expect(isLive('central', 'visits', hers.visit)).toBe(true);
  });

  it.each<[string, string[], string]>([
    ['a link that is not there', ['follow', 'nowhere', aUuid(), '--for', '30d'], 'there is no link nowhere'],
    ['no uuid', ['follow', 'central-siaya', 'J. Smith', '--for', '30d'], 'which patient?'],
    ['no time', ['follow', 'central-siaya', aUuid()], 'for how long?'],
  ])('is not where the command names %s', async (_, args, says) => {
    const named = args.map((arg) => (arg === 'central-siaya' ? linkTo('siaya') : arg));
    const { code, said } = await told('patient', ...named);
    expect([code, said.includes(says)]).toEqual([1, true]);
  });
});
