import type { MetadataDrift } from '@sync-hub/categories';
import type { CallOptions, KnownBy, SiteClient } from '@sync-hub/openmrs';

/** Of one kind so many are searched for in one comparison: each costs a request at the one end and some at the other. */
export const MOST_SEARCHED = 50;

interface Ends {
  readonly parent: SiteClient;
  readonly child: SiteClient;
}

/**
 * What is missing at one end, and is perhaps there under another uuid, because something there is known by the same code, identifier or name: said to be
 * that (`other-uuid`), for a person to judge. Everything else is left as it is. Of many the first are searched for.
 */
export async function pairedBySearch(ends: Ends, drifts: readonly MetadataDrift[], options: CallOptions): Promise<readonly MetadataDrift[]> {
  const paired: MetadataDrift[] = [];
  let searched = 0;
  for (const drift of drifts) {
    const isMissing = drift.found === 'missing-at-child' || drift.found === 'missing-at-parent';
    if (isMissing) searched += 1;
    paired.push(isMissing && searched <= MOST_SEARCHED ? await pairOf(ends, drift, options) : drift);
  }
  return unlessTwoMeanOne(paired, drifts);
}

async function pairOf(ends: Ends, drift: MetadataDrift, options: CallOptions): Promise<MetadataDrift> {
  const isAtParent = drift.found === 'missing-at-child';
  const [here, there] = isAtParent ? [ends.parent, ends.child] : [ends.child, ends.parent];
  const known = await here.knownBy({ aggregate: drift.kind, uuid: drift.uuid }, options);
  if (known === null || isKnownByNothing(known)) return drift;
  const found = await there.findLookalike(drift.kind, known, options);
  if (found === null || found.uuid === drift.uuid) return drift;
  // What both ends have under one uuid is that.
  if ((await here.presenceOf({ aggregate: drift.kind, uuid: found.uuid }, options)) !== 'absent') return drift;
  const [uuid, otherUuid] = isAtParent ? [drift.uuid, found.uuid] : [found.uuid, drift.uuid];
  return { ...drift, uuid, otherUuid, found: 'other-uuid', by: found.by };
}

const isKnownByNothing = ({ names, codes, identifier }: KnownBy): boolean => names.length + codes.length === 0 && identifier === null;

/** Which of two would be meant nobody can say. A pair that is found from both ends is one. */
function unlessTwoMeanOne(paired: readonly MetadataDrift[], before: readonly MetadataDrift[]): readonly MetadataDrift[] {
  const pairs = [...new Map(paired.filter(isPair).map((one) => [`${one.uuid} ${one.otherUuid}`, one])).values()];
  const isClear = (pair: MetadataDrift): boolean => pairs.filter((one) => one.uuid === pair.uuid || one.otherUuid === pair.otherUuid).length === 1;
  return [...paired.flatMap((one, at) => (isPair(one) ? (isClear(one) ? [] : [before[at] ?? one]) : [one])), ...pairs.filter(isClear)];
}

const isPair = ({ found }: MetadataDrift): boolean => found === 'other-uuid';
