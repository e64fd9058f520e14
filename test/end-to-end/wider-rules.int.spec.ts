import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aPatient } from './people.js';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
const of = (...districts: string[]) => ({ rule: 'address', field: 'countyDistrict', isOneOf: districts });

describe('rules that admit more than they did', () => {
  let world: World;
  let hub: RunningHub;
  let clinic: string;
  beforeAll(async () => {
    world = await startWorld({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' },
      longestRequestSeconds: 3,
      link: () => ({ classes: { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH }, catchment: of('Kisumu') }),
    });
    await changeLinks((links) => links.filter(({ id }) => id === 'kisumu'));
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    hub = await hubOn(world);
    await hub.atRest();
  }, 180_000);
  afterAll(async () => {
    await hub.stop();
    await hub.database.drop();
    await world.stop();
  });

  type Link = { readonly id: string; readonly [key: string]: unknown };
  const whole = { links: [] as readonly Link[] };
  /** Rewrites the links of the configuration, from the whole of them as the world wrote it. */
  async function changeLinks(change: (links: readonly Link[]) => readonly Link[]): Promise<void> {
    const configuration = JSON.parse(await readFile(world.configurationFile, 'utf8')) as { links: readonly Link[] };
    if (whole.links.length === 0) whole.links = configuration.links;
    await writeFile(world.configurationFile, JSON.stringify({ ...configuration, links: change(whole.links) }));
  }
  /** As an administrator does it: the file is changed, and the hub started anew. */
  async function restartedWith(change: (links: readonly Link[]) => readonly Link[]): Promise<void> {
    await hub.stop();
    await changeLinks(change);
    hub = await hubOn(world, { database: hub.database });
    await hub.atRest();
  }

  const aPatientOf = (countyDistrict: string, location = clinic) => world.site('central').clinician.addPatient(aPatient({ location, countyDistrict }));
  const aVisitOf = (patient: string) =>
    world.site('central').clinician.care.startVisit({
      uuid: aUuid(),
      patient,
      visitType: CARE.facilityVisit,
      location: clinic,
      startDatetime: '2026-03-02T08:30:00.000+0000',
    });
  const has = (site: string, ...uuids: readonly string[]): readonly boolean[] => {
    const { people, visits, locations } = world.site(site).state();
    return uuids.map((uuid) => [...people, ...visits, ...locations].some((row) => row.uuid === uuid));
  };

  it('bring a child that joins what the hub has long known, and what hangs on it, and a wider catchment those that it lets in; nobody else', async () => {
    const [near, far, away] = [aPatientOf('Kisumu'), aPatientOf('Siaya'), aPatientOf('Nakuru')];
    const [nearVisit, farVisit, awayVisit] = [near, far, away].map(aVisitOf) as [string, string, string];
    await hub.atRest();
    expect(has('kisumu', near, nearVisit, far, farVisit, away, awayVisit)).toEqual([true, true, false, false, false, false]);
    expect(has('siaya', clinic, near)).toEqual([false, false]);

    const joined = (links: readonly Link[]) => links.map((link) => (link.id === 'siaya' ? { ...link, catchment: of('Siaya') } : link));
    await restartedWith(joined);
    await until('her history is at the child that joined', () => has('siaya', farVisit)[0] === true, 60_000);
    await hub.atRest();
    expect(has('siaya', clinic, far, farVisit, near, nearVisit, away, awayVisit)).toEqual([true, true, true, false, false, false, false]);

    await restartedWith((links) => joined(links).map((link) => (link.id === 'kisumu' ? { ...link, catchment: of('Kisumu', 'Siaya') } : link)));
    await until('her history is where the catchment is wider', () => has('kisumu', farVisit)[0] === true, 60_000);
    await hub.atRest();
    expect(has('kisumu', near, nearVisit, far, farVisit, away, awayVisit)).toEqual([true, true, true, true, false, false]);
    expect(has('siaya', near, away)).toEqual([false, false]);
    expect(await hub.held()).toEqual([]);

    world.site('central').resetRequests();
    await restartedWith((links) => joined(links).map((link) => (link.id === 'kisumu' ? { ...link, catchment: of('Siaya', 'Kisumu') } : link)));
    const reads = world.site('central').requests.filter(({ method, path }) => method === 'GET' && /\/(patient|person|visit)\/[0-9a-f-]{36}$/.test(path));
    expect(reads).toEqual([]);
  });

  it('go by where places are: who is registered below one, and who comes below it as its places move', async () => {
    const { clinician } = world.site('central');
    const place = (name: string, parentLocation?: string) =>
      clinician.addLocation({ uuid: aUuid(), name, ...(parentLocation === undefined ? {} : { parentLocation }) });
    const [county, town] = [place('Bondo county'), place('Other county')];
    const [ward, elsewhere] = [place('Ward', place('Facility', county)), place('Outpost', town)];
    const [inWard, inOutpost, inTown] = [ward, elsewhere, town].map((location) => aPatientOf('Nakuru', location)) as [string, string, string];
    const visit = aVisitOf(inOutpost);
    await hub.atRest();
    expect(has('siaya', inWard, inOutpost, inTown)).toEqual([false, false, false]);

    const catchment = { rule: 'any', of: [of('Siaya'), { rule: 'identifier-location', isWithin: [county] }] };
    await restartedWith((links) => links.map((link) => (link.id === 'siaya' ? { ...link, catchment } : link)));
    await until('who is registered in the county is there', () => has('siaya', inWard)[0] === true, 60_000);
    await hub.atRest();
    expect(has('siaya', inOutpost, inTown)).toEqual([false, false]);

    clinician.edit('location', elsewhere, { parentLocation: county });
    await until('who is registered where moved into the county is there, with her history', () => has('siaya', visit)[0] === true, 60_000);
    await hub.atRest();
    expect(has('siaya', inWard, inOutpost, inTown)).toEqual([true, true, false]);
    expect(await hub.held()).toEqual([]);
  });
});
