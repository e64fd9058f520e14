/** How a job ended, for good. */
export const OUTCOMES = ['pushed', 'in-step', 'filtered', 'superseded', 'discarded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a job that has not ended is held. */
export const HELD_STATES = ['waiting', 'conflict', 'parked'] as const;
export type HeldState = (typeof HELD_STATES)[number];

/**
 * Why a job (or a change that could not be read) is parked. `observed` needs nobody: its link writes nothing yet, and the code says
 * what it would. `possible-duplicate`: another patient at the target holds an identifier of the record. `class-closed`: the site takes no
 * such record from us at all; the closed class is told of once, and they go on together when it opens. `by-hand`: a person has laid it aside.
 * `patient-stopped`: a person has stopped the patient that it is of; all that is held of her goes on together when somebody lets her.
 */
export const PARKED_REASONS = [
  'observed',
  'class-closed',
  'possible-duplicate',
  'refused',
  'unmapped',
  'gave-up',
  'oscillates',
  'broken',
  'by-hand',
  'patient-stopped',
] as const;
export type ParkedReason = (typeof PARKED_REASONS)[number];
