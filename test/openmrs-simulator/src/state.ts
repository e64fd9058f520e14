import type { Kind, Row, Value } from './database.js';
import type { Engine } from './engine.js';
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

/** All rows of one simulator, voided ones included. References are uuids, also those in attributes' values. */
export interface SimulatorState {
  readonly locations: readonly LocationState[];
  readonly people: readonly PersonState[];
}

const STAMP = /^(patient)?(creator|dateCreated|changedBy|dateChanged|(voided|retired)By|date(Voided|Retired)|(void|retire)Reason)$/i;

function rowState(row: Row): RowState {
  const entries = Object.entries(row.values).filter(([key]) => !['voided', 'retired', 'isPatient'].includes(key));
  return {
    uuid: row.uuid,
    gone: row.values['voided'] === true || row.values['retired'] === true,
    values: Object.fromEntries(entries.filter(([key]) => !STAMP.test(key))),
    audit: Object.fromEntries(entries.filter(([key]) => STAMP.test(key))),
  };
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
  };
}
