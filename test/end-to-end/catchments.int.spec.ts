import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { Random } from '../convergence/random.js';
import { type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(900_000);

/** Thirty patients, or `SYNC_HUB_CHAOS` times as many; 10 for the three hundred of the promise. */
const PATIENTS = 30 * Number(process.env['SYNC_HUB_CHAOS'] ?? 1);
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';
const BURSTS = 3;

const BOTH = { pull: true, push: true };
const livesIn = (...districts: string[]) => ({ rule: 'address', field: 'countyDistrict', isOneOf: districts });
/** What each child holds, as its rule is written, and as anybody would say it. */
const HOLDS = {
  kisumu: { catchment: livesIn('Kisumu', 'Border'), areas: ['Kisumu', 'Border'] },
  siaya: {
    catchment: {
      rule: 'all',
      of: [
        { rule: 'any', of: [livesIn('siaya'), livesIn('Border')] },
        { rule: 'not', of: livesIn('Nakuru') },
      ],
    },
    areas: ['Siaya', 'Border'],
  },
} as const;
type Child = keyof typeof HOLDS;
const CHILDREN = ['kisumu', 'siaya'] as const satisfies readonly Child[];
const AREAS = ['Kisumu', 'Siaya', 'Border', 'Nakuru'] as const;

/** What the parent was told of a patient, with the burst in which it was. */
interface Told {
  readonly birthdate: string;
  readonly burst: number;
}

interface Patient {
  readonly uuid: string;
  area: string;
  /** In which burst she came to live there. */
  since: number;
  readonly told: Told[];
  readonly visits: { readonly uuid: string; readonly burst: number }[];
}

describe('patients who move from area to area', () => {
  const random = new Random(SEED);
  const patients: Patient[] = [];
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.3' },
      link: (child) => ({
        classes: { location: BOTH, person: { pull: false, push: false }, patient: BOTH, visit: BOTH },
        catchment: HOLDS[child as Child].catchment,
      }),
    });
    clinic = at('central').addLocation({ uuid: random.uuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    for (let n = 0; n < PATIENTS; n += 1) patients.push(aPatient(n));
    await world.atRest(300_000);
  }, 600_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const isIn = (child: Child, { area }: Patient): boolean => (HOLDS[child].areas as readonly string[]).includes(area);
  const rowAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .people.find((one) => one.uuid === uuid);

  function aPatient(n: number): Patient {
    const [uuid, area] = [random.uuid(), random.pick(AREAS)!];
    at('central').addPatient({
      uuid,
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: `Patient ${n}` }],
      addresses: [{ countyDistrict: area, preferred: true }],
      identifiers: [{ identifier: `CATCHMENT-${n}`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
    return { uuid, area, since: 0, told: [], visits: [] };
  }

  const move = (patient: Patient, site: string, burst: number): void => {
    const area = random.pick(AREAS.filter((one) => one !== patient.area))!;
    const address = rowAt(site, patient.uuid)!.addresses.find(({ gone }) => !gone)!;
    at(site).editAddress(address.uuid, { countyDistrict: area });
    Object.assign(patient, { area, since: burst });
  };

  let dates = 0;
  const correct = (patient: Patient, site: string, burst: number): void => {
    dates += 1;
    const birthdate = new Date(Date.UTC(1950, 0, 1 + dates)).toISOString().slice(0, 10);
    at(site).edit('person', patient.uuid, { birthdate });
    patient.told.push({ birthdate, burst });
  };

  const visit = (patient: Patient, site: string, burst: number): void => {
    const uuid = random.uuid();
    const times = { startDatetime: `2026-0${burst}-02T08:30:00.000+0000`, stopDatetime: `2026-0${burst}-02T09:30:00.000+0000` };
    at(site).care.startVisit({ uuid, patient: patient.uuid, visitType: CARE.facilityVisit, location: clinic, ...times });
    patient.visits.push({ uuid, burst });
  };

  const ACTS = { move, correct, visit };

  /** One thing happens to each patient, at the parent or at a child that holds her: two at once would be a conflict, which is not asked for here. */
  function oneBurst(burst: number): void {
    for (const patient of patients) {
      const sites = ['central', ...CHILDREN.filter((child) => isIn(child, patient))];
      ACTS[random.weighted({ move: 4, correct: 3, visit: 3 })](patient, random.pick(sites)!, burst);
    }
  }

  /** What a child holds of one patient that it should not, or lacks. Who has left keeps what she brought, and gets nothing that was said later. */
  function wrongAt(child: Child, patient: Patient, everIn: ReadonlySet<string>): string[] {
    const [here, there] = [rowAt(child, patient.uuid), rowAt('central', patient.uuid)!];
    const visitsHere = new Set(
      world
        .site(child)
        .state()
        .visits.filter(({ gone }) => !gone)
        .map(({ uuid }) => uuid),
    );
    const held = patient.visits.filter(({ uuid }) => visitsHere.has(uuid));
    if (isIn(child, patient)) {
      return [
        ...(here === undefined || here.gone ? ['she is not there'] : []),
        ...(here?.values['birthdate'] === there.values['birthdate'] ? [] : ['her birthdate is another']),
        ...(held.length === patient.visits.length ? [] : [`${patient.visits.length - held.length} visits are missing`]),
      ];
    }
    if (!everIn.has(`${child} ${patient.uuid}`)) return here === undefined && held.length === 0 ? [] : ['she was never to be there'];
    const later = patient.told.filter(({ burst }) => burst > patient.since);
    return [
      ...later.flatMap(({ birthdate }) => (String(here?.values['birthdate']).startsWith(birthdate) ? ['a birthdate told after she left'] : [])),
      ...held.flatMap(({ burst }) => (burst > patient.since ? ['a visit made after she left'] : [])),
    ];
  }

  it(`are, with all that hangs on them, at each child that is to hold them and nowhere else; who left gets nothing more (${PATIENTS}, seed ${SEED})`, async () => {
    const everIn = new Set<string>();
    const note = (): void => {
      for (const child of CHILDREN) for (const patient of patients) if (isIn(child, patient)) everIn.add(`${child} ${patient.uuid}`);
    };
    const wrong = (): string[] =>
      CHILDREN.flatMap((child) =>
        patients.flatMap((patient) => wrongAt(child, patient, everIn).map((what) => `${child}, patient of ${patient.area} since ${patient.since}: ${what}`)),
      );
    note();
    expect(wrong()).toEqual([]);
    for (let burst = 1; burst <= BURSTS; burst += 1) {
      oneBurst(burst);
      note();
      await world.atRest(300_000);
      expect([burst, wrong()]).toEqual([burst, []]);
    }
    const left = CHILDREN.map((child) => patients.filter((patient) => !isIn(child, patient) && everIn.has(`${child} ${patient.uuid}`)).length);
    const inside = CHILDREN.map((child) => patients.filter((patient) => isIn(child, patient)).length);
    process.stdout.write(`${PATIENTS} patients, ${BURSTS} bursts: ${inside.join(' and ')} live in the two catchments, ${left.join(' and ')} have left them\n`);
    for (const count of [...left, ...inside]) expect(count).toBeGreaterThan(0);
    expect(await world.held()).toEqual([]);
    expect(await world.count(`select count(*) from conflict`)).toBe(0);
  });
});
