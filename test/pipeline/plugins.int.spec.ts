import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Configuration, Plugins, parseConfiguration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { loadPlugins, pluginsIn } from '@sync-hub/runtime';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { PluginsModule } from '../../docs/examples/plugins/lake-clinics.module.js';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const BOTH = { pull: true, push: true };
const AT_THE_LAKE = JSON.stringify({ country: 'Kenya', cityVillage: 'Dunga' });
const UPLAND = JSON.stringify({ country: 'Kenya', cityVillage: 'Maseno' });

/** What docs/plugins.md names of the example, at kisumu. */
const named = (plugins: Plugins): Configuration => {
  const configuration = twoChildren();
  const ours = {
    catchment: { rule: 'custom', name: 'village-begins-with', options: { letters: 'Du' } },
    filters: { visit: { push: [{ name: 'ended-visits' }] } },
    validators: { patient: { push: [{ name: 'has-birthdate' }] } },
    policies: { fields: { location: { description: { name: 'says-more' } } } },
  };
  const links = configuration.links.map((link) => ({ ...link, classes: { ...link.classes, visit: BOTH }, ...(link.id === 'kisumu' ? ours : {}) }));
  return parseConfiguration({ ...configuration, links }, 'the example', plugins);
};

describe('plug-ins of a deployment', () => {
  let pipeline: Pipeline;
  afterEach(() => pipeline.stop());

  const start = async (plugins: Plugins, configuration = named(plugins)): Promise<void> => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration, plugins });
  };
  const at = (site: string) => pipeline.sites.site(site);
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const aPatient = (site: string, address: string, fields: Record<string, string> = {}): RecordRef => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    at(site).edit(patient, { isPatient: true, gender: 'F', preferredAddress: address, [`addresses[${address}]`]: true, ...fields });
    return patient;
  };
  const isAt = (site: string, record: RecordRef): boolean => at(site).records.has(recordKey(record));

  it('are found among the providers of a module, and decide as the example of the documentation says', async () => {
    await start(await pluginsIn([PluginsModule]));
    const [lake, upland] = [aPatient('central', AT_THE_LAKE), aPatient('central', UPLAND)];
    await look('central', lake, upland);
    expect([isAt('kisumu', lake), isAt('kisumu', upland), isAt('siaya', upland)]).toEqual([true, false, true]);

    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    const ofLake = { path: 'patient', resource: 'patient', uuid: lake.uuid, aggregate: 'person' as const };
    at('kisumu').edit(visit, { patient: lake.uuid, stopDatetime: null }, 'present', [ofLake]);
    await look('kisumu', visit);
    expect(isAt('central', visit)).toBe(false);
    at('kisumu').edit(visit, { stopDatetime: '2024-05-01T10:00:00Z' });
    await look('kisumu', visit);
    expect(isAt('central', visit)).toBe(true);
  });

  it('hold what a validator finds unfit until somebody mends it, by the validator’s name', async () => {
    await start(await pluginsIn([PluginsModule]));
    const patient = aPatient('kisumu', AT_THE_LAKE);
    await look('kisumu', patient);
    const held = await pipeline.query<{ reason: string; code: string; details: object }>(`select reason, code, details from job where state = 'parked'`);
    expect([held, isAt('central', patient)]).toEqual([[{ reason: 'refused', code: 'invalid', details: { validator: 'has-birthdate' } }], false]);
    at('kisumu').edit(patient, { birthdate: '1990-01-01' });
    await look('kisumu', patient);
    expect([await pipeline.open(), isAt('central', patient)]).toEqual([[], true]);
  });

  it('decide whose value stands where both ends have changed a field', async () => {
    await start(await pluginsIn([PluginsModule]));
    const ward: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    at('central').edit(ward, { name: 'Ward', description: null });
    await look('central', ward);
    at('central').edit(ward, { description: 'by the lake' });
    at('kisumu').edit(ward, { description: 'by the lake, behind the old mill' });
    await look('kisumu', ward);
    await look('central', ward);
    expect(['central', 'kisumu'].map((site) => at(site).fieldsOf(ward)['description'])).toEqual(Array(2).fill('by the lake, behind the old mill'));
  });

  it.each<[string, () => unknown]>([
    ['throws', () => JSON.parse('{')],
    ['rejects', async () => JSON.parse('{')],
    ['answers with something else', () => 'true'],
  ])('let no record of nobody through where the strategy %s, and nothing of their history', async (_, has) => {
    const broken = new Plugins([
      { kind: 'strategy', name: 'village-begins-with', version: '1', does: { has: has as () => boolean } },
      { kind: 'filter', name: 'ended-visits', version: '1', does: { lets: () => true } },
      { kind: 'validator', name: 'has-birthdate', version: '1', does: { isValid: () => true } },
      { kind: 'policy', name: 'says-more', version: '1', does: { decide: () => 'ask' } },
    ]);
    await start(broken);
    const patients = [aPatient('central', AT_THE_LAKE), aPatient('central', UPLAND)];
    const visits = patients.map(({ uuid }): RecordRef => {
      const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
      at('central').edit(visit, { patient: uuid }, 'present', [{ path: 'patient', resource: 'patient', uuid, aggregate: 'person' }]);
      return visit;
    });
    await look('central', ...patients);
    await look('central', ...visits);
    expect([at('kisumu').records.size, at('siaya').records.size]).toEqual([0, 4]);
  });

  it('let nothing through where one that the configuration names is gone', async () => {
    const configuration = named(await pluginsIn([PluginsModule]));
    await start(new Plugins(), configuration);
    const patient = aPatient('central', AT_THE_LAKE);
    await look('central', patient);
    expect([isAt('kisumu', patient), isAt('siaya', patient)]).toEqual([false, true]);
  });
});

describe('the files that SYNC_HUB_PLUGINS names', () => {
  afterEach(() => {
    delete process.env['SYNC_HUB_PLUGINS'];
  });

  it('are none where nobody names any, and one that is not there is named', async () => {
    expect((await loadPlugins()).names('strategy')).toEqual([]);
    process.env['SYNC_HUB_PLUGINS'] = '/nowhere/at-all.js';
    await expect(loadPlugins()).rejects.toThrow('the plug-ins in /nowhere/at-all.js cannot be loaded');
  });

  it('bring the plug-ins of their module', async () => {
    process.env['SYNC_HUB_PLUGINS'] = 'docs/examples/plugins/lake-clinics.module.ts';
    expect((await loadPlugins()).names('filter')).toEqual(['ended-visits']);
  });
});
