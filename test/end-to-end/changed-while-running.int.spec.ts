import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aPatient } from './people.js';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
const PASSWORD = 'Admin123';
/** Far longer than the tests wait: who logs in again before, does so because of a new password. */
const UNLOCK_SECONDS = 600;
const of = (...districts: string[]) => ({ rule: 'address', field: 'countyDistrict', isOneOf: districts });

interface File {
  readonly instance: Readonly<Record<string, unknown>>;
  readonly sites: readonly { readonly id: string; readonly [key: string]: unknown }[];
  readonly links: readonly { readonly id: string; readonly [key: string]: unknown }[];
}

describe('a configuration that is changed while the hub runs', () => {
  let world: World;
  let hub: RunningHub;
  let whole: File;
  let clinic: string;
  beforeAll(async () => {
    world = await startWorld({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' },
      longestRequestSeconds: 3,
      site: (id) => ({ login: { username: { file: secret('username') }, password: { file: secret(id) } } }),
      link: (child) => ({
        classes: { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH },
        catchment: of(child === 'siaya' ? 'Siaya' : 'Kisumu'),
      }),
    });
    // The folder of a world is known once it is there: what refers to it is filled in now.
    const text = (await readFile(world.configurationFile, 'utf8')).replaceAll('SECRETS', world.folder);
    whole = JSON.parse(text) as File;
    await writeFile(path.join(world.folder, 'username'), 'admin\n');
    for (const id of ['central', 'kisumu', 'siaya']) await writeFile(path.join(world.folder, id), `${PASSWORD}\n`);
    await write(without('siaya'));
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    hub = await hubOn(world, {
      readsSecrets: true,
      times: { keepLinksMs: 300, settleClaimMs: 200, probeUpSeconds: 1, probeDownSeconds: 1, unlockSeconds: UNLOCK_SECONDS, configurationPollMs: 200 },
    });
    await hub.atRest();
  }, 180_000);
  afterAll(async () => {
    await hub.stop();
    await hub.database.drop();
    await world.stop();
  });

  const secret = (name: string): string => `SECRETS/${name}`;
  const without = (...ids: readonly string[]): File => ({
    ...whole,
    sites: whole.sites.filter(({ id }) => !ids.includes(id)),
    links: whole.links.filter(({ id }) => !ids.includes(id)),
  });
  const write = (file: File): Promise<void> => writeFile(world.configurationFile, JSON.stringify(file));
  const taken = () => hub.log('configuration-taken').length;
  const refused = () => hub.log('configuration-refused').length;
  /** As an administrator does it: the file is written, and nothing else. */
  async function goBy(file: File): Promise<readonly string[]> {
    const before = taken();
    await write(file);
    await until('it is taken', () => taken() > before, 20_000);
    return hub.log('configuration-taken').at(-1)?.['names'] as string[];
  }
  /** The sentences on top of the console. */
  const news = async (): Promise<readonly string[]> => {
    const { page } = (await (await fetch(`${hub.standalone.consoleUrl}/api/overview`)).json()) as { page: { news: readonly { text: string }[] } };
    return page.news.map(({ text }) => text);
  };
  const saysTheFileIsNotTaken = async (because = ''): Promise<boolean> =>
    (await news()).some((sentence) => sentence.startsWith('The configuration file is not taken') && sentence.includes(because));

  const aPatientOf = (countyDistrict: string, site = 'central'): string =>
    world.site(site).clinician.addPatient(aPatient({ location: clinic, countyDistrict }));
  const aVisitOf = (patient: string, visitType: string = CARE.facilityVisit): string =>
    world.site('central').clinician.care.startVisit({
      uuid: aUuid(),
      patient,
      visitType,
      location: clinic,
      startDatetime: '2026-03-02T08:30:00.000+0000',
    });
  const has = (site: string, ...uuids: readonly string[]): readonly boolean[] => {
    const { people, visits, locations } = world.site(site).state();
    return uuids.map((uuid) => [...people, ...visits, ...locations].some((row) => row.uuid === uuid));
  };
  const account = (site: string) => world.site(site).accounts.find('admin')!;

  it('brings a wider catchment those that it lets in, with their history', async () => {
    const patient = aPatientOf('Bondo');
    const visit = aVisitOf(patient);
    await hub.atRest();
    expect(has('kisumu', patient, visit)).toEqual([false, false]);
    whole = { ...whole, links: whole.links.map((link) => (link.id === 'kisumu' ? { ...link, catchment: of('Kisumu', 'Bondo') } : link)) };
    expect(await goBy(without('siaya'))).toEqual(['link-changed/kisumu']);
    await until('her history is there', () => has('kisumu', visit)[0] === true, 60_000);
    await hub.atRest();
    expect(await hub.held()).toEqual([]);
  });

  it('is in the audit: which place of it says what now, and what it said; and the start of the hub, with its version', async () => {
    const said = async () => {
      const rows = await hub.query<{ outcome: string; details: Readonly<Record<string, unknown>> }>(
        `select outcome, details from audit where type = 'configuration.taken.v1' order by id`,
      );
      return rows.map(({ outcome, details }) => ({ outcome, ...details }));
    };
    const brake = { voidsPerHour: 60, percentOfCategory: 100 };
    await until('the start is in the audit', async () => (await said()).length > 0, 20_000);
    const before = await said();
    whole = { ...whole, links: whole.links.map((link) => (link.id === 'kisumu' ? { ...link, brake } : link)) };
    await goBy(without('siaya'));
    await until('so is what was taken', async () => (await said()).length > before.length, 20_000);
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    const services = ['feed-watcher', 'fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service'];
    const version = expect.stringMatching(/^\d+\.\d+\.\d+/);
    expect(before[0]).toMatchObject({ outcome: 'hub-started', services, version, digest, before: null, places: [], newLogins: [] });
    expect((await said()).slice(before.length)).toEqual([
      expect.objectContaining({
        ...{ outcome: 'configuration-taken', services, version, digest, before: (before.at(-1) as { readonly digest?: string }).digest },
        ...{ places: [{ path: 'links[kisumu].brake.voidsPerHour', from: '1000000', to: '60' }], leftOut: 0, newLogins: [] },
      }),
    ]);
    expect(JSON.stringify(await said())).not.toContain(PASSWORD);
  });

  it('lets go on what waited for a mapping, under the uuid that it names', async () => {
    const [theirs, ours] = [aUuid(), aUuid()];
    for (const [site, uuid] of Object.entries({ central: theirs, kisumu: ours }))
      world.site(site).seedMetadata({ visittype: [{ uuid, name: `Outreach at ${site}`, description: 'In the village' }] });
    const visit = aVisitOf(aPatientOf('Kisumu'), theirs);
    await hub.atRest();
    expect(await hub.held()).toHaveLength(1);
    whole = { ...whole, links: whole.links.map((link) => (link.id === 'kisumu' ? { ...link, mappings: { visittype: { [theirs]: ours } } } : link)) };
    await goBy(without('siaya'));
    // The minute has passed after which the clinic is asked again.
    await hub.hub.parts.database.query(`update job set held_at = now() - interval '2 minutes', woken_at = null where state = 'parked'`);
    await until('the visit is there', () => has('kisumu', visit)[0] === true, 60_000);
    const there = world
      .site('kisumu')
      .state()
      .visits.find(({ uuid }) => uuid === visit);
    expect(there?.values['visitType']).toBe(ours);
    await hub.atRest();
    expect(await hub.held()).toEqual([]);
  });

  it('changes nothing where it is not valid, and says on the console what is wrong with it; and that no more once it is mended', async () => {
    const before = [taken(), refused()];
    await write({ ...without('siaya'), links: whole.links });
    await until('it is refused', () => refused() > before[1]!, 20_000);
    expect(hub.log('configuration-refused').at(-1)).toMatchObject({ level: 'error', code: 'configuration' });
    expect(hub.log('configuration-refused').at(-1)?.error?.message).toContain('links[1].child: found "siaya", which is no site');
    await until('the console says so', () => saysTheFileIsNotTaken('links[1].child: found "siaya", which is no site'), 10_000);
    expect(taken()).toBe(before[0]);
    const patient = aPatientOf('Bondo');
    await until('what flowed flows on', () => has('kisumu', patient)[0] === true, 30_000);
    await write(without('siaya'));
    await until('the console says it no more', async () => !(await saysTheFileIsNotTaken()), 10_000);
  });

  it('needs a restart for another name of the instance: it says so, and goes on', async () => {
    const before = [taken(), refused()];
    await write({
      ...without('siaya'),
      instance: { ...whole.instance, id: 'other' },
      links: without('siaya').links.map((link) => ({ ...link, runsAt: 'other' })),
    });
    await until('it is refused', () => refused() > before[1]!, 20_000);
    expect(hub.log('configuration-refused').at(-1)).toMatchObject({
      code: 'needs-restart',
      error: { details: { places: ['instance.id', 'links[0].runsAt'] } },
    });
    expect(taken()).toBe(before[0]);
    await write(without('siaya'));
    await until('nothing is refused any more', async () => !(await saysTheFileIsNotTaken()), 10_000);
  });

  it('lets us in again with a new password, by one login', async () => {
    const kisumu = world.site('kisumu');
    account('kisumu').password = 'Changed456';
    kisumu.expireSessions();
    const patient = aPatientOf('Kisumu');
    await until('kisumu refuses our login', async () => (await hub.siteState('kisumu')) === 'locked-out', 30_000);
    kisumu.resetRequests();
    await writeFile(path.join(world.folder, 'kisumu'), 'Changed456\n');
    await until('it lets us in', async () => (await hub.siteState('kisumu')) === 'up', 30_000);
    expect(kisumu.requests.filter(({ status }) => status === 401)).toEqual([]);
    await until('what waited is there', () => has('kisumu', patient)[0] === true, 30_000);
    expect(hub.log('configuration-taken').at(-1)?.['names']).toEqual(['login-changed/kisumu']);
    expect(hub.lines.join('')).not.toContain('Changed456');
    expect(await hub.held()).toEqual([]);
  });

  it('brings a child that is added its patients with their history, and takes what it has', async () => {
    const [known, other] = [aPatientOf('Siaya'), aPatientOf('Nakuru')];
    const visit = aVisitOf(known);
    const ward = world.site('siaya').clinician.addLocation({ uuid: aUuid(), name: 'Ward at siaya' });
    await hub.atRest();
    expect(await goBy(whole)).toEqual(['site-added/siaya', 'link-added/siaya']);
    await until('her history is there', () => has('siaya', visit)[0] === true, 60_000);
    await until('what it has is at the parent', () => has('central', ward)[0] === true, 60_000);
    await hub.atRest();
    expect(has('siaya', clinic, known, other)).toEqual([true, true, false]);
    const later = aPatientOf('Siaya');
    await until('what comes later does too', () => has('siaya', later)[0] === true, 30_000);
    expect(await hub.held()).toEqual([]);
  });

  it('lets nothing flow on a link that is taken out, says what ended with it, and brings all of it once the link is back', async () => {
    const [held, member] = [aPatientOf('Siaya'), aPatientOf('Siaya')];
    await until('both are there', () => has('siaya', held, member).every(Boolean), 30_000);
    await hub.atRest();
    await world.site('siaya').down();
    await until('siaya is down', async () => (await hub.siteState('siaya')) === 'down', 20_000);
    const onItsWay = aPatientOf('Siaya');
    await until('it is on its way', async () => (await hub.count(`select count(*) from job where target = 'siaya' and state <> 'ended'`)) > 0, 20_000);

    expect(await goBy(without('siaya'))).toEqual(['site-removed/siaya', 'link-removed/siaya']);
    await until('what was open has ended', async () => (await hub.count(`select count(*) from job where link = 'siaya' and state <> 'ended'`)) === 0, 20_000);
    await world.site('siaya').up();
    world.site('siaya').resetRequests();
    const [meanwhile, atChild] = [aPatientOf('Siaya'), aPatientOf('Siaya', 'siaya')];
    const visit = aVisitOf(member);
    world.site('central').clinician.edit('person', held, { gender: 'M' });
    const elsewhere = aPatientOf('Kisumu');
    await until('the other child goes on', () => has('kisumu', elsewhere)[0] === true, 30_000);
    await hub.atRest();
    expect([has('siaya', onItsWay, meanwhile, visit), has('central', atChild), world.site('siaya').requests]).toEqual([[false, false, false], [false], []]);
    expect(await hub.held()).toEqual([]);
    expect(await news()).toContainEqual(
      expect.stringMatching(
        /^Link siaya is out of the configuration since [0-9:]+ \([0-9]+\s(?:s|min)\): nothing flows on it, and [1-9][0-9]*\srecords? on the way ended as filtered$/,
      ),
    );
    expect((await hub.hub.repositories.overview.read()).sites.map(({ site }) => site)).toEqual(['central', 'kisumu']);
    expect(await hub.count(`select count(*) from audit where type = 'job.ended.v1' and link = 'siaya' and outcome = 'filtered'`)).toBeGreaterThan(0);

    expect(await goBy(whole)).toEqual(['site-added/siaya', 'link-added/siaya']);
    await until('all of it is there', () => has('siaya', onItsWay, meanwhile, visit).every(Boolean), 60_000);
    await until('what the child has is too', () => has('central', atChild)[0] === true, 60_000);
    await hub.atRest();
    const genders = ['central', 'siaya'].map(
      (site) =>
        world
          .site(site)
          .state()
          .people.find(({ uuid }) => uuid === held)?.values['gender'],
    );
    expect(genders).toEqual(['M', 'M']);
    expect(await hub.held()).toEqual([]);
    expect((await news()).filter((sentence) => sentence.startsWith('Link siaya is out'))).toEqual([]);
  });
});
