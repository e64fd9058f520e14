import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { WatchFeedService } from '@sync-hub/feed-watcher';
import { type FetchPage, readAtomfeed } from '@sync-hub/openmrs';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

describe('a feed that a person has read from its start', () => {
  let pipeline: Pipeline;
  let entries: { readonly id: string; readonly record: RecordRef }[] = [];
  /** What happens while a page is asked for. */
  let meanwhile: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    const configuration = twoChildren();
    const sites = configuration.sites.map((site) => ({ ...site, feed: { ...site.feed, startAt: 'now' as const } }));
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, sites } });
    const fetchPage: FetchPage = async () => {
      await meanwhile();
      const page = entries.map(({ id, record }) => ({
        id,
        title: 'Location',
        categories: ['location', 'UPDATED'],
        updated: '',
        content: JSON.stringify({ rest: `/ws/rest/v1/location/${record.uuid}?v=full` }),
      }));
      return { number: 1, hasNext: false, entries: page };
    };
    pipeline.sites.readEvents = (_site, toRead) => readAtomfeed(toRead, { fetchPage, flavour: 'generic' });
    await pipeline.hub.parts.database.transaction((tx) => markers().follow(tx, 'kisumu', ['location', 'person']));
  }, 60_000);
  beforeEach(async () => {
    meanwhile = async () => undefined;
    await pipeline.query(`update feed_marker set position = null, from_start = false, leased_by = null, leased_until = null`);
  });
  afterAll(() => pipeline.stop());

  const markers = () => pipeline.hub.repositories.markers;
  const watch = () => {
    const { repositories } = pipeline.hub;
    return new WatchFeedService(pipeline.hub, markers(), repositories.changes, repositories.sites, pipeline.sites).watch(
      'kisumu',
      'location',
      'one',
      new AbortController().signal,
    );
  };
  const rewind = async (category: string | null = 'location') => {
    const { result, said } = await pipeline.hub.parts.database.transaction((tx) => markers().rewind(tx, 'kisumu', category, 'jane'));
    await pipeline.hub.outgoing.send(said);
    return result;
  };
  const aWardBefore = async (): Promise<RecordRef> => {
    const record: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    pipeline.sites.site('kisumu').edit(record, { name: 'Ward 1' });
    entries = [{ id: randomUUID(), record }];
    await watch();
    return record;
  };
  const changesOf = async ({ uuid }: RecordRef) => (await pipeline.query(`select 1 from change where site = 'kisumu' and uuid = $1`, [uuid])).length;
  const isAtCentral = ({ uuid }: RecordRef) => pipeline.sites.site('central').records.has(`location/${uuid}`);

  it('tells what stood there before it was followed, though the configuration begins with now', async () => {
    const before = await aWardBefore();
    await watch();
    expect(await changesOf(before)).toBe(0);
    expect(await rewind()).toEqual(['location']);
    await watch();
    await pipeline.atRest();
    expect([await changesOf(before), isAtCentral(before)]).toEqual([1, true]);
    await watch();
    expect(await changesOf(before)).toBe(1);
  });

  it('writes nothing a second time of what is as agreed, and is in the audit with who had it done', async () => {
    const ward = await aWardBefore();
    await rewind();
    await watch();
    await pipeline.atRest();
    const writes = () => pipeline.sites.site('central').writes.filter(({ record }) => record.uuid === ward.uuid).length;
    expect(writes()).toBe(1);
    await rewind(null);
    await watch();
    await pipeline.atRest();
    expect([await changesOf(ward), writes()]).toEqual([2, 1]);
    const acts = await pipeline.query<{ details: { category: string; by: string } }>(
      `select details from audit where type = 'feed.rewound.v1' order by said_at desc limit 2`,
    );
    expect(acts.map(({ details: { category, by } }) => `${category} ${by}`).sort()).toEqual(['location jane', 'person jane']);
  });

  it('takes the feed from whoever is reading it: what they had read does not move the marker past it', async () => {
    const ward = await aWardBefore();
    meanwhile = async () => {
      meanwhile = async () => undefined;
      await rewind();
    };
    await expect(watch()).rejects.toThrow();
    await watch();
    await pipeline.atRest();
    expect([await changesOf(ward), isAtCentral(ward)]).toEqual([1, true]);
  });

  it('raises no conflict over writes whose entries are told a second time', async () => {
    const ward = await aWardBefore();
    await rewind();
    await watch();
    await pipeline.atRest();
    const judged = async () => (await pipeline.query<{ all: boolean }>(`select bool_and(is_judged) as all from intent where site = 'central'`))[0]?.all;
    await pipeline.hub.parts.database.transaction((tx) => markers().follow(tx, 'central', ['location']));
    expect(await judged()).toBe(false);
    const { result } = await pipeline.hub.parts.database.transaction((tx) => markers().rewind(tx, 'central', 'location', 'jane'));
    expect([result, await judged(), isAtCentral(ward)]).toEqual([['location'], true, true]);
  });

  it('is none where the site has no such feed', async () => {
    expect(await rewind('patient')).toEqual([]);
  });
});
