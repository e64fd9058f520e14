import type { DeparturesOnLink } from '@sync-hub/persistence';

/** How many patients have left each link's catchment, and what the others among them wait for. */
export const departureLines = (departures: readonly DeparturesOnLink[]): string[] =>
  departures.map(({ link, state, reason, patients }) => `Leaving ${link}: ${patients} ${state}${reason === null ? '' : `, waiting (${reason})`}`);
