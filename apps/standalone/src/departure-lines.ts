import type { DeparturesOnLink, PatientStop } from '@sync-hub/persistence';

/** How many patients have left each link's catchment, and what the others among them wait for. */
export const departureLines = (departures: readonly DeparturesOnLink[]): string[] =>
  departures.map(({ link, state, reason, patients }) => `Leaving ${link}: ${patients} ${state}${reason === null ? '' : `, waiting (${reason})`}`);

/** Patients of whom nothing is written until somebody lets them go on; who they are is told by `patient list`. */
export const stoppedLines = (stops: readonly (Pick<PatientStop, 'link' | 'by' | 'since'> & { readonly waiting: number })[]): string[] =>
  stops.map(
    ({ link, by, since, waiting }) =>
      `A patient is stopped on ${link ?? 'every link'} by ${by} since ${since.toISOString()}: ${waiting} held. See: patient list`,
  );
