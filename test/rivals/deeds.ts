import type { Clinician, SimulatorState } from '@sync-hub/openmrs-simulator';
import type { RecordKey } from '../convergence/content.js';

/** What only one person types: a word, and a number below ten thousand. */
export interface Word {
  readonly text: string;
  readonly n: number;
}

/** A record that somebody made at the parent, with what hangs on it and what it hangs on. */
export interface Made {
  readonly record: RecordKey;
  /** Every uuid by which a request may be about it. */
  readonly uuids: readonly string[];
  /** Its own parts, by what they are called here. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface Scene {
  readonly at: Clinician;
  readonly state: SimulatorState;
  readonly made: Made;
  readonly word: Word;
}

/** Something that somebody does to the record at a site; the other records that it makes or changes. */
export type Deed = (scene: Scene) => readonly RecordKey[] | void;

/** What the hub carries from one end, and what people do to the same record at the other end meanwhile, by what that is to it. */
export interface Subject {
  /** What is edited, in words. */
  readonly name: string;
  /** Makes the record, at the parent. */
  readonly make: (at: Clinician, word: Word) => Made;
  readonly ours: Deed;
  readonly rivals: Readonly<Partial<Record<Rival, Deed>>>;
}

export const RIVALS = ['another field', 'the same field', 'another item', 'the same item', 'a void', 'an undo', 'a new obs'] as const;
export type Rival = (typeof RIVALS)[number];

const DAY = 86_400_000;

/** A day that is only this word's. */
export const dayOf = ({ n }: Word, from = '1930-01-01'): string => new Date(Date.parse(from) + n * DAY).toISOString().slice(0, 10);

/** A moment that is only this word's, within three hours of that one. */
export const momentOf = ({ n }: Word, from: string): string => new Date(Date.parse(from) + n * 1000).toISOString();
