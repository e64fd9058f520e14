import { describe, expect, it } from '@jest/globals';
import type { Catchment } from './catchment.schema.js';
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

  it('is refused where a catchment goes by what the feed of the parent never tells of', () => {
    const feed = (flavour: 'generic' | 'bahmni', categories?: ('patient' | 'encounter' | 'programenrollment')[]) =>
      aSite('central', { feed: { handler: 'atomfeed', startAt: 'now', pollSeconds: 10, flavour, ...(categories === undefined ? {} : { categories }) } });
    const place = '8d6c993e-c2cc-11de-8d13-0010c6dffd0f';
    const rules: readonly Catchment[] = [
      { rule: 'program', isOneOf: [place], state: 'ever' },
      { rule: 'visit-location', isWithin: [place] },
      { rule: 'not', of: { rule: 'encounter-location', isWithin: [place] } },
    ];
    const classes = { patient: { pull: true, push: false } };
    const refused = (central: ReturnType<typeof aSite>) =>
      rules.map((catchment) => paths(() => aConfiguration({ sites: [central, aSite('kisumu')], links: [aLink('kisumu', { classes, catchment })] })).length > 0);
    expect(refused(feed('generic'))).toEqual([false, false, false]);
    expect(refused(feed('generic', ['patient', 'programenrollment']))).toEqual([false, true, true]);
    expect(refused(feed('bahmni'))).toEqual([true, false, false]);
    expect(refused(feed('bahmni', ['patient', 'encounter', 'programenrollment']))).toEqual([false, false, false]);
    expect(refused(feed('bahmni', ['patient']))).toEqual([true, true, true]);
  });

  describe('with a Bahmni site', () => {
    const bahmni = (categories?: ('patient' | 'person' | 'location')[]) =>
      aSite('kisumu', {
        feed: { handler: 'atomfeed', startAt: 'now', pollSeconds: 10, flavour: 'bahmni', ...(categories === undefined ? {} : { categories }) },
      });
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

  describe('with a site whose changes are known otherwise than by a feed', () => {
    type Feed = ReturnType<typeof aSite>['feed'];
    const known = (handler: Feed['handler'], changes: Partial<Feed> = {}) =>
      aSite('kisumu', { feed: { handler, startAt: 'now', pollSeconds: 10, flavour: 'generic', ...changes } });
    const secret = { env: 'KISUMU_WEBHOOK' };
    const withSite = (site: ReturnType<typeof aSite>, { webhooks = true, ...changes }: { readonly webhooks?: boolean } & Parameters<typeof aLink>[1] = {}) =>
      paths(() =>
        aConfiguration({
          instance: { id: 'hub', readOnly: false, ...(webhooks ? { webhooks: { host: '127.0.0.1', port: 4100 } } : {}) },
          sites: [aSite('central'), site],
          links: [aLink('kisumu', changes)],
        }),
      );

    it('is taken where messages are signed and somebody listens', () => {
      expect(withSite(known('webhook', { secret }))).toEqual([]);
      expect(withSite(known('fhir-lastupdated', { startAt: 'beginning' }))).toEqual([]);
    });

    it('is refused without a secret, from the beginning, or where nobody listens', () => {
      expect(withSite(known('webhook'))).toEqual(['sites.1.feed.secret']);
      expect(withSite(known('webhook', { secret, startAt: 'beginning' }))).toEqual(['sites.1.feed.startAt']);
      expect(withSite(known('webhook', { secret }), { webhooks: false })).toEqual(['instance.webhooks']);
      expect(withSite(known('atomfeed', { secret }))).toEqual(['sites.1.feed.secret']);
    });

    it('is refused where something shall travel from it that fhir2 says no date of', () => {
      const classes = { patient: { pull: true, push: true }, relationship: { pull: true, push: true }, visittype: { pull: true, push: false } };
      expect(withSite(known('fhir-lastupdated'), { classes })).toEqual(['links.0.classes.relationship.push']);
      expect(withSite(known('webhook', { secret }), { classes })).toEqual([]);
      expect(withSite(known('fhir-lastupdated', { categories: ['patient', 'relationship'] }), { classes: { patient: { pull: true, push: true } } })).toEqual([
        'sites.1.feed.categories.1',
      ]);
    });
  });

  describe('an instance that reports, or receives', () => {
    const secret = { env: 'SECRET' };
    const withInstance = (instance: Readonly<Record<string, unknown>>) =>
      paths(() => aConfiguration({ instance: { id: 'hub', readOnly: false, ...instance } as never }));
    const from = (...ids: string[]) => ({ port: 4200, from: ids.map((id, index) => ({ id, secret: { env: `SECRET_${index}` } })) });

    it('says where to, and from whom', () => {
      expect(withInstance({ reportsTo: { url: 'https://hub.test', secret }, receives: from('kisumu-box', 'siaya-box') })).toEqual([]);
    });

    it('says how people reach its console, over TLS and at its root', () => {
      expect(withInstance({ console: { url: 'https://sync.test' } })).toEqual([]);
      expect(withInstance({ console: { url: 'https://sync.test:8443', host: '0.0.0.0' } })).toEqual([]);
      for (const url of ['http://sync.test', 'https://sync.test/', 'https://sync.test/console', 'https://me@sync.test', 'sync.test'])
        expect(withInstance({ console: { url } })).toEqual(['instance.console.url']);
      expect(withInstance({ console: { host: '0.0.0.0' } })).toEqual(['instance.console.url']);
    });

    it('says who else vouches for people, over TLS but on this machine, and what makes somebody what', () => {
      const oidc = { issuer: 'https://id.test/realms/health', clientId: 'sync-hub', clientSecret: secret, roles: [{ has: 'nurses', is: 'resolver' }] };
      const withOidc = (changes: object) => withInstance({ console: { url: 'https://sync.test', oidc: { ...oidc, ...changes } } });
      expect(withOidc({})).toEqual([]);
      expect(withOidc({ issuer: 'http://localhost:8080/realms/health' })).toEqual([]);
      for (const issuer of ['http://id.test', 'https://id.test/?a', 'https://me@id.test', 'https://id.test/#a', 'id.test'])
        expect(withOidc({ issuer })).toEqual(['instance.console.oidc.issuer']);
      expect(withOidc({ clientSecret: 'itself' })).toEqual(['instance.console.oidc.clientSecret']);
      expect(withOidc({ roles: [] })).toEqual(['instance.console.oidc.roles']);
      expect(withOidc({ roles: [{ has: 'nurses', is: 'nurse' }] })).toEqual(['instance.console.oidc.roles.0.is']);
    });

    it('is refused where the address is none, a secret stands there itself, or it receives from nobody', () => {
      expect(withInstance({ reportsTo: { url: 'hub.test', secret } })).toEqual(['instance.reportsTo.url']);
      expect(withInstance({ reportsTo: { url: 'https://me:secret@hub.test', secret } })).toEqual(['instance.reportsTo.url']);
      expect(withInstance({ reportsTo: { url: 'https://hub.test', secret: 'itself' } })).toEqual(['instance.reportsTo.secret']);
      expect(withInstance({ receives: from() })).toEqual(['instance.receives.from']);
      expect(withInstance({ receives: { from: from('kisumu-box').from } })).toEqual(['instance.receives.port']);
    });

    it('is refused where it names one twice, or itself, or gives two one secret', () => {
      expect(withInstance({ receives: from('kisumu-box', 'kisumu-box') })).toEqual(['instance.receives.from.1.id']);
      expect(withInstance({ receives: from('hub') })).toEqual(['instance.receives.from.0.id']);
      expect(withInstance({ receives: { port: 4200, from: ['kisumu-box', 'siaya-box'].map((id) => ({ id, secret })) } })).toEqual([
        'instance.receives.from.1.secret',
      ]);
    });
  });
});
