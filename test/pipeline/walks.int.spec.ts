import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AuditLine, type RecordRef, stepOfLine } from '@sync-hub/contracts';
import { sampleData } from '@sync-hub/openmrs-simulator';
import { AuditSearchRepository } from '@sync-hub/persistence';
import { type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { type PipelineOnSimulators, pipelineOnSimulators } from './on-simulators.js';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

describe('the walk of a change', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const search = async (filter: object): Promise<readonly AuditLine[]> =>
    [...(await new AuditSearchRepository(pipeline.hub.parts.database).page(filter, 100)).lines].reverse();
  const saidOf = async ({ uuid }: RecordRef) => search({ record: uuid });
  const tracesIn = (lines: readonly AuditLine[]) => [...new Set(lines.map(({ details }) => details['trace']))];
  const words = (lines: readonly AuditLine[]) => lines.map(({ type, site }) => `${type.replace('.v1', '')} ${site}`).sort();

  it('is found whole by its trace, in the audit and in the log, and is no other change’s', async () => {
    const [record, other] = [aLocation(), aLocation()];
    pipeline.sites.site('kisumu').edit(record, { name: 'Ward 3' });
    pipeline.sites.site('kisumu').edit(other, { name: 'Ward 4' });
    await pipeline.look('kisumu', record, other);
    await pipeline.atRest();
    const lines = await saidOf(record);
    expect(words(lines)).toEqual(['change.ended kisumu', 'job.ended central', 'record.changed kisumu', 'record.fetched kisumu', 'record.mapped central']);
    const [trace, ...more] = tracesIn(lines);
    expect([trace, more]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), []]);
    expect(words(await search({ trace }))).toEqual(words(lines));
    expect(tracesIn(await saidOf(other))).not.toContain(trace);
    // It is a name, and no word of what was said.
    expect(await search({ text: trace })).toEqual([]);
    const stages = pipeline.lines.filter((line) => line.includes('message-handled') && line.includes(`"trace":"${String(trace)}"`));
    expect(new Set(stages.map((line) => JSON.parse(line).stage))).toEqual(new Set(['fetch', 'map', 'push', 'record', 'release-waiting']));
  });

  it('tells of each step which attempt it was and how long it took, and from which version to which the target came', async () => {
    const record = aLocation();
    pipeline.sites.site('kisumu').edit(record, { name: 'Ward 5' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    pipeline.sites.site('kisumu').edit(record, { name: 'Ward 6' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    const lines = await saidOf(record);
    const [first, second] = lines.filter(({ type }) => type === 'job.ended.v1').map(({ details }) => details);
    expect(first).toMatchObject({ step: { attempt: 1, tookMs: expect.any(Number) }, versionBefore: expect.any(String), versionAfter: expect.any(String) });
    expect(second?.['versionBefore']).toBe(first?.['versionAfter']);
    expect(second?.['versionAfter']).not.toBe(second?.['versionBefore']);
    expect(tracesIn(lines)).toHaveLength(2);
    // What opened the change is no step of a stage.
    expect(lines.find(({ type }) => type === 'record.changed.v1')?.details).not.toHaveProperty('step');
  });

  it('goes on where its job was held, with what is edited meanwhile, until nothing of it is open', async () => {
    const [ward, hospital] = [aLocation(), aLocation()];
    const reference = { path: 'location', resource: 'location', uuid: hospital.uuid, aggregate: 'location' } as const;
    const edited = (name: string): void => {
      const kisumu = pipeline.sites.site('kisumu');
      kisumu.edit(ward, { name, location: hospital.uuid });
      const key = `location/${ward.uuid}`;
      kisumu.records.set(key, { ...kisumu.records.get(key)!, references: [reference] });
    };
    edited('Ward');
    await pipeline.look('kisumu', ward);
    await pipeline.atRest();
    const [held] = (await saidOf(ward)).filter(({ type }) => type === 'job.held.v1');
    expect(held).toMatchObject({ outcome: 'waiting' });
    edited('Ward 7');
    await pipeline.look('kisumu', ward);
    pipeline.sites.site('kisumu').edit(hospital, { name: 'Hospital' });
    await pipeline.look('kisumu', hospital);
    await pipeline.atRest();
    const lines = await saidOf(ward);
    expect(lines.at(-1)).toMatchObject({ type: 'job.ended.v1', outcome: 'pushed' });
    expect(tracesIn(lines)).toEqual([held?.details['trace']]);
    expect(tracesIn(await saidOf(hospital))).not.toContain(held?.details['trace']);
  });

  it('is not lost with what the bus forgets: the sweep sends what goes along too', async () => {
    const { database } = pipeline.hub.parts;
    const record = aLocation();
    pipeline.sites.site('kisumu').edit(record, { name: 'Ward 8' });
    await database.transaction((tx) => pipeline.hub.repositories.changes.open(tx, [{ site: 'kisumu', record }]));
    await pipeline.atRest();
    const lines = await saidOf(record);
    expect(lines).toHaveLength(5);
    expect(tracesIn(lines)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });
});

describe('the bytes of a step', () => {
  let pipeline: PipelineOnSimulators;
  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' } });
  }, 120_000);
  afterAll(() => pipeline.stop());

  it('are those that came from sites and went to them for it, in the audit and in what is written out of it', async () => {
    const [central] = pipeline.simulators;
    const { locations } = sampleData('central', 1);
    central?.load({ locations, patients: [] });
    await pipeline.readFeeds();
    await pipeline.settle();
    const { database } = pipeline.hub.parts;
    const { lines } = await new AuditSearchRepository(database).page({ outcome: 'pushed' }, 100);
    // The last round of a job may have found that an earlier one wrote all that there was to write.
    const wrote = lines.map(stepOfLine).filter(({ bytesWritten }) => bytesWritten !== undefined);
    expect(wrote.length).toBeGreaterThan(0);
    for (const { bytesRead, bytesWritten } of wrote) {
      expect(Number(bytesRead)).toBeGreaterThan(Number(bytesWritten));
      expect(Number(bytesWritten)).toBeGreaterThan(50);
    }
    const looked = (await new AuditSearchRepository(database).page({ stage: 'fetch' }, 100)).lines.filter(({ type }) => type === 'record.fetched.v1');
    expect(looked.map((line) => [Number(stepOfLine(line).bytesRead) > 100, stepOfLine(line).bytesWritten])).toEqual(looked.map(() => [true, undefined]));
    const { pieces } = await pipeline.hub.auditDesk().export({ filter: { outcome: 'pushed' }, format: 'csv' }, 'amina');
    let text = '';
    for await (const piece of pieces) text += piece;
    const [head = '', ...rows] = text.trimEnd().split('\n');
    expect(head).toMatch(/,details,trace,attempt,tookMs,bytesRead,bytesWritten,versionRead,versionBefore,versionAfter$/);
    expect(rows.filter((row) => !/,[0-9a-f]{32},1,\d+,\d+,\d*,,[0-9a-f]{16},[0-9a-f]{16}$/.test(row))).toEqual([]);
    expect(rows).toHaveLength(lines.length);
  });
});
