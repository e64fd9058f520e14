import type { Profile, SimulatorState } from '@sync-hub/openmrs-simulator';
import type { Act } from './act.js';

export const isBahmni = ({ modules }: Profile): boolean => 'openmrs-atomfeed' in modules;

const ON: readonly Act['on'][] = ['person', 'visit', 'encounter'];
const MAKES: readonly Act['makes'][] = ['patient', 'encounter'];

/**
 * What comes to light of what people do at a Bahmni: its feed tells of patients and encounters that are saved, and the uuid audit
 * finds what became of those that were agreed on, and of their visits. Nothing tells of its places, of persons who are no patients,
 * of obs in no encounter, nor of a visit in which nothing was recorded.
 */
export const comesToLight = ({ on, makes }: Act): boolean => ON.includes(on) || MAKES.includes(makes);

/** The people there of whom it tells. */
export const patientsOnly = (state: SimulatorState): SimulatorState => ({ ...state, people: state.people.filter(({ isPatient }) => isPatient) });
