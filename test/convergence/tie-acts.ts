import { CARE, type CohortState, type EnrollmentState, ORDER_TYPES, type RowState } from '@sync-hub/openmrs-simulator';
import { type Act, place } from './act.js';
import { momentAfter, recording } from './care-scene.js';
import { live } from './held.js';
import { onList, recordingIn } from './list-acts.js';

const [onRelationship, onEnrollment, onOrder, onDispense, onCohort] = (
  ['relationship', 'programenrollment', 'order', 'medicationdispense', 'cohort'] as const
).map(onList) as [ReturnType<typeof onList>, ReturnType<typeof onList>, ReturnType<typeof onList>, ReturnType<typeof onList>, ReturnType<typeof onList>];

const isGone = ({ gone }: RowState): boolean => gone;
const iso = (ms: unknown): string | null => (typeof ms === 'number' ? new Date(ms).toISOString() : null);

const [STARTS, ENDS] = [Date.UTC(2020, 0, 5), Date.UTC(2022, 0, 5)];

const RELATIONSHIPS: readonly Act[] = [
  recording('relate', 5, 'relationship', (scene, personA) => {
    const others = scene.state.people.filter(({ gone, uuid, isPatient }) => !gone && isPatient && uuid !== personA && scene.keepsCare(uuid) === true);
    const personB = scene.random.pick(others)?.uuid ?? personA;
    scene.at.care.relate({ uuid: scene.record, personA, personB, relationshipType: CARE.parentOf, startDate: momentAfter(STARTS, scene) });
  }),
  onRelationship('correct a relationship', 6, (scene, row) => {
    const key = scene.random.pick(['startDate', 'endDate'])!;
    const before = iso(row.values[key]);
    scene.at.care.editRelationship(row.uuid, { [key]: momentAfter(key === 'startDate' ? STARTS : ENDS, scene) });
    return () => scene.at.care.editRelationship(row.uuid, { [key]: before });
  }),
  onRelationship('call a relationship otherwise', 2, ({ at }, { uuid, values }) => {
    const before = values['relationshipType'];
    at.care.editRelationship(uuid, { relationshipType: before === CARE.parentOf ? CARE.doctorOf : CARE.parentOf });
    return () => at.care.editRelationship(uuid, { relationshipType: before });
  }),
  onRelationship('void a relationship', 3, ({ at }, { uuid }) => {
    at.care.voidRelationship(uuid);
    return () => at.care.restoreRelationship(uuid);
  }),
  onRelationship(
    'restore a relationship',
    3,
    ({ at }, { uuid }) => {
      at.care.restoreRelationship(uuid);
      return () => at.care.voidRelationship(uuid);
    },
    isGone,
  ),
];

/** The day after the last one that a state of it began or ended on. */
function nextDay({ states }: EnrollmentState): string {
  const days = live(states).flatMap(({ values: { startDate, endDate } }) => [startDate, endDate].filter((day) => typeof day === 'string'));
  const last = days.sort().at(-1) ?? '2020-02-01';
  return new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const ENROLLMENTS: readonly Act[] = [
  recording('enroll', 5, 'programenrollment', (scene, patient) => {
    const attributes = scene.random.chance(0.6) ? [{ uuid: scene.random.uuid(), attributeType: CARE.regimen, value: `R${scene.token}` }] : [];
    scene.at.programs.enroll({
      uuid: scene.record,
      patient,
      program: CARE.hivProgram,
      dateEnrolled: momentAfter(STARTS, scene),
      location: place(scene),
      attributes,
    });
  }),
  onEnrollment('correct an enrollment', 6, (scene, row) => {
    const key = scene.random.pick(['dateEnrolled', 'dateCompleted'])!;
    const before = iso(row.values[key]);
    scene.at.programs.edit(row.uuid, { [key]: momentAfter(key === 'dateEnrolled' ? STARTS : ENDS, scene) });
    return () => scene.at.programs.edit(row.uuid, { [key]: before });
  }),
  onEnrollment(
    // That it has changed is told with the next edit of its enrollment.
    'prescribe another regimen',
    3,
    (scene, row) => {
      const attribute = live((row as EnrollmentState).attributes)[0]!;
      scene.at.programs.editAttribute(attribute.uuid, { value: `G${scene.token}` });
      scene.at.programs.edit(row.uuid, { outcome: scene.random.pick([CARE.yes, CARE.no]) });
      return null;
    },
    (row) => !row.gone && live((row as EnrollmentState).attributes).length > 0,
  ),
  onEnrollment('move to another state', 4, ({ at, random }, row) => {
    at.programs.moveTo(row.uuid, random.pick([CARE.waiting, CARE.onTreatment])!, nextDay(row as EnrollmentState));
    return null;
  }),
  onEnrollment('void an enrollment', 2, ({ at }, { uuid }) => {
    at.programs.void(uuid);
    return () => at.programs.restore(uuid);
  }),
  onEnrollment(
    'restore an enrollment',
    3,
    ({ at }, { uuid }) => {
      at.programs.restore(uuid);
      return () => at.programs.void(uuid);
    },
    isGone,
  ),
];

const ORDERS: readonly Act[] = [
  recordingIn('order a test', 5, 'order', ({ at, record, token, random }, { uuid: encounter, values: { patient } }) => {
    const concept = random.pick([CARE.pulse, CARE.weight]);
    const own = { careSetting: CARE.outpatient, orderer: CARE.doctor, instructions: `I${token}`, clinicalHistory: `H${token}` };
    at.lists.order({ uuid: record, patient, encounter, type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept, ...own });
  }),
  {
    ...onOrder(
      'follow an order',
      5,
      () => null,
      ({ gone, values }) => !gone && values['action'] !== 'DISCONTINUE' && (values['dateStopped'] ?? null) === null,
    ),
    carryOut: ({ at, record, token, random }) => {
      const action = random.chance(0.6) ? 'REVISE' : 'DISCONTINUE';
      const uuid = at.lists.follow(record, action, {
        uuid: random.uuid(),
        ...(action === 'REVISE' ? { instructions: `V${token}` } : { orderReasonNonCoded: `Y${token}` }),
      });
      return { record: `order/${uuid}`, undo: null };
    },
  },
  onOrder('void an order', 2, ({ at }, { uuid }) => {
    at.lists.voidOrder(uuid);
    return null;
  }),
];

const DISPENSES: readonly Act[] = [
  recordingIn('dispense', 4, 'medicationdispense', ({ at, record, token }, { uuid: encounter, values: { patient } }) =>
    at.lists.dispense({ uuid: record, patient, encounter, concept: CARE.paracetamolConcept, status: CARE.yes, quantity: 10, dosingInstructions: `D${token}` }),
  ),
  onDispense('correct a dispense', 5, ({ at, token, random }, { uuid, values }) => {
    const key = random.pick(['dosingInstructions', 'quantity'])!;
    const before = values[key] ?? null;
    at.lists.editDispense(uuid, { [key]: key === 'quantity' ? 1 + random.below(50) : `N${token}` });
    return () => void at.lists.editDispense(uuid, { [key]: before });
  }),
  onDispense('void a dispense', 2, ({ at }, { uuid }) => {
    at.lists.voidDispense(uuid);
    return null;
  }),
];

const membersOf = (row: RowState): readonly RowState[] => live((row as CohortState).members);

const COHORTS: readonly Act[] = [
  {
    ...recording('gather a cohort', 3, 'cohort', ({ at, record, token }, patient) => void at.cohorts.add(at.cohorts.gather(`C${token}`, record), patient)),
  },
  onCohort('describe a cohort', 5, ({ at, token }, { uuid, values }) => {
    const before = String(values['description']);
    at.cohorts.describe(uuid, `B${token}`);
    return () => at.cohorts.describe(uuid, before);
  }),
  onCohort('put somebody on the list', 4, ({ at, state, random, keepsCare }, row) => {
    const there = new Set(membersOf(row).map(({ values }) => values['patient']));
    const others = state.people.filter(({ gone, isPatient, uuid }) => !gone && isPatient && keepsCare(uuid) === true && !there.has(uuid));
    const chosen = random.pick(others);
    if (chosen !== undefined) at.cohorts.add(row.uuid, chosen.uuid);
    return null;
  }),
  onCohort(
    'take somebody off the list',
    3,
    ({ at, random }, row) => {
      at.cohorts.remove(random.pick(membersOf(row))!.uuid);
      return null;
    },
    (row) => !row.gone && membersOf(row).length > 0,
  ),
  onCohort('void a cohort', 1, ({ at }, { uuid }) => {
    at.cohorts.void(uuid);
    return null;
  }),
];

/** What people do with what ties patients to each other, to programs and to lists, and with what was ordered for them. */
export const TIE_ACTS: readonly Act[] = [...RELATIONSHIPS, ...ENROLLMENTS, ...ORDERS, ...DISPENSES, ...COHORTS];
