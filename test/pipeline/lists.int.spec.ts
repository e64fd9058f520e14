import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import type { Configuration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

const AREAS: Readonly<Record<string, string>> = { kisumu: 'Kisumu', siaya: 'Siaya' };
const both = { pull: true, push: true };
const byArea = (): Configuration => {
  const configuration = twoChildren();
  const links = configuration.links.map((link) => ({
    ...link,
    classes: { ...link.classes, cohort: both },
    catchment: { rule: 'address' as const, field: 'countyDistrict' as const, isOneOf: [AREAS[link.id] ?? ''] },
  }));
  return { ...configuration, links };
};

const keyOf = (area: string): string => JSON.stringify({ countyDistrict: area });
const addressed = (area: string) => ({ [`addresses[${keyOf(area)}]`]: true, preferredAddress: keyOf(area) });
const member = ({ uuid }: RecordRef): string => `members[${uuid}]`;
const named = (...patients: readonly RecordRef[]): Reference[] =>
  patients.map((patient) => ({ path: member(patient), resource: 'patient', uuid: patient.uuid, aggregate: 'person' }));

describe('a list of patients', () => {
  let pipeline: Pipeline;
  const [moraa, achieng, otieno, atieno] = [1, 2, 3, 4].map((): RecordRef => ({ aggregate: 'person', uuid: randomUUID() })) as [
    RecordRef,
    RecordRef,
    RecordRef,
    RecordRef,
  ];
  const trial: RecordRef = { aggregate: 'cohort', uuid: randomUUID() };
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: byArea(), times: { readCohortsSeconds: 1 } });
    const live = (patient: RecordRef, area: string) => at('central').edit(patient, { isPatient: true, gender: 'F', ...addressed(area) });
    live(moraa, 'Kisumu');
    live(achieng, 'Siaya');
    live(otieno, 'Busia');
    live(atieno, 'Kisumu');
    at('central').edit(
      trial,
      { name: 'On trial', description: null, [member(moraa)]: true, [member(achieng)]: true, [member(otieno)]: true },
      'present',
      named(moraa, achieng, otieno),
    );
  }, 60_000);
  afterAll(() => pipeline.stop());

  const at = (site: string) => pipeline.sites.site(site);
  const listedAt = (site: string): readonly string[] =>
    Object.keys(at(site).fieldsOf(trial))
      .filter((path) => path.startsWith('members['))
      .sort();
  const paths = (...patients: readonly RecordRef[]): readonly string[] => patients.map(member).sort();

  it('waits for nobody whom a clinic does not hold, and names there those whom it holds, once they are there', async () => {
    await pipeline.look('central', trial);
    await pipeline.atRest();
    expect([listedAt('kisumu'), listedAt('siaya')]).toEqual([[], []]);
    expect(at('kisumu').fieldsOf(trial)['name']).toBe('On trial');
    await pipeline.look('central', moraa, achieng, otieno, atieno);
    await until('both are listed where they are held', () => listedAt('kisumu').length === 1 && listedAt('siaya').length === 1, 30_000);
    await pipeline.atRest();
    expect([listedAt('kisumu'), listedAt('siaya')]).toEqual([paths(moraa), paths(achieng)]);
    expect(JSON.stringify([...at('kisumu').records.values()])).not.toContain(otieno.uuid);
    expect(listedAt('central')).toEqual(paths(moraa, achieng, otieno));
    expect(await pipeline.open()).toEqual([]);
  });

  it('goes up with who was added, and takes nobody whom the clinic does not hold for removed', async () => {
    at('kisumu').edit(trial, { [member(atieno)]: true }, 'present', named(moraa, atieno));
    await pipeline.look('kisumu', trial);
    await pipeline.atRest();
    expect(listedAt('central')).toEqual(paths(moraa, achieng, otieno, atieno));
    expect(listedAt('siaya')).toEqual(paths(achieng));
    at('kisumu').edit(trial, { [member(atieno)]: undefined });
    await pipeline.look('kisumu', trial);
    await pipeline.atRest();
    expect(listedAt('central')).toEqual(paths(moraa, achieng, otieno));
  });

  it('is in step, and not read into jobs for ever, while it holds more than its clinics do', async () => {
    const mapped = (): number => pipeline.lines.filter((line) => line.includes('message-handled') && line.includes('"stage":"map"')).length;
    const before = mapped();
    expect(before).toBeGreaterThan(0);
    await pipeline.look('central', trial);
    await pipeline.atRest();
    expect(mapped()).toBe(before);
  });

  it('follows who moves, and what is done with her where she was counts no more', async () => {
    at('central').edit(moraa, addressed('Siaya'));
    await pipeline.look('central', moraa);
    await until('she is listed where she is held now', () => listedAt('siaya').includes(member(moraa)), 30_000);
    await pipeline.atRest();
    expect(listedAt('kisumu')).toEqual(paths(moraa));
    at('kisumu').edit(trial, { [member(moraa)]: undefined });
    await pipeline.look('kisumu', trial);
    await pipeline.atRest();
    expect([listedAt('central'), listedAt('siaya')]).toEqual([paths(moraa, achieng, otieno), paths(moraa, achieng)]);
  });

  it('is not voided by a clinic that has not seen all whom it holds: a person is asked', async () => {
    at('siaya').edit(trial, {}, 'voided');
    await pipeline.look('siaya', trial);
    await pipeline.atRest();
    expect(at('central').records.get(recordKey(trial))?.presence).toBe('present');
    expect((await pipeline.open()).map(({ what, state, code }) => [what, state, code])).toEqual([['job siaya push', 'conflict', 'void-would-take-others']]);
  });
});
