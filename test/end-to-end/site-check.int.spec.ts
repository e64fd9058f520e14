import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Configuration, parseConfiguration } from '@sync-hub/configuration';
import { SAMPLE, type Simulator, sampleMetadata, startSimulator, type UserSpec } from '@sync-hub/openmrs-simulator';
import { checkSite, type Finding } from '@sync-hub/runtime';

jest.setTimeout(60_000);

const LOGIN = { username: 'admin', password: 'Admin123' };
/** All that a clinic's account needs where patients and locations travel both ways; taken from the check itself, and held against the simulator below. */
const PRIVILEGES = [
  ...['Get Locations', 'Manage Locations', 'Get Location Attribute Types', 'Get People', 'Add People', 'Edit People', 'Delete People', 'Get Concepts'],
  ...['Get Patients', 'Add Patients', 'Edit Patients', 'Delete Patients', 'Add Patient Identifiers', 'Edit Patient Identifiers', 'Delete Patient Identifiers'],
  ...[
    'Get Identifier Types',
    'Get Person Attribute Types',
    'Get Encounters',
    'Get Observations',
    'Get Visits',
    'Get Global Properties',
    'View Administration Functions',
    'Set Audit Data',
    'Get Users',
  ],
];

function configurationOf(baseUrl: string): Configuration {
  const both = { pull: true, push: true };
  const site = (id: string, url: string) => ({
    id,
    baseUrl: url,
    login: { username: { env: 'U' }, password: { env: 'P' } },
    client: 'rest',
    feed: { startAt: 'beginning', categories: ['patient', 'location'] },
  });
  const classes = { location: both, patient: both };
  const link = { id: 'kisumu', parent: 'central', child: 'kisumu', runsAt: 'hub', classes, metadataFromChild: true, catchment: { rule: 'everyone' } };
  return parseConfiguration({ instance: { id: 'hub' }, sites: [site('central', 'http://127.0.0.1:9/openmrs'), site('kisumu', baseUrl)], links: [link] });
}

describe('the check of a site', () => {
  let simulator: Simulator;
  let server: Server | null = null;
  afterEach(async () => {
    await simulator?.stop();
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  const start = async (privileges: UserSpec['privileges'] = PRIVILEGES, profile: '2.8' | '2.1-old' = '2.8'): Promise<void> => {
    simulator = await startSimulator({ id: 'kisumu', profile, users: [{ ...LOGIN, privileges }] });
    simulator.seedMetadata(sampleMetadata());
  };
  const withEntries = (): void => {
    const clinic = simulator.clinician.addLocation({ name: 'Clinic' });
    simulator.clinician.addPatient({
      gender: 'F',
      names: [{ givenName: 'ZZNAMEZZ', familyName: 'Mutua' }],
      identifiers: [{ identifier: 'ZZNUMBERZZ', identifierType: SAMPLE.openmrsId, location: clinic }],
    });
  };
  const check = (login = LOGIN, baseUrl = simulator.baseUrl): Promise<readonly Finding[]> =>
    checkSite(configurationOf(baseUrl), 'kisumu', new Map([['kisumu', login]]));
  const bad = async (...parts: Parameters<typeof check>): Promise<string[]> =>
    (await check(...parts)).filter(({ verdict }) => verdict !== 'ok').map(({ verdict, check: what }) => `${verdict} ${what}`);

  it.each(['2.8', '2.1-old'] as const)(
    'finds one that is ready to be so, writes nothing there, and tells nothing of a record (platform %s)',
    async (profile) => {
      await start(PRIVILEGES, profile);
      withEntries();
      simulator.resetRequests();
      expect(await bad()).toEqual([]);
      expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(JSON.stringify(await check())).not.toMatch(/ZZ/);
      expect(simulator.accounts.find('admin')?.logins).toBe(2);
    },
  );

  it('notices a feed of another flavour than the configuration says', async () => {
    simulator = await startSimulator({ id: 'kisumu', profile: '2.8', flavour: 'bahmni', users: [{ ...LOGIN, privileges: PRIVILEGES }] });
    simulator.seedMetadata(sampleMetadata());
    withEntries();
    expect(await bad()).toEqual(expect.arrayContaining(['problem feed of patient']));
  });

  it('names a feed that never had an entry, and one that may not be read', async () => {
    await start();
    expect(await bad()).toEqual(['warning feed of patient', 'warning feed of location']);
    await simulator.stop();
    await start(PRIVILEGES.filter((one) => one !== 'Get Global Properties'));
    withEntries();
    const found = await bad();
    expect(found).toEqual(expect.arrayContaining(['problem privilege Get Global Properties', 'problem feed of patient', 'warning settings']));
  });

  it.each(['Edit Patients', 'Manage Locations', 'Get Visits'])('names the privilege %s where it is missing', async (privilege) => {
    await start(PRIVILEGES.filter((one) => one !== privilege));
    withEntries();
    expect(await bad()).toEqual([`problem privilege ${privilege}`]);
  });

  it('says that the version is not told where that may not be asked', async () => {
    await start(PRIVILEGES.filter((one) => one !== 'View Administration Functions'));
    withEntries();
    expect(await bad()).toEqual(['warning privilege View Administration Functions', 'warning platform']);
  });

  it('advises against an account that may do everything', async () => {
    await start('all');
    withEntries();
    expect(await bad()).toEqual(['warning privileges']);
  });

  it('says what the server’s settings and its clock mean', async () => {
    await start('all');
    withEntries();
    simulator.seedMetadata({
      systemsetting: [
        { uuid: 's1', property: 'webservices.rest.maxResultsDefault', value: '5' },
        { uuid: 's2', property: 'personAttributeTypes.locked', value: 'true' },
      ],
    });
    simulator.faults.clockSkewMs = 2 * 3_600_000;
    expect(await bad()).toEqual([
      'warning privileges',
      'problem clock',
      'warning setting webservices.rest.maxResultsDefault',
      'warning setting personAttributeTypes.locked',
    ]);
  });

  it('tells a wrong password and a locked account from a wrong address, and tries the login once', async () => {
    await start();
    expect(await bad({ ...LOGIN, password: 'wrong' })).toEqual(['problem login']);
    expect(simulator.accounts.find('admin')?.failures).toBe(1);
    simulator.lockAccount();
    expect(await bad()).toEqual(['problem login']);
    expect(await bad(LOGIN, simulator.baseUrl.replace('/openmrs', '/emr'))).toEqual(['problem address']);
    await simulator.down();
    expect(await bad()).toEqual(['problem address']);
  });

  it('knows a page, a redirect and a server that never answers for what they are', async () => {
    await start();
    simulator.faults.wrongBody(() => true, 'html');
    expect(await bad()).toEqual(['problem address']);
    server = createServer((_, response) => response.writeHead(302, { location: '/login' }).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    expect(await bad(LOGIN, `http://127.0.0.1:${(server.address() as AddressInfo).port}/openmrs`)).toEqual(['problem address']);
  });

  it('tells trouble with encryption from a wrong address', async () => {
    await start();
    expect(await bad(LOGIN, simulator.baseUrl.replace('http:', 'https:'))).toEqual(['problem encryption']);
  });
});
