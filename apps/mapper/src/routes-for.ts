import type { CanonicalRecord } from '@sync-hub/categories';
import type { NotAdmitted } from '@sync-hub/configuration';
import { type LinkNow, mayBeThere, type Rules } from '@sync-hub/runtime';

/** A link that does not admit the record on its route out of its site. */
export interface RefusedRoute {
  readonly known: LinkNow;
  readonly why: NotAdmitted;
}

/** Which links admit the record on their route out of its site, and why the others do not. Deny by default: a rule that is missing or throws lets nothing through. */
export function routesFor(rules: Rules, links: readonly LinkNow[], read: CanonicalRecord) {
  const judged = links.map((known) => ({
    known,
    admission: rules.admits(known.end.link, known.end.outward, read, { ...known, mayBeThere: mayBeThere(known) }),
  }));
  return {
    admitted: judged.filter(({ admission }) => admission.admitted).map(({ known }) => known),
    refused: judged.flatMap(({ known, admission }) => (admission.admitted ? [] : [{ known, why: admission.why }])),
  };
}
