import type { CanonicalRecord } from '@sync-hub/categories';
import { type Admission, NOT_IN_CATCHMENT, type NotAdmitted, placesToFind } from '@sync-hub/configuration';
import type { LinkId, SiteId, Uuid } from '@sync-hub/contracts';
import type { Membership } from '@sync-hub/persistence';
import { type JudgedByExclusion, keptBy, type LinkNow, mayBeThere, type Rules } from '@sync-hub/runtime';
import type { LinkAsSeen } from './settle-look.js';

/** A link on which the record may not travel outward. */
export interface Refused {
  readonly link: LinkId;
  readonly target: SiteId;
  readonly why: NotAdmitted;
}

/** What a look says of who leaves a link's catchment, or is back. `alive`: what went with a patient, or she herself, is there at the child. */
export interface Move {
  readonly link: LinkId;
  readonly what: 'leaves' | 'comes-back' | 'alive';
}

/** What a look comes to, link by link. */
export interface Concerns {
  readonly links: readonly LinkNow[];
  readonly refused: readonly Refused[];
  readonly members: readonly Membership[];
  readonly moves: readonly Move[];
  readonly sought: readonly Uuid[];
  /** What each link keeps here by what it excludes. */
  readonly judged: readonly (Omit<JudgedByExclusion, 'read'> & { readonly target: SiteId })[];
}

type Judged = readonly { readonly known: LinkNow; readonly admission: Admission }[];

/**
 * The links that a look must satisfy before its change may end: those that admit the record outward, those with an open job
 * for it either way, and, where the record is missing, those that had agreed on it. The others are named with the reason.
 */
export function concerns(rules: Rules, links: readonly LinkNow[], read: CanonicalRecord): Concerns {
  const judged = links.map((known) => ({
    known,
    admission: rules.admits(known.end.link, known.end.outward, read, { ...known, mayBeThere: mayBeThere(known) }),
  }));
  // Who is of a catchment, and what is kept, does not hang on who has left.
  const unclosed = judged.map(({ known, admission }) => ({
    known,
    admission: known.isClosed ? rules.admits(known.end.link, known.end.outward, read, { ...known, isClosed: false, mayBeThere: mayBeThere(known) }) : admission,
  }));
  const concerned = judged.filter(
    ({ known, admission }) => admission.admitted || known.openJobs.length > 0 || (read.presence === 'absent' && known.agreement !== null),
  );
  const others = judged.filter((one) => !concerned.includes(one) && read.presence !== 'absent');
  return {
    links: concerned.map(({ known }) => known),
    members: membersBy(unclosed, read),
    moves: movesBy(unclosed, read, rules),
    sought: soughtBy(unclosed, read),
    judged: unclosed.map(({ known, admission }) => ({
      link: known.end.link,
      direction: known.end.outward,
      target: known.end.other,
      keptBy: keptBy(admission, known),
    })),
    refused: others.flatMap(({ known, admission }) => (admission.admitted ? [] : [{ link: known.end.link.id, target: known.end.other, why: admission.why }])),
  };
}

/** A patient who is there at the parent is a member at the children that may pull her, and at no other. */
const membersBy = (judged: Judged, read: CanonicalRecord): readonly Membership[] =>
  read.category !== 'patient' || read.presence !== 'present'
    ? []
    : judged
        .filter(({ known }) => known.end.side === 'parent')
        .map(({ known, admission }) => ({ link: known.end.link.id, patient: read.record.uuid, isMember: admission.admitted }));

/** It may be another reason than the place that is named, and the place the one that settles it. */
const cannotTell = (why: NotAdmitted): boolean => why !== 'outside-catchment' && (NOT_IN_CATCHMENT as readonly string[]).includes(why);

/**
 * Only who is clearly outside leaves: one of whom a rule cannot tell, or whose rule fails, gets nothing more and loses nothing. On a link that
 * writes nothing nobody leaves.
 */
const movesBy = (judged: Judged, read: CanonicalRecord, rules: Rules): readonly Move[] =>
  read.presence !== 'present'
    ? []
    : judged.flatMap(({ known, admission }): Move[] => {
        const { link, side } = known.end;
        if (side === 'child') return known.isClosed ? [{ link: link.id, what: 'alive' }] : [];
        const retires = link.whenPatientLeaves === 'retire';
        if (read.category !== 'patient' || !(retires || known.isClosed)) return [];
        if (admission.admitted) return [{ link: link.id, what: 'comes-back' }];
        const isOutside = admission.why === 'outside-catchment' && known.agreement !== null;
        return retires && isOutside && rules.writing(link.id) === 'live' ? [{ link: link.id, what: 'leaves' }] : [];
      });

/** Places that a catchment goes by, and of which it is not known where they are. */
const soughtBy = (judged: Judged, read: CanonicalRecord): readonly Uuid[] => [
  ...new Set(
    judged.flatMap(({ known, admission }) => (!admission.admitted && cannotTell(admission.why) ? placesToFind(known.end.link.catchment, read, known) : [])),
  ),
];

export const linkAsSeen = ({ end, agreement, openJobs, seen }: LinkNow): LinkAsSeen => ({
  link: end.link.id,
  seen,
  side: end.side,
  agreement,
  openJobs: openJobs.map((job) => ({ direction: job.route.direction, state: job.state })),
});
