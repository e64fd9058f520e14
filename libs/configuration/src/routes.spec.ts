import { describe, expect, it } from '@jest/globals';
import { auditEveryHoursOf, categoriesOn, feedCategoriesOf, linkOf, linksRunAt, routesFrom, routesOf, routesRunHere, siteOf, sitesRunHere } from './routes.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const tree = aConfiguration({
  sites: [aSite('central'), aSite('kisumu'), aSite('siaya'), aSite('busia')],
  links: [aLink('kisumu'), aLink('siaya', { id: 'kisumu-siaya', parent: 'kisumu' }), aLink('busia', { runsAt: 'busia-hub' })],
});

describe('the routes of a configuration', () => {
  it('shows a middle site as the child of one link and the parent of another', () => {
    expect(routesOf(tree, 'kisumu').map(({ link, side, other, outward, inward }) => [link.id, side, other, outward, inward])).toEqual([
      ['central-kisumu', 'child', 'central', 'push', 'pull'],
      ['kisumu-siaya', 'parent', 'siaya', 'pull', 'push'],
    ]);
  });

  it('names source and target of the routes that leave a site', () => {
    expect(routesFrom(tree, 'kisumu')).toEqual([
      { link: 'central-kisumu', direction: 'push', source: 'kisumu', target: 'central' },
      { link: 'kisumu-siaya', direction: 'pull', source: 'kisumu', target: 'siaya' },
    ]);
  });

  it('leaves out links that another instance runs', () => {
    expect(linksRunAt(tree).map(({ id }) => id)).toEqual(['central-kisumu', 'kisumu-siaya']);
    expect(linksRunAt(tree, 'busia-hub').map(({ id }) => id)).toEqual(['central-busia']);
    expect(routesFrom(tree, 'busia')).toEqual([]);
    expect(routesFrom(tree, 'central').map(({ target }) => target)).toEqual(['kisumu']);
    expect(sitesRunHere(tree).map(({ id }) => id)).toEqual(['central', 'kisumu', 'siaya']);
    expect(routesRunHere(tree).map(({ source, target }) => `${source} to ${target}`)).toEqual([
      'central to kisumu',
      'kisumu to central',
      'kisumu to siaya',
      'siaya to kisumu',
    ]);
  });

  it('finds a site and a link by id, and no link that is gone', () => {
    expect(siteOf(tree, 'siaya').baseUrl).toBe('http://siaya.test/openmrs');
    expect(() => siteOf(tree, 'nowhere')).toThrow('not in the configuration');
    expect(linkOf(tree, 'kisumu-siaya')?.child).toBe('siaya');
    expect(linkOf(tree, 'gone')).toBeNull();
  });

  it('reads the feeds of every class that travels, in either direction', () => {
    const patientsUp = aConfiguration({ links: [aLink('kisumu', { classes: { patient: { pull: false, push: true } } })] });
    const person = ['person', 'person_name', 'person_address', 'person_attribute'];
    expect(feedCategoriesOf(patientsUp, 'kisumu')).toEqual([...person, 'patient', 'patient_identifier']);
    expect(feedCategoriesOf(patientsUp, 'central')).toEqual([...person, 'patient', 'patient_identifier']);
    expect(feedCategoriesOf(patientsUp, 'siaya')).toEqual([]);
    expect(categoriesOn(aLink('x', { classes: { location: { pull: false, push: false }, person: { pull: true, push: false } } }))).toEqual(['person']);
  });

  it('reads the feed of each kind of metadata that travels, at both ends', () => {
    const down = aConfiguration({
      links: [aLink('kisumu', { classes: { visittype: { pull: true, push: false }, locationtag: { pull: false, push: false } } })],
    });
    expect([feedCategoriesOf(down, 'central'), feedCategoriesOf(down, 'kisumu')]).toEqual([['visittype'], ['visittype']]);
  });

  it('reads only the feeds that a site names, where it names some', () => {
    const named = aConfiguration({
      sites: [
        aSite('central'),
        aSite('siaya'),
        aSite('kisumu', { feed: { handler: 'atomfeed', startAt: 'now', pollSeconds: 1, flavour: 'generic', categories: ['patient'] } }),
      ],
    });
    expect(feedCategoriesOf(named, 'kisumu')).toEqual(['patient']);
  });

  const bahmni = (changes: Partial<ReturnType<typeof aSite>['feed']> = {}) =>
    aSite('kisumu', { feed: { handler: 'atomfeed', startAt: 'now', pollSeconds: 1, flavour: 'bahmni', ...changes } });
  const patients = { classes: { patient: { pull: true, push: true } } };

  it('reads of a Bahmni site the feeds that every Bahmni has, and of its forks those that it names', () => {
    const withFeed = (site: ReturnType<typeof aSite>) => aConfiguration({ sites: [aSite('central'), site], links: [aLink('kisumu', patients)] });
    expect(feedCategoriesOf(withFeed(bahmni()), 'kisumu')).toEqual(['patient']);
    expect(feedCategoriesOf(withFeed(bahmni({ categories: ['patient', 'location'] })), 'kisumu')).toEqual(['patient', 'location']);
  });

  it('asks from time to time for what is agreed where the feed does not tell of voids, or where the site says so', () => {
    expect([auditEveryHoursOf(bahmni()), auditEveryHoursOf(bahmni({ auditEveryHours: 6 })), auditEveryHoursOf(aSite('siaya'))]).toEqual([24, 6, null]);
    expect(auditEveryHoursOf(aSite('siaya', { feed: { handler: 'atomfeed', startAt: 'now', pollSeconds: 1, flavour: 'generic', auditEveryHours: 72 } }))).toBe(
      72,
    );
  });
});
