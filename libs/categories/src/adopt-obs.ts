import type { Fields } from '@sync-hub/merge';
import { obsIn, type WantedObs } from './obs-body.js';

export interface AfterWrite {
  /** What the site should hold. */
  readonly wanted: Fields;
  /** What it held before the write. */
  readonly before: Fields;
  /** What was read back. */
  readonly after: Fields;
  /** Does the source know the obs under this uuid? What the site wrote anew of others is its own business: it is neither adopted nor voided. */
  readonly isKnown: (uuid: string) => boolean;
}

/** What a write left of the obs of a record, where the site has minted uuids of its own. */
export interface Strays {
  /** By the uuid known everywhere, the one the site has made for it: it says the same, in the same group. */
  readonly adopted: ReadonlyMap<string, string>;
  /** New at the site since it was read, and the same as what was to go: by its own uuid, the uuid known everywhere of that. Its server wrote it anew, or somebody typed it again. */
  readonly likeGone: ReadonlyMap<string, string>;
}

/**
 * Finds for every obs that should be there and is not the one that came instead of it: where the site gives uuids of its own,
 * and where an encounter that changed wrote anew what inherited its time, place or patient (openmrs-core
 * EncounterServiceImpl.saveEncounter). What came and is like nothing we know is somebody's new entry, and is left alone.
 */
export function straysAfter({ wanted, before, after, isKnown }: AfterWrite): Strays {
  const [wants, had, has] = [obsIn(wanted), obsIn(before), obsIn(after)];
  const strays = new Map([...has].filter(([key]) => !wants.has(key) && !had.has(key)));
  const standIns = new Map<string, string>();
  const groupNow = (group: string): string => standIns.get(group) ?? group;
  const gone = fromTheTop([...had.values()].filter(({ key }) => !wants.has(key)));
  // What the site held before stands first among the wanted: it was written anew, and what has yet to come may say the same.
  for (const missing of fromTheTop([...wants.values()].filter(({ key }) => !has.has(key)))) {
    const candidates = [...strays.values()].filter((one) => typesTheSame(one, missing) || !gone.some((old) => isWrittenAnew(old, one, groupNow)));
    const twin = likest({ obs: missing, all: wants }, { candidates, all: has }, groupNow);
    if (twin === undefined) continue;
    standIns.set(missing.key, twin.key);
    strays.delete(twin.key);
  }
  const likeGone = gone.flatMap((old) => {
    const candidates = [...strays.values()].filter((one) => holdTheSame([old, had], [one, has]));
    const twin = likest({ obs: old, all: had }, { candidates, all: has }, groupNow);
    if (twin !== undefined) strays.delete(twin.key);
    return twin === undefined ? [] : [[twin.key, old.key] as const];
  });
  return { adopted: new Map([...standIns].filter(([key]) => isKnown(key))), likeGone: new Map(likeGone) };
}

interface Sought {
  readonly obs: WantedObs;
  readonly all: ReadonlyMap<string, WantedObs>;
}

interface Among {
  readonly candidates: readonly WantedObs[];
  readonly all: ReadonlyMap<string, WantedObs>;
}

/** The one of the same heart, in the group that stands for its own, to which nobody has added anything; among several the one with most of its members, then of its fields. */
function likest({ obs, all }: Sought, among: Among, groupNow: (group: string) => string): WantedObs | undefined {
  const heart = heartIn(obs, groupNow);
  const alike = among.candidates.filter((one) => JSON.stringify(one.heart) === heart && saysNothingOfItsOwn(one, obs));
  const likeness = (one: WantedObs): number =>
    2 * inCommon(sayingsBelow(obs, all), sayingsBelow(one, among.all)) + (JSON.stringify(one.fields) === JSON.stringify(obs.fields) ? 1 : 0);
  return alike.map((one) => ({ one, likeness: likeness(one) })).sort((a, b) => b.likeness - a.likeness)[0]?.one;
}

/** What a person types beside a value. No server writes it of itself: one that comes with another of these was corrected by somebody. */
const TYPED = ['comment', 'accessionNumber', 'valueModifier'] as const;

const saysNothingOfItsOwn = (one: WantedObs, obs: WantedObs): boolean =>
  TYPED.every((name) => (one.fields[name] ?? null) === null || one.fields[name] === obs.fields[name]);

const typesTheSame = (one: WantedObs, obs: WantedObs): boolean => TYPED.every((name) => (one.fields[name] ?? null) === (obs.fields[name] ?? null));

/** Is it what was to go, as its server wrote it anew, and not what was sent, with something of it dropped? */
const isWrittenAnew = (old: WantedObs, one: WantedObs, groupNow: (group: string) => string): boolean =>
  heartIn(old, groupNow) === JSON.stringify(one.heart) && typesTheSame(one, old);

const heartIn = ({ heart, group }: WantedObs, groupNow: (group: string) => string): string =>
  JSON.stringify(group === null ? heart : { ...heart, group: groupNow(group) });

const membersOf = (obs: WantedObs, all: ReadonlyMap<string, WantedObs>): readonly WantedObs[] => [...all.values()].filter(({ group }) => group === obs.key);
const heartBesideGroup = ({ heart }: WantedObs): string => JSON.stringify({ ...heart, group: undefined });

/** What everything in a group says, whatever the uuids. */
const sayingsBelow = (obs: WantedObs, all: ReadonlyMap<string, WantedObs>): readonly string[] =>
  membersOf(obs, all).flatMap((member) => [JSON.stringify([heartBesideGroup(member), member.fields]), ...sayingsBelow(member, all)]);

/** Is the same in both, whatever the uuids? Two groups of one kind with other members are two. */
function holdTheSame(
  [a, allA]: readonly [WantedObs, ReadonlyMap<string, WantedObs>],
  [b, allB]: readonly [WantedObs, ReadonlyMap<string, WantedObs>],
): boolean {
  const below = (obs: WantedObs, all: ReadonlyMap<string, WantedObs>): readonly string[] =>
    membersOf(obs, all)
      .flatMap((member) => [heartBesideGroup(member), ...below(member, all)])
      .sort();
  return JSON.stringify(below(a, allA)) === JSON.stringify(below(b, allB));
}

function inCommon(some: readonly string[], others: readonly string[]): number {
  const left = [...others];
  return some.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  }).length;
}

/** Groups before their members. */
function fromTheTop(items: readonly WantedObs[]): readonly WantedObs[] {
  const inside = new Set(items.map(({ key }) => key));
  const tops = items.filter(({ group }) => group === null || !inside.has(group));
  if (tops.length === 0) return [];
  const below = items.filter((item) => !tops.includes(item));
  return [...tops, ...fromTheTop(below)];
}
