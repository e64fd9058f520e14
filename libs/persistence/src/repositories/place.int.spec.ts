import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Uuid } from '@sync-hub/contracts';
import { aRecord, type PipelineBench, pipelineBench } from '../testing/pipeline-bench.js';
import { PlaceRepository } from './place.repository.js';

describe('where places are', () => {
  let bench: PipelineBench;
  let places: PlaceRepository;
  beforeAll(async () => {
    bench = await pipelineBench();
    places = new PlaceRepository(bench.database);
  }, 60_000);
  afterAll(() => bench.close());

  const aPlace = (): Uuid => aRecord().uuid;
  const note = async (uuid: Uuid, above: Uuid | null, site = 'central', links: readonly string[] = []) =>
    (await bench.database.transaction((tx) => places.note(tx, site, { uuid, above }, links))).result;

  it('is known as far as it was seen, at that site alone', async () => {
    const [county, town, clinic] = [aPlace(), aPlace(), aPlace()];
    await note(clinic, town);
    expect(await places.above('central', [clinic, town])).toEqual(new Map([[clinic, { chain: [clinic, town], isWhole: false }]]));
    await note(town, county);
    await note(county, null);
    expect(await places.above('central', [clinic, county])).toEqual(
      new Map([
        [clinic, { chain: [clinic, town, county], isWhole: true }],
        [county, { chain: [county], isWhole: true }],
      ]),
    );
    expect(await places.above('kisumu', [clinic])).toEqual(new Map());
    expect(await places.above('central', [])).toEqual(new Map());
  });

  it('comes to an end in a circle, which is whole nowhere', async () => {
    const [one, other] = [aPlace(), aPlace()];
    await note(one, other);
    await note(other, one);
    expect(await places.above('central', [one])).toEqual(new Map([[one, { chain: [one, other], isWhole: false }]]));
  });

  it('is told to who sought it, once, whether the place is new, has moved, or stands as before', async () => {
    const [place, other, patient] = [aPlace(), aPlace(), { aggregate: 'person', uuid: aRecord().uuid } as const];
    const seek = () => bench.database.transaction((tx) => places.seek(tx, 'central', patient, [place]));
    for (const above of [null, other, other]) {
      await seek();
      await seek();
      expect(await note(place, above)).toEqual([patient]);
      expect(await note(place, above)).toEqual([]);
    }
  });

  it('lets a route be looked through again where a place that was known has moved', async () => {
    const place = aPlace();
    const listed = async () => (await bench.database.query(`select from route_listed where link = 'of-places'`)).length;
    const list = () =>
      bench.database.query(`insert into route_listed (link, direction, digest) values ('of-places', 'pull', 'one'), ('of-places', 'push', 'one')`);
    await list();
    await note(place, null, 'central', ['of-places']);
    await note(place, null, 'central', ['of-places']);
    expect(await listed()).toBe(2);
    await note(place, aPlace(), 'central', ['of-places']);
    expect(await listed()).toBe(1);
  });
});
