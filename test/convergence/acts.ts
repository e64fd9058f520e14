import type { Act } from './act.js';
import { ENCOUNTER_ACTS, STANDALONE_ACTS } from './encounter-acts.js';
import { LIST_ACTS } from './list-acts.js';
import { PEOPLE_ACTS } from './people-acts.js';
import { PLACE_ACTS } from './place-acts.js';
import { TIE_ACTS } from './tie-acts.js';
import { VISIT_ACTS } from './visit-acts.js';

const acts: readonly Act[] = [...PLACE_ACTS, ...PEOPLE_ACTS];

/** What people do beside keeping lists, in runs that are about these. */
const BESIDE_LISTS = ['create patient', 'edit name', 'record encounter', 'correct an obs'];

const byName = (all: readonly Act[]): Readonly<Record<string, Act>> => Object.fromEntries(all.map((act) => [act.name, act]));

/** What people work at. */
export type Work = 'people' | 'care' | 'lists';

/** What people do, by name. With care, a patient who has any is not voided. */
export function actsOf(work: Work): Readonly<Record<string, Act>> {
  if (work === 'people') return byName(acts);
  const care = [...acts.map(sparingCare), ...VISIT_ACTS, ...ENCOUNTER_ACTS, ...STANDALONE_ACTS];
  if (work === 'care') return byName(care);
  return byName([...LIST_ACTS, ...TIE_ACTS, ...care.filter(({ name }) => BESIDE_LISTS.includes(name))]);
}

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
