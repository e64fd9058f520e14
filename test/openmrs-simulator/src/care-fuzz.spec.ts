import { afterEach, describe, expect, it } from '@jest/globals';
import { CARE, type EncounterState, type ObsInput, type ObsState, type ProfileId, Random, RestError, type SimulatorState } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const PATHS = [
  'encounter',
  'visit',
  'obs',
  'encountertype',
  'visittype',
  'encounterrole',
  'provider',
  'form',
  'drug',
  'concept',
  'visitattributetype',
] as const;
const PARTS = ['encounterprovider', 'attribute', 'value', 'x'] as const;
const KEYS =
  'uuid patient person encounter encounterType encounterDatetime location visit visitType startDatetime stopDatetime obs groupMembers obsGroup concept value obsDatetime encounterProviders provider encounterRole attributes attributeType valueCodedName valueComplex status comment form orders diagnoses voided deleted creator dateCreated constructor __proto__'.split(
    ' ',
  );
const VIEWS = [
  '',
  '',
  '?v=full',
  '?v=ref',
  '?v=custom:(uuid,obs:(value,groupMembers:full),visit:full)',
  '?purge=true',
  '?patient=x',
  '?includeAll=true',
] as const;
const PROFILES: readonly ProfileId[] = ['1.9', '1.12', '2.3', '2.8'];

/** What is there, record by record, as one text each: the content and the marks, not the parts that the feed knows nothing of. */
function records(state: SimulatorState): Map<string, string> {
  const all = new Map<string, string>();
  const add = (kind: string, { uuid, gone, values }: { uuid: string; gone: boolean; values: object }): void =>
    void all.set(`${kind}/${uuid}`, JSON.stringify([gone, values]));
  const obs = (one: ObsState): void => {
    add('obs', one);
    one.members.forEach(obs);
  };
  for (const visit of state.visits) add('visit', visit);
  for (const encounter of state.encounters) {
    add('encounter', encounter);
    encounter.obs.forEach(obs);
  }
  state.obs.forEach(obs);
  return all;
}

describe('care on', () => {
  let at: Bench;
  afterEach(() => at.simulator.stop());

  function value(random: Random, known: readonly string[], depth = 0): unknown {
    const leaf = [null, true, 0, -7.5, 61.5, '', 'Vitals', '2020-01-01', '2026-01-02T02:00:00', 'false', ...known, ...known];
    const roll = random.below(depth > 2 ? 6 : 10);
    if (roll < 6) return leaf[random.below(leaf.length)];
    if (roll < 8) return Array.from({ length: random.below(3) }, () => value(random, known, depth + 1));
    return Object.fromEntries(Array.from({ length: random.below(5) }, () => [random.pick(KEYS as [string]), value(random, known, depth + 1)]));
  }

  /** A body that would be taken, with one key gone astray in half of the cases. */
  function nearly(random: Random, known: readonly string[], path: string): Record<string, unknown> {
    const patient = known[1] ?? '';
    const one = { concept: random.pick([CARE.weight, CARE.note, CARE.pulse]), value: random.below(100) };
    const person = { person: patient, obsDatetime: '2026-01-02T02:00:00' };
    const obs = random.pick<ObsInput>([one, { concept: CARE.bloodPressure, groupMembers: [{ ...person, ...one }] }]);
    const body: Record<string, Record<string, unknown>> = {
      encounter: { ...at.vitals(patient, [obs]), encounterProviders: [{ provider: CARE.doctor, encounterRole: CARE.clinicianRole }] },
      visit: { patient, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00' },
      obs: { ...person, ...obs },
    };
    const right = body[path.split('/')[0] ?? ''] ?? { name: random.hex(4), description: 'x' };
    return random.next() < 0.4 ? right : { ...right, [random.pick(KEYS as [string])]: value(random, known) };
  }

  it.each(['1.9', '2.8'] as const)('%s survives any request, all or nothing', async (profile) => {
    at = await bench({ seed: 'care', profile });
    const random = new Random(`care/${profile}`);
    const known: string[] = [at.clinic, at.simulator.clinician.addPatient(at.jane()), CARE.weight, CARE.facilityVisit, random.uuid()];
    for (let i = 0; i < 120; i += 1) {
      const path = [
        random.next() < 0.8 ? random.pick(['encounter', 'visit', 'obs']) : random.pick(PATHS),
        random.pick(known as [string]),
        random.pick(PARTS),
        random.pick(known as [string]),
      ]
        .slice(0, random.next() < 0.6 ? 1 : 1 + random.below(4))
        .join('/');
      const method = random.pick(['GET', 'POST', 'POST', 'POST', 'POST', 'DELETE']);
      const body = method === 'GET' ? undefined : random.pick([value(random, known), nearly(random, known, path), nearly(random, known, path)]);
      const [before, state] = [at.simulator.writes().length, JSON.stringify(at.simulator.state())];
      const reply = await at.call(method, path + random.pick(VIEWS), body);
      expect({ path, body, crashed: reply.json?.error?.code, message: reply.json?.error?.message }).not.toMatchObject({
        crashed: 'java.lang.RuntimeException:0',
      });
      expect({ path, body, left: at.simulator.writes().length === before && JSON.stringify(at.simulator.state()) !== state }).toMatchObject({ left: false });
      if (reply.status === 201 && known.length < 30) known.push(String(reply.json.uuid));
    }
    expect(at.simulator.writes('client').length).toBeGreaterThan(12);
  });

  /** One thing somebody does, or null where there is nothing to do it to. */
  function act(random: Random, patients: readonly string[]): () => unknown {
    const { care } = at.simulator.clinician;
    const { visits, encounters } = at.simulator.state();
    const any = <T>(items: readonly T[]): T | undefined => items[random.below(Math.max(1, items.length))];
    const patient = patients[random.below(patients.length)] ?? '';
    const obsOf = (encounter: EncounterState | undefined): string =>
      any([...(encounter?.obs ?? []), ...(encounter?.obs ?? []).flatMap(({ members }) => members)])?.uuid ?? '';
    const [visit, encounter] = [any(visits)?.uuid ?? '', any(encounters)];
    const number = random.below(200);
    const time = `2026-01-02T0${1 + random.below(2)}:${10 + random.below(49)}:00.000+0000`;
    const group = { concept: CARE.bloodPressure, groupMembers: [{ concept: CARE.systolic, value: number }] };
    return random.pick([
      () => care.startVisit({ patient, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00' }),
      () => care.stopVisit(visit),
      () => care.voidVisit(visit),
      () => care.restoreVisit(visit),
      () => care.recordEncounter(at.vitals(patient, [{ concept: CARE.weight, value: number }, group], { encounterDatetime: time })),
      () => care.recordEncounter(at.vitals(patient, [{ concept: CARE.weight, value: number }, group], { encounterDatetime: time })),
      () => care.moveEncounter(encounter?.uuid ?? '', time),
      () => care.voidEncounter(encounter?.uuid ?? ''),
      () => care.restoreEncounter(encounter?.uuid ?? ''),
      () => care.addObs(encounter?.uuid ?? '', { concept: CARE.pulse, value: number }),
      () => care.editObs(obsOf(encounter), { value: number }),
      () => care.editObs(obsOf(encounter), { comment: String(number) }),
      () => care.voidObs(obsOf(encounter)),
      () => care.restoreObs(obsOf(encounter)),
      () => (random.next() < 0.2 ? at.simulator.clinician.voidPatient(patient) : at.simulator.clinician.restorePatient(patient)),
    ]);
  }

  it.each(PROFILES)('%s announces every record that changed, and keeps every obs in one place', async (profile) => {
    at = await bench({ seed: 'walk', profile });
    const random = new Random(`walk/${profile}`);
    const patients = ['JANE-1', 'JOAN-1'].map((number) => at.simulator.clinician.addPatient(at.jane(number)));
    let done = 0;
    for (let i = 0; i < 200; i += 1) {
      if (random.next() < 0.5) at.pass(1);
      const before = records(at.simulator.state());
      at.simulator.feed.delete(() => true);
      try {
        act(random, patients)();
        done += 1;
      } catch (error) {
        if (!(error instanceof RestError) && !String(error).includes('here')) throw error;
      }
      const after = records(at.simulator.state());
      const announced = new Set(
        at.simulator.feedRows().map(({ object }) =>
          /\/v1\/(\w+)\/([^?"/]+)/
            .exec(object ?? '')
            ?.slice(1)
            .join('/'),
        ),
      );
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
      expect(changed.filter((key) => !announced.has(key))).toEqual([]);
      const all = at.simulator.count('obs');
      expect([...after.keys()].filter((key) => key.startsWith('obs/'))).toHaveLength(all);
    }
    expect(done).toBeGreaterThan(100);
  });
});
