import type { EncounterInput, ObsInput, VisitInput } from './care-clinician.js';
import { Random } from './random.js';
import { CARE } from './sample-care.js';

export interface SampleVisit {
  readonly visit: VisitInput & { readonly uuid: string };
  readonly encounters: readonly (EncounterInput & { readonly uuid: string })[];
}

export interface SampleVisitOptions {
  readonly patient: string;
  readonly location: string;
  /** `yyyy-MM-dd`: the visit lasts from eight to noon, on the server's clock. */
  readonly day: string;
}

const vitals = (random: Random): ObsInput[] => [
  { uuid: random.uuid(), concept: CARE.weight, value: 40 + random.below(500) / 10 },
  { uuid: random.uuid(), concept: CARE.temperature, value: 36 + random.below(40) / 10 },
  { uuid: random.uuid(), concept: CARE.pulse, value: 60 + random.below(60) },
  {
    uuid: random.uuid(),
    concept: CARE.bloodPressure,
    groupMembers: [
      { uuid: random.uuid(), concept: CARE.systolic, value: 100 + random.below(60) },
      { uuid: random.uuid(), concept: CARE.diastolic, value: 60 + random.below(40) },
    ],
  },
];

const note = (random: Random, day: string): ObsInput[] => [
  { uuid: random.uuid(), concept: CARE.note, value: `Seen, note ${random.hex(4)}` },
  { uuid: random.uuid(), concept: CARE.pregnant, value: random.next() < 0.5 },
  { uuid: random.uuid(), concept: CARE.lastPeriod, value: day },
  { uuid: random.uuid(), concept: CARE.timeOfBirth, value: `0${random.below(10)}:${10 + random.below(50)}` },
  { uuid: random.uuid(), concept: CARE.admittedAt, value: `${day} 08:${10 + random.below(50)}` },
  {
    uuid: random.uuid(),
    concept: CARE.diagnoses,
    groupMembers: [
      { uuid: random.uuid(), concept: CARE.diagnosis, value: CARE.malaria },
      { uuid: random.uuid(), concept: CARE.diagnosis, value: CARE.anaemia },
    ],
  },
];

/** A visit with three encounters and forty obs of every datatype but files, groups counted. The same seed gives the same uuids and values. */
export function sampleVisit(seed: string, { patient, location, day }: SampleVisitOptions): SampleVisit {
  const random = new Random(`visit/${seed}`);
  const visit = random.uuid();
  const encounter = (hour: string, encounterType: string, obs: readonly ObsInput[]): SampleVisit['encounters'][number] => ({
    uuid: random.uuid(),
    patient,
    visit,
    location,
    encounterType,
    encounterDatetime: `${day}T${hour}:15:00`,
    ...(encounterType === CARE.vitals ? { form: CARE.vitalsForm } : {}),
    encounterProviders: [{ uuid: random.uuid(), provider: encounterType === CARE.vitals ? CARE.nurse : CARE.doctor, encounterRole: CARE.clinicianRole }],
    obs,
  });
  return {
    visit: { uuid: visit, patient, location, visitType: CARE.facilityVisit, startDatetime: `${day}T08:00:00`, stopDatetime: `${day}T12:00:00` },
    encounters: [
      encounter('08', CARE.vitals, [...vitals(random), ...vitals(random)]),
      encounter('09', CARE.visitNote, [...note(random, day), ...note(random, day)]),
      encounter('11', CARE.vitals, [...vitals(random), ...vitals(random)]),
    ],
  };
}
