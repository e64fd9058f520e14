import type { AllergyState, CohortState, EnrollmentState, RowState, Simulator, SimulatorState } from '@sync-hub/openmrs-simulator';
import type { KnownUuid } from './care-content.js';
import { type Content, entry, type Held, type Known, live, PRESENCE, type RecordKey, typedAttributes, VOIDED } from './held.js';

/** What is kept of a patient beside visits, encounters and obs, and the lists of patients: the names that the hub gives their kinds. */
export const LIST_KINDS = [
  'relationship',
  'programenrollment',
  'condition',
  'diagnosis',
  'allergy',
  'order',
  'medicationdispense',
  'cohort',
  'diagnosticreport',
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

interface Columns<Row extends RowState> {
  readonly rowsOf: (state: SimulatorState) => readonly Row[];
  readonly texts: readonly string[];
  /** Moments, told to the second. */
  readonly instants?: readonly string[];
  /** Columns that are called otherwise everywhere else. */
  readonly called?: Readonly<Record<string, string>>;
  readonly lists?: (row: Row, everywhere: KnownUuid) => readonly [string, Held][];
}

const CODED = ['coded', 'nonCoded', 'specificName'];

const columns = <Row extends RowState>(one: Columns<Row>): Columns<RowState> => one as unknown as Columns<RowState>;

const KINDS: Readonly<Record<ListKind, Columns<RowState>>> = {
  relationship: columns({
    rowsOf: ({ relationships }) => relationships,
    texts: ['personA', 'relationshipType', 'personB'],
    instants: ['startDate', 'endDate'],
  }),
  programenrollment: columns<EnrollmentState>({
    rowsOf: ({ enrollments }) => enrollments,
    texts: ['patient', 'program', 'location', 'outcome'],
    instants: ['dateEnrolled', 'dateCompleted'],
    lists: ({ states, attributes }) => [...stateEntries(states), ...typedAttributes(attributes)],
  }),
  condition: columns({
    rowsOf: ({ conditions }) => conditions,
    texts: ['patient', ...CODED, 'clinicalStatus', 'verificationStatus', 'additionalDetail'],
    instants: ['onsetDate', 'endDate'],
  }),
  diagnosis: columns({
    rowsOf: ({ diagnoses }) => diagnoses,
    texts: ['patient', 'encounter', ...CODED, 'certainty', 'rank', 'formFieldNamespace', 'formFieldPath'],
  }),
  allergy: columns<AllergyState>({
    rowsOf: ({ allergies }) => allergies,
    texts: ['patient', 'allergenType', 'codedAllergen', 'nonCodedAllergen', 'severity', 'comment'],
    lists: ({ reactions }) => reactions.map(({ values }) => [`reactions[${partsOf(values, ['reaction', 'reactionNonCoded'])}]`, true]),
  }),
  order: columns({
    rowsOf: ({ orders }) => orders,
    texts: [
      ...['type', 'patient', 'encounter', 'previousOrder', 'action', 'concept', 'drug', 'orderer', 'careSetting', 'orderType', 'urgency'],
      ...['orderReasonNonCoded', 'instructions', 'commentToFulfiller', 'dosingType', 'dose', 'doseUnits', 'dosingInstructions', 'clinicalHistory'],
    ],
    instants: ['dateActivated'],
  }),
  medicationdispense: columns({
    rowsOf: ({ dispenses }) => dispenses,
    texts: ['patient', 'encounter', 'drugOrder', 'concept', 'drug', 'status', 'statusReason', 'quantity', 'dosingInstructions'],
  }),
  cohort: columns<CohortState>({
    rowsOf: ({ cohorts }) => cohorts,
    texts: ['name', 'description'],
    lists: ({ members }, everywhere) => live(members).map(({ values }) => [`members[${everywhere(String(values['patient']))}]`, true]),
  }),
  diagnosticreport: columns({
    rowsOf: ({ diagnosticReports }) => diagnosticReports,
    texts: ['subject', 'encounter', 'status', 'code', 'conclusion'],
    instants: ['issued'],
    called: { subject: 'patient' },
    lists: ({ values: { results } }, everywhere) => (Array.isArray(results) ? results : []).map((obs) => [`results[${everywhere(String(obs))}]`, true]),
  }),
};

/** The rows of one kind at a site, voided ones too. */
export const rowsOf = (kind: ListKind, state: SimulatorState): readonly RowState[] => KINDS[kind].rowsOf(state);

/** What people see of each of them at one site. */
export function listContents(state: SimulatorState, everywhere: KnownUuid): readonly (readonly [RecordKey, Content])[] {
  return LIST_KINDS.flatMap((kind) => rowsOf(kind, state).map((row) => [`${kind}/${everywhere(row.uuid)}`, contentOf(KINDS[kind], row, everywhere)] as const));
}

function contentOf({ texts, instants = [], called = {}, lists }: Columns<RowState>, row: RowState, everywhere: KnownUuid): Content {
  if (row.gone) return VOIDED;
  const text = (name: string) => {
    const value = row.values[name];
    return entry(called[name] ?? name, typeof value === 'string' ? everywhere(value) : value);
  };
  const moment = (name: string) => entry(name, typeof row.values[name] === 'number' ? `${new Date(row.values[name]).toISOString().slice(0, 19)}Z` : null);
  return new Map<string, Held>([[PRESENCE, 'present'], ...texts.flatMap(text), ...instants.flatMap(moment), ...(lists?.(row, everywhere) ?? [])]);
}

const stateEntries = (states: readonly RowState[]): [string, Held][] =>
  live(states).flatMap(({ values: { state, startDate, endDate } }): [string, Held][] => {
    const path = `states[${String(state)}|${String(startDate ?? '')}]`;
    return [[path, true], ...entry(`${path}.endDate`, endDate)];
  });

const partsOf = (values: RowState['values'], parts: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(parts.flatMap((part) => ((values[part] ?? null) === null ? [] : [[part, values[part]]]))));

/** By kind, the live records that more than one site has: of each what it is called at which site. */
export function sharedLists(sites: readonly Simulator[], known: (site: string) => Known): ReadonlyMap<ListKind, readonly ReadonlyMap<string, RecordKey>[]> {
  const states = sites.map((site) => ({ id: site.id, state: site.state() }));
  const sharedOf = (kind: ListKind): readonly ReadonlyMap<string, RecordKey>[] => {
    const names = new Map<string, Map<string, RecordKey>>();
    for (const { id, state } of states)
      for (const { uuid } of live(rowsOf(kind, state))) {
        const everywhere = known(id)(`${kind}/${uuid}`);
        names.set(everywhere, (names.get(everywhere) ?? new Map<string, RecordKey>()).set(id, `${kind}/${uuid}`));
      }
    return [...names.values()].filter(({ size }) => size > 1);
  };
  return new Map(LIST_KINDS.map((kind) => [kind, sharedOf(kind)] as const).filter(([, shared]) => shared.length > 0));
}
