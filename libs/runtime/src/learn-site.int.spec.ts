import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LockedOutError, NotAllowedError, SiteDownError } from '@sync-hub/contracts';
import { createLog } from '@sync-hub/observability';
import type { SiteFacts } from '@sync-hub/openmrs';
import { ClosedClassRepository, RedriveRepository } from '@sync-hub/persistence';
import { type PipelineBench, pipelineBench } from '@sync-hub/persistence/testing';
import { differencesOf, learnSite } from './learn-site.js';
import { MODERN_SITE } from './testing/memory-record.js';

const NOW: SiteFacts = { ...MODERN_SITE, clockSkewMs: 12, clockWithinMs: 510 };
const BEFORE: SiteFacts = { ...NOW, platform: '2.1.4', rest: '2.20.0', takesUuids: false, undeletes: false, clockSkewMs: -40 };

describe('learning what a site can', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench(['central', 'kisumu']);
  }, 60_000);
  afterAll(() => bench.close());

  const lines: string[] = [];
  const log = createLog({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  const learn = (answer: () => SiteFacts) => {
    const { database, sites, changes } = bench;
    return learnSite(
      {
        clients: { learn: async () => answer() },
        database,
        sites,
        changes,
        closedClasses: new ClosedClassRepository(database),
        redrive: new RedriveRepository(),
        log,
      },
      'kisumu',
    );
  };
  const told = (event: string) => lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['event'] === event);
  const revision = async () => (await bench.sites.circuits()).find(({ id }) => id === 'kisumu')?.capabilityRevision;

  it('tells nobody of what it hears for the first time, nor of what it has heard before, its clock apart', async () => {
    expect(await learn(() => BEFORE)).toEqual({ state: 'up', code: null });
    expect(await learn(() => ({ ...BEFORE, clockSkewMs: 7 }))).toEqual({ state: 'up', code: null });
    expect([await revision(), told('site-changed')]).toEqual([0, []]);
  });

  it('tells every process of an upgrade, and the log of what is new', async () => {
    await learn(() => NOW);
    expect(await revision()).toBe(1);
    expect(told('site-changed')).toEqual([expect.objectContaining({ site: 'kisumu', fields: ['platform', 'rest', 'takesUuids', 'undeletes'], count: 0 })]);
  });

  it('leaves a site closed that is too old to be read, or that went away, or lets us in no more', async () => {
    expect(await learn(() => ({ ...BEFORE, rest: '2.12' }))).toEqual({ state: 'down', code: 'too-old' });
    const refusing = (error: Error) =>
      learn(() => {
        throw error;
      });
    expect(await refusing(new SiteDownError('nobody answers', { site: 'kisumu' }))).toEqual({ state: 'down', code: 'down' });
    expect(await refusing(new LockedOutError('not let in', { site: 'kisumu' }))).toEqual({ state: 'locked-out', code: 'locked-out' });
  });

  it('speaks to a site all the same that does not say what it is, and says so', async () => {
    const silent = learn(() => {
      throw new NotAllowedError('not allowed', { site: 'kisumu' });
    });
    expect(await silent).toEqual({ state: 'up', code: null });
    expect(told('site-not-understood')).toHaveLength(1);
  });

  it('goes by all that was said, also by what was not said before', () => {
    const { undeletes: _, ...earlierRelease } = NOW;
    expect(differencesOf(earlierRelease as SiteFacts, { ...NOW, rest: null })).toEqual(['rest', 'undeletes']);
    expect(differencesOf(NOW, { ...NOW, clockSkewMs: 9 })).toEqual([]);
  });
});
