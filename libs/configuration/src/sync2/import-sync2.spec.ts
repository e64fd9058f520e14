import { describe, expect, it } from '@jest/globals';
import { loadConfiguration, parseConfiguration } from '../load-configuration.js';
import { draftText, importSync2, type Sync2Answers, type Sync2Files } from './import-sync2.js';

/** Class lists as they are in the bundled defaultSyncConfiguration.json: name, and whether it is on. */
const OFF = ['concept', 'visittype', 'provider', 'user', 'relationship', 'drug', 'order', 'program', 'programenrollment'];
const CATEGORIES = [
  ...['location', 'concept', 'cohort', 'visittype', 'person_address', 'person_name', 'patient_identifier', 'person_attribute', 'person'],
  ...['provider', 'user', 'patient', 'relationship', 'drug', 'allergy', 'form', 'order', 'drug_order', 'test_order', 'observation', 'encounter'],
  ...['visit', 'program', 'programenrollment', 'privilege', 'audit_message'],
];
const classes = (off: readonly string[]) =>
  CATEGORIES.map((category) => ({
    classTitle: category,
    category,
    openMrsClass: `org.openmrs.${category}`,
    enabled: !off.includes(category),
    preferredClient: null,
  }));

const bundled = {
  general: {
    parentFeedLocation: 'http://localhost:8081/openmrs',
    localFeedLocation: 'http://localhost:8080/openmrs',
    localInstanceId: null as string | null,
    persistSuccessAudit: true,
    persistFailureAudit: true,
  },
  push: { enabled: true, schedule: 43_200, classes: classes(OFF) },
  pull: { enabled: true, schedule: 43_200, classes: classes([...OFF, 'audit_message']) },
};
const named = { ...bundled, general: { ...bundled.general, localInstanceId: 'kisumu' } };
const feeds = (changes: Record<string, unknown> = {}, off: readonly string[] = OFF) =>
  JSON.stringify({
    feedFilterBeans: [],
    feedConfigurations: CATEGORIES.map((category) => ({
      openMrsClass: `org.openmrs.${category}`,
      enabled: off.includes(category) ? 'false' : 'true',
      title: category,
      category,
      linkTemplates: { rest: `/ws/rest/v1/${category}/{uuid}?v=full` },
      feedWriter: 'atomfeed.DefaultFeedWriter2_0',
    })),
    ...changes,
  });

const imported = (sync2: unknown, files: Partial<Sync2Files> = {}, answers: Partial<Sync2Answers> = {}) =>
  importSync2({ sync2: JSON.stringify(sync2, null, 2), filterLocation: '*%*%*%*%*', ...files }, { startAt: 'beginning', ...answers });
const notesAbout = (where: string, ...of: Parameters<typeof imported>) => imported(...of).notes.filter((note) => note.where === where);

describe('importing a Sync 2.0 configuration', () => {
  it('makes a configuration that loads, run at the child as Sync 2.0 was', () => {
    const { draft } = imported(named, { childFeeds: feeds(), parentFeeds: feeds() });
    const { instance, sites, links } = parseConfiguration(draft);
    expect(instance.id).toBe('kisumu');
    expect(sites.map(({ id, baseUrl }) => [id, baseUrl])).toEqual([
      ['parent', 'http://localhost:8081/openmrs'],
      ['kisumu', 'http://localhost:8080/openmrs'],
    ]);
    const both = { pull: true, push: true };
    expect(links).toEqual([
      expect.objectContaining({
        id: 'parent-kisumu',
        runsAt: 'kisumu',
        mode: 'observe',
        classes: { location: both, person: both, patient: both, visit: both, encounter: both, observation: both, order: both, allergy: both, cohort: both },
        metadataFromChild: true,
        catchment: { rule: 'everyone' },
      }),
    ]);
  });

  it('writes a file that loads, its notes on top', () => {
    const all = imported(named);
    const text = draftText(all);
    expect(text.startsWith('# changed: login of parent: is read from the environment: set SYNC_HUB_PARENT_USERNAME and SYNC_HUB_PARENT_PASSWORD\n')).toBe(true);
    expect(loadConfiguration(text, 'draft.yml')).toEqual(parseConfiguration(all.draft));
  });

  it('keeps the directions of each class apart', () => {
    const { draft } = imported({ ...named, push: { ...named.push, classes: classes([...OFF, 'location', 'person']) } });
    const both = { pull: true, push: true };
    expect(parseConfiguration(draft).links[0]).toMatchObject({
      classes: { location: { pull: true, push: false }, person: { pull: true, push: false }, patient: both },
      metadataFromChild: false,
    });
  });

  it('leaves a direction off that was not scheduled', () => {
    const file = { ...named, pull: { ...named.pull, enabled: false } };
    expect(parseConfiguration(imported(file).draft).links[0]?.classes.patient).toEqual({ pull: false, push: true });
    expect(notesAbout('pull.enabled', file)).toEqual([expect.objectContaining({ kind: 'changed' })]);
  });

  it('switches on nothing that says what accounts may do, nor programs without their workflows, and says so', () => {
    const on = imported({ ...named, pull: { ...named.pull, classes: classes(OFF.filter((category) => category !== 'program')) } });
    expect(Object.keys(parseConfiguration(on.draft).links[0]?.classes ?? {})).not.toEqual(expect.arrayContaining([expect.stringMatching(/program|privilege/)]));
    const told = (category: string) => on.notes.find(({ where }) => where === `pull.classes[${category}]`)?.what;
    expect([told('privilege'), told('program')]).toEqual([expect.stringContaining('what accounts may do'), expect.stringContaining('without its workflows')]);
  });

  it('reports every class that has no counterpart, and only those', () => {
    const lost = imported(named).notes.filter(({ kind, where }) => kind === 'lost' && where.startsWith('pull.'));
    expect(lost.map(({ where }) => where)).toEqual(['form', 'privilege'].map((category) => `pull.classes[${category}]`));
  });

  it('takes drug orders and test orders for the orders that they are', () => {
    const off = (...more: string[]) => imported({ ...named, pull: { ...named.pull, classes: classes([...OFF, ...more]) } });
    const pullsOrders = (...more: string[]) => parseConfiguration(off(...more).draft).links[0]?.classes.order?.pull;
    expect([pullsOrders(), pullsOrders('drug_order'), pullsOrders('drug_order', 'test_order')]).toEqual([true, true, false]);
  });

  it('reports what can no longer be switched alone', () => {
    const off = (...more: string[]) => ({ ...named, pull: { ...named.pull, classes: classes([...OFF, ...more]) } });
    expect(notesAbout('pull.classes[person_name]', off('person_name'))).toEqual([
      expect.objectContaining({ kind: 'changed', what: 'was off, and now travels with its person and patient' }),
    ]);
    expect(notesAbout('pull.classes[patient_identifier]', off('patient'))).toEqual([expect.objectContaining({ kind: 'lost' })]);
  });

  it('takes immunizations for the encounters and obs that they are, and leaves accounts off', () => {
    const also = (...more: string[]) => ({
      ...named,
      pull: { ...named.pull, classes: [...classes(OFF.filter((category) => category !== 'user')), ...more.map((category) => ({ category, enabled: true }))] },
    });
    expect(notesAbout('pull.classes[immunization]', also())).toEqual([]);
    expect(notesAbout('pull.classes[immunization]', also('immunization')).map(({ kind }) => kind)).toEqual(['kept']);
    expect(notesAbout('pull.classes[user]', also())).toEqual([expect.objectContaining({ kind: 'lost', what: expect.stringContaining('who may log in') })]);
    expect(parseConfiguration(imported(also('immunization')).draft).links[0]?.classes).toMatchObject({ encounter: { pull: true } });
    expect(parseConfiguration(imported(also('immunization')).draft).links[0]?.classes).not.toHaveProperty('user');
  });

  it.each<[string, string | undefined, Partial<Sync2Files>, unknown]>([
    ['everyone where every part is a star', '*%*%*%*%*', {}, { rule: 'everyone' }],
    ['one part', '*%*%Kisumu%*%*', {}, { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] }],
    [
      'several parts',
      'Kenya%*%Kisumu%*%*',
      {},
      {
        rule: 'all',
        of: [
          { rule: 'address', field: 'country', isOneOf: ['Kenya'] },
          { rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] },
        ],
      },
    ],
    ['everyone where no filter was switched on', undefined, { childFeeds: feeds(), parentFeeds: feeds() }, { rule: 'everyone' }],
    ['nothing where nobody told', undefined, {}, undefined],
    [
      'nothing where a filter was on and is not told',
      undefined,
      { childFeeds: feeds({ feedFilterBeans: ['atomfeed.locationFeedFilterStrategy'] }) },
      undefined,
    ],
    ['nothing where a part is missing', '*%*%Kisumu%*', {}, undefined],
    ['nothing where a part is empty', '*%*%Kisumu%*%', {}, undefined],
    ['nothing where an empty part of an address was meant', 'Kenya%null%Kisumu%*%*', {}, undefined],
  ])('takes the catchment of %s', (_what, filterLocation, files, catchment) => {
    const { sync2, ...rest } = { sync2: JSON.stringify(named), ...files };
    const { draft, notes } = importSync2({ sync2, ...rest, ...(filterLocation === undefined ? {} : { filterLocation }) }, { startAt: 'now' });
    const [link] = draft['links'] as { catchment?: unknown }[];
    expect(link?.catchment).toEqual(catchment);
    expect(notes.some(({ kind, where }) => kind === 'needed' && where === 'atomfeed.filter.location')).toBe(catchment === undefined);
    if (catchment === undefined) expect(() => parseConfiguration(draft)).toThrow('links[0].catchment: found nothing');
  });

  it('asks for the catchment where a filter was somebody’s own code, and says how it is written now', () => {
    const { draft, notes } = importSync2(
      { sync2: JSON.stringify(named), filterLocation: '*%*%Kisumu%*%*', parentFeeds: feeds({ feedFilterBeans: ['ours.byClinic'] }) },
      { startAt: 'now' },
    );
    const [link] = draft['links'] as { catchment?: unknown }[];
    expect([link?.catchment, notes.find(({ where }) => where === 'feedFilterBeans[ours.byClinic]')]).toEqual([
      undefined,
      { kind: 'needed', where: 'feedFilterBeans[ours.byClinic]', what: expect.stringContaining('docs/plugins.md') },
    ]);
  });

  it('asks for what Sync 2.0 ran without', () => {
    expect(notesAbout('general.localInstanceId', bundled)).toEqual([expect.objectContaining({ kind: 'needed' })]);
    expect(notesAbout('general.localInstanceId', bundled, {}, { childId: 'kisumu' })).toEqual([]);
    const blank = { ...named, general: { ...named.general, parentFeedLocation: ' ' } };
    expect(notesAbout('general.parentFeedLocation', blank)).toEqual([expect.objectContaining({ kind: 'needed' })]);
  });

  it('spells an instance id our way, and says so', () => {
    const file = { ...named, general: { ...named.general, localInstanceId: 'Kisumu District.1 ' } };
    expect(parseConfiguration(imported(file).draft).instance.id).toBe('kisumu-district-1');
    expect(notesAbout('general.localInstanceId', file)).toEqual([expect.objectContaining({ kind: 'changed', what: 'is spelt kisumu-district-1 now' })]);
  });

  it('says what became of the shipping of audit rows, which went up and never down', () => {
    const file = { ...named, push: { ...named.push, classes: classes(OFF) }, pull: { ...named.pull, classes: classes(OFF) } };
    expect(notesAbout('pull.classes[audit_message]', file)).toEqual([expect.objectContaining({ kind: 'lost', what: expect.stringContaining('never down') })]);
    expect(notesAbout('push.classes[audit_message]', file)).toEqual([
      expect.objectContaining({ kind: 'changed', what: expect.stringContaining('instance.reportsTo') }),
    ]);
  });

  it('refuses one server as its own parent, which Sync 2.0 took', () => {
    const same = { ...named, general: { ...named.general, parentFeedLocation: 'http://localhost:8080/openmrs/' } };
    expect(() => parseConfiguration(imported(same).draft)).toThrow('one server is one site');
  });

  it('copies no password, and reports everything else that is left behind', () => {
    const file = {
      ...named,
      general: {
        ...named.general,
        persistSuccessAudit: false,
        clients: { fhir: { hostAddress: 'http://shr', login: 'admin', password: 'hunter2' } },
        extra: 1,
      },
      pull: { ...named.pull, classes: classes(OFF).map((entry) => (entry.category === 'patient' ? { ...entry, preferredClient: 'fhir' } : entry)) },
      whitelist: { enabled: true, instanceIds: ['siaya'] },
    };
    const all = imported(file);
    expect(draftText(all)).not.toContain('hunter2');
    expect(all.notes.map(({ kind, where }) => `${kind} ${where}`)).toEqual(
      expect.arrayContaining([
        'lost general.clients.fhir',
        'changed general.persistSuccessAudit',
        'lost whitelist',
        'lost general.extra',
        'changed pull.classes[patient].preferredClient',
      ]),
    );
  });

  it('reads only the feeds that a server publishes, and names those it does not', () => {
    const { draft, notes } = imported(named, { childFeeds: feeds({}, [...OFF, 'person_attribute']), parentFeeds: feeds() });
    const [, kisumu] = parseConfiguration(draft).sites;
    expect(kisumu?.feed.categories).toEqual([
      'location',
      'person',
      'person_name',
      'person_address',
      'patient',
      'patient_identifier',
      'visit',
      'encounter',
      'observation',
      'drug_order',
      'test_order',
      'allergy',
      'cohort',
      'form',
    ]);
    expect(notes.filter(({ where }) => where === 'kisumu.feedConfigurations[person_attribute]')).toHaveLength(1);
  });

  it('takes the visit types over where they were switched on, and says where their feed is not published', () => {
    const off = OFF.filter((category) => category !== 'visittype');
    const file = { ...named, push: { ...named.push, classes: classes(off) }, pull: { ...named.pull, classes: classes(off) } };
    const { draft, notes } = imported(file, { childFeeds: feeds({}, off), parentFeeds: feeds() });
    const [parent, kisumu] = parseConfiguration(draft).sites;
    expect(parseConfiguration(draft).links[0]?.classes.visittype).toEqual({ pull: true, push: true });
    expect([parent?.feed.categories?.includes('visittype'), kisumu?.feed.categories?.includes('visittype')]).toEqual([false, true]);
    const told = notes.filter(({ kind, where }) => kind !== 'kept' && where.includes('visittype')).map(({ kind, where }) => `${kind} ${where}`);
    expect(told).toEqual(['lost parent.feedConfigurations[visittype]', 'changed push.classes[visittype]']);
    expect(
      imported(named, { childFeeds: feeds(), parentFeeds: feeds() }).notes.filter(({ kind, where }) => kind !== 'kept' && where.includes('type]')),
    ).toEqual([]);
  });

  it.each([
    ['filters visits only, and goes on', 'atomfeedFilters.LocationBasedFilterStrategy', 'lost', { rule: 'everyone' }],
    ['it does not know, and lets nothing through', 'clinic.ownFilter', 'needed', undefined],
  ])('names a filter that %s', (_what, bean, kind, catchment) => {
    const { draft, notes } = imported(named, { childFeeds: feeds({ feedFilterBeans: [bean] }) });
    expect(notes.filter(({ where }) => where === `feedFilterBeans[${bean}]`)).toEqual([expect.objectContaining({ kind })]);
    expect((draft['links'] as { catchment?: unknown }[])[0]?.catchment).toEqual(catchment);
  });

  it('takes the catchment from the global properties, and says what became of each that was set otherwise than it comes', () => {
    const settings = {
      'sync2.parent.user.login': 'syncuser',
      'sync2.parent.user.password': 'hunter2',
      'sync2.resource.preferred.client': 'fhir',
      'sync2.event.handler': 'atomfeed',
      'sync2.mergeBehavior': 'sync2.newIsTheBestMergeBehaviour',
      'sync2.enableManualPullFromParent': true,
      'sync2.enableManualPushToParent': 'false',
      'atomfeed.filter.location': '*%*%Kisumu%*%*',
      'fhir.patient.strategy': 'DefaultPatientStrategy',
    };
    const listed = { results: Object.entries(settings).map(([property, value]) => ({ property, value, description: 'of a server' })) };
    for (const file of [settings, listed]) {
      const all = importSync2({ sync2: JSON.stringify(named), settings: JSON.stringify(file) }, { startAt: 'now' });
      expect(parseConfiguration(all.draft).links[0]?.catchment).toEqual({ rule: 'address', field: 'countyDistrict', isOneOf: ['Kisumu'] });
      expect(parseConfiguration(all.draft).links[0]?.policies).toEqual({ default: 'newest' });
      expect(parseConfiguration(all.draft).links[0]?.manualRuns).toEqual({ pull: true, push: false });
      const told = all.notes.filter(({ where }) => where.startsWith('sync2.') || where.startsWith('fhir.')).map(({ kind, where }) => `${kind} ${where}`);
      expect(told).toEqual([
        'changed sync2.parent.user.login',
        'changed sync2.parent.user.password',
        'changed sync2.resource.preferred.client',
        'changed sync2.mergeBehavior',
        'lost fhir.patient.strategy',
        'kept sync2.event.handler',
        'kept sync2.enableManualPullFromParent',
        'kept sync2.enableManualPushToParent',
      ]);
      expect(draftText(all)).not.toMatch(/hunter2|syncuser/);
    }
  });

  it.each([
    ['sync2.mergeBehavior', 'sync2.restrictConflictMergeBehaviour', ['kept']],
    ['sync2.mergeBehaviour', 'sync2.restrictConflictMergeBehaviour', ['kept']],
    ['sync2.mergeBehaviour', 'sync2.newIsTheBestMergeBehaviour', ['changed']],
    ['sync2.mergeBehavior', 'clinic.ownMergeBehaviour', ['lost']],
    ['sync2.event.handler', 'webhook', ['lost']],
    ['sync2.somethingNew', 'on', ['lost']],
    ['attachments.maxUploadFileSize', '5', []],
  ])('reads %s, in either spelling of it: %s', (property, value, kinds) => {
    expect(notesAbout(property, named, { settings: JSON.stringify({ [property]: value }) }).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    ['sync2.mergeBehavior', 'sync2.newIsTheBestMergeBehaviour', { default: 'newest' }],
    ['sync2.mergeBehaviour', 'sync2.newIsTheBestMergeBehaviour', { default: 'newest' }],
    ['sync2.mergeBehavior', 'sync2.restrictConflictMergeBehaviour', undefined],
    ['sync2.mergeBehavior', 'clinic.ownMergeBehaviour', undefined],
  ])('makes a policy of %s: %s', (property, value, policies) => {
    const { draft } = importSync2({ sync2: JSON.stringify(named), settings: JSON.stringify({ [property]: value }) }, { startAt: 'now' });
    expect((draft['links'] as { policies?: unknown }[])[0]?.policies).toEqual(policies);
  });

  it('names line and column of a file that is not JSON', () => {
    expect(() => imported(named, { settings: '{ "sync2.mergeBehavior": ' })).toThrow('global properties:1:');
    expect(() => importSync2({ sync2: '{ "general": { ' }, { startAt: 'now' })).toThrow('sync2.json:1:');
  });
});
