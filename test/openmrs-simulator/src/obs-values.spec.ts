import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const [ENCOUNTER, OBS, OTHER] = 'abc'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [string, string, string];
const TIME = '2026-01-02T02:00:00.000+0000';

describe('values of obs', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ timeZone: 'Africa/Nairobi' });
    jane = at.simulator.clinician.addPatient(at.jane());
    at.simulator.clinician.care.recordEncounter(at.vitals(jane, [], { uuid: ENCOUNTER }));
  });
  afterEach(() => at.simulator.stop());

  const rows = () => at.simulator.state().encounters[0]?.obs ?? [];
  const body = (more: Record<string, unknown>) => ({ person: jane, obsDatetime: TIME, encounter: ENCOUNTER, ...more });
  const create = (more: Record<string, unknown>) => at.call('POST', 'obs', body({ uuid: OBS, ...more }));

  // ObsResource1_8.getValue and setValue, Obs.setValueAsString (core 2.8.0)
  describe('of each datatype', () => {
    it.each([
      ['Numeric', CARE.weight, 61.5, 61.5],
      ['Numeric as text', CARE.weight, '61.5', 61.5],
      ['Numeric with its units', CARE.weight, '61.5 kg', 61.5],
      ['Text', CARE.note, 'feels better', 'feels better'],
      ['Date', CARE.lastPeriod, '2025-12-01', '2025-12-01'],
      ['Date as shown elsewhere', CARE.lastPeriod, '2025-12-01T00:00:00.000+0300', '2025-12-01'],
      ['Time', CARE.timeOfBirth, '10:15:30', '1970-01-01T10:15:00.000+0300'],
      ['Datetime, on the clock of the server', CARE.admittedAt, '2025-12-01 10:15:30', '2025-12-01T10:15:00.000+0300'],
    ])('come back as the value says: %s', async (_, concept, value, shown) => {
      const made = await create({ concept, value });
      expect([made.status, made.json.value]).toEqual([201, shown]);
    });

    it.each([
      ['Coded by uuid', CARE.diagnosis, CARE.malaria, CARE.malaria],
      ['Coded as it was shown', CARE.diagnosis, { uuid: CARE.malaria, display: 'Malaria' }, CARE.malaria],
      ['Coded by mapping', CARE.diagnosis, 'CIEL:5089', CARE.weight],
      ['Coded with a drug', CARE.diagnosis, CARE.paracetamol, CARE.paracetamol],
      ['Boolean', CARE.pregnant, true, CARE.yes],
      ['Boolean as a word', CARE.pregnant, 'no', CARE.no],
      ['Boolean as a concept', CARE.pregnant, CARE.yes, CARE.yes],
      ['a location in a text', CARE.note, 'CLINIC', 'CLINIC'],
    ])('come back as the record: %s', async (_, concept, value, uuid) => {
      const made = await create({ concept, value: value === 'CLINIC' ? at.clinic : value });
      expect([made.status, made.json.value.uuid]).toEqual([201, uuid === 'CLINIC' ? at.clinic : uuid]);
    });

    it.each([
      ['a moment in ISO form', CARE.admittedAt, '2025-12-01T10:15:00.000+0300'],
      ['a time as it is shown', CARE.timeOfBirth, '1970-01-01T10:15:00.000+0300'],
      ['a boolean as it is shown', CARE.pregnant, { uuid: CARE.yes }],
      ['an unknown answer', CARE.diagnosis, OTHER],
      ['words for a number', CARE.weight, 'heavy'],
      ['nothing', CARE.weight, null],
      ['blank', CARE.weight, ' '],
      ['an empty text', CARE.note, ''],
    ])('refuse %s', async (_, concept, value) => {
      expect((await create({ concept, value })).status).toBe(400);
      expect(rows()).toEqual([]);
    });

    it('hold a file as a reference, with its bytes under another address', async () => {
      const made = await create({ concept: CARE.scan, value: Buffer.from('scan').toString('base64') });
      expect(made.json.value).toEqual({ display: 'raw file', links: { rel: 'self', uri: expect.stringContaining(`/obs/${OBS}/value`) } });
      expect((await at.call('GET', `obs/${OBS}/value`)).text).toBe('scan');
      const referred = await at.call('POST', 'obs', body({ concept: CARE.scan, valueComplex: 'scan.png |1.png' }));
      expect([referred.status, (await at.call('GET', `obs/${referred.json.uuid}?v=custom:(valueComplex)`)).json.valueComplex]).toEqual([
        201,
        'scan.png |1.png',
      ]);
      expect((await at.call('GET', `obs/${referred.json.uuid}/value`)).status).toBe(500);
    });

    it('compare between sites: a location by its uuid, not by the local id that is stored', async () => {
      await create({ concept: CARE.note, value: at.clinic });
      expect(rows()[0]?.values).toMatchObject({ valueText: at.clinic, comment: 'org.openmrs.Location' });
    });
  });
});
