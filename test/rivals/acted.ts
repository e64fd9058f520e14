import type { Simulator } from '@sync-hub/openmrs-simulator';
import { contentsOf, NOTHING_HELD } from '../convergence/content.js';
import type { Ledger } from '../convergence/ledger.js';

/** Does something at a site and writes down what it changed there, of whatever records. */
export function acted(ledger: Ledger, site: Simulator, what: string, act: () => void): void {
  const before = contentsOf(site.state());
  act();
  const after = contentsOf(site.state());
  for (const record of new Set([...before.keys(), ...after.keys()]))
    ledger.write({ site: site.id, record, what, before: before.get(record) ?? NOTHING_HELD, after: after.get(record) ?? NOTHING_HELD });
}
