import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { type AllergyState, CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aPatient } from './people.js';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(120_000);

const SITES = ['central', 'kisumu', 'siaya'] as const;
const RASH = { reaction: CARE.anaemia, reactionNonCoded: 'a rash' };

describe('allergies of a patient', () => {
  let world: World;
  let hub: RunningHub;
  let clinic: string;
  beforeAll(async () => {
    world = await startWorld({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' },
      withoutFhir: ['siaya'],
      link: carrying('allergy'),
    });
    hub = await hubOn(world);
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic' });
    await hub.atRest();
  }, 120_000);
  afterAll(async () => {
    await hub.stop();
    await hub.database.drop();
    await world.stop();
  });

  const at = (site: string) => world.site(site).clinician;
  const aPatientOf = (countyDistrict: string) => at('kisumu').addPatient(aPatient({ location: clinic, countyDistrict }));
  const allergyOf = (patient: string, codedAllergen: string, more: object = {}) => ({
    ...{ uuid: aUuid(), patient, allergen: { allergenType: 'DRUG', codedAllergen } },
    ...more,
  });
  const said = ({ values, reactions }: AllergyState) => ({
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    reactions: reactions.map((one) => one.values),
  });
  /** Of a patient at a site, what the live ones say by uuid. */
  const liveAt = (site: string, patient: string) => {
    const rows = world.site(site).state().allergies;
    return Object.fromEntries(rows.filter(({ gone, values }) => !gone && values['patient'] === patient).map((row) => [row.uuid, said(row)]));
  };
  const uuidsAt = (patient: string) => SITES.map((site) => Object.keys(liveAt(site, patient)).sort());

  it('go up, are edited at the parent, where another takes the place of each, follow her to a clinic without fhir2, and are voided there', async () => {
    const patient = aPatientOf('Kisumu');
    const { lists } = at('kisumu');
    const drug = lists.addAllergy(allergyOf(patient, CARE.paracetamolConcept, { severity: CARE.yes, comment: 'since childhood', reactions: [RASH] }));
    const food = lists.addAllergy(allergyOf(patient, SAMPLE.malaria));
    await hub.atRest();
    expect(uuidsAt(patient)).toEqual([[drug, food].sort(), [drug, food].sort(), []]);
    expect(liveAt('central', patient)).toEqual(liveAt('kisumu', patient));

    // The new one of an allergen lands once the old one is voided.
    const edited = at('central').lists.editAllergy(drug, { comment: 'since June', reactions: [RASH, { reaction: CARE.pregnant }] });
    await hub.atRest();
    expect(uuidsAt(patient).slice(0, 2)).toEqual([[edited, food].sort(), [edited, food].sort()]);
    expect(liveAt('kisumu', patient)).toEqual(liveAt('central', patient));
    lists.changeAllergy(edited, { severity: null, reactions: [] });
    await hub.atRest();
    expect(liveAt('central', patient)[edited]).toMatchObject({ comment: 'since June', reactions: [] });
    expect(liveAt('central', patient)[edited]).not.toHaveProperty('severity');

    at('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('the history is at the other clinic', () => Object.keys(liveAt('siaya', patient)).length === 2, 60_000);
    await hub.atRest();
    expect(liveAt('siaya', patient)).toEqual(liveAt('central', patient));
    // Nobody remembers whose it is but the ends that agreed on it.
    await hub.stop();
    at('siaya').lists.voidAllergy(food);
    hub = await hubOn(world, { database: hub.database });
    await until('its void is everywhere', () => uuidsAt(patient).every((uuids) => uuids.length === 1), 60_000);
    expect(uuidsAt(patient)).toEqual([[edited], [edited], [edited]]);
    expect(await hub.held()).toEqual([]);
  });

  it('are one where two clinics write down the same at once, and what they say differently is asked about', async () => {
    const patient = aPatientOf('Kisumu');
    await hub.atRest();
    const ours = at('kisumu').lists.addAllergy(allergyOf(patient, CARE.malaria, { reactions: [RASH] }));
    const theirs = at('central').lists.addAllergy(allergyOf(patient, CARE.malaria, { reactions: [RASH] }));
    const [mine] = [at('kisumu').lists.addAllergy(allergyOf(patient, CARE.anaemia, { comment: 'since June' }))];
    const other = at('central').lists.addAllergy(allergyOf(patient, CARE.anaemia, { comment: 'since May' }));
    await hub.atRest();
    expect(uuidsAt(patient).slice(0, 2)).toEqual([[theirs, other].sort(), [ours, mine].sort()]);
    const asked = (await hub.held()).map(({ state, details, ...held }) => JSON.stringify([held.uuid, state, details?.['fields']]));
    expect([...new Set(asked)]).toEqual([JSON.stringify([other, 'conflict', ['comment']])]);
    // Whoever edits either, edits both.
    at('kisumu').lists.changeAllergy(ours, { severity: CARE.yes });
    at('central').lists.changeAllergy(other, { comment: 'since June' });
    await hub.atRest();
    expect([liveAt('central', patient)[theirs], liveAt('central', patient)[other]]).toEqual([liveAt('kisumu', patient)[ours], liveAt('kisumu', patient)[mine]]);
    expect(await hub.held()).toEqual([]);
  });

  it('wait where nobody can say whose they are, with what to do about it, and go on once fhir2 is there', async () => {
    const patient = aPatientOf('Siaya');
    await until(
      'she is at the clinic',
      () =>
        world
          .site('siaya')
          .state()
          .people.some(({ uuid }) => uuid === patient),
      60_000,
    );
    await hub.atRest();
    const uuid = at('siaya').lists.addAllergy(allergyOf(patient, CARE.note));
    await until('it is held', async () => (await hub.held(uuid)).length > 0, 30_000);
    expect(await hub.held(uuid)).toMatchObject([{ kind: 'change', site: 'siaya', state: 'parked', code: 'unsupported' }]);
    expect(hub.log().flatMap(({ error }) => (error?.code === 'unsupported' ? [error.message] : []))).toContainEqual(
      expect.stringContaining('only fhir2 can tell, which siaya has not: install openmrs-module-fhir2 there'),
    );
    expect(uuidsAt(patient)[0]).toEqual([]);

    await world.site('siaya').down();
    await until('it is seen to be down', async () => (await hub.siteState('siaya')) === 'down', 30_000);
    await world.upgrade('siaya', '2.8');
    await until('it has come up', () => uuidsAt(patient)[0]?.[0] === uuid, 60_000);
    await hub.atRest();
    expect(await hub.held()).toEqual([]);
  });
});
