import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRecord, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { ExclusionRepository } from './exclusion.repository.js';
import { type RouteRules, RulesRepository } from './rules.repository.js';

const SERVICES = ['fetcher', 'mapper', 'pusher', 'audit-service'];
/** A link out of a site of its own, unless another is named. */
const aRouteOf = (digest: string, source = `site-${aRecord().uuid.slice(0, 8)}`): RouteRules => ({
  link: `link-of-${source}`,
  direction: 'pull',
  source,
  digest,
});

describe('the rules that admit records on a route', () => {
  let bench: PipelineBench;
  let rules: RulesRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    rules = new RulesRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const know = async (source: string, count: number, aggregate: 'location' | 'person' = 'location') => {
    const records = Array.from({ length: count }, () => ({ ...aRecord(), aggregate }));
    await bench.database.transaction((tx) =>
      bench.changes.open(
        tx,
        records.map((record) => ({ site: source, record })),
      ),
    );
    return records.map(({ uuid }) => uuid).sort();
  };
  const note = (route: RouteRules, services: readonly string[] = SERVICES) => bench.database.transaction((tx) => rules.note(tx, services, [route]));
  const list = async (route: RouteRules, aggregates: readonly ('location' | 'person')[] = ['location', 'person']) =>
    (await bench.database.transaction((tx) => rules.list(tx, route, aggregates))).result;
  const take = async (route: RouteRules, limit: number, aggregates: readonly ('location' | 'person')[] = ['location', 'person']) =>
    (await bench.database.transaction((tx) => rules.take(tx, route, aggregates, limit))).result;
  const waiting = async (route: RouteRules, settleSeconds = 0) => {
    const [one] = await rules.toLookThrough([route], settleSeconds);
    return one === undefined ? null : { isDue: one.isDue, behind: one.behind, hasMore: one.hasMore };
  };

  it('ask for nothing where nothing was known when they were first noted, however much is known later', async () => {
    const route = aRouteOf('one');
    await note(route);
    await know(route.source, 3);
    await note(route);
    expect(await waiting(route)).toBeNull();
    expect(await list(route)).toBe(0);
  });

  it('of a link that is new ask for all that is known at its source, once, kinds in the order given', async () => {
    const source = aRouteOf('').source;
    const [people, places] = [await know(source, 3, 'person'), await know(source, 2)];
    const route = aRouteOf('one', source);
    await note(route);
    expect(await waiting(route)).toEqual({ isDue: true, behind: [], hasMore: false });
    expect([await list(route), await list(route)]).toEqual([5, 0]);
    expect(await waiting(route)).toEqual({ isDue: false, behind: [], hasMore: true });
    const first = await take(route, 2);
    expect(first.map(({ uuid }) => uuid).sort()).toEqual(places);
    expect((await take(route, 9)).map(({ aggregate, uuid }) => `${aggregate} ${uuid}`).sort()).toEqual(people.map((uuid) => `person ${uuid}`));
    expect([await take(route, 9), await waiting(route)]).toEqual([[], null]);
  });

  it('that change ask again, for the kinds that travel', async () => {
    const route = aRouteOf('one');
    await note(route);
    await know(route.source, 2, 'person');
    const places = await know(route.source, 1);
    const changed = { ...route, digest: 'two' };
    await note(changed);
    expect(await list(changed, ['location'])).toBe(1);
    expect((await take(changed, 9)).map(({ uuid }) => uuid)).toEqual(places);
  });

  it('that change ask for what the older ones kept at the source as well, of whatever kind', async () => {
    const route = aRouteOf('one');
    await note(route);
    const encounter = { ...aRecord(), aggregate: 'encounter' as const };
    const exclusions = new ExclusionRepository(bench.database);
    await bench.database.transaction((tx) => exclusions.keep(tx, { ...route, record: encounter, keptBy: 'itself', refersTo: [] }));
    await know(route.source, 1, 'person');
    const changed = { ...route, digest: 'two' };
    await note(changed);
    expect(await list(changed, ['location'])).toBe(1);
    expect(await take(changed, 9, ['location'])).toEqual([encounter]);
  });

  it('are forgotten with their link: one that comes back has missed what was known meanwhile', async () => {
    const [route, other] = [aRouteOf('one'), aRouteOf('one')];
    await bench.database.transaction((tx) => rules.note(tx, SERVICES, [route, other]));
    await know(route.source, 2);
    await note(other);
    expect(await waiting(other)).toBeNull();
    await bench.database.transaction((tx) => rules.note(tx, SERVICES, [route, other]));
    expect([(await waiting(route))?.isDue, await list(route), await waiting(other)]).toEqual([true, 2, null]);
  });

  it('wait for every service that admits, and say who is behind', async () => {
    const source = aRouteOf('').source;
    await know(source, 1);
    const [before, after] = [aRouteOf('one', source), aRouteOf('two', source)];
    await note(before);
    await list(before);
    await take(before, 9);
    await note(after, ['fetcher', 'console']);
    expect(await waiting(after)).toEqual({ isDue: false, behind: ['mapper', 'pusher'], hasMore: false });
    await note(after, ['mapper']);
    expect(await waiting(after)).toEqual({ isDue: false, behind: ['pusher'], hasMore: false });
    await note(after, ['pusher']);
    expect(await waiting(after)).toEqual({ isDue: true, behind: [], hasMore: false });
  });

  it('are believed only once they have stood', async () => {
    const source = aRouteOf('').source;
    await know(source, 1);
    const route = aRouteOf('one', source);
    await note(route);
    expect([await waiting(route, 3600), (await waiting(route))?.isDue]).toEqual([null, true]);
  });
});
