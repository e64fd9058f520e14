import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordDesk, RecordRef } from '@sync-hub/contracts';
import { recordDeskOn } from '@sync-hub/runtime';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const NAME = JSON.stringify({
  prefix: null,
  givenName: 'Zoë Anne',
  middleName: null,
  familyNamePrefix: null,
  familyName: 'Otieno',
  familyName2: null,
  familyNameSuffix: null,
  degree: null,
});

describe('one record', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let desk: RecordDesk;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
    const { parts, rules } = pipeline.hub;
    desk = recordDeskOn(parts.database, parts.vault, () => rules.current);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const aRecord = (aggregate: 'location' | 'person'): RecordRef => ({ aggregate, uuid: randomUUID() });
  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const aPatient = async (identifier: string): Promise<RecordRef> => {
    const record = aRecord('person');
    kisumu.edit(record, { gender: 'F', [`names[${NAME}]`]: true, preferredName: NAME, [`identifiers[8d79|${identifier}]`]: true });
    await look('kisumu', record);
    return record;
  };

  it('is found by its uuid, by an identifier however it is written, and by words of a name, and by nothing else', async () => {
    const [one, other] = [await aPatient('100-GEJ'), await aPatient('200-GEJ')];
    expect(await desk.search(` ${one.uuid} `)).toEqual([{ record: one, by: 'uuid' }]);
    expect(await desk.search('100 gej')).toEqual([{ record: one, by: 'identifier' }]);
    const byName = await desk.search('OTIENO zoe');
    expect(byName.map(({ record, by }) => [record.uuid, by])).toEqual([one.uuid, other.uuid].sort().map((uuid) => [uuid, 'name']));
    for (const text of ['Otieno Achieng', '100', '***', randomUUID()]) expect(await desk.search(text)).toEqual([]);
  });

  it('is found by what it is called now, and by no table’s words', async () => {
    const record = await aPatient('300-GEJ');
    kisumu.edit(record, { 'identifiers[8d79|300-GEJ]': undefined, 'identifiers[8d79|301-GEJ]': true });
    await look('kisumu', record);
    expect([await desk.search('300-GEJ'), (await desk.search('301-GEJ')).length]).toEqual([[], 1]);
    const rows = JSON.stringify(await pipeline.query(`select * from search_word`));
    expect(rows.length).toBeGreaterThan(100);
    for (const word of ['gej', 'otieno', 'zoe']) expect(rows.toLowerCase()).not.toContain(`"${word}"`);
    expect(pipeline.lines.join('\n').toLowerCase()).not.toContain('otieno');
  });

  it('is told with every hop, the newest first, where both ends agreed, and where it waits now and for what', async () => {
    const [record, type] = [aRecord('location'), randomUUID()];
    kisumu.edit(record, { name: 'Ward', parentLocation: null });
    await look('kisumu', record);
    central.lacks.add(`locationattributetype/${type}`);
    kisumu.edit(record, { parentLocation: type }, 'present', [{ path: 'parentLocation', resource: 'locationattributetype', uuid: type, aggregate: null }]);
    await look('kisumu', record);
    const timeline = await desk.timeline({ uuid: record.uuid });
    expect(timeline).toMatchObject({
      record,
      patient: null,
      agreed: expect.arrayContaining([expect.objectContaining({ link: 'kisumu', parent: 'central', child: 'kisumu' })]),
      standing: [
        {
          kind: 'job',
          link: 'kisumu',
          source: 'kisumu',
          site: 'central',
          state: 'parked',
          why: 'unmapped',
          helps: 'add-metadata',
          names: [{ name: `locationattributetype/${type}` }],
        },
      ],
      away: [],
    });
    const said = timeline?.hops ?? [];
    expect(said.map(({ at }) => at)).toEqual(
      said
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    for (const one of ['record.changed', 'record.fetched', 'record.mapped', 'job.ended', 'job.held', 'change.ended'])
      expect(said.map((hop) => hop.said)).toContain(one);
    expect(said.find((hop) => hop.said === 'job.ended' && hop.link === 'kisumu')).toMatchObject({ outcome: 'pushed', site: 'central' });
    expect(await desk.timeline({ uuid: randomUUID() })).toBeNull();
  });

  it('is told with who did what to it', async () => {
    const [record, type] = [aRecord('location'), randomUUID()];
    central.lacks.add(`locationattributetype/${type}`);
    kisumu.edit(record, { parentLocation: type }, 'present', [{ path: 'parentLocation', resource: 'locationattributetype', uuid: type, aggregate: null }]);
    await look('kisumu', record);
    const id = (await desk.timeline({ uuid: record.uuid }))?.standing[0]?.id ?? '';
    await pipeline.hub.heldDesk().act(id, { what: 'discarded', by: 'amina', reason: 'of nobody' });
    await pipeline.atRest();
    const after = await desk.timeline({ uuid: record.uuid });
    expect(after?.standing).toEqual([]);
    expect(after?.hops).toContainEqual(expect.objectContaining({ said: 'held.acted', outcome: 'discarded', by: 'amina' }));
  });
});
