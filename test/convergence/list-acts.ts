import { type AllergyState, CARE, type EncounterState, type RowState } from '@sync-hub/openmrs-simulator';
import type { Act, Scene, Undo } from './act.js';
import { momentAfter, onRows, recording } from './care-scene.js';
import { live } from './held.js';
import { type ListKind, rowsOf } from './list-content.js';

export const onList = (kind: ListKind) => onRows<RowState>(kind, (state) => rowsOf(kind, state));

const [onCondition, onDiagnosis, onAllergy, onReport] = (['condition', 'diagnosis', 'allergy', 'diagnosticreport'] as const).map(onList) as [
  ReturnType<typeof onList>,
  ReturnType<typeof onList>,
  ReturnType<typeof onList>,
  ReturnType<typeof onList>,
];

/** Another takes the place of what is edited, under a uuid of its own: that one is made, and the old one goes. */
export const replacing = (act: Act, replace: (scene: Scene, row: RowState) => string): Act => ({
  ...act,
  carryOut: (scene) => {
    const kind = act.on as ListKind;
    const row = rowsOf(kind, scene.state).find(({ uuid }) => uuid === scene.record);
    if (row === undefined) throw new Error(`no ${kind} ${scene.record}`);
    return { record: `${kind}/${row.uuid}`, also: [`${kind}/${replace(scene, row)}`], undo: null };
  },
});

const nothing = (): null => null;

/** Puts it back as it was. */
const column = (row: RowState, key: string, put: (value: unknown) => unknown): Undo => {
  const before = row.values[key] ?? null;
  return () => void put(before);
};

/** An encounter of somebody with care. */
export const anEncounter = ({ state, random }: Scene): EncounterState | undefined => random.pick(live(state.encounters));

/** Something that is recorded in an encounter; nothing where there is none. */
export const recordingIn = (name: string, weight: number, makes: ListKind, record: (scene: Scene, encounter: EncounterState) => void): Act => ({
  name,
  weight,
  on: 'none',
  makes,
  choose: (state, random, wanted) => (wanted === null && live(state.encounters).length > 0 ? random.uuid() : null),
  carryOut: (scene) => {
    const encounter = anEncounter(scene);
    if (encounter !== undefined) record(scene, encounter);
    return { record: `${makes}/${scene.record}`, undo: null };
  },
});

const ONSET = Date.UTC(2021, 0, 5);

const CONDITIONS: readonly Act[] = [
  recording('note a condition', 5, 'condition', (scene, patient) => {
    const { token, random } = scene;
    const condition = random.chance(0.5) ? { nonCoded: `H${token}` } : { coded: random.pick([CARE.malaria, CARE.anaemia]) };
    scene.at.lists.addCondition({
      uuid: scene.record,
      patient,
      clinicalStatus: 'ACTIVE',
      condition,
      additionalDetail: `D${token}`,
      onsetDate: momentAfter(ONSET, scene),
    });
  }),
  replacing(onCondition('correct a condition', 6, nothing), ({ at, token, random }, { uuid, values }) =>
    random.chance(0.6)
      ? at.lists.editCondition(uuid, { additionalDetail: `E${token}` })
      : at.lists.editCondition(uuid, { clinicalStatus: values['clinicalStatus'] === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE', verificationStatus: 'CONFIRMED' }),
  ),
  onCondition('void a condition', 2, ({ at }, { uuid }) => {
    at.lists.voidCondition(uuid);
    return null;
  }),
];

const DIAGNOSES: readonly Act[] = [
  recordingIn('make a diagnosis', 5, 'diagnosis', ({ at, record, token, random }, { uuid, values }) => {
    const diagnosis = random.chance(0.5) ? { nonCoded: `G${token}` } : { coded: random.pick([CARE.malaria, CARE.anaemia]) };
    at.lists.addDiagnosis({
      uuid: record,
      patient: values['patient'],
      encounter: uuid,
      diagnosis,
      certainty: 'PROVISIONAL',
      rank: 1,
      formFieldPath: `P${token}`,
    });
  }),
  onDiagnosis('correct a diagnosis', 6, ({ at, token, random }, row) => {
    const key = random.pick(['formFieldPath', 'certainty', 'rank'])!;
    const value = { formFieldPath: `R${token}`, certainty: row.values['certainty'] === 'CONFIRMED' ? 'PROVISIONAL' : 'CONFIRMED', rank: 1 + random.below(5) }[
      key
    ];
    const put = (one: unknown) => at.lists.editDiagnosis(row.uuid, { [key]: one });
    put(value);
    return column(row, key, put);
  }),
  onDiagnosis('say a diagnosis in other words', 3, ({ at, token }, { uuid, values }) => {
    at.lists.editDiagnosis(uuid, { diagnosis: { nonCoded: `W${token}` } });
    const before = values['coded'] === null || values['coded'] === undefined ? { nonCoded: values['nonCoded'] } : { coded: values['coded'] };
    return () => void at.lists.editDiagnosis(uuid, { diagnosis: before });
  }),
  onDiagnosis('void a diagnosis', 2, ({ at }, { uuid }) => {
    at.lists.voidDiagnosis(uuid);
    return null;
  }),
];

const ALLERGENS = [CARE.paracetamolConcept, CARE.malaria, CARE.anaemia, CARE.tablet];
const reactionsOf = ({ token, random }: Scene) => [{ reaction: random.pick([CARE.note, CARE.diagnosis]), reactionNonCoded: `R${token}` }];

const ALLERGIES: readonly Act[] = [
  recording('note an allergy', 5, 'allergy', (scene, patient) => {
    const codedAllergen = scene.random.pick(ALLERGENS)!;
    const common = { uuid: scene.record, patient, allergen: { allergenType: 'DRUG', codedAllergen }, comment: `A${scene.token}` };
    scene.at.lists.addAllergy({ ...common, ...(scene.random.chance(0.5) ? { reactions: reactionsOf(scene) } : {}) });
  }),
  onAllergy('correct an allergy', 6, ({ at, token, random }, row) => {
    const key = random.pick(['comment', 'severity'])!;
    const put = (one: unknown) => at.lists.changeAllergy(row.uuid, { [key]: one });
    put({ comment: `C${token}`, severity: row.values['severity'] === CARE.yes ? CARE.no : CARE.yes }[key]);
    return column(row, key, put);
  }),
  onAllergy('say what an allergen does', 3, (scene, row) => {
    const before = (row as AllergyState).reactions.map(({ values: { reaction, reactionNonCoded } }) => ({ reaction, reactionNonCoded }));
    scene.at.lists.changeAllergy(row.uuid, { reactions: [...(scene.random.chance(0.5) ? before : []), ...reactionsOf(scene)] });
    return () => void scene.at.lists.changeAllergy(row.uuid, { reactions: before });
  }),
  replacing(onAllergy("edit an allergy in the server's own pages", 3, nothing), ({ at, token }, { uuid }) =>
    at.lists.editAllergy(uuid, { comment: `O${token}` }),
  ),
  onAllergy('void an allergy', 2, ({ at }, { uuid }) => {
    at.lists.voidAllergy(uuid);
    return null;
  }),
];

const REPORTS: readonly Act[] = [
  recording('write a report', 4, 'diagnosticreport', (scene, patient) =>
    scene.at.lists.addReport({ uuid: scene.record, subject: patient, status: 'preliminary', code: CARE.weight, conclusion: `L${scene.token}` }),
  ),
  onReport('amend a report', 6, ({ at, token }, row) => {
    const put = (conclusion: unknown) => at.lists.changeReport(row.uuid, { conclusion: String(conclusion) });
    put(`M${token}`);
    return column(row, 'conclusion', put);
  }),
  onReport('void a report', 2, ({ at }, { uuid }) => {
    at.lists.voidReport(uuid);
    return null;
  }),
];

/** What people do with what is kept as a list of a patient. */
export const LIST_ACTS: readonly Act[] = [...CONDITIONS, ...DIAGNOSES, ...ALLERGIES, ...REPORTS];
