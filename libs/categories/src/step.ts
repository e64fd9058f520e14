import type { Scalar } from '@sync-hub/merge';

/**
 * What is to be written: for each path the value it shall have, `undefined` for a list's item that shall go.
 * `presence` is set where the record is to be voided (retired) or restored; then `fields` waits for the next round.
 */
export interface Writes {
  readonly presence?: 'present' | 'voided';
  readonly fields: ReadonlyMap<string, Scalar | undefined>;
}

/** One REST request that writes. `path` is relative to `/ws/rest/v1`, and without anything that only an answer could tell. */
export interface Step {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** `record`: the answer's uuid is the record's own at this site. `item`: creates an item under the uuid the body gives, if any. */
  readonly creates?: 'record' | 'item';
  /** The obs it creates, as it is known everywhere; the answer's uuid is what it is called at this site. */
  readonly obs?: string;
}

/** Why records are voided by us, as OpenMRS shows it. */
export const VOID_REASON = 'sync-hub';

/**
 * Why single obs are. Another reason than a record's: an encounter that is restored brings back every obs that was voided for
 * the reason it was voided for itself (openmrs-core EncounterServiceImpl.unvoidEncounter).
 */
export const OBS_VOID_REASON = 'sync-hub-replaced';
