import { parseConfiguration } from '../load-configuration.js';
import type { Configuration, LinkConfiguration, SiteConfiguration } from '../schema.js';

/** A valid site; everything but its id filled in. */
export const aSite = (id: string, changes: Partial<SiteConfiguration> = {}): SiteConfiguration => ({
  id,
  baseUrl: `http://${id}.test/openmrs`,
  client: 'rest',
  login: { username: { env: 'USERNAME' }, password: { env: 'PASSWORD' } },
  maxInFlight: 6,
  feed: { handler: 'atomfeed', startAt: 'beginning', pollSeconds: 10, flavour: 'generic' },
  longestRequestSeconds: 60,
  ...changes,
});

/** A valid link between `central` and `child` on which every class travels wherever it may. */
export const aLink = (child: string, changes: Partial<LinkConfiguration> = {}): LinkConfiguration => ({
  id: `central-${child}`,
  parent: 'central',
  child,
  runsAt: 'hub',
  mode: 'live',
  classes: { location: { pull: true, push: false }, person: { pull: true, push: true }, patient: { pull: true, push: true } },
  metadataFromChild: false,
  persons: 'referred-to',
  brake: { voidsPerHour: 50, percentOfCategory: 5 },
  freshness: { pullSeconds: 900, pushSeconds: 900 },
  manualRuns: { pull: true, push: true },
  whenPatientLeaves: 'keep',
  catchment: { rule: 'everyone' },
  ...changes,
});

/** A valid configuration: parent `central`, children `kisumu` and `siaya`, run by the instance `hub`. */
export const aConfiguration = (changes: Partial<Configuration> = {}): Configuration =>
  parseConfiguration({
    instance: { id: 'hub', readOnly: false },
    sites: [aSite('central'), aSite('kisumu'), aSite('siaya')],
    links: [aLink('kisumu'), aLink('siaya')],
    ...changes,
  });
