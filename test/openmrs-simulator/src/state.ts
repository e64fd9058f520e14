import type { Kind, Row, Value } from './database.js';
import { topLevelObs } from './encounter-life.js';
import type { Engine } from './engine.js';
import { membersOf } from './obs-saving.js';
import { LOCATION_MARK, obsValue } from './obs-values.js';
import { inOrder } from './parts.js';
import { attributeTarget } from './people-parts.js';

/** One row as it is stored, for oracles: live or voided, its content apart from its stamps. */
export interface RowState {
  readonly uuid: string;
  readonly gone: boolean;
  readonly values: Readonly<Record<string, Value>>;
  readonly audit: Readonly<Record<string, Value>>;
}

export interface PersonState extends RowState {
  readonly isPatient: boolean;
  readonly names: readonly RowState[];
  readonly addresses: readonly RowState[];
  readonly attributes: readonly RowState[];
  readonly identifiers: readonly RowState[];
}

export interface LocationState extends RowState {
  readonly attributes: readonly RowState[];
}

export interface EnrollmentState extends RowState {
  readonly states: readonly RowState[];
  readonly attributes: readonly RowState[];
}

export interface VisitState extends RowState {
  readonly attributes: readonly RowState[];
}

/** An obs, with the members of the group that it is. `gone` of a member is its own. */
export interface ObsState extends RowState {
  readonly members: readonly ObsState[];
}

export interface EncounterState extends RowState {
  readonly providers: readonly RowState[];
  readonly obs: readonly ObsState[];
}

export interface AllergyState extends RowState {
  readonly reactions: readonly RowState[];
}

/** A list of patients, with who is or was in it: with dates since core 2.1. */
export interface CohortState extends RowState {
  readonly members: readonly RowState[];
}

/** All rows of one simulator, voided ones included. References are uuids, also those in attributes' values and in obs that hold a location. */
export interface SimulatorState {
  readonly locations: readonly LocationState[];
  readonly people: readonly PersonState[];
  readonly visits: readonly VisitState[];
  readonly encounters: readonly EncounterState[];
  /** Obs outside encounters. */
  readonly obs: readonly ObsState[];
  readonly relationships: readonly RowState[];
  readonly enrollments: readonly EnrollmentState[];
  readonly conditions: readonly RowState[];
  readonly diagnoses: readonly RowState[];
  readonly orders: readonly RowState[];
  readonly dispenses: readonly RowState[];
  readonly allergies: readonly AllergyState[];
  readonly cohorts: readonly CohortState[];
  /** Of what only a FHIR module keeps. */
  readonly diagnosticReports: readonly RowState[];
  readonly tasks: readonly RowState[];
  /** Of what only the appointments module keeps. */
  readonly appointments: readonly RowState[];
}

const STAMP = /^(patient)?(creator|dateCreated|changedBy|dateChanged|(voided|retired)By|date(Voided|Retired)|(void|retire)Reason)$/i;

const kinds = new Map<string, 'mark' | 'stamp' | 'value'>();

function kindOf(key: string): 'mark' | 'stamp' | 'value' {
  const known = kinds.get(key);
  if (known) return known;
  const kind = ['voided', 'retired', 'isPatient'].includes(key) ? 'mark' : STAMP.test(key) ? 'stamp' : 'value';
  kinds.set(key, kind);
  return kind;
}

/** The row as it is stored. */
export function rowState(row: Row): RowState {
  const values: Record<string, Value> = {};
  const audit: Record<string, Value> = {};
  for (const key in row.values) {
    const kind = kindOf(key);
    if (kind === 'stamp') audit[key] = row.values[key] ?? null;
    else if (kind === 'value') values[key] = row.values[key] ?? null;
  }
  return { uuid: row.uuid, gone: row.values['voided'] === true || row.values['retired'] === true, values, audit };
}

function obsState(row: Row, engine: Engine): ObsState {
  const state = rowState(row);
  const place = state.values['comment'] === LOCATION_MARK ? obsValue(row, engine) : null;
  const values = typeof place === 'object' && place !== null && 'row' in place ? { ...state.values, valueText: place.row.uuid } : state.values;
  return { ...state, values, members: membersOf(engine, row).map((member) => obsState(member, engine)) };
}

export function stateOf(engine: Engine): SimulatorState {
  const { database } = engine;
  const parts = (owner: Row, kind: Kind): RowState[] =>
    inOrder(database, owner, kind).map((row) => {
      const state = rowState(row);
      const target = kind === 'personattribute' ? attributeTarget(row, engine) : null;
      return target ? { ...state, values: { ...state.values, value: target.row.uuid } } : state;
    });
  return {
    locations: database.all('location').map((row) => ({ ...rowState(row), attributes: parts(row, 'locationattribute') })),
    people: database.all('person').map((row) => ({
      ...rowState(row),
      isPatient: row.values['isPatient'] === true,
      names: parts(row, 'personname'),
      addresses: parts(row, 'personaddress'),
      attributes: parts(row, 'personattribute'),
      identifiers: parts(row, 'patientidentifier'),
    })),
    visits: database.all('visit').map((row) => ({ ...rowState(row), attributes: parts(row, 'visitattribute') })),
    encounters: database.all('encounter').map((row) => ({
      ...rowState(row),
      providers: parts(row, 'encounterprovider'),
      obs: topLevelObs(engine, row).map((obs) => obsState(obs, engine)),
    })),
    obs: database.all('obs').flatMap((row) => (row.values['encounter'] || row.values['obsGroup'] ? [] : [obsState(row, engine)])),
    relationships: database.all('relationship').map(rowState),
    conditions: database.all('condition').map(rowState),
    dispenses: database.all('medicationdispense').map(rowState),
    allergies: database.all('allergy').map((row) => ({ ...rowState(row), reactions: parts(row, 'allergyreaction') })),
    cohorts: database.all('cohort').map((row) => ({ ...rowState(row), members: [...parts(row, 'cohortmember'), ...parts(row, 'cohortmembership')] })),
    diagnosticReports: database.all('diagnosticreport').map(rowState),
    tasks: database.all('task').map(rowState),
    appointments: database.all('appointment').map(rowState),
    orders: database.all('order').map(rowState),
    diagnoses: database.all('patientdiagnoses').map(rowState),
    enrollments: database.all('programenrollment').map((row) => ({
      ...rowState(row),
      states: parts(row, 'patientstate'),
      attributes: parts(row, 'programenrollmentattribute'),
    })),
  };
}
