import type { Act } from './act.js';
import { ENCOUNTER_ACTS, STANDALONE_ACTS } from './encounter-acts.js';
import { PEOPLE_ACTS } from './people-acts.js';
import { PLACE_ACTS } from './place-acts.js';
import { VISIT_ACTS } from './visit-acts.js';

const acts: readonly Act[] = [...PLACE_ACTS, ...PEOPLE_ACTS];

/** What people do, by name. With care, a patient who has any is not voided. */
export const actsOf = (care: boolean): Readonly<Record<string, Act>> =>
  Object.fromEntries((care ? [...acts.map(sparingCare), ...VISIT_ACTS, ...ENCOUNTER_ACTS, ...STANDALONE_ACTS] : acts).map((act) => [act.name, act]));

const sparingCare = (act: Act): Act =>
  act.name === 'void'
    ? {
        ...act,
        choose: (state, random, record, keepsCare) => {
          const chosen = act.choose(state, random, record, keepsCare);
          return chosen !== null && keepsCare(chosen) !== false ? null : chosen;
        },
      }
    : act;
