import { describe, expect, it } from '@jest/globals';
import { CARE, type ProfileId } from './index.js';
import { type Bench, withBench } from './simulator.bench.js';

const [ENCOUNTER, OBS, PROVIDED, VISIT, ATTRIBUTE] = 'abcde'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
  string,
  string,
];
const PLATFORMS: readonly ProfileId[] = ['1.9', '1.12', '2.1-old', '2.3', '2.8'];

const patientAt = (at: Bench): string => at.simulator.clinician.addPatient(at.jane());
const visitOf = (patient: string) => ({ patient, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00' });

describe('platforms', () => {
  // RESTWS-729 (2.23), RESTWS-752 (2.25); ConversionUtil.convertMap for nested records
  it.each([
    ['1.9', 400, 400],
    ['1.12', 201, 400],
    ['2.1-old', 400, 400],
    ['2.3', 201, 201],
    ['2.8', 201, 201],
  ] as const)('%s answers a uuid of ours with %i for a record, %i for a part, and keeps those of nested records', (profile, record, part) =>
    withBench({ profile }, async (at) => {
      const patient = patientAt(at);
      const provider = { uuid: PROVIDED, provider: CARE.doctor, encounterRole: CARE.clinicianRole };
      const body = at.vitals(patient, [{ uuid: OBS, concept: CARE.weight, value: 61.5 }], { encounterProviders: [provider] });
      expect((await at.call('POST', 'encounter', { uuid: ENCOUNTER, ...at.vitals(patient, []) })).status).toBe(record);
      const made = await at.call('POST', 'encounter', body);
      expect([made.status, made.json.obs[0].uuid, made.json.encounterProviders[0].uuid]).toEqual([201, OBS, PROVIDED]);
      expect((await at.call('POST', 'visit', { uuid: VISIT, ...visitOf(patient) })).status).toBe(record);
      const visit = at.simulator.clinician.care.startVisit(visitOf(patient));
      const attribute = { uuid: ATTRIBUTE, attributeType: CARE.insurance, value: 'A1' };
      expect((await at.call('POST', `visit/${visit}/attribute`, attribute)).status).toBe(part);
    }),
  );

  // RESTWS-990: webservices.rest 3.0
  it.each(PLATFORMS)('%s takes who and when for a visit only if it is new enough', (profile) =>
    withBench({ profile }, async (at) => {
      const made = await at.call('POST', 'visit', { ...visitOf(patientAt(at)), dateCreated: '2020-05-01T10:15:00.000+0000' });
      expect(made.status).toBe(profile === '2.8' ? 201 : 400);
    }),
  );

  // api 6
  it.each([
    ['1.9', [], '1.9', '1.9'],
    ['1.12', ['birthtime', 'deathdateEstimated'], '1.9', '1.11'],
    ['2.1-old', ['birthtime', 'deathdateEstimated'], '1.9', '2.0'],
    ['2.3', ['birthtime', 'deathdateEstimated', 'causeOfDeathNonCoded', 'diagnoses'], '2.2', '2.0'],
    ['2.8', ['birthtime', 'deathdateEstimated', 'causeOfDeathNonCoded', 'diagnoses'], '2.2', '2.0'],
  ] as const)('%s has the keys %j of those that came later, and says its versions', (profile, keys, encounterVersion, conceptVersion) =>
    withBench({ profile }, async (at) => {
      const patient = patientAt(at);
      const encounter = (await at.call('GET', `encounter/${at.simulator.clinician.care.recordEncounter(at.vitals(patient, []))}?v=full`)).json;
      const person = (await at.call('GET', `person/${patient}?v=full`)).json;
      const concept = (await at.call('GET', `concept/${CARE.weight}?v=full`)).json;
      expect(['birthtime', 'deathdateEstimated', 'causeOfDeathNonCoded', 'diagnoses'].filter((key) => key in person || key in encounter)).toEqual(keys);
      expect([encounter.resourceVersion, concept.resourceVersion]).toEqual([encounterVersion, conceptVersion]);
      expect(['precise', 'allowDecimal'].filter((key) => key in concept)).toEqual([profile === '1.9' ? 'precise' : 'allowDecimal']);
      const late = await at.call('POST', 'location', { name: 'Ward', address7: 'x' });
      expect(late.status).toBe(profile.startsWith('1.') ? 400 : 201);
    }),
  );

  // ConceptResource1_8.fullRepresentationDescription
  it('show ranges of numeric concepts only', () =>
    withBench({}, async (at) => {
      const shown = async (uuid: string) => (await at.call('GET', `concept/${uuid}?v=full`)).json;
      expect(await shown(CARE.weight)).toMatchObject({
        datatype: { display: 'Numeric' },
        conceptClass: { display: 'Test' },
        hiAbsolute: 250,
        lowAbsolute: 0,
        hiNormal: null,
        units: 'kg',
      });
      expect('hiAbsolute' in (await shown(CARE.note))).toBe(false);
      expect((await at.call('GET', 'concept/CIEL:5089')).json.uuid).toBe(CARE.weight);
      expect((await at.call('GET', `concept/Weight (kg)`)).status).toBe(404);
      expect((await at.call('POST', 'concept', { names: [] })).status).toBe(400);
    }));

  // EncounterServiceImpl of core 1.x saves obs by cascade, past ObsValidator
  it.each(PLATFORMS)('%s lets a value out of range into an encounter only before core 2.0', (profile) =>
    withBench({ profile }, async (at) => {
      const body = at.vitals(patientAt(at), [{ concept: CARE.weight, value: 999 }]);
      expect((await at.call('POST', 'encounter', body)).status).toBe(profile.startsWith('1.') ? 201 : 400);
    }),
  );

  // ObsServiceImpl.saveObs of core 1.x asks the complex data for their data
  it.each(PLATFORMS)('%s takes a reference to a file alone only from core 2.0 on', (profile) =>
    withBench({ profile }, async (at) => {
      const obs = { person: patientAt(at), obsDatetime: '2026-01-02T02:00:00', concept: CARE.scan, valueComplex: 'scan.png |1.png' };
      expect((await at.call('POST', 'obs', obs)).status).toBe(profile.startsWith('1.') ? 500 : 201);
    }),
  );

  it('never answer for a care record that was lost on the way with half of it', () =>
    withBench({}, async (at) => {
      const body = { uuid: ENCOUNTER, ...at.vitals(patientAt(at), [{ uuid: OBS, concept: CARE.weight, value: 61.5 }]) };
      at.simulator.faults.loseAnswers(1);
      await expect(at.call('POST', 'encounter', body)).rejects.toThrow('fetch failed');
      expect(at.simulator.state().encounters).toMatchObject([{ uuid: ENCOUNTER, obs: [{ uuid: OBS }] }]);
      const again = await at.call('POST', 'encounter', body);
      expect([again.status, again.json.error.message]).toEqual([500, expect.stringContaining('Duplicate entry')]);
      expect(at.simulator.count('obs')).toBe(1);
      at.simulator.faults.holdAndLandLate(({ path }) => path.endsWith('/obs'));
      const obs = { person: body.patient, obsDatetime: '2026-01-02T02:00:00', concept: CARE.pulse, value: 80 };
      await expect(at.call('POST', 'obs', obs)).rejects.toThrow('fetch failed');
      at.simulator.faults.landHeld();
      expect(at.simulator.count('obs')).toBe(2);
    }));
});
