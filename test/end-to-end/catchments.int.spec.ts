import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { Random } from '../convergence/random.js';
import { type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(3_600_000);

/** Thirty patients, or `SYNC_HUB_CHAOS` times as many; 10 for the three hundred of the promise. */
const TIMES = Number(process.env['SYNC_HUB_CHAOS'] ?? 1);
const PATIENTS = 30 * TIMES;
/** Ten times as many take their time on a machine that does other work, too. */
const RESTS_WITHIN_MS = 300_000 * Math.max(1, TIMES / 2);
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';
const BURSTS = 3;

const BOTH = { pull: true, push: true };
const [COUNTY, WARD, OUTREACH] = [1, 2, 3].map((n) => `8d6c993e-c2cc-11de-8d13-0010c6dffd0${n}`) as [string, string, string];
const livesIn = (...districts: string[]) => ({ rule: 'address', field: 'countyDistrict', isOneOf: districts });
const isOf =
  (...areas: string[]) =>
  ({ area }: Patient): boolean =>
    areas.includes(area);
/** What each child holds, as its rule is written, and as anybody would say it. */
const HOLDS = {
  kisumu: { catchment: livesIn('Kisumu', 'Border'), has: isOf('Kisumu', 'Border') },
  siaya: {
    catchment: {
      rule: 'all',
      of: [
        { rule: 'any', of: [livesIn('siaya'), livesIn('Border')] },
        { rule: 'not', of: livesIn('Nakuru') },
        {
          rule: 'not',
          of: {
            rule: 'all',
            of: [
              { rule: 'program', isOneOf: [CARE.hivProgram] },
              { rule: 'visit-location', isWithin: [COUNTY] },
            ],
          },
        },
      ],
    },
    has: (patient: Patient): boolean => isOf('Siaya', 'Border')(patient) && !(patient.enrollments.some(isLive) && wasInCounty(patient)),
  },
  homa: {
    catchment: {
      rule: 'any',
      of: [
        { rule: 'program', isOneOf: [CARE.hivProgram], state: 'active' },
        { rule: 'visit-location', isWithin: [COUNTY] },
        { rule: 'cohort', isOneOf: [OUTREACH] },
      ],
    },
    has: (patient: Patient): boolean =>
      patient.membership !== null || patient.enrollments.some((one) => isLive(one) && one.completed === null) || wasInCounty(patient),
  },
} as const;
type Child = keyof typeof HOLDS;
const CHILDREN = ['kisumu', 'siaya', 'homa'] as const satisfies readonly Child[];
const AREAS = ['Kisumu', 'Siaya', 'Border', 'Nakuru'] as const;

/** Something that hangs on a patient, with the burst in which it was made. */
interface Hanging {
  readonly uuid: string;
  readonly burst: number;
  isVoid: boolean;
}

interface Patient {
  readonly uuid: string;
  area: string;
  /** In which burst she left each child that has held her, and holds her no more. */
  readonly left: Map<Child, number>;
  /** What was told of her, with the burst in which it was. */
  readonly told: { readonly birthdate: string; readonly burst: number }[];
  readonly visits: (Hanging & { readonly place: string })[];
  readonly enrollments: (Hanging & { completed: string | null })[];
  /** By which she is in the cohort of the outreach. */
  membership: string | null;
}

const isLive = ({ isVoid }: Hanging): boolean => !isVoid;
const wasInCounty = ({ visits }: Patient): boolean => visits.some((visit) => isLive(visit) && visit.place === WARD);

describe('patients who move from area to area', () => {
  const random = new Random(SEED);
  const patients: Patient[] = [];
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.3', homa: '2.8' },
      publishes: ['programenrollment'],
      link: (child) => ({
        classes: { location: BOTH, person: { pull: false, push: false }, patient: BOTH, visit: BOTH, programenrollment: BOTH },
        catchment: HOLDS[child as Child].catchment,
      }),
    });
    clinic = at('central').addLocation({ uuid: random.uuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    at('central').cohorts.gather('Outreach', OUTREACH);
    at('central').addLocation({ uuid: COUNTY, name: 'Homa county' });
    at('central').addLocation({ uuid: WARD, name: 'Ward', parentLocation: COUNTY, tags: [SAMPLE.visitTag] });
    for (let n = 0; n < PATIENTS; n += 1) patients.push(aPatient(n));
    await atRest();
  }, 2 * RESTS_WITHIN_MS);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const isIn = (child: Child, patient: Patient): boolean => HOLDS[child].has(patient);
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
    return { uuid, area, left: new Map(), told: [], visits: [], enrollments: [], membership: null };
  }

  const move = (patient: Patient, site: string): void => {
    const area = random.pick(AREAS.filter((one) => one !== patient.area))!;
    const address = rowAt(site, patient.uuid)!.addresses.find(({ gone }) => !gone)!;
    at(site).editAddress(address.uuid, { countyDistrict: area });
    patient.area = area;
  };

  let dates = 0;
  const correct = (patient: Patient, site: string, burst: number): void => {
    dates += 1;
    const birthdate = new Date(Date.UTC(1950, 0, 1 + dates)).toISOString().slice(0, 10);
    at(site).edit('person', patient.uuid, { birthdate });
    patient.told.push({ birthdate, burst });
  };

  const visit = (patient: Patient, site: string, burst: number): void => {
    const [uuid, place] = [random.uuid(), random.pick([clinic, WARD])!];
    const times = { startDatetime: `2026-0${burst}-02T08:30:00.000+0000`, stopDatetime: `2026-0${burst}-02T09:30:00.000+0000` };
    at(site).care.startVisit({ uuid, patient: patient.uuid, visitType: CARE.facilityVisit, location: place, ...times });
    patient.visits.push({ uuid, burst, place, isVoid: false });
  };

  const takeBack = (patient: Patient, site: string, burst: number): void => {
    const mistaken = random.pick(patient.visits.filter(isLive));
    if (mistaken === undefined) return visit(patient, site, burst);
    at(site).care.voidVisit(mistaken.uuid);
    mistaken.isVoid = true;
  };

  /** She is enrolled, or else what she is enrolled by is completed, or was a mistake. */
  const program = (patient: Patient, site: string, burst: number): void => {
    const { programs } = at(site);
    const open = patient.enrollments.find((one) => isLive(one) && one.completed === null);
    const last = open ?? random.pick(patient.enrollments.filter(isLive));
    const act = random.pick(open === undefined ? (last === undefined ? ['enroll'] : ['enroll', 'void']) : ['complete', 'void']);
    if (act === 'enroll' || last === undefined) {
      const uuid = random.uuid();
      programs.enroll({ uuid, patient: patient.uuid, program: CARE.hivProgram, dateEnrolled: `2026-0${burst}-03T08:00:00.000+0000` });
      patient.enrollments.push({ uuid, burst, isVoid: false, completed: null });
    } else if (act === 'complete') {
      last.completed = `2026-0${burst}-20T08:00:00.000+0000`;
      programs.edit(last.uuid, { dateCompleted: last.completed });
    } else {
      programs.void(last.uuid);
      last.isVoid = true;
    }
  };

  /** The outreach comes to her, or no more; it is the parent that keeps the list. */
  const outreach = (patient: Patient): void => {
    const { cohorts } = at('central');
    if (patient.membership === null) patient.membership = cohorts.add(OUTREACH, patient.uuid);
    else {
      cohorts.remove(patient.membership);
      patient.membership = null;
    }
  };

  /** No feed tells of a cohort: it was read since, and whoever came or went has been taken to be looked at. */
  const atRest = async (): Promise<void> => {
    // The first reading may have begun before.
    for (const _reading of [1, 2]) {
      const since = await world.clock();
      await until('the cohort has been read', async () => (await world.count(`select count(*) from cohort where read_at > $1`, [since])) > 0, 60_000);
    }
    await until('whoever it matters to is looked at', async () => (await world.count(`select count(*) from route_to_look_at`)) === 0, 60_000);
    // Who comes in comes with her history, twenty at a time.
    const unlisted = () => world.count(`select count(*) from membership where is_member and not listed @> '{visit,programenrollment}'`);
    do {
      await until('the history of each who came in is listed', async () => (await unlisted()) === 0, RESTS_WITHIN_MS);
      await world.atRest(RESTS_WITHIN_MS);
    } while ((await unlisted()) > 0);
  };

  const ACTS = { move, correct, visit, takeBack, program, outreach };

  /** One thing happens to each patient, at the parent or at a child that holds her: two at once would be a conflict, which is not asked for here. */
  function oneBurst(burst: number): void {
    for (const patient of patients) {
      const sites = ['central', ...CHILDREN.filter((child) => isIn(child, patient))];
      ACTS[random.weighted({ move: 4, correct: 2, visit: 3, takeBack: 1, program: 4, outreach: 2 })](patient, random.pick(sites)!, burst);
    }
  }

  /** Of what hangs on her what is alive at the child; enrollments with when they were completed. */
  const heldAt = (child: Child, { visits, enrollments }: Patient) => {
    const there = world.site(child).state();
    const live = new Map([...there.visits, ...there.enrollments].filter(({ gone }) => !gone).map((row) => [row.uuid, row.values['dateCompleted']]));
    return {
      visits: visits.filter(({ uuid }) => live.has(uuid)),
      enrollments: enrollments.filter(({ uuid }) => live.has(uuid)).map((one) => ({ ...one, completedThere: asMoment(live.get(one.uuid)) })),
    };
  };
  /** The simulator's moments are milliseconds. */
  const asMoment = (at: unknown): string | null => (Number(at ?? 0) === 0 ? null : new Date(Number(at)).toISOString().replace('Z', '+0000'));
  const differing = (what: string, here: readonly Hanging[], all: readonly Hanging[]): string[] => {
    const [lacking, tooMany] = [all.filter((one) => isLive(one) && !here.some(({ uuid }) => uuid === one.uuid)), here.filter(({ isVoid }) => isVoid)];
    return [
      ...(lacking.length === 0 ? [] : [`${lacking.length} ${what} are missing`]),
      ...(tooMany.length === 0 ? [] : [`${tooMany.length} ${what} are void`]),
    ];
  };

  /** What a child holds of one patient that it should not, or lacks. Who has left keeps what she brought, and gets nothing that was said later. */
  function wrongAt(child: Child, patient: Patient, everIn: ReadonlySet<string>): string[] {
    const [here, there] = [rowAt(child, patient.uuid), rowAt('central', patient.uuid)!];
    const { visits, enrollments } = heldAt(child, patient);
    if (isIn(child, patient)) {
      return [
        ...(here === undefined || here.gone ? ['she is not there'] : []),
        ...(here?.values['birthdate'] === there.values['birthdate'] ? [] : ['her birthdate is another']),
        ...differing('visits', visits, patient.visits),
        ...differing('enrollments', enrollments, patient.enrollments),
        ...enrollments.flatMap(({ completed, completedThere }) => (completed === completedThere ? [] : ['an enrollment is completed otherwise'])),
      ];
    }
    if (!everIn.has(`${child} ${patient.uuid}`)) return here === undefined && visits.length + enrollments.length === 0 ? [] : ['she was never to be there'];
    const left = patient.left.get(child) ?? 0;
    return [
      ...patient.told.flatMap(({ birthdate, burst }) =>
        burst > left && String(here?.values['birthdate']).startsWith(birthdate) ? ['a birthdate told after she left'] : [],
      ),
      ...[...visits, ...enrollments].flatMap(({ burst }) => (burst > left ? ['a visit or an enrollment made after she left'] : [])),
    ];
  }

  it(`are, with all that hangs on them, at each child that is to hold them and nowhere else; who left gets nothing more (${PATIENTS}, seed ${SEED})`, async () => {
    const everIn = new Set<string>();
    const note = (burst: number): void => {
      for (const child of CHILDREN)
        for (const patient of patients) {
          const key = `${child} ${patient.uuid}`;
          if (!isIn(child, patient) && everIn.has(key) && !patient.left.has(child)) patient.left.set(child, burst);
          if (!isIn(child, patient)) continue;
          everIn.add(key);
          patient.left.delete(child);
        }
    };
    const wrong = (): string[] =>
      CHILDREN.flatMap((child) =>
        patients.flatMap((patient) =>
          wrongAt(child, patient, everIn).map((what) => `${child}, ${JSON.stringify({ ...patient, left: [...patient.left] })}: ${what}`),
        ),
      );
    note(0);
    expect(wrong()).toEqual([]);
    for (let burst = 1; burst <= BURSTS; burst += 1) {
      oneBurst(burst);
      note(burst);
      await atRest();
      expect([burst, wrong()]).toEqual([burst, []]);
    }
    const left = CHILDREN.map((child) => patients.filter((patient) => !isIn(child, patient) && everIn.has(`${child} ${patient.uuid}`)).length);
    const inside = CHILDREN.map((child) => patients.filter((patient) => isIn(child, patient)).length);
    process.stdout.write(
      `${PATIENTS} patients, ${BURSTS} bursts: ${inside.join(', ')} are in the catchments of ${CHILDREN.join(', ')}, ${left.join(', ')} have left them\n`,
    );
    for (const count of [...left, ...inside]) expect(count).toBeGreaterThan(0);
    expect(await world.held()).toEqual([]);
    expect(await world.count(`select count(*) from conflict`)).toBe(0);
  });
});
