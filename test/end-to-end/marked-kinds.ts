import { CARE, type Clinician, ORDER_TYPES, type RowState, type Simulator, type Values } from '@sync-hub/openmrs-simulator';
import { aUuid } from './running-hub.js';

const DOWN = { pull: true, push: false };

/** What a world must have for all of these kinds: which classes travel, and what the feeds are configured to tell of. */
export const MARKED_WORLD = {
  care: true,
  lists: true,
  publishes: ['user', 'systemsetting'],
  classes: { user: DOWN, systemsetting: DOWN },
  link: () => ({ settings: [SETTING] }),
} as const;

const SETTING = 'clinic.banner';
export const DAY = '2024-02-01T08:00:00.000+0000';

/** Of whom and where it all is: uuids that are the same at every site. */
export interface Cast {
  readonly patient: string;
  readonly relative: string;
  readonly encounter: string;
}

/** One more of a kind: its uuid where it is made, and what it says. No two of a kind share an `n`, from one to three. */
export interface Said {
  readonly uuid: string;
  readonly words: string;
  readonly n: number;
}

/** What is said of the nth of a kind: when it is made, when it is changed, and by two who do not know of each other. */
export type Moment = 'made' | 'changed' | 'ours' | 'theirs';

/** One kind of record, and what people do with one of it. */
export interface MarkedKind {
  readonly aggregate: string;
  readonly rowsAt: (site: Simulator) => readonly RowState[];
  /** The end of the path to which a new one is posted. */
  readonly posted: string;
  readonly words?: (n: number, moment: Moment) => string;
  readonly make: (at: Clinician, cast: Cast, said: Said) => void;
  readonly change: (at: Clinician, row: RowState, words: string) => void;
  /** Where both ends of a link can say something else of one; left out where no server changes one in place. */
  readonly isDisputed?: true;
  readonly remove: (at: Clinician, uuid: string, reason: string) => void;
}

const ALLERGENS = [CARE.paracetamolConcept, CARE.malaria, CARE.anaemia];

const dayOf = (ms: unknown): string => new Date(Number(ms)).toISOString().slice(0, 10);

const partOf = (row: RowState, list: string): RowState => (row as RowState & Readonly<Record<string, readonly RowState[]>>)[list]?.at(-1) ?? row;

const CARE_KINDS: readonly MarkedKind[] = [
  {
    aggregate: 'visit',
    rowsAt: (site) => site.state().visits,
    posted: '/visit',
    make: ({ care }, { patient }, { uuid, words, n }) =>
      care.startVisit({
        ...{ uuid, patient, visitType: CARE.facilityVisit, startDatetime: `2024-03-0${n}T08:00:00.000+0000`, stopDatetime: `2024-03-0${n}T09:00:00.000+0000` },
        attributes: [{ attributeType: CARE.insurance, value: words }],
      }),
    // That an attribute has changed is told by no feed.
    change: ({ care }, row, words) => {
      care.editVisitAttribute(partOf(row, 'attributes').uuid, { value: words });
      care.editVisit(row.uuid, { visitType: CARE.homeVisit });
    },
    isDisputed: true,
    remove: ({ care }, uuid, reason) => care.voidVisit(uuid, reason),
  },
  {
    aggregate: 'encounter',
    rowsAt: (site) => site.state().encounters,
    posted: '/encounter',
    make: ({ care }, { patient }, { uuid, words }) =>
      care.recordEncounter({
        ...{ uuid, patient, encounterType: CARE.visitNote, encounterDatetime: DAY },
        obs: [{ uuid: aUuid(), concept: CARE.note, value: words, comment: words }],
      }),
    change: ({ care }, row, words) => care.editObs(partOf(row, 'obs').uuid, { value: words }),
    isDisputed: true,
    remove: ({ care }, uuid, reason) => care.voidEncounter(uuid, reason),
  },
  {
    aggregate: 'relationship',
    rowsAt: (site) => site.state().relationships.map((row) => ({ ...row, values: { ...row.values, says: dayOf(row.values['startDate']) } })),
    posted: '/relationship',
    // It has no words of its own: its dates are marked, and a server calls it by the names of both.
    words: (n, moment) => `1911-11-1${{ made: n, changed: 5, ours: 6, theirs: 7 }[moment]}`,
    make: ({ care }, { patient, relative }, { uuid, words }) =>
      care.relate({ uuid, personA: relative, relationshipType: CARE.parentOf, personB: patient, startDate: words }),
    change: ({ care }, row, words) => care.editRelationship(row.uuid, { startDate: words }),
    isDisputed: true,
    remove: ({ care }, uuid, reason) => care.voidRelationship(uuid, reason),
  },
  {
    aggregate: 'programenrollment',
    rowsAt: (site) => site.state().enrollments,
    posted: '/programenrollment',
    make: ({ programs }, { patient }, { uuid, words, n }) =>
      programs.enroll({
        ...{ uuid, patient, program: CARE.hivProgram, dateEnrolled: `202${n}-01-05T08:00:00.000+0000`, dateCompleted: `202${n}-02-05T08:00:00.000+0000` },
        attributes: [{ attributeType: CARE.regimen, value: words }],
      }),
    change: ({ programs }, row, words) => {
      programs.editAttribute(partOf(row, 'attributes').uuid, { value: words });
      programs.edit(row.uuid, { outcome: CARE.yes });
    },
    isDisputed: true,
    remove: ({ programs }, uuid, reason) => programs.void(uuid, reason),
  },
];

const LIST_KINDS: readonly MarkedKind[] = [
  {
    aggregate: 'condition',
    rowsAt: (site) => site.state().conditions,
    posted: '/condition',
    make: ({ lists }, { patient }, { uuid, words }) =>
      lists.addCondition({ uuid, patient, clinicalStatus: 'ACTIVE', condition: { nonCoded: words }, additionalDetail: words }),
    change: ({ lists }, row, words) => lists.editCondition(row.uuid, { additionalDetail: words }),
    remove: ({ lists }, uuid, reason) => lists.voidCondition(uuid, reason),
  },
  {
    aggregate: 'diagnosis',
    rowsAt: (site) => site.state().diagnoses,
    posted: '/patientdiagnoses',
    make: ({ lists }, { patient, encounter }, { uuid, words, n }) =>
      lists.addDiagnosis({ uuid, patient, encounter, diagnosis: { nonCoded: words }, certainty: 'CONFIRMED', rank: n, formFieldPath: words }),
    change: ({ lists }, row, words) => lists.editDiagnosis(row.uuid, { diagnosis: { nonCoded: words } }),
    isDisputed: true,
    remove: ({ lists }, uuid, reason) => lists.voidDiagnosis(uuid, reason),
  },
  {
    aggregate: 'order',
    rowsAt: (site) => site.state().orders,
    posted: '/order',
    make: ({ lists }, { patient, encounter }, { uuid, words }) =>
      lists.order({
        ...{ uuid, patient, encounter, type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept: CARE.pulse, careSetting: CARE.outpatient },
        ...{ orderer: CARE.doctor, instructions: words, commentToFulfiller: words, clinicalHistory: words },
      }),
    change: ({ lists }, row, words) => lists.follow(row.uuid, 'DISCONTINUE', { orderReasonNonCoded: words }),
    remove: ({ lists }, uuid, reason) => lists.voidOrder(uuid, reason),
  },
  {
    aggregate: 'medicationdispense',
    rowsAt: (site) => site.state().dispenses,
    posted: '/medicationdispense',
    make: ({ lists }, { patient, encounter }, { uuid, words }) =>
      lists.dispense({ uuid, patient, encounter, concept: CARE.paracetamolConcept, status: CARE.yes, dosingInstructions: words }),
    change: ({ lists }, row, words) => lists.editDispense(row.uuid, { dosingInstructions: words }),
    isDisputed: true,
    remove: ({ lists }, uuid, reason) => lists.voidDispense(uuid, reason),
  },
  {
    aggregate: 'allergy',
    rowsAt: (site) => site.state().allergies,
    posted: '/allergy',
    make: ({ lists }, { patient }, { uuid, words, n }) =>
      lists.addAllergy({
        ...{ uuid, patient, allergen: { allergenType: 'DRUG', codedAllergen: ALLERGENS[n - 1] } },
        ...{ comment: words, reactions: [{ reaction: CARE.note, reactionNonCoded: words }] },
      }),
    change: ({ lists }, row, words) => lists.changeAllergy(row.uuid, { comment: words }),
    isDisputed: true,
    remove: ({ lists }, uuid, reason) => lists.voidAllergy(uuid, reason),
  },
  {
    aggregate: 'diagnosticreport',
    rowsAt: (site) => site.state().diagnosticReports,
    posted: '/DiagnosticReport',
    make: ({ lists }, { patient, encounter }, { uuid, words }) =>
      lists.addReport({ uuid, subject: patient, encounter, status: 'final', code: CARE.weight, conclusion: words }),
    change: ({ lists }, row, words) => lists.changeReport(row.uuid, { conclusion: words }),
    isDisputed: true,
    remove: ({ lists }, uuid) => lists.voidReport(uuid),
  },
];

const COHORTS: MarkedKind = {
  aggregate: 'cohort',
  rowsAt: (site) => site.state().cohorts,
  posted: '/cohort',
  // Nobody is in it, so that it takes one request: what is cut off between two is asked about.
  make: ({ cohorts }, _, { uuid, words }) => void cohorts.gather(words, uuid),
  change: ({ cohorts }, row, words) => cohorts.describe(row.uuid, words),
  isDisputed: true,
  remove: ({ cohorts }, uuid, reason) => cohorts.void(uuid, reason),
};

/** Every kind of record that is made at a clinic, beside people and places. */
export const MARKED_KINDS: readonly MarkedKind[] = [...CARE_KINDS, ...LIST_KINDS, COHORTS];

interface MarkedMetadata {
  readonly kind: 'user' | 'systemsetting';
  readonly uuid: string;
  readonly key: string;
  readonly values: Values;
}

/** What is only changed, and by the parent alone: an account and a setting, with where their words stand. */
export const MARKED_METADATA: readonly MarkedMetadata[] = [
  { kind: 'user', uuid: aUuid(), key: 'email', values: { username: 'zqmark-clerk', systemId: 'zqmark-7', email: 'zqmark@made', roles: [] } },
  { kind: 'systemsetting', uuid: aUuid(), key: 'value', values: { property: SETTING, value: 'zqmark made', description: 'zqmark' } },
];

/** What the nth of a kind says at that moment. */
export const wordsOf = ({ aggregate, words }: MarkedKind, n: number, moment: Moment): string => words?.(n, moment) ?? `zqmark ${aggregate} ${n} ${moment}`;

/** Which of each kind is disputed, where it can be, and stays. */
export const DISPUTED = 2;
/** What that one says at its clinic in the end. */
export const lastWords = (kind: MarkedKind): string => wordsOf(kind, DISPUTED, kind.isDisputed === true ? 'ours' : 'made');
