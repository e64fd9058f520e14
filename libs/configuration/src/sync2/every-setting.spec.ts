import { describe, expect, it } from '@jest/globals';
import { parseConfiguration } from '../load-configuration.js';
import { importSync2, type Sync2Files } from './import-sync2.js';

/** As they are in the bundled defaultSyncConfiguration.json, and in defaultAtomfeedConfig.json: every category, those that are off last. */
const ON = [
  ...['location', 'cohort', 'person', 'patient', 'person_address', 'person_attribute', 'person_name', 'patient_identifier', 'allergy', 'form', 'drug_order'],
  ...['test_order', 'visit', 'encounter', 'observation', 'privilege', 'audit_message'],
];
const OFF = ['concept', 'visittype', 'provider', 'user', 'relationship', 'drug', 'order', 'program', 'programenrollment'];

const classes = (pulled: boolean) =>
  [...ON, ...OFF].map((category) => ({
    classTitle: `Title of ${category}`,
    category,
    openMrsClass: `org.openmrs.${category}`,
    enabled: ON.includes(category) && (!pulled || category !== 'audit_message'),
    preferredClient: null,
  }));
const sync2 = {
  general: {
    ...{ parentFeedLocation: 'http://localhost:8081/openmrs', localFeedLocation: 'http://localhost:8080/openmrs', localInstanceId: 'kisumu' },
    ...{ persistSuccessAudit: true, persistFailureAudit: true, clients: {} },
  },
  push: { enabled: true, schedule: 43_200, classes: classes(false) },
  pull: { enabled: true, schedule: 600, classes: classes(true) },
  whitelist: { enabled: false, instanceIds: ['siaya'] },
};
const atomfeed = {
  feedFilterBeans: ['atomfeed.locationFeedFilterStrategy'],
  feedConfigurations: [...ON, ...OFF].map((category) => ({
    ...{ openMrsClass: `org.openmrs.${category}`, enabled: ON.includes(category), title: category, category },
    ...{ linkTemplates: { rest: `/ws/rest/v1/${category}/{uuid}?v=full` }, feedWriter: 'atomfeed.DefaultFeedWriter2_0' },
  })),
};
/** Every property of Sync 2.0 as it comes, and one of the FHIR module's. */
const settings = {
  ...{
    'sync2.parent.user.login': 'admin',
    'sync2.parent.user.password': 'Admin123',
    'sync2.local.user.login': 'admin',
    'sync2.local.user.password': 'Admin123',
  },
  ...{ 'sync2.resource.preferred.client': 'fhir', 'sync2.event.handler': 'atomfeed', 'sync2.mergeBehavior': 'sync2.restrictConflictMergeBehaviour' },
  ...{ 'sync2.enableManualPullFromParent': 'true', 'sync2.enableManualPushToParent': 'true', 'atomfeed.filter.location': '*%*%Kisumu%*%*' },
  ...{ 'fhir.patient.strategy': 'DefaultPatientStrategy' },
};

const files: Sync2Files = {
  ...{ sync2: JSON.stringify(sync2), settings: JSON.stringify(settings), childFeeds: JSON.stringify(atomfeed), parentFeeds: JSON.stringify(atomfeed) },
};
const all = importSync2(files, { startAt: 'beginning' });

/** The names of everything that is set in a file: of entries of a list by their category, and of their other keys once for all. */
function namesIn(value: unknown, at: string): string[] {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object'))
    return value.flatMap((one: Readonly<Record<string, unknown>>) => [
      `${at}[${String(one['category'])}]`,
      ...Object.keys(one)
        .filter((key) => key !== 'category' && key !== 'enabled')
        .map((key) => `${at}[].${key}`),
    ]);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) return [at];
  return Object.entries(value).flatMap(([key, held]) => namesIn(held, at === '' ? key : `${at}.${key}`));
}

/** Is it named by a note: by its own, or by one of several entries of its list? */
function isNamed(name: string): boolean {
  const [, list, entry] = /^(.*)\[([a-z_]+)\]$/.exec(name) ?? [];
  return all.notes.some(({ where }) => {
    if (where === name) return true;
    if (list === undefined || entry === undefined || !where.startsWith(`${list}[`)) return false;
    return where
      .slice(list.length + 1, -1)
      .split(', ')
      .includes(entry);
  });
}

describe('what became of each setting of Sync 2.0', () => {
  it.each<[string, readonly string[]]>([
    ['sync2.json', namesIn(sync2, '')],
    ["the child's atomfeed configuration", namesIn(atomfeed, 'kisumu')],
    ["the parent's", namesIn(atomfeed, 'parent')],
    ['the global properties', Object.keys(settings)],
  ])('is said: of all that stands in %s', (_file, names) => {
    expect(names.length).toBeGreaterThan(10);
    expect([...new Set(names)].filter((name) => !isNamed(name))).toEqual([]);
  });

  it('is said of what needs nobody after what somebody should read', () => {
    const kinds = all.notes.map(({ kind }) => kind);
    expect(kinds.indexOf('kept')).toBe(kinds.findLastIndex((kind) => kind !== 'kept') + 1);
  });

  it('is for a schedule how often the feed is read that the run began with', () => {
    const sites = parseConfiguration(all.draft).sites.map(({ id, feed }) => [id, feed.pollSeconds]);
    expect(sites).toEqual([
      ['parent', 600],
      ['kisumu', 43_200],
    ]);
  });

  it.each<[string, unknown, number, string]>([
    ['longer than a day', { ...sync2.push, schedule: 1_000_000 }, 86_400, 'changed'],
    ['of no seconds', { ...sync2.push, schedule: 0 }, 10, 'changed'],
    ['of a direction that is off', { ...sync2.push, enabled: false }, 10, 'changed'],
  ])('is for a schedule %s what can be', (_what, push, pollSeconds, kind) => {
    const { draft, notes } = importSync2({ ...files, sync2: JSON.stringify({ ...sync2, push }) }, { startAt: 'beginning' });
    expect(parseConfiguration(draft).sites[1]?.feed.pollSeconds).toBe(pollSeconds);
    expect(notes.filter(({ where }) => where === 'push.schedule').map((note) => note.kind)).toEqual([kind]);
  });

  it('is for the order of the classes that none is needed', () => {
    expect(all.notes.filter(({ where }) => where === 'pull.classes' || where === 'push.classes').map(({ what }) => what)).toEqual(
      Array(2).fill('their order is not needed: what a record refers to arrives before it, whatever order it was told of in'),
    );
  });
});
