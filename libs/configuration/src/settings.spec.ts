import { describe, expect, it } from '@jest/globals';
import { admits } from './admits.js';
import { ConfigurationError } from './problem.js';
import { isSettingOf, whyKept } from './settings.js';
import { aConfiguration, aLink } from './testing/index.js';

const DOWN = { pull: true, push: false };
const NOTHING = {
  isOfMember: false,
  isCalledFor: false,
  isAskedFor: false,
  refersToKept: false,
  isClosed: false,
  isFollowed: false,
  places: new Map(),
  ties: new Map(),
  cohorts: new Map(),
};
const linkWith = (settings: readonly string[]) =>
  aConfiguration({ links: [aLink('kisumu', { classes: { systemsetting: DOWN }, settings: [...settings] })] }).links[0]!;
const setting = (property: string, value: string) =>
  ({ category: 'systemsetting', presence: 'present', fields: { property, value } }) as unknown as Parameters<typeof admits>[2];

describe('a setting', () => {
  it('travels where the link names it, down only, and no other does', () => {
    const link = linkWith(['visits.autoCloseVisitType', 'default_locale']);
    expect(admits(link, 'pull', setting('default_locale', 'sw'), NOTHING)).toEqual({ admitted: true });
    expect(admits(link, 'push', setting('default_locale', 'sw'), NOTHING)).toMatchObject({ admitted: false });
    for (const property of ['default_theme', 'default_locale.x', 'DEFAULT_LOCALE'])
      expect(admits(link, 'pull', setting(property, 'x'), NOTHING)).toEqual({ admitted: false, why: 'setting-not-named' });
  });

  it.each(['/var/lib/openmrs', 'C:\\openmrs', '\\\\server\\share', 'file:///etc', 'jdbc:mysql://db/openmrs', 'https://clerk:pw@lab.example/'])(
    'stays where it is while it names a place there, or holds a login: %s',
    (value) => {
      expect(isSettingOf(linkWith(['clinic.where']), setting('clinic.where', value))).toBe(false);
      expect(isSettingOf(linkWith(['clinic.where']), setting('clinic.where', 'the market'))).toBe(true);
    },
  );

  it.each([
    ...[
      'mail.password',
      'sync2.parent.user.password',
      'fhir2.client-secret',
      'lab.apiKey',
      'lab.api_key',
      'x.token',
      'idgen.credentials',
      'scheduler.username',
    ],
    ...['formentry.infopath_archive_dir', 'obs.complex_obs_dir', 'module_repository_folder', 'reporting.outputPath', 'log.location.path', 'ssl.keystore'],
    ...['synchub.engine.kisumu', 'SyncHub.anything', 'mail.smtp_host', 'lab.url'],
  ])('that holds a secret, a login or a place by its name cannot be named: %s', (property) => {
    expect(whyKept(property)).not.toBeNull();
    expect(() => linkWith([property])).toThrow(ConfigurationError);
    expect(isSettingOf({ settings: [property] }, setting(property, 'x'))).toBe(false);
  });

  it.each([
    'default_locale',
    'visits.assignmentHandler',
    'concept.true',
    'patient.nameValidationRegex',
    'locale.allowed.list',
    'keyboard.layout',
    'dashboard.tabs',
  ])('of a plain name can be: %s', (property) => {
    expect(whyKept(property)).toBeNull();
  });

  it('is asked for by name: the class alone is refused', () => {
    expect(() => linkWith([])).toThrow(/links\[0\]\.settings: found nothing; allowed: the settings that travel, by name/);
  });
});
