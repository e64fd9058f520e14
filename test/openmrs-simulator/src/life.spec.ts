import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const VISIT = '99999999-0000-4000-8000-00000000000a';
const ENCOUNTER = '99999999-0000-4000-8000-00000000000b';

describe('voiding, retiring and erasing', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane('JANE-1', { attributes: [{ attributeType: SAMPLE.phone, value: '1' }] }));
  });
  afterEach(() => at.simulator.stop());

  const person = (uuid = jane) => at.simulator.state().people.find((row) => row.uuid === uuid);
  const sorted = (lines: string[]): string[] => [...lines].sort();

  it('of a patient take the person and all its parts along, in the same second and with the same reason', async () => {
    await at.call('DELETE', `patient/${jane}?reason=double`);
    const rows = [person(), ...(person()?.names ?? []), ...(person()?.attributes ?? []), ...(person()?.identifiers ?? [])];
    expect(rows.map((row) => [row?.gone, row?.audit['dateVoided'], row?.audit['voidReason']])).toEqual(
      Array.from({ length: 4 }, () => [true, Date.parse('2026-01-02T03:04:05Z'), 'double']),
    );
    expect((await at.call('DELETE', `patient/${jane}?reason=again`)).status).toBe(204);
    expect(person()?.audit['voidReason']).toBe('double');
  });

  it('of a patient take visits, for a reason of their own, and encounters along', async () => {
    at.simulator.seedRow('visit', VISIT, { patient: jane });
    at.simulator.seedRow('encounter', ENCOUNTER, { patient: jane });
    expect((await at.call('GET', `visit?patient=${jane}`)).json.results).toHaveLength(1);
    await at.call('DELETE', `patient/${jane}`);
    expect((await at.call('GET', `visit/${VISIT}?v=full`)).json.auditInfo.voidReason).toBe('Patient deleted');
    expect((await at.call('GET', `encounter?patient=${jane}`)).json.results).toEqual([]);
    await at.call('POST', `patient/${jane}`, { deleted: 'false' });
    expect((await at.call('GET', `encounter/${ENCOUNTER}`)).json.voided).toBe(false);
    expect((await at.call('GET', `visit/${VISIT}`)).json.voided).toBe(true);
  });

  it('are undone by the string "false" alone, for what went in the same second', async () => {
    const old = at.simulator.clinician.addName(jane, { givenName: 'Old' });
    at.simulator.clinician.voidName(old);
    at.pass(1);
    await at.call('DELETE', `patient/${jane}`);
    expect((await at.call('POST', `patient/${jane}`, { deleted: false })).status).toBe(400);
    expect((await at.call('POST', `patient/${jane}`, { deleted: 'false', voided: false })).status).toBe(400);
    expect((await at.call('POST', `patient/${jane}`, { deleted: 'false' })).json.voided).toBe(false);
    expect([person()?.gone, person()?.names.map(({ gone }) => gone), person()?.identifiers[0]?.gone]).toEqual([false, [false, true], false]);
    expect((await at.call('POST', `person/${jane}/name/${old}`, { deleted: 'false' })).status).toBe(400);
  });

  it('by the flag clear only that row', async () => {
    await at.call('DELETE', `patient/${jane}`);
    expect((await at.call('POST', `patient/${jane}`, { voided: false })).status).toBe(400);
    expect((await at.call('POST', `location/${at.clinic}`, { retired: true })).json.error.fieldErrors.retireReason[0].code).toBe('error.null');
  });

  it('erase a patient with a DELETED for each row, and a second time say so too', async () => {
    const heard = at.told(() => at.simulator.clinician.purge('patient', jane));
    expect(sorted(heard)).toEqual(['patient DELETED', 'patient_identifier DELETED', 'person_attribute DELETED', 'person_name DELETED']);
    expect((await at.call('GET', `person/${jane}`)).status).toBe(404);
    expect((await at.call('DELETE', `patient/${jane}?purge=true`)).status).toBe(204);
    expect((await at.call('DELETE', `patient/${jane}`)).status).toBe(404);
  });

  it('do not erase what something refers to', async () => {
    expect((await at.call('DELETE', `location/${at.clinic}?purge=true`)).status).toBe(500);
    expect((await at.call('DELETE', `patientidentifiertype/${SAMPLE.openmrsId}?purge=true`)).status).toBe(500);
  });

  describe('are told by the feed', () => {
    const hand = () => at.simulator.clinician;

    it('as one entry for each row created, the parts of a patient included', () => {
      const heard = at.told(() => hand().addPatient(at.jane('JANE-2', { addresses: [{ address1: 'x' }] })));
      expect(sorted(heard)).toEqual(['patient CREATED', 'patient_identifier CREATED', 'person_address CREATED', 'person_name CREATED']);
    });

    it('as `person` only of who is no patient', () => {
      expect(at.told(() => hand().addPerson({ gender: 'M', names: [{ givenName: 'Joe' }] }))).toContain('person CREATED');
      expect(at.told(() => hand().edit('person', jane, { gender: 'O' }))).toEqual(['patient UPDATED']);
    });

    it('as updates of all first, then as voids of all', () => {
      const heard = at.told(() => hand().voidPatient(jane));
      expect(heard.map((line) => line.split(' ')[1])).toEqual([...Array(4).fill('UPDATED'), ...Array(4).fill('VOIDED')]);
      expect(sorted(at.told(() => hand().restorePatient(jane)))).toContain('patient UNVOIDED');
    });

    it('as an update of the owner too when a part joins it, but not when a part changes', () => {
      let name = '';
      const joined = at.told(() => {
        name = hand().addName(jane, { givenName: 'Janet' });
      });
      expect(joined).toEqual(['person_name CREATED', 'patient UPDATED']);
      expect(at.told(() => hand().editName(name, { givenName: 'Jeanne' }))).toEqual(['person_name UPDATED']);
      expect(at.told(() => hand().voidName(name))).toEqual(['person_name UPDATED', 'person_name VOIDED']);
    });

    it('not at all when nothing changes', () => {
      expect(at.told(() => hand().edit('person', jane, { gender: 'F' }))).toEqual([]);
    });

    it('as retired and unretired for a location', () => {
      expect(at.told(() => hand().retireLocation(at.clinic))).toEqual(['location UPDATED', 'location RETIRED']);
      expect(at.told(() => hand().unretireLocation(at.clinic))).toEqual(['location UPDATED', 'location UNRETIRED']);
    });

    it('with both uuids of a part in the link', () => {
      const name = person()?.names[0]?.uuid ?? '';
      at.told(() => hand().editName(name, { givenName: 'Jeanne' }));
      expect(at.simulator.feedRows('person_name')[0]?.object).toBe(JSON.stringify({ rest: `/ws/rest/v1/person/${jane}/name/${name}?v=full` }));
    });
  });
});
