import type { Simulator } from '@sync-hub/openmrs-simulator';
import { type Content, contentsOf, NOTHING_HELD, type RecordKey } from '../convergence/content.js';
import { VOIDED } from '../convergence/held.js';
import type { Ledger } from '../convergence/ledger.js';

const ownContents = (site: Simulator): ReadonlyMap<RecordKey, Content> => contentsOf(site.state());

/** Does something at a site and writes down what it changed there, of whatever records. What is erased is gone, as what is voided is. */
export function acted(ledger: Ledger, site: Simulator, what: string, act: () => void, contentsAt = ownContents): void {
  const before = contentsAt(site);
  act();
  const after = contentsAt(site);
  for (const record of new Set([...before.keys(), ...after.keys()]))
    ledger.write({ site: site.id, record, what, before: before.get(record) ?? NOTHING_HELD, after: after.get(record) ?? VOIDED });
}
