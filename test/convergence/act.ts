import type { Clinician, Profile, RowState, SimulatorState } from '@sync-hub/openmrs-simulator';
import type { RecordKey } from './held.js';
import type { ListKind } from './list-content.js';
import type { Random } from './random.js';

export type Undo = () => void;

/** Does the patient have care, and so is never voided? Null where nobody can tell yet who that is. */
export type KeepsCare = (uuid: string) => boolean | null;

/** What an act has at hand. */
export interface Scene {
  readonly at: Clinician;
  readonly state: SimulatorState;
  /** The record it is about; for one that creates, the uuid it shall have. */
  readonly record: string;
  readonly random: Random;
  readonly keepsCare: KeepsCare;
  /** A word that nobody else ever types. */
  readonly token: string;
}

/** What was done to which record; `also` where it made or changed others. */
export interface Carried {
  readonly record: RecordKey;
  readonly also?: readonly RecordKey[];
  readonly undo: Undo | null;
}

export interface Act {
  readonly name: string;
  readonly weight: number;
  /** Records it can be about, by the beginning of their keys. */
  readonly on: 'location' | 'person' | 'visit' | 'encounter' | 'obs' | ListKind | 'none';
  /** What it makes; nothing unless said. */
  readonly makes?: 'location' | 'person' | 'patient' | 'visit' | 'encounter' | 'obs' | ListKind;
  /** The platforms whose feeds tell of it; all of them unless said. */
  readonly needs?: (profile: Profile) => boolean;
  /** The uuid of a record it can be done to (that one, where one is named), or null where there is none. */
  readonly choose: (state: SimulatorState, random: Random, record: RecordKey | null, keepsCare: KeepsCare) => string | null;
  readonly carryOut: (scene: Scene) => Carried;
}

/** Any location that is in use. */
export const place = ({ state, random }: Scene): string => random.pick(state.locations.filter(({ gone }) => !gone))!.uuid;

export type Fits<Row> = (row: Row) => boolean;

export const byUuid = <Row extends RowState>(rows: readonly Row[], record: RecordKey | null): readonly Row[] =>
  record === null ? rows : rows.filter(({ uuid }) => record.endsWith(`/${uuid}`));

/** Something new that hangs on nobody. */
export function creating(name: string, weight: number, makes: 'location' | 'person' | 'patient', create: (scene: Scene) => void): Act {
  return {
    name,
    weight,
    on: 'none',
    makes,
    choose: (_state, random, record) => (record === null ? random.uuid() : null),
    carryOut: (scene) => {
      create(scene);
      return { record: `${makes === 'patient' ? 'person' : makes}/${scene.record}`, undo: null };
    },
  };
}
