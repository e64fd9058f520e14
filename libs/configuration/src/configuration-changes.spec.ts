import { describe, expect, it } from '@jest/globals';
import { configurationChanges } from './configuration-changes.js';
import type { Configuration } from './schema.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const RECEIVES = { host: '127.0.0.1', port: 4200, from: [{ id: 'kisumu-box', secret: { env: 'KISUMU_BOX' } }] };
const before = aConfiguration({ instance: { id: 'hub', readOnly: false, webhooks: { host: '127.0.0.1', port: 4100 }, receives: RECEIVES } });
const after = (changes: Partial<Configuration>): Configuration => ({ ...before, ...changes });
const NOTHING = { added: [], removed: [], changed: [] };

describe('what changes from one configuration to the next', () => {
  it('is nothing where the same is written otherwise', () => {
    const { sites, links } = before;
    const changes = configurationChanges(before, after({ sites: [...sites].reverse(), links: [...links].reverse() }));
    expect(changes).toEqual({ needsRestart: [], sites: NOTHING, links: NOTHING, isAny: false });
  });

  it('is a child that came with its link, one that went with its, and one that is spoken to otherwise', () => {
    const changes = configurationChanges(
      before,
      after({
        sites: [aSite('central'), aSite('kisumu', { baseUrl: 'http://elsewhere.test/openmrs' }), aSite('nakuru')],
        links: [aLink('kisumu', { mode: 'observe' }), aLink('nakuru')],
      }),
    );
    expect(changes).toEqual({
      needsRestart: [],
      sites: { added: ['nakuru'], removed: ['siaya'], changed: ['kisumu'] },
      links: { added: ['central-nakuru'], removed: ['central-siaya'], changed: ['central-kisumu'] },
      isAny: true,
    });
  });

  it('is no site of ours where the instance runs no link of it', () => {
    const elsewhere = aLink('nakuru', { runsAt: 'nakuru-box' });
    const { sites, links, isAny } = configurationChanges(before, after({ sites: [...before.sites, aSite('nakuru')], links: [...before.links, elsewhere] }));
    expect({ sites, links, isAny }).toEqual({ sites: NOTHING, links: NOTHING, isAny: true });
  });

  it.each<[string, Partial<Configuration>, string[]]>([
    ['another name of the instance', { instance: { ...before.instance, id: 'other' } }, ['instance.id']],
    ['another port', { instance: { ...before.instance, webhooks: { host: '127.0.0.1', port: 4101 } } }, ['instance.webhooks']],
    ['no port any more', { instance: { id: 'hub', readOnly: false } }, ['instance.webhooks', 'instance.receives']],
    ['another port to receive at', { instance: { ...before.instance, receives: { ...RECEIVES, port: 4201 } } }, ['instance.receives']],
    [
      'another place where the console listens',
      { instance: { ...before.instance, console: { url: 'https://sync.test', host: '0.0.0.0' } } },
      ['instance.console'],
    ],
    ['another parent', { links: [aLink('kisumu', { parent: 'siaya' }), aLink('siaya')] }, ['links[0].parent']],
    ['another child', { links: [aLink('siaya', { id: 'central-kisumu' })] }, ['links[0].child']],
    ['a link handed to another instance', { links: [aLink('kisumu'), aLink('siaya', { runsAt: 'siaya-box' })] }, ['links[1].runsAt']],
  ])('needs a restart for %s', (_what, changes, places) => {
    expect(configurationChanges(before, after(changes)).needsRestart).toEqual(places);
  });

  it('needs none for whose audit is received, nor for where the own is shipped to', () => {
    const receives = { ...RECEIVES, from: [{ id: 'siaya-box', secret: { env: 'SIAYA_BOX' } }] };
    const reportsTo = { url: 'https://top.test', secret: { env: 'TOP' }, conflicts: false };
    const changes = configurationChanges(before, after({ instance: { ...before.instance, receives, reportsTo } }));
    expect([changes.needsRestart, changes.isAny]).toEqual([[], true]);
  });

  it('needs none for a port where there was none before, nor for whether anything is written', () => {
    const plain = aConfiguration();
    expect(configurationChanges(plain, { ...plain, instance: before.instance }).needsRestart).toEqual([]);
    expect(configurationChanges(plain, { ...plain, instance: { id: 'hub', readOnly: true } }).needsRestart).toEqual([]);
    const reached = { url: 'https://sync.test', host: '127.0.0.1' };
    expect(configurationChanges(plain, { ...plain, instance: { ...plain.instance, console: reached } }).needsRestart).toEqual([]);
  });
});
