import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CARE } from '@sync-hub/openmrs-simulator';
import { type CareWorld, careWorld, DAY } from './care-world.js';
import type { RunningWorld } from './running-hub.js';

jest.setTimeout(240_000);

describe('a visit with three encounters and forty obs, made while the line to the clinic was down', () => {
  let care: CareWorld;
  let world: RunningWorld;
  beforeAll(async () => {
    care = await careWorld();
    world = care.world;
  }, 120_000);
  afterAll(() => world.stop());

  const stateAt = (site: string) => world.site(site).state();
  const encounterAt: CareWorld['encounterAt'] = (site, uuid) => care.encounterAt(site, uuid);
  const obsAt: CareWorld['obsAt'] = (site, uuid) => care.obsAt(site, uuid);
  /** Every live obs by uuid with what it says. */
  const sayings = (site: string, uuid: string) =>
    obsAt(site, uuid)
      .map(({ uuid: own, values }) => [
        own,
        values['concept'],
        values['valueNumeric'] ?? values['valueCoded'] ?? values['valueText'] ?? null,
        values['obsGroup'] ?? null,
      ])
      .sort();
  const everywhere = ['kisumu', 'central', 'siaya'] as const;

  it('arrives whole at the parent and at a second clinic, under the same uuids, after having been edited and partly voided', async () => {
    const clinician = world.site('kisumu').clinician.care;
    const { visit, encounters } = care.sample;
    await world.site('kisumu').down();
    clinician.startVisit(visit);
    for (const encounter of encounters) clinician.recordEncounter(encounter);
    const [first, second] = encounters.map(({ uuid }) => uuid);
    const weights = obsAt('kisumu', first ?? '').filter(({ values }) => values['concept'] === CARE.weight);
    clinician.editObs(weights[0]?.uuid ?? '', { value: 66.5 });
    clinician.voidObs(weights[1]?.uuid ?? '');
    clinician.voidObs(obsAt('kisumu', second ?? '').find(({ values }) => values['concept'] === CARE.note)?.uuid ?? '');
    const writesBefore = { central: world.site('central').writes('client').length, siaya: world.site('siaya').writes('client').length };
    await world.site('kisumu').up();
    await world.isUp('kisumu');
    await world.atRest(90_000);

    expect(await world.held()).toEqual([]);
    for (const { uuid } of encounters) {
      expect(sayings('kisumu', uuid).length).toBeGreaterThan(10);
      for (const site of ['central', 'siaya']) {
        expect(sayings(site, uuid)).toEqual(sayings('kisumu', uuid));
        expect(encounterAt(site, uuid)?.values).toEqual(encounterAt('kisumu', uuid)?.values);
        expect(encounterAt(site, uuid)?.providers.map(({ values }) => values['provider'])).toEqual(
          encounterAt('kisumu', uuid)?.providers.map(({ values }) => values['provider']),
        );
      }
    }
    for (const site of ['central', 'siaya'] as const) {
      expect(stateAt(site).visits.filter(({ gone }) => !gone)).toHaveLength(1);
      expect(stateAt(site).encounters.filter(({ gone }) => !gone)).toHaveLength(3);
      // One transaction for the visit, and one for each encounter with all its obs: nobody ever sees half of one.
      const made = world.site(site).writes('client').slice(writesBefore[site]);
      for (const { uuid } of encounters) {
        const makingIt = made.filter(({ records }) => records.some((record) => record === `encounter/${uuid}`));
        expect(makingIt[0]?.records.filter((record) => record.startsWith('obs/'))).toHaveLength(sayings('kisumu', uuid).length);
      }
    }
  });

  it('has no vitals doubled, and the same uuids everywhere, when the time of an encounter is corrected', async () => {
    const [first] = care.sample.encounters;
    const uuid = first?.uuid ?? '';
    const before = sayings('central', uuid);
    world.site('kisumu').clinician.care.moveEncounter(uuid, `${DAY}T08:45:00.000+0000`);
    await world.atRest(90_000);
    expect(await world.held()).toEqual([]);
    for (const site of everywhere) {
      expect(sayings(site, uuid)).toEqual(sayings('kisumu', uuid));
      expect(encounterAt(site, uuid)?.values['encounterDatetime']).toBe(Date.parse(`${DAY}T08:45:00Z`));
    }
    expect(sayings('central', uuid)).toHaveLength(before.length);
    expect(sayings('central', uuid).map(([, ...says]) => says.slice(0, 2))).toEqual(expect.arrayContaining(before.map(([, ...says]) => says.slice(0, 2))));
  });

  it('asks, and keeps both, where the same obs was corrected at two clinics at once', async () => {
    const third = care.sample.encounters[2]?.uuid ?? '';
    const pulse = (site: string) => obsAt(site, third).find(({ values }) => values['concept'] === CARE.pulse)?.uuid ?? '';
    expect(pulse('siaya')).toBe(pulse('kisumu'));
    for (const [site, value] of [
      ['kisumu', 71],
      ['siaya', 93],
    ] as const) {
      world.site(site).clinician.care.editObs(pulse(site), { value });
    }
    await world.atRest(90_000);
    const held = await world.held(third);
    expect(new Set(held.map(({ state }) => state))).toEqual(new Set(['conflict']));
    const said = (site: string) =>
      obsAt(site, third)
        .filter(({ values }) => values['concept'] === CARE.pulse)
        .map(({ values }) => values['valueNumeric']);
    expect(said('kisumu')).toContain(71);
    expect(said('siaya')).toContain(93);
    for (const site of everywhere) expect(said(site)).toHaveLength(2);
  });

  it('is voided everywhere when it is voided where it was made', async () => {
    const second = care.sample.encounters[1]?.uuid ?? '';
    world.site('kisumu').clinician.care.voidEncounter(second);
    await world.atRest(90_000);
    for (const site of everywhere) expect([encounterAt(site, second)?.gone, obsAt(site, second)]).toEqual([true, []]);
  });
});
