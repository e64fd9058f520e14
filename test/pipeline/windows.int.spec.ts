import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration, LinkConfiguration, SiteConfiguration } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const NOON = '2026-06-10T09:00:00Z';
const NIGHT = '2026-06-10T20:00:00Z';

/** A patient of another district is of no child. Who is no patient goes everywhere. */
const RETIRING = {
  whenPatientLeaves: 'retire',
  catchment: { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] },
} satisfies Partial<LinkConfiguration>;

type Ends = { readonly site?: Partial<SiteConfiguration>; readonly link?: Partial<LinkConfiguration> };

/** Kisumu, whose clocks are three hours ahead of UTC, and its link, with these windows. */
function configurationWith({ site = {}, link = {} }: Ends): Configuration {
  const configuration = twoChildren();
  return {
    ...configuration,
    sites: configuration.sites.map((one) => (one.id === 'kisumu' ? { ...one, timeZone: 'Africa/Nairobi', ...site } : one)),
    links: configuration.links.map((one) => ({ ...one, ...RETIRING, ...(one.id === 'kisumu' ? link : {}) })),
  };
}

describe('windows', () => {
  let pipeline: Pipeline;
  let clock = NOON;
  afterEach(() => pipeline.stop());
  const start = async (ends: Ends): Promise<void> => {
    clock = NOON;
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: configurationWith(ends), runner: { watchSitesMs: 20 }, now: () => new Date(clock) });
  };
  const site = (id: string) => pipeline.sites.site(id);
  const ward = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const isAt = (id: string, { uuid }: RecordRef): boolean => site(id).records.has(`location/${uuid}`);
  const putOff = async (code: string) =>
    pipeline.query<{ seconds: number }>(
      `select round(extract(epoch from not_before - now()))::int as seconds from inbox where code = $1 and settled_at is null`,
      [code],
    );
  /** What waits until a moment that this test will not see. */
  const callBack = (code: string) => pipeline.query(`update inbox set not_before = now() where code = $1 and settled_at is null returning 1`, [code]);

  it('of a site keep everybody from asking it anything; its records wait, and go on by themselves', async () => {
    await start({ site: { windows: [{ from: '20:00', to: '06:00' }] } });
    const [down, up] = [ward(), ward()];
    site('central').edit(down, { name: 'Down' });
    site('kisumu').edit(up, { name: 'Up' });
    await pipeline.look('central', down);
    await pipeline.look('kisumu', up);
    await until('the other child has it', () => isAt('siaya', down));
    await until('its job waits', async () => (await pipeline.open()).some(({ what, state }) => what === 'job kisumu pull' && state === 'ready'));
    expect([site('kisumu').reads, site('kisumu').writes, isAt('central', up)]).toEqual([0, [], false]);
    await expect(pipeline.hub.clients.of('kisumu')).rejects.toMatchObject({ code: 'site-rests', details: { site: 'kisumu' } });
    expect(await pipeline.hub.circuit.confirm('kisumu')).toBe('rests');

    clock = NIGHT;
    await until('both have arrived', () => isAt('kisumu', down) && isAt('central', up));
    await pipeline.atRest();
    expect(await pipeline.open()).toEqual([]);
  });

  it('end what is in hand when they close: what was begun is written, and nothing else is begun', async () => {
    await start({ site: { windows: [{ from: '08:00', to: '18:00' }] } });
    const [first, second] = [ward(), ward()];
    site('central').edit(first, { name: 'First' });
    site('central').edit(second, { name: 'Second' });
    site('kisumu').beforeWrite = async () => {
      clock = NIGHT;
      await until('the window is seen to be closed', async () => (await pipeline.hub.circuit.closed()).has('kisumu'));
    };
    await pipeline.look('central', first);
    await until('what was begun is written', () => isAt('kisumu', first));
    await pipeline.look('central', second);
    await until('the other child has it', () => isAt('siaya', second));
    expect(site('kisumu').writes).toHaveLength(1);
    await until('it is accounted for', async () => (await pipeline.query(`select 1 from intent where settled_at is null`)).length === 0);
  });

  it('let nothing be asked of a source that rests while its target is written to: that job waits too', async () => {
    await start({ site: { windows: [{ from: '08:00', to: '18:00' }] } });
    const place = ward();
    for (const id of ['central', 'kisumu']) site(id).edit(place, { name: 'Ward' });
    await pipeline.look('kisumu', place);
    await pipeline.atRest();
    // A void asks the source whether what it takes with it is deleted there.
    site('central').dependants = async () => ['location/below'];
    site('kisumu').edit(place, {}, 'voided');
    const asked: string[] = [];
    site('kisumu').presenceOf = async ({ uuid }) => {
      asked.push(uuid);
      return 'voided';
    };
    site('central').beforeRead = async () => {
      clock = NIGHT;
    };
    await pipeline.look('kisumu', place);
    await until('it is put off', async () => (await putOff('site-rests')).length === 1);
    expect([asked, site('central').records.get(`location/${place.uuid}`)?.presence]).toEqual([[], 'present']);
    site('central').beforeRead = async () => undefined;
    clock = NOON;
    await callBack('site-rests');
    await until('it is voided', () => site('central').records.get(`location/${place.uuid}`)?.presence === 'voided');
    expect(asked).toEqual(['below']);
  });

  it('of a source keep nobody from saying for what its record waits', async () => {
    await start({ site: { windows: [{ from: '08:00', to: '18:00' }] } });
    const [below, above] = [ward(), ward()];
    site('kisumu').edit(below, { name: 'Ward', parentLocation: above.uuid });
    const reference = { path: 'parentLocation', resource: 'location', uuid: above.uuid, aggregate: 'location' as const };
    site('kisumu').records.set(`location/${below.uuid}`, { ...site('kisumu').records.get(`location/${below.uuid}`)!, references: [reference] });
    site('central').beforeRead = async () => {
      clock = NIGHT;
    };
    await pipeline.look('kisumu', below);
    await until('it waits', async () =>
      (await pipeline.open()).some(({ what, state, reason }) => what === 'job kisumu push' && state === 'waiting' && reason === 'reference'),
    );
    expect(await putOff('site-rests')).toEqual([]);
  });

  it('of a link keep what travels one way from being written, and let it come the other', async () => {
    await start({ link: { schedule: { pull: [{ from: '12:30', to: '13:00' }] } } });
    const [down, up] = [ward(), ward()];
    site('central').edit(down, { name: 'Down' });
    site('kisumu').edit(up, { name: 'Up' });
    await pipeline.look('central', down);
    await pipeline.look('kisumu', up);
    await until('what goes up has arrived', () => isAt('central', up));
    await until('what goes down waits', async () => (await putOff('outside-schedule')).length > 0);
    expect([isAt('kisumu', down), isAt('siaya', down)].filter(Boolean).length).toBeLessThan(2);
    expect((await putOff('outside-schedule')).every(({ seconds }) => seconds > 500 && seconds <= 600)).toBe(true);
    clock = '2026-06-10T09:30:00Z';
    await callBack('outside-schedule');
    await until('it has arrived', () => isAt('kisumu', down));
  });

  it('of a link keep a patient who leaves from being retired, who is retired elsewhere', async () => {
    await start({ link: { schedule: { pull: [{ from: '08:00', to: '18:00' }] } } });
    const [IN, OUT] = ['Kisumu', 'Nakuru'].map((countyDistrict) => JSON.stringify({ countyDistrict })) as [string, string];
    const livesAt = (address: string) => ({ [`addresses[${IN}]`]: undefined, [`addresses[${address}]`]: true, preferredAddress: address });
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    site('central').edit(patient, { isPatient: true, gender: 'F', birthdate: '1990-01-01', ...livesAt(IN) });
    await pipeline.look('central', patient);
    await pipeline.atRest();
    clock = NIGHT;
    site('central').edit(patient, livesAt(OUT));
    await pipeline.look('central', patient);
    const presenceAt = (id: string) => site(id).records.get(`person/${patient.uuid}`)?.presence;
    // Links are gone through in turn, and that of siaya after that of kisumu.
    await until('she is retired elsewhere', () => presenceAt('siaya') === 'voided', 20_000);
    expect(presenceAt('kisumu')).toBe('present');
    clock = NOON;
    await until('she is retired there too', () => presenceAt('kisumu') === 'voided', 20_000);
  });

  it('are told of: what rests, until when, and why', async () => {
    await start({ site: { windows: [{ from: '20:00', to: '06:00' }] }, link: { schedule: { push: [{ from: '22:00', to: '23:00' }] } } });
    const { sites, routes } = await pipeline.hub.repositories.overview.read();
    const at = (moment: string) => ({ until: new Date(moment) });
    expect(sites.map(({ site: id, rests }) => [id, rests])).toEqual([
      ['central', null],
      ['kisumu', at('2026-06-10T17:00:00Z')],
      ['siaya', null],
    ]);
    expect(routes.filter(({ route }) => route.link === 'kisumu').map(({ rests }) => rests)).toEqual([
      { ...at('2026-06-10T17:00:00Z'), why: 'target' },
      { ...at('2026-06-10T19:00:00Z'), why: 'schedule' },
    ]);
  });
});
