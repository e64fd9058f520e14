import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import { RestError, SAMPLE } from '@sync-hub/openmrs-simulator';
import { call, clinic, country, data, difference, district, HandClock, location, PROFILES, person, RestBench } from './rest-bench.js';

/** A small generator of fixed chance (mulberry32). */
function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number) => Math.floor(next() * count);
  const pick = <T>(items: readonly T[]): T | undefined => items[below(items.length)];
  return { below, pick };
}

const WORDS = ['Achieng', 'Otieno', 'Wanjiru', 'Zawadi', 'Juma', 'Moraa', 'Ahero', 'Maseno'];

/** What a clerk might do to a patient; the simulator refuses what OpenMRS does. */
function changes(bench: RestBench, { below, pick }: ReturnType<typeof chance>, held: CanonicalRecord): readonly (() => void)[] {
  const { clinician } = bench.source;
  const uuid = held.record.uuid;
  const word = () => pick(WORDS) ?? '';
  const rows = (list: string) => Object.entries(held.itemUuids).flatMap(([path, row]) => (path.startsWith(`${list}[`) ? [row] : []));
  const some = (list: string) => pick(rows(list)) ?? 'none';
  return [
    () =>
      clinician.edit('person', uuid, {
        gender: pick(['F', 'M', 'O', 'U']),
        birthdate: `19${10 + below(89)}-0${1 + below(9)}-1${below(9)}`,
        birthdateEstimated: below(2) === 0,
      }),
    () =>
      clinician.edit(
        'person',
        uuid,
        below(2) === 0
          ? { dead: true, causeOfDeath: SAMPLE.malaria, deathDate: '2021-03-04T10:00:00.000+0000' }
          : { dead: false, causeOfDeath: null, deathDate: null },
      ),
    () => clinician.editName(some('names'), { givenName: word(), middleName: below(2) === 0 ? null : word() }),
    () => void clinician.addName(uuid, { givenName: word(), familyName: word(), prefix: 'Dr' }),
    () => clinician.setPreferredName(uuid, some('names')),
    () => clinician.voidName(some('names')),
    () => clinician.editAddress(some('addresses'), { cityVillage: word(), startDate: '2019-01-01T00:00:00.000+0000' }),
    () => void clinician.addAddress(uuid, { address1: word(), country: 'Kenya' }),
    () => clinician.setPreferredAddress(uuid, some('addresses')),
    () => clinician.voidAddress(some('addresses')),
    () => void clinician.addAttribute(uuid, { attributeType: SAMPLE.phone, value: `+254 ${below(1000)}` }),
    () => clinician.editAttribute(held.itemUuids[`attributes[${SAMPLE.healthCentre}]`] ?? 'none', { value: pick([country, district, clinic]) ?? clinic }),
    () => clinician.voidAttribute(some('attributes')),
    () =>
      void clinician.addIdentifier(uuid, { identifier: `R-${below(100_000)}`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: below(2) === 0 }),
    () => clinician.editIdentifier(some('identifiers'), { identifier: `E-${below(100_000)}`, location: district }),
    () => clinician.editIdentifier(some('identifiers'), { preferred: true }),
    () => clinician.voidIdentifier(some('identifiers')),
    () => clinician.voidPatient(uuid),
  ];
}

describe.each(PROFILES)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  const clock = new HandClock();
  beforeEach(async () => {
    bench = await RestBench.start(profile, clock);
  });
  afterEach(() => bench.stop());

  const read = (site: string, uuid: string) => bench.sites.of(site).read(person(uuid), call);

  /** Writes what differs until nothing does: a presence first, then the fields. */
  async function carryWhole(uuid: string): Promise<[CanonicalRecord, CanonicalRecord]> {
    const incoming = await read('source', uuid);
    const held = await read('target', uuid);
    if (held.presence === 'absent' && incoming.presence === 'voided') return [held, held];
    const voids = held.presence !== 'absent' && incoming.presence !== held.presence;
    const writes = voids
      ? { presence: incoming.presence === 'voided' ? ('voided' as const) : ('present' as const), fields: new Map() }
      : difference(incoming, held);
    if (writes.presence === 'present' && bench.old) bench.target.clinician.restorePatient(uuid);
    const written = writes.presence === 'present' && bench.old ? held : await bench.sites.of('target').write(held, incoming, writes, call);
    return voids && incoming.presence === 'present' ? carryWhole(uuid) : [incoming, written];
  }

  /** One to three things that a clerk does before anybody looks; false where the first one was refused. */
  async function act(uuid: string, random: ReturnType<typeof chance>): Promise<boolean> {
    for (let acts = 1 + random.below(3), done = 0; done < acts; done += 1) {
      const held = await read('source', uuid);
      clock.tick();
      try {
        if (held.presence === 'voided') bench.source.clinician.restorePatient(uuid);
        else random.pick(changes(bench, random, held))?.();
      } catch (error) {
        if (error instanceof RestError || /^no \w+ \S+ here$/.test((error as Error).message)) return done > 0;
        throw error;
      }
    }
    return true;
  }

  it.each([1, 2, 3])('holds what the source holds after each of 60 changes (seed %i)', async (seed) => {
    const random = chance(seed);
    for (const place of [country, district, clinic]) await bench.carry(location(place));
    const uuids = data.patients.map(({ uuid }) => String(uuid));
    let done = 0;
    for (let turn = 0; done < 60 && turn < 300; turn += 1) {
      const uuid = random.pick(uuids) ?? '';
      if (!(await act(uuid, random))) continue;
      const [incoming, written] = await carryWhole(uuid);
      const { causeOfDeathNonCoded: _lost, ...expected } = incoming.fields;
      const { causeOfDeathNonCoded: _none, ...found } = written.fields;
      expect({ presence: written.presence, ...found }).toEqual({ presence: incoming.presence, ...expected });
      done += 1;
    }
    expect(done).toBe(60);
  });
});
