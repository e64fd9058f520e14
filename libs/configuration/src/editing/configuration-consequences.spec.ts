import { describe, expect, it } from '@jest/globals';
import { NO_PLUGINS } from '../plugins.js';
import type { Configuration, LinkConfiguration } from '../schema.js';
import { aConfiguration, aLink, aSite } from '../testing/index.js';
import { configurationConsequences } from './configuration-consequences.js';
import { configurationDifferences } from './configuration-differences.js';

const before = aConfiguration();
const after = (changes: Partial<Configuration>): Configuration => ({ ...before, ...changes });
const link = (changes: Partial<LinkConfiguration>): Configuration => after({ links: [aLink('kisumu', changes), aLink('siaya')] });
const follows = (to: Configuration, from = before): string[] => configurationConsequences(from, to, NO_PLUGINS).map(({ code, at }) => `${code} ${at}`);
const changes = (to: Configuration): string[] => configurationDifferences(before, to).map(({ path, before: was, after: is }) => `${path}: ${was} -> ${is}`);

describe('what differs between two configurations', () => {
  it('is told by ids, with what was and what is', () => {
    expect(changes(link({ mode: 'observe', brake: { voidsPerHour: 10, percentOfCategory: 5 } }))).toEqual([
      'links[central-kisumu].mode: "live" -> "observe"',
      'links[central-kisumu].brake.voidsPerHour: 50 -> 10',
    ]);
    expect(changes(after({ policies: { default: 'newest' } }))).toEqual(['policies: null -> {"default":"newest"}']);
    expect(changes(after({ links: [aLink('kisumu')] }))).toEqual(['links[central-siaya]: null -> null']);
  });

  it('is nothing where the same is written otherwise', () => expect(changes(after({ links: [...before.links].reverse() }))).toEqual([]));

  it('tells which secret is referred to, and shows none', () => {
    const login = { username: { env: 'USERNAME' }, password: { file: '/run/new' } };
    expect(changes(after({ sites: [aSite('central', { login }), aSite('kisumu'), aSite('siaya')] }))).toEqual([
      'sites[central].login.password: {"env":"PASSWORD"} -> {"file":"/run/new"}',
    ]);
    const options = { apiKey: 'hunter2' };
    expect(JSON.stringify(configurationDifferences(before, after({ policies: { default: { name: 'mine', options } } })))).not.toContain('hunter2');
  });
});

describe('what follows from another configuration', () => {
  it.each<[string, Configuration, string[]]>([
    ['nothing', before, []],
    ['a link that is only observed', link({ mode: 'observe' }), ['only-observes central-kisumu']],
    ['an instance that writes nothing', after({ instance: { id: 'hub', readOnly: true } }), ['read-only central-kisumu', 'read-only central-siaya']],
    [
      'a link that is gone with its site',
      after({ sites: [aSite('central'), aSite('kisumu')], links: [aLink('kisumu')] }),
      ['link-out central-siaya', 'site-out siaya'],
    ],
    [
      'a link that is new, and live',
      after({ sites: [...before.sites, aSite('nakuru')], links: [...before.links, aLink('nakuru')] }),
      ['link-in central-nakuru', 'goes-live central-nakuru', 'site-in nakuru'],
    ],
    ['another class', link({ classes: { patient: { pull: true, push: false } } }), ['looked-through central-kisumu']],
    [
      'another catchment, out of which who leaves is retired',
      link({ catchment: { rule: 'address', field: 'stateProvince', isOneOf: ['Nyanza'] }, whenPatientLeaves: 'retire' }),
      ['looked-through central-kisumu', 'leavers-retired central-kisumu'],
    ],
    ['another policy', link({ policies: { default: 'newest' } }), ['judged-anew central-kisumu']],
    ['another instance that runs it', link({ runsAt: 'other' }), ['needs-restart links[0].runsAt', 'link-out central-kisumu', 'site-out kisumu']],
    ['another address', after({ sites: [aSite('central', { baseUrl: 'http://new.test/openmrs' }), aSite('kisumu'), aSite('siaya')] }), ['new-login central']],
    ['a brake alone', link({ brake: { voidsPerHour: 10, percentOfCategory: 5 } }), []],
  ])('is told of %s', (_what, to, told) => expect(follows(to)).toEqual(told));

  it('is told of a link that goes live', () => expect(follows(before, link({ mode: 'observe' }))).toEqual(['goes-live central-kisumu']));
});
