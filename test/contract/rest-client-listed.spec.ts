import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { METADATA, type RecordRef } from '@sync-hub/contracts';
import { mappedBooks, type SiteClient, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { CARE, PROFILE_IDS, type ProfileId, SAMPLE, type Simulator, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, optionsOf } from './rest-bench.js';

/** Kinds that some platforms know nothing of. */
const LATER: Readonly<Partial<Record<ProfileId, readonly string[]>>> = {
  '1.9': ['programattributetype', 'caresetting', 'orderfrequency'],
  '1.12': ['programattributetype'],
  '2.1-old': ['programattributetype'],
};

describe.each(PROFILE_IDS)('all metadata of one kind at a site of platform %s', (profile) => {
  let simulator: Simulator;
  let sites: Sites;
  let site: SiteClient;
  beforeEach(async () => {
    simulator = await startSimulator({ id: 'kisumu', profile });
    simulator.seedMetadata(sampleMetadata());
    sites = new Sites([optionsOf(simulator, 'kisumu')], () => new MemoryAliasBook());
    site = sites.of('kisumu');
  });
  afterEach(async () => {
    await sites.close();
    await simulator.stop();
  });

  it('is listed as each is read, and no kind is listed that the site does not know', async () => {
    let listed = 0;
    for (const kind of METADATA) {
      const all = await site.metadataOf(kind, call);
      expect({ kind, isKnown: all !== null }).toEqual({ kind, isKnown: LATER[profile]?.includes(kind) !== true });
      for (const one of all ?? []) expect(one).toEqual(await site.read(one.record, call));
      listed += all?.length ?? 0;
    }
    expect(listed).toBeGreaterThan(30);
  });

  it('is listed page by page, those out of use with it', async () => {
    const tags = Array.from({ length: 120 }, (_, index) => ({ uuid: randomUUID(), name: `Ward ${index}`, description: null }));
    simulator.seedMetadata({ locationtag: tags });
    simulator.clinician.administrator.retire('locationtag', SAMPLE.loginTag);
    const all = (await site.metadataOf('locationtag', call)) ?? [];
    expect(all.map(({ record }) => record.uuid).sort()).toEqual([...tags.map(({ uuid }) => uuid), SAMPLE.loginTag, SAMPLE.visitTag].sort());
    expect(all.find(({ record }) => record.uuid === SAMPLE.loginTag)?.presence).toBe('voided');
  });
});

describe('a site that has metadata under uuids that a person has mapped', () => {
  const theirs = '0c0ffee0-0000-4000-8000-000000000001';
  let simulator: Simulator;
  let sites: Sites;
  afterEach(async () => {
    await sites.close();
    await simulator.stop();
  });
  const start = async (child: string): Promise<SiteClient> => {
    simulator = await startSimulator({ id: 'kisumu', profile: '2.8' });
    simulator.seedMetadata(sampleMetadata());
    const { of } = mappedBooks(
      () => new MemoryAliasBook(),
      (id) => (id === 'kisumu' ? { parent: 'central', mapped: [{ kind: 'encountertype', parent: theirs, child }] } : null),
    );
    sites = new Sites([optionsOf(simulator, 'kisumu')], of);
    return sites.of('kisumu');
  };
  const type = (uuid: string): RecordRef => ({ aggregate: 'encountertype', uuid });

  it('lists and reads it under the parent’s uuid, and says that it has it', async () => {
    const site = await start(CARE.vitals);
    const listed = (await site.metadataOf('encountertype', call)) ?? [];
    expect(listed.map(({ record }) => record.uuid).sort()).toEqual([theirs, CARE.visitNote].sort());
    expect(await site.read(type(theirs), call)).toMatchObject({ presence: 'present', fields: { name: 'Vitals' } });
    expect(await site.has({ resource: 'encountertype', uuid: theirs }, call)).toBe(true);
    expect(await site.canonicalOf(type(CARE.vitals))).toEqual(type(theirs));
  });

  it('neither reads nor says that it has, under a uuid that is mapped, what is something else', async () => {
    const site = await start(CARE.vitals);
    await expect(site.read(type(CARE.vitals), call)).rejects.toMatchObject({ code: 'mapped-to-another' });
    await expect(site.has({ resource: 'encountertype', uuid: CARE.vitals }, call)).rejects.toMatchObject({ code: 'mapped-to-another' });
  });

  it('is not made to have what it is said to have and has not', async () => {
    const site = await start('no-such');
    const held = await site.read(type(theirs), call);
    expect([held.presence, await site.has({ resource: 'encountertype', uuid: theirs }, call)]).toEqual(['absent', false]);
    const incoming = { ...held, presence: 'present' as const, fields: { name: 'Triage', description: 'First' } };
    simulator.resetRequests();
    const written = site.write(held, incoming, { fields: new Map(Object.entries(incoming.fields)) }, call);
    await expect(written).rejects.toMatchObject({ code: 'mapped-to-nothing' });
    expect(simulator.requests).toEqual([]);
  });
});
