import type { SimulatorState } from '@sync-hub/openmrs-simulator';
import type { KnownUuid } from './care-content.js';
import type { SiteRows } from './care-faults.js';
import { live } from './held.js';
import { LIST_KINDS, rowsOf } from './list-content.js';

/** What a live row of these lists must find at its own site, by column. */
const REFERENCES: Readonly<Record<string, 'person' | 'encounter' | 'order'>> = {
  ...{ patient: 'person', subject: 'person', personA: 'person', personB: 'person' },
  ...{ encounter: 'encounter', previousOrder: 'order', drugOrder: 'order' },
};

const peopleAndCare = ({ people, encounters, orders }: SimulatorState): Readonly<Record<'person' | 'encounter' | 'order', ReadonlySet<string>>> => {
  const uuids = (rows: readonly { readonly uuid: string }[]): ReadonlySet<string> => new Set(rows.map(({ uuid }) => uuid));
  // What an order follows may be voided, and is there all the same.
  return { person: uuids(live(people)), encounter: uuids(live(encounters)), order: uuids(orders) };
};

/** What is live refers to what is there; no patient has two allergies to one thing, and no order is followed by two. */
export function brokenLists({ state, everywhere }: SiteRows): readonly string[] {
  const there = peopleAndCare(state);
  const broken = LIST_KINDS.flatMap((kind) =>
    live(rowsOf(kind, state)).flatMap(({ uuid, values }) =>
      Object.entries(REFERENCES).flatMap(([column, to]) =>
        typeof values[column] === 'string' && !there[to].has(values[column]) ? [`${kind}/${everywhere(uuid)}: its ${column} is not there, or voided`] : [],
      ),
    ),
  );
  return [...broken, ...twice(state, everywhere)];
}

const STOPPING = ['REVISE', 'DISCONTINUE'];

function twice({ allergies, orders }: SimulatorState, everywhere: KnownUuid): readonly string[] {
  const keys = [
    ...live(allergies).map(({ uuid, values }) => ({ name: `allergy/${everywhere(uuid)}`, key: `${values['patient']} ${values['codedAllergen']}` })),
    ...live(orders)
      .filter(({ values }) => STOPPING.includes(String(values['action'])))
      .map(({ uuid, values }) => ({ name: `order/${everywhere(uuid)}`, key: String(values['previousOrder']) })),
  ];
  return keys.filter(({ key }, index) => keys.findIndex((other) => other.key === key) !== index).map(({ name }) => `${name}: there is another of the same`);
}
