import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, PROFILE_IDS } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const KIN = '99999999-0000-4000-8000-00000000000a';
const UNKNOWN = '99999999-0000-4000-8000-00000000000b';
const LATER = '2026-02-01T00:00:00.000+0000';
const EARLIER = '2025-02-01T00:00:00.000+0000';

describe('relationships', () => {
  let at: Bench;
  let jane: string;
  let mother: string;
  beforeEach(async () => {
    at = await bench({ alsoPublishes: ['relationship'] });
    [jane, mother] = peopleAt(at);
  });
  afterEach(() => at.simulator.stop());

  const peopleAt = ({ simulator: { clinician }, jane: aJane }: Bench): [string, string] => [
    clinician.addPatient(aJane()),
    clinician.addPerson({ gender: 'F', names: [{ givenName: 'Mary', familyName: 'Doe' }] }),
  ];
  const body = (more: Record<string, unknown> = {}) => ({ uuid: KIN, personA: mother, relationshipType: CARE.parentOf, personB: jane, ...more });
  const relate = (more: Record<string, unknown> = {}) => at.call('POST', 'relationship', body(more));

  it('have the keys of RelationshipResource1_9, and are found from either end', async () => {
    expect((await relate({ startDate: EARLIER })).status).toBe(201);
    const full = (await at.call('GET', `relationship/${KIN}?v=full`)).json;
    const keys = 'uuid display personA relationshipType personB voided auditInfo startDate endDate links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({ display: 'Mary is the Parent of Jane', startDate: EARLIER, endDate: null, resourceVersion: '1.9' });
    for (const person of [jane, mother]) expect((await at.call('GET', `relationship?person=${person}`)).json.results).toHaveLength(1);
    expect((await at.call('GET', `relationship?person=${UNKNOWN}`)).json.results).toEqual([]);
  });

  // RelationshipResource1_8.getUpdatableProperties
  it('keep their persons, and change their type and dates', async () => {
    await relate();
    expect((await at.call('POST', `relationship/${KIN}`, { personA: jane })).status).toBe(400);
    expect((await at.call('POST', `relationship/${KIN}`, { relationshipType: CARE.doctorOf, endDate: LATER })).json).toMatchObject({
      relationshipType: { uuid: CARE.doctorOf },
      endDate: LATER,
    });
  });

  it('are refused without a key, of one person to herself, and of nobody', async () => {
    expect((await at.call('POST', 'relationship', { personA: jane, personB: mother })).status).toBe(400);
    for (const wrong of [{ personB: mother }, { personB: UNKNOWN }, { relationshipType: UNKNOWN }]) expect((await relate(wrong)).status).toBe(500);
  });

  // RelationshipValidator, since core 1.11; the future since 2.0
  it.each(PROFILE_IDS)('have their dates asked about as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      const [child, parent] = peopleAt(old);
      const codes = async (more: object) => {
        const { status, json } = await old.call('POST', 'relationship', { personA: parent, relationshipType: CARE.parentOf, personB: child, ...more });
        return status === 201 ? [] : json.error.globalErrors.map(({ code }: { code: string }) => code);
      };
      const [order, future] = [profile === '1.9' ? [] : ['Relationship.InvalidEndDate.error'], /^2/.test(profile) ? ['error.date.future'] : []];
      expect(await codes({ startDate: EARLIER, endDate: '2024-01-01T00:00:00.000+0000' })).toEqual(order);
      expect(await codes({ startDate: LATER })).toEqual(future);
    });
  });

  it('stay when a person is voided, and are told of where the module is configured to', async () => {
    await relate();
    at.simulator.clinician.voidPatient(jane);
    expect((await at.call('GET', `relationship/${KIN}`)).json.voided).toBe(false);
    at.simulator.clinician.care.voidRelationship(KIN);
    at.simulator.clinician.care.restoreRelationship(KIN);
    expect(at.simulator.feedRows('relationship').map(({ tags }) => tags)).toEqual([
      'relationship,CREATED',
      'relationship,UPDATED',
      'relationship,VOIDED',
      'relationship,UPDATED',
      'relationship,UNVOIDED',
    ]);
  });
});
