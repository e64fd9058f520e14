import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
type Kind = 'people' | 'visits' | 'encounters';

describe('a patient who leaves a catchment whose link retires her copy', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      sites: { central: '2.8', siaya: '2.8', busia: '1.12' },
      link: (child) => ({
        classes: { location: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH },
        whenPatientLeaves: 'retire',
        catchment: { rule: 'address', field: 'countyDistrict', isOneOf: [child === 'siaya' ? 'Siaya' : 'Busia'] },
      }),
    });
    clinic = at('central').addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 180_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const row = (site: string, kind: Kind, uuid: string) =>
    (world.site(site).state()[kind] as readonly { readonly uuid: string; readonly gone: boolean; readonly values: Readonly<Record<string, unknown>> }[]).find(
      (one) => one.uuid === uuid,
    );
  const isLive = (site: string, kind: Kind, uuid: string): boolean | null => {
    const found = row(site, kind, uuid);
    return found === undefined ? null : !found.gone;
  };
  const departure = async (patient: string) =>
    (await world.query<{ state: string; reason: string | null }>(`select state, reason from departure where patient = $1`, [patient]))[0] ?? null;
  const becomes = (patient: string, state: string | null): Promise<unknown> =>
    until(`she is ${state}`, async () => ((await departure(patient))?.state ?? null) === state, 60_000);

  const aPatientWithCare = (countyDistrict: string) => {
    const patient = at('central').addPatient(aPatient({ location: clinic, countyDistrict }));
    const visit = aVisit('central', patient, '2026-03-02T08:30:00.000+0000');
    const encounter = at('central').care.recordEncounter({
      uuid: aUuid(),
      patient,
      visit,
      encounterType: CARE.vitals,
      encounterDatetime: '2026-03-02T09:00:00.000+0000',
      location: clinic,
      obs: [{ uuid: aUuid(), concept: CARE.pulse, value: 71 }],
    });
    return { patient, visit, encounter };
  };
  const aVisit = (site: string, patient: string, startDatetime: string): string =>
    at(site).care.startVisit({
      uuid: aUuid(),
      patient,
      visitType: CARE.facilityVisit,
      location: clinic,
      startDatetime,
      stopDatetime: startDatetime.replace('8:30', '9:30'),
    });
  const moveTo = (patient: string, countyDistrict: string): void => {
    const address = world
      .site('central')
      .state()
      .people.find(({ uuid }) => uuid === patient)!
      .addresses.find(({ gone }) => !gone)!;
    at('central').editAddress(address.uuid, { countyDistrict });
  };
  const all = (site: string, { patient, visit, encounter }: ReturnType<typeof aPatientWithCare>) => [
    isLive(site, 'people', patient),
    isLive(site, 'visits', visit),
    isLive(site, 'encounters', encounter),
  ];

  it('is voided there with her history, lives on at the parent, and comes back with all that changed meanwhile', async () => {
    const hers = aPatientWithCare('Siaya');
    await world.atRest();
    expect(all('siaya', hers)).toEqual([true, true, true]);

    moveTo(hers.patient, 'Nakuru');
    await becomes(hers.patient, 'retired');
    await world.atRest();
    expect([all('siaya', hers), all('central', hers)]).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
    const [changed] = await world.query<{ count: number }>(
      `select count(*)::int as count from audit where type = 'change.ended.v1' and site = 'siaya' and details -> 'notAdmitted' ? $1`,
      [`${await linkTo('siaya')}: patient-left`],
    );
    expect(changed?.count).toBeGreaterThan(2);

    at('central').edit('person', hers.patient, { birthdate: '1990-01-02' });
    at('central').care.voidEncounter(hers.encounter);
    const later = aVisit('central', hers.patient, '2026-04-02T08:30:00.000+0000');
    await world.atRest();
    expect([isLive('siaya', 'visits', later), all('siaya', hers)]).toEqual([null, [false, false, false]]);

    moveTo(hers.patient, 'Siaya');
    await becomes(hers.patient, null);
    await until('her history is there', () => isLive('siaya', 'visits', later) === true, 60_000);
    await world.atRest();
    expect([all('siaya', hers), all('central', hers)]).toEqual([
      [true, true, false],
      [true, true, false],
    ]);
    expect(row('siaya', 'people', hers.patient)?.values['birthdate']).toEqual(row('central', 'people', hers.patient)?.values['birthdate']);
    expect(await world.held()).toEqual([]);
  });

  it('sends up first what the clinic has entered and not sent', async () => {
    const hers = aPatientWithCare('Siaya');
    await world.atRest();
    moveTo(hers.patient, 'Nakuru');
    at('siaya').edit('person', hers.patient, { birthdate: '1980-05-06' });
    const visit = aVisit('siaya', hers.patient, '2026-05-02T08:30:00.000+0000');
    await becomes(hers.patient, 'retired');
    await world.atRest();
    expect([
      String(row('central', 'people', hers.patient)?.values['birthdate']).slice(0, 10),
      isLive('central', 'visits', visit),
      isLive('siaya', 'visits', visit),
    ]).toEqual(['1980-05-06', true, false]);
    expect(all('siaya', hers)).toEqual([false, false, false]);
  });

  it('waits for people where the server brings nobody back, takes nothing at the parent along, and goes on once they have', async () => {
    const hers = aPatientWithCare('Busia');
    await world.atRest();
    expect(all('busia', hers)).toEqual([true, true, true]);
    moveTo(hers.patient, 'Nakuru');
    await becomes(hers.patient, 'retired');
    moveTo(hers.patient, 'Busia');
    await until('it is unsupported', async () => (await departure(hers.patient))?.reason === 'unsupported', 60_000);
    await world.atRest();
    expect([await departure(hers.patient), all('busia', hers), all('central', hers)]).toEqual([
      { state: 'returning', reason: 'unsupported' },
      [false, false, false],
      [true, true, true],
    ]);

    at('busia').restorePatient(hers.patient);
    at('busia').care.restoreVisit(hers.visit);
    at('busia').care.restoreEncounter(hers.encounter);
    await world.query(`update departure set not_before = now() where patient = $1`, [hers.patient]);
    await becomes(hers.patient, null);
    at('central').edit('person', hers.patient, { birthdate: '1991-02-03' });
    await world.atRest();
    expect([all('busia', hers), all('central', hers)]).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
    expect(row('busia', 'people', hers.patient)?.values['birthdate']).toEqual(row('central', 'people', hers.patient)?.values['birthdate']);
  });

  const linkTo = async (child: string): Promise<string> => world.hub.rules.current.links.find((link) => link.child === child)!.id;
});
