import { describe, expect, it } from '@jest/globals';
import { changedPlaces } from './changed-places.js';
import type { Configuration } from './schema.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const before = aConfiguration();
const after = (changes: Partial<Configuration>): Configuration => ({ ...before, ...changes });
const DIGEST = expect.stringMatching(/^sha256 [0-9a-f]{64}$/);
const [kisumu, siaya] = before.links;

describe('the places at which a configuration changed', () => {
  it('are none where the same is written otherwise', () => {
    const { sites, links } = before;
    expect(changedPlaces(before, before)).toEqual([]);
    expect(changedPlaces(before, after({ sites: [...sites].reverse(), links: [...links].reverse() }))).toEqual([]);
  });

  it('are named by ids, each with what it said and what it says', () => {
    const changed = after({
      instance: { ...before.instance, readOnly: true },
      sites: [aSite('central', { maxInFlight: 12, title: 'Ministry' }), aSite('kisumu'), aSite('siaya')],
      links: [{ ...kisumu!, mode: kisumu?.mode === 'live' ? 'observe' : 'live' }, siaya!],
    });
    expect(changedPlaces(before, changed)).toEqual([
      { path: 'instance.readOnly', from: 'false', to: 'true' },
      { path: `links[${kisumu?.id}].mode`, from: kisumu?.mode, to: kisumu?.mode === 'live' ? 'observe' : 'live' },
      { path: 'sites[central].maxInFlight', from: '6', to: '12' },
      { path: 'sites[central].title', from: null, to: 'Ministry' },
    ]);
    expect(changedPlaces(changed, before)).toContainEqual({ path: 'sites[central].title', from: 'Ministry', to: null });
  });

  it('are one for what came or went as a whole', () => {
    const changed = after({ sites: [...before.sites, aSite('nakuru')], links: [kisumu!, aLink('nakuru')] });
    expect(changedPlaces(before, changed)).toEqual([
      { path: 'links[central-nakuru]', from: null, to: DIGEST },
      { path: 'links[central-siaya]', from: DIGEST, to: null },
      { path: 'sites[nakuru]', from: null, to: DIGEST },
    ]);
  });

  it('say of a list without ids all of it, and of what is long its digest', () => {
    const settings = (names: string[]): Configuration => after({ links: [{ ...kisumu!, settings: names }, siaya!] });
    expect(changedPlaces(settings(['b', 'a']), settings(['a', 'b']))).toEqual([]);
    expect(changedPlaces(settings(['a']), settings(['a', 'b']))).toEqual([{ path: `links[${kisumu?.id}].settings`, from: 'a', to: 'a, b' }]);
    expect(changedPlaces(settings(['a']), settings(['x'.repeat(300)]))[0]?.to).toEqual(DIGEST);
  });

  it('say of a secret where it is found, which is all that a configuration has', () => {
    const login = { username: { env: 'USER' }, password: { file: '/run/secrets/new' } };
    const changed = after({ sites: [aSite('central', { login }), aSite('kisumu'), aSite('siaya')] });
    expect(changedPlaces(before, changed)).toContainEqual(expect.objectContaining({ path: 'sites[central].login.password.file', to: '/run/secrets/new' }));
  });

  it('say of what a plug-in is given that it changed, and no more', () => {
    const using = (key: string): Configuration =>
      after({ links: [{ ...kisumu!, filters: { patient: { pull: [], push: [{ name: 'near', options: { key } }] } } } as typeof kisumu & object, siaya!] });
    const said = changedPlaces(using('ZZSECRETZZ'), using('ZZOTHERZZ'));
    const told = '{"name":"near","options":"(not told)"}';
    expect(said).toEqual([{ path: `links[${kisumu?.id}].filters.patient.push`, from: told, to: told }]);
    const catchment = (key: string): Configuration => after({ links: [{ ...kisumu!, catchment: { rule: 'custom', name: 'near', options: { key } } }, siaya!] });
    expect(changedPlaces(catchment('ZZSECRETZZ'), catchment('ZZOTHERZZ'))).toEqual([
      { path: `links[${kisumu?.id}].catchment.options`, from: '(not told)', to: '(not told)' },
    ]);
  });
});
