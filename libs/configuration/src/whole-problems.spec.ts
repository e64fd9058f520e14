import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './problem.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

function paths(build: () => unknown): string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path.join('.'));
    throw error;
  }
  return [];
}

const sites = [aSite('central'), aSite('kisumu'), aSite('siaya')];
const withLinks = (...links: ReturnType<typeof aLink>[]) => paths(() => aConfiguration({ sites, links }));
const withSites = (...changed: ReturnType<typeof aSite>[]) => paths(() => aConfiguration({ sites: changed, links: [aLink('kisumu')] }));

describe('a configuration as a whole', () => {
  it('may be a tree of any depth', () => {
    expect(withLinks(aLink('kisumu'), aLink('siaya', { id: 'k-s', parent: 'kisumu' }))).toEqual([]);
  });

  it('is refused where two sites have one id', () => {
    expect(withSites(aSite('central'), aSite('kisumu'), aSite('kisumu', { baseUrl: 'http://other.test/openmrs' }))).toEqual(['sites.2.id']);
  });

  it.each([
    ['letter for letter', 'http://central.test/openmrs'],
    ['with the default port', 'http://central.test:80/openmrs'],
    ['in capitals', 'http://CENTRAL.test/openmrs'],
    ['by another scheme', 'https://central.test/openmrs'],
  ])('is refused where two sites are one server, %s', (_how, baseUrl) => {
    expect(withSites(aSite('central'), aSite('kisumu', { baseUrl }))).toEqual(['sites.1.baseUrl']);
  });

  it('tells servers apart by port and by context path', () => {
    expect(
      withSites(
        aSite('central'),
        aSite('kisumu', { baseUrl: 'http://central.test:8080/openmrs' }),
        aSite('siaya', { baseUrl: 'http://central.test/openmrs2' }),
      ),
    ).toEqual([]);
  });

  it('is refused where two links have one id', () => {
    expect(withLinks(aLink('kisumu'), aLink('siaya', { id: 'central-kisumu' }))).toEqual(['links.1.id']);
  });

  it('is refused where an end of a link is no site', () => {
    expect(withLinks(aLink('kisumo', { parent: 'centrall' }))).toEqual(['links.0.parent', 'links.0.child']);
  });

  it('is refused where a site is its own parent', () => {
    expect(withLinks(aLink('kisumu', { parent: 'kisumu' }))).toEqual(['links.0.child']);
  });

  it('is refused where links go in a circle, however long', () => {
    expect(withLinks(aLink('kisumu'), aLink('central', { id: 'back', parent: 'kisumu' }))).toEqual(['links.1.parent']);
    expect(withLinks(aLink('kisumu'), aLink('siaya', { id: 'down', parent: 'kisumu' }), aLink('central', { id: 'back', parent: 'siaya' }))).toEqual([
      'links.2.parent',
    ]);
  });

  it('is refused where a pair is linked twice, either way round', () => {
    expect(withLinks(aLink('kisumu'), aLink('kisumu', { id: 'again' }))).toEqual(['links.1.child']);
    expect(withLinks(aLink('kisumu'), aLink('central', { id: 'again', parent: 'kisumu' }))).toEqual(['links.1.parent']);
  });

  it('is refused where a child has two parents', () => {
    expect(withLinks(aLink('siaya'), aLink('siaya', { id: 'other', parent: 'kisumu' }))).toEqual(['links.1.child']);
  });

  it('lets a child push metadata only where its link says so', () => {
    const classes = { location: { pull: true, push: true } };
    expect(withLinks(aLink('kisumu', { classes }))).toEqual(['links.0.classes.location.push']);
    expect(withLinks(aLink('kisumu', { classes, metadataFromChild: true }))).toEqual([]);
  });

  it('lets a child push types, roles and tags only where its link says so, each by name', () => {
    const both = { pull: true, push: true };
    const classes = { visittype: both, locationtag: both, encountertype: { pull: true, push: false } };
    expect(withLinks(aLink('kisumu', { classes }))).toEqual(['links.0.classes.visittype.push', 'links.0.classes.locationtag.push']);
    expect(withLinks(aLink('kisumu', { classes, metadataFromChild: true }))).toEqual([]);
  });

  it('is refused where it has links and none of them runs here', () => {
    expect(withLinks(aLink('kisumu', { runsAt: 'hubb' }), aLink('siaya', { runsAt: 'elsewhere' }))).toEqual(['links']);
    expect(withLinks(aLink('kisumu'), aLink('siaya', { runsAt: 'elsewhere' }))).toEqual([]);
    expect(withLinks()).toEqual([]);
  });

  describe('with a Bahmni site', () => {
    const bahmni = (categories?: ('patient' | 'person' | 'location')[]) =>
      aSite('kisumu', { feed: { startAt: 'now', pollSeconds: 10, flavour: 'bahmni', ...(categories === undefined ? {} : { categories }) } });
    const patient = { pull: true, push: true };
    const withFeed = (site: ReturnType<typeof aSite>, changes: Parameters<typeof aLink>[1]) =>
      paths(() => aConfiguration({ sites: [aSite('central'), site], links: [aLink('kisumu', changes)] }));

    it('lets its patients go both ways, and what others publish come to it', () => {
      expect(withFeed(bahmni(), { classes: { patient, location: { pull: true, push: false }, person: { pull: true, push: false } } })).toEqual([]);
    });

    it('is refused where something shall travel from it that its feed never tells of', () => {
      const classes = { patient, person: { pull: true, push: true }, location: { pull: true, push: true } };
      expect(withFeed(bahmni(), { classes, metadataFromChild: true })).toEqual(['links.0.classes.location.push', 'links.0.classes.person.push']);
      expect(withFeed(bahmni(['patient', 'location']), { classes: { ...classes, person: undefined }, metadataFromChild: true })).toEqual([]);
      expect(withFeed(bahmni(['location']), { classes: { patient } })).toEqual(['links.0.classes.patient.push']);
    });

    it('is refused where it names a feed that the module does not have', () => {
      expect(withFeed(bahmni(['patient', 'person']), { classes: { patient } })).toEqual(['sites.1.feed.categories.1']);
    });
  });
});
