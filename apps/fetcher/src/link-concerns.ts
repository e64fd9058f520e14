import type { CanonicalRecord } from '@sync-hub/categories';
import { type Admission, type NotAdmitted, placesToFind } from '@sync-hub/configuration';
import type { LinkId, SiteId, Uuid } from '@sync-hub/contracts';
import type { Membership } from '@sync-hub/persistence';
import { type LinkNow, mayBeThere, type Rules } from '@sync-hub/runtime';
import type { LinkAsSeen } from './settle-look.js';

/** A link on which the record may not travel outward. */
export interface Refused {
  readonly link: LinkId;
  readonly target: SiteId;
  readonly why: NotAdmitted;
}

/**
 * The links that a look must satisfy before its change may end: those that admit the record outward, those with an open job
 * for it either way, and, where the record is missing, those that had agreed on it. The others are named with the reason.
 */
export function concerns(
  rules: Rules,
  links: readonly LinkNow[],
  read: CanonicalRecord,
): { readonly links: readonly LinkNow[]; readonly refused: readonly Refused[]; readonly members: readonly Membership[]; readonly sought: readonly Uuid[] } {
  const judged = links.map((known) => ({
    known,
    admission: rules.admits(known.end.link, known.end.outward, read, { ...known, mayBeThere: mayBeThere(known) }),
  }));
  const concerned = judged.filter(
    ({ known, admission }) => admission.admitted || known.openJobs.length > 0 || (read.presence === 'absent' && known.agreement !== null),
  );
  const others = judged.filter((one) => !concerned.includes(one) && read.presence !== 'absent');
  return {
    links: concerned.map(({ known }) => known),
    members: membersBy(judged, read),
    sought: soughtBy(judged, read),
    refused: others.flatMap(({ known, admission }) => (admission.admitted ? [] : [{ link: known.end.link.id, target: known.end.other, why: admission.why }])),
  };
}

/** A patient who is there at the parent is a member at the children that may pull her, and at no other. */
const membersBy = (
  judged: readonly { readonly known: LinkNow; readonly admission: { readonly admitted: boolean } }[],
  read: CanonicalRecord,
): readonly Membership[] =>
  read.category !== 'patient' || read.presence !== 'present'
    ? []
    : judged
        .filter(({ known }) => known.end.side === 'parent')
        .map(({ known, admission }) => ({ link: known.end.link.id, patient: read.record.uuid, isMember: admission.admitted }));

/** Places that a catchment goes by, and of which it is not known where they are. */
const soughtBy = (judged: readonly { readonly known: LinkNow; readonly admission: Admission }[], read: CanonicalRecord): readonly Uuid[] => [
  ...new Set(
    judged.flatMap(({ known, admission }) =>
      !admission.admitted && admission.why === 'place-unknown' ? placesToFind(known.end.link.catchment, read, known.places) : [],
    ),
  ),
];

export const linkAsSeen = ({ end, agreement, openJobs }: LinkNow): LinkAsSeen => ({
  link: end.link.id,
  side: end.side,
  agreement,
  openJobs: openJobs.map((job) => ({ direction: job.route.direction, state: job.state })),
});
