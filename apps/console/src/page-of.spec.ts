import { describe, expect, it } from '@jest/globals';
import { PARKED_REASONS } from '@sync-hub/contracts';
import type { SiteVersions } from './overview.js';
import { aBadMorning, aFeed, aHeldJob, anOverview, aRoute, aSite, moving, secondsBefore, TAKEN_AT } from './testing/overview.builder.js';
import { news, pageFor, table, texts } from './testing/page.builder.js';

describe('the sentences on top', () => {
  it('say that all is well only where nothing is open and nobody is needed', () => {
    expect(news({})).toEqual(['good: Everything is in step: no change is on its way, and nothing needs anybody']);
    const busy = {
      sites: [aSite('central', { changesWaiting: 2 }), aSite('kisumu', { jobsWaiting: 10 })],
      routes: [aRoute('kisumu', 'pull', { openJobs: 10, categories: [moving('patient', 10, secondsBefore(3))] })],
    };
    expect(news(busy)).toEqual(['good: Nothing needs anybody: 12 records on the way']);
  });

  it('do not count nothing as on the way: what is behind has arrived meanwhile, or waits', () => {
    const routes = [aRoute('kisumu', 'pull', { categories: [moving('patient', 1, secondsBefore(3))] })];
    expect(news({ routes })).toEqual(['good: Everything is in step: no change is on its way, and nothing needs anybody']);
    const waiting = [aRoute('kisumu', 'pull', { held: { waiting: 1 }, categories: [moving('patient', 1, secondsBefore(3))] })];
    expect(news({ routes: waiting, heldTotal: 1 })).toEqual(['busy: 1 record waits for what it refers to']);
  });

  it('say nothing good of sites that nobody has asked', () => {
    expect(news({ sites: [aSite('kisumu', { state: 'not-asked', since: null })] })).toEqual(['quiet: clinic kisumu is joining and has not been asked yet']);
    expect(news({ sites: [], routes: [] })).toEqual(['quiet: No site takes part yet']);
  });

  it('name a site that is down, since when, and how much waits for it', () => {
    expect(news({ sites: [aSite('central'), aSite('kisumu', { state: 'down', since: TAKEN_AT, jobsWaiting: 300, changesWaiting: 18 })] })).toEqual([
      'bad: clinic kisumu is down since 10:42, 318 waiting',
    ]);
    expect(news({ sites: [aSite('kisumu', { state: 'down', since: TAKEN_AT })] })).toEqual([
      'bad: clinic kisumu is down since 10:42, nothing is waiting for it',
    ]);
  });

  it.each([
    ['locked-out', 'bad: clinic kisumu refuses our login since 10:42, nothing is waiting for it; mend the password or unlock the account'],
    ['quarantined', 'bad: clinic kisumu is quarantined since 10:42: its data is not what it was, and somebody must look'],
  ] as const)('name a site that is %s', (state, text) => {
    expect(news({ sites: [aSite('kisumu', { state, since: TAKEN_AT })] })).toEqual([text]);
  });

  const UNTIL = new Date('2026-11-24T17:00:00Z');

  it('say that a site rests, until when and what waits, in other words than that it is down', () => {
    const site = aSite('kisumu', { rests: { until: UNTIL }, jobsWaiting: 3, changesWaiting: 1 });
    expect(news({ sites: [aSite('central'), site] })).toEqual([
      'good: Nothing needs anybody; what was entered at sites that rest is not known yet',
      'quiet: clinic kisumu rests until 20:00 (its windows), 4 waiting',
    ]);
    expect(texts('sites', { sites: [site] })[0]?.[1]).toBe('rests until 20:00 (its windows)');
    const down = aSite('kisumu', { state: 'down', since: TAKEN_AT, rests: { until: UNTIL } });
    expect(news({ sites: [aSite('central'), down] })).toEqual([
      'good: Nothing needs anybody; what was entered at sites that rest is not known yet',
      'quiet: clinic kisumu rests until 20:00 (its windows), nothing is waiting; it was down when it was asked last',
    ]);
  });

  it('do not hide behind a rest what somebody must mend', () => {
    const sites = [aSite('central'), aSite('kisumu', { state: 'locked-out', since: TAKEN_AT, rests: { until: UNTIL } })];
    expect(news({ sites })).toEqual([
      'bad: clinic kisumu refuses our login since 10:42, nothing is waiting for it; mend the password or unlock the account',
      'quiet: clinic kisumu rests until 20:00 (its windows), nothing is waiting',
    ]);
    expect(texts('sites', { sites })[1]?.[1]).toMatch(/^refuses our login/);
  });

  it('count sites that rest where they are many', () => {
    const sites = [aSite('central'), ...Array.from({ length: 6 }, (_, index) => aSite(`c${index}`, { rests: { until: UNTIL }, jobsWaiting: 2 }))];
    expect(news({ sites })).toContain('quiet: 6 sites rest (their windows), 12 waiting; see Sites');
  });

  it('say that a schedule keeps something from being written, and nobody is to worry about how old that is', () => {
    const categories = [moving('patient', 10, secondsBefore(36_000))];
    const routes = [aRoute('kisumu', 'pull', { openJobs: 10, categories, rests: { until: UNTIL, why: 'schedule' } })];
    expect(news({ sites: [aSite('kisumu', { jobsWaiting: 10 })], routes })).toContain(
      'quiet: central → clinic kisumu rests until 20:00 (its schedule), 10 waiting',
    );
    expect(table('links', { routes }).rows[0]?.[1]).toEqual({
      text: '10 h behind',
      tone: 'quiet',
      note: 'rests until 20:00 (its schedule); patient 10 h (10 open)',
    });
  });

  it('say what is wrong with a feed in plain words', () => {
    const sites = [aSite('siaya', { feeds: [aFeed('patient', { trouble: 'page-unreadable' }), aFeed('person', { trouble: 'gap' })] })];
    expect(texts('sites', { sites })[0]?.[4]).toMatch(/^patient: a page of it cannot be read and person: gap/);
  });

  it('name feeds in doubt', () => {
    expect(news({ sites: [aSite('kisumu', { feeds: [aFeed('patient', { trouble: 'gap' })] })] })).toEqual([
      'bad: clinic kisumu: 1 feed in doubt, and being read again',
    ]);
  });

  it('count what is held by what it needs, the urgent first', () => {
    const held = [aHeldJob({ kind: 'change', why: 'gave-up' })];
    expect(news({ held, heldTotal: 6, routes: [aRoute('kisumu', 'push', { held: { waiting: 2, conflict: 1, refused: 2 } })] })).toEqual([
      'bad: 1 record changed at both ends and waits for somebody to choose',
      'bad: 3 records cannot go on without somebody: refused by the site (2), gave up after many tries (1)',
      'busy: 2 records wait for what they refer to',
    ]);
  });

  it('are counted in the title of the window', () => {
    expect([pageFor(anOverview()).title, pageFor(aBadMorning()).title]).toEqual(['Sync Hub', '(5) Sync Hub']);
  });
});

describe('the sites', () => {
  it('say what they run, as far as they tell, and which of them is too old', () => {
    const told = (versions: SiteVersions | null) => texts('sites', { sites: [aSite('kisumu', { versions })] })[0]?.[2];
    expect([null, { platform: null, rest: null, atomfeed: null }, { platform: null, rest: '2.24.0', atomfeed: null }].map(told)).toEqual([
      'not asked yet',
      'does not say',
      'does not say | webservices.rest 2.24.0',
    ]);
    const [tooOld] = texts('sites', { sites: [aSite('kisumu', { state: 'down', code: 'too-old', since: secondsBefore(180) })] });
    expect(news({ sites: [aSite('kisumu', { state: 'down', code: 'too-old', since: secondsBefore(180) })] })[0]).toMatch(
      /kisumu is too old to be read since 10:39/,
    );
    expect(tooOld?.[1]).toBe('too old since 10:39 (3 min) | needs OpenMRS 1.9 and webservices.rest 2.13, or newer; goes on by itself once it has them');
  });

  it('show state, what waits, feeds and generation, each with its unit', () => {
    expect(
      texts('sites', { sites: [aSite('kisumu', { state: 'down', since: secondsBefore(180), jobsWaiting: 318, changesWaiting: 1, generation: 2 })] }),
    ).toEqual([
      [
        'clinic kisumu | kisumu',
        'down since 10:39 (3 min) | asked again and again; what waits goes on by itself when it answers',
        'OpenMRS 2.3.6 | webservices.rest 2.29.0 and atomfeed 1.0.13',
        '319 waiting | 318 records to write and 1 change to look at',
        '2 feeds, read 4 s ago',
        'no. 2 | its data was replaced before',
      ],
    ]);
  });

  it('name the feeds that never had an entry, because a misspelt feed is a valid empty one', () => {
    expect(texts('sites', { sites: [aSite('siaya', { feeds: [aFeed('patient'), aFeed('person', { newestEntryAt: null })] })] })[0]?.[4]).toBe(
      '2 feeds, read 4 s ago | never had an entry: person',
    );
    expect(texts('feeds', { sites: [aSite('siaya', { feeds: [aFeed('person', { newestEntryAt: null, entriesRead: 0, readAt: null })] })] })).toEqual([
      ['siaya', 'person', 'never had an entry | or the feed is not published there', '0 entries', 'not yet'],
    ]);
  });

  it('tell how long ago the feed was read that waits the longest', () => {
    expect(texts('sites', { sites: [aSite('siaya', { feeds: [aFeed('patient'), aFeed('person', { readAt: secondsBefore(600) })] })] })[0]?.[4]).toBe(
      '2 feeds, read 10 min ago',
    );
  });
});

describe('the links', () => {
  it('show freshness as the age of the oldest open change, with what is open', () => {
    const categories = [moving('location', 1, secondsBefore(5)), moving('patient', 12, secondsBefore(190))];
    expect(texts('links', { routes: [aRoute('kisumu', 'push', { openJobs: 12, categories, held: { conflict: 1, waiting: 2 } })] })).toEqual([
      [
        'clinic kisumu → central | push, link central-kisumu',
        '3 min behind | location 5 s (1 open) and patient 3 min (12 open)',
        '12 records',
        '3 records | changed at both ends (1) and waits for what it refers to (2)',
        '9 s ago | 10:41',
      ],
    ]);
  });

  it.each([
    [119, 'good'],
    [120, 'busy'],
    [3_599, 'busy'],
    [3_600, 'bad'],
  ])('tell by colour too how far behind %d seconds is: %s', (seconds, tone) => {
    const routes = [aRoute('kisumu', 'pull', { categories: [moving('patient', 1, secondsBefore(seconds))] })];
    expect(table('links', { routes }).rows[0]?.[1]?.tone).toBe(tone);
  });

  it('show a route that has nothing open as in step, and one that never carried anything as such', () => {
    expect(texts('links', { routes: [aRoute('siaya', 'pull', { lastGoodAt: null })] })[0]?.slice(1)).toEqual(['in step', 'nothing', 'nothing', 'never']);
  });
});

describe('what is held', () => {
  it('shows record, where, why, code and since when, and no content', () => {
    const change = aHeldJob({
      kind: 'change',
      why: 'gave-up',
      code: 'server-error',
      names: [],
      link: null,
      direction: null,
      site: 'kisumu',
      since: secondsBefore(90_000),
    });
    expect(texts('held', { held: [aHeldJob({ since: secondsBefore(190) }), change], heldTotal: 2 })).toEqual([
      [
        'person/8d6c993e-c2cc-11de-8d13-0010c6dffd0f',
        'clinic kisumu → central | push, link central-kisumu',
        'changed at both ends: gender and names | both versions are kept; somebody must choose',
        'both-changed',
        '3 min ago | 10:38',
      ],
      [
        'person/8d6c993e-c2cc-11de-8d13-0010c6dffd0f',
        'noticed at clinic kisumu',
        'gave up after many tries | something there does not heal by itself',
        'server-error',
        '25 h ago | 23 Nov 09:42',
      ],
    ]);
  });

  it('says how many there are beyond those shown', () => {
    expect(table('held', { held: [aHeldJob()], heldTotal: 4_200 }).count).toBe('the oldest 1 of 4,200');
  });

  it('shows a job of a link that is no longer configured', () => {
    expect(texts('held', { held: [aHeldJob({ link: 'gone', site: 'kisumu' })], heldTotal: 1 })[0]?.[1]).toBe('to clinic kisumu | push, link gone');
  });

  it('has words for every reason', () => {
    const held = [...PARKED_REASONS, 'waiting' as const, 'conflict' as const].map((why) => aHeldJob({ why, names: [] }));
    expect(texts('held', { held, heldTotal: held.length }).every((row) => (row[2] ?? '').length > 10)).toBe(true);
  });
});

describe('an empty page', () => {
  it('explains what is missing and what would fill it', () => {
    const { tables } = pageFor(anOverview({ sites: [], routes: [], ends: [] }));
    expect(tables.map(({ id, rows }) => [id, rows.length])).toEqual([
      ['sites', 0],
      ['links', 0],
      ['observed', 0],
      ['closed', 0],
      ['held', 0],
      ['ends', 0],
      ['feeds', 0],
      ['failing', 0],
      ['site-facts', 0],
      ['drift-central-kisumu', 0],
      ['drift-central-siaya', 0],
    ]);
    for (const { empty } of tables) expect(empty).toMatch(/^[A-Z].{40,}\.$/);
  });

  it('says what a person has stopped, who and since when, and how much waits for it', () => {
    const pause = { how: 'pause' as const, since: secondsBefore(3_600), by: 'Amina' };
    const routes = [aRoute('kisumu', 'push', { openJobs: 3, pause }), aRoute('siaya', 'push', { pause: { ...pause, how: 'drain' } })];
    expect(news({ routes })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^busy: clinic kisumu → central paused by Amina since .*, 3 waiting$/),
        expect.stringMatching(/^busy: siaya → central runs dry by Amina since .*, 0 waiting$/),
      ]),
    );
  });
});
