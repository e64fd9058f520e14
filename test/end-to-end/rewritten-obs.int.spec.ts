import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CareWorld, careWorld, DAY } from './care-world.js';

jest.setTimeout(240_000);

describe('an encounter whose obs two servers wrote anew, because its time was corrected at both', () => {
  let care: CareWorld;
  beforeAll(async () => {
    care = await careWorld();
    const { world, sample } = care;
    world.site('kisumu').clinician.care.startVisit(sample.visit);
    for (const encounter of sample.encounters) world.site('kisumu').clinician.care.recordEncounter(encounter);
    await world.atRest(90_000);
  }, 240_000);
  afterAll(() => care.world.stop());

  const says = (site: string, uuid: string) =>
    care
      .obsAt(site, uuid)
      .map(({ values }) => JSON.stringify([values['concept'], values['valueNumeric'] ?? values['valueCoded'] ?? values['valueText'] ?? null]))
      .sort();

  it('has each of them once', async () => {
    const { world, sample, encounterAt } = care;
    const uuid = sample.encounters[0]?.uuid ?? '';
    const before = says('central', uuid);
    expect(before.length).toBeGreaterThan(10);
    const was = new Date(Number(encounterAt('central', uuid)?.values['encounterDatetime'])).toISOString().replace('Z', '+0000');
    world.site('central').clinician.care.moveEncounter(uuid, `${DAY}T08:45:00.000+0000`);
    world.site('central').clinician.care.moveEncounter(uuid, was);
    world.site('kisumu').clinician.care.moveEncounter(uuid, `${DAY}T08:50:00.000+0000`);
    await world.atRest(90_000);
    expect(await world.held()).toEqual([]);
    for (const site of ['central', 'kisumu', 'siaya']) expect([site, says(site, uuid)]).toEqual([site, before]);
  });
});
