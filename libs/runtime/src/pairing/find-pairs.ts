import type { CanonicalRecord } from '@sync-hub/categories';
import { LockedOutError, NotAllowedError, type RecordRef, SiteDownError, SyncError, type Uuid } from '@sync-hub/contracts';
import { otherSide, type SideName } from '@sync-hub/merge';
import type { CallOptions, PatientIdentifier, SiteClient } from '@sync-hub/openmrs';
import { identifiersIn, type Likeness, likenessOf, nameIn } from './likeness.js';

/** Two patients, one at each end, who have an identifier in common. */
export interface FoundPair {
  readonly parent: Uuid;
  readonly child: Uuid;
  /** Types of the identifiers that both have, as they are known everywhere. */
  readonly identifierTypes: readonly Uuid[];
  readonly likeness: Likeness;
  /** One of the two has an identifier in common with somebody else too. */
  readonly isAmbiguous: boolean;
  /** For who asks for them, and for nobody else. */
  readonly names: Readonly<Record<SideName, string>>;
}

/** Whom to ask for, by the uuid that they are known by everywhere, at which end. */
export interface Sought {
  /** Agreed on already: both ends hold them. */
  readonly agreed: ReadonlySet<Uuid>;
  readonly child: readonly Uuid[];
  readonly parent: readonly Uuid[];
  /** Of a list that somebody has given, of whom it is not said at which end they are. */
  readonly given: readonly Uuid[];
  readonly numbers: readonly string[];
}

/** What was found. */
export interface FoundPeople {
  readonly pairs: readonly FoundPair[];
  /** Held by both ends under one uuid, and not agreed on yet. */
  readonly underOneUuid: readonly Uuid[];
  readonly only: Readonly<Record<SideName, readonly Uuid[]>>;
  /** An identifier in common with one whom both ends hold under another uuid: no pair can be made of these. */
  readonly heldAtBoth: readonly { readonly side: SideName; readonly uuid: Uuid; readonly other: Uuid }[];
  /** Of the list that was given, how many nobody has. */
  readonly unknown: number;
  /** How many could not be read, by the code of why. */
  readonly unread: Readonly<Record<string, number>>;
}

/** How many patients are asked for together; what a site is asked at once its own cap decides. */
const AT_ONCE = 4;
const person = (uuid: Uuid): RecordRef => ({ aggregate: 'person', uuid });

/** Asks both ends for these patients, and by their identifiers for whom else each may be at the other end. Reads only. */
export async function findPairs(
  ends: Readonly<Record<SideName, SiteClient>>,
  sought: Sought,
  options: CallOptions,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<FoundPeople> {
  const search = new Search(ends, sought, options);
  await search.all(progress);
  return search.found();
}

class Search {
  private readonly pairs = new Map<string, FoundPair>();
  private readonly underOneUuid = new Set<Uuid>();
  private readonly only = { parent: new Set<Uuid>(), child: new Set<Uuid>() };
  private readonly heldAtBoth = new Map<string, { readonly side: SideName; readonly uuid: Uuid; readonly other: Uuid }>();
  private readonly there = new Set<Uuid>();
  private readonly unread: Record<string, number> = {};
  private unknown = 0;

  constructor(
    private readonly ends: Readonly<Record<SideName, SiteClient>>,
    private readonly sought: Sought,
    private readonly options: CallOptions,
  ) {}

  async all(progress: (done: number, of: number) => void): Promise<void> {
    const { agreed, given, numbers } = this.sought;
    const byNumber = await this.whoHave(numbers);
    const inTurn = (['child', 'parent'] as const).map((side) => ({
      side,
      uuids: [...new Set([...this.sought[side], ...byNumber[side], ...given])].filter((uuid) => !agreed.has(uuid)),
    }));
    const of = inTurn.reduce((sum, { uuids }) => sum + uuids.length, 0);
    let done = 0;
    // The child's first, and whoever was found at both ends with them is not asked for again.
    for (const { side, uuids } of inTurn)
      for (let from = 0; from < uuids.length; from += AT_ONCE) {
        const some = uuids.slice(from, from + AT_ONCE);
        await Promise.all(some.map((uuid) => this.unlessUnreadable(() => this.look(side, uuid))));
        done += some.length;
        progress(done, of);
      }
    this.unknown += given.filter((uuid) => !agreed.has(uuid) && !this.there.has(uuid)).length;
  }

  found(): FoundPeople {
    const pairs = [...this.pairs.values()].sort((a, b) => (`${a.child} ${a.parent}` < `${b.child} ${b.parent}` ? -1 : 1));
    const many = (side: SideName, uuid: Uuid): boolean =>
      pairs.filter((pair) => pair[side] === uuid).length + [...this.heldAtBoth.values()].filter((one) => one.side === side && one.uuid === uuid).length > 1;
    return {
      pairs: pairs.map((pair) => ({ ...pair, isAmbiguous: pair.isAmbiguous || many('parent', pair.parent) || many('child', pair.child) })),
      underOneUuid: [...this.underOneUuid].sort(),
      only: { parent: [...this.only.parent].sort(), child: [...this.only.child].sort() },
      heldAtBoth: [...this.heldAtBoth.values()],
      unknown: this.unknown,
      unread: this.unread,
    };
  }

  private async whoHave(numbers: readonly string[]): Promise<Readonly<Record<SideName, readonly Uuid[]>>> {
    const found: Record<SideName, Uuid[]> = { parent: [], child: [] };
    for (const identifier of new Set(numbers)) {
      const before = found.parent.length + found.child.length;
      for (const side of ['child', 'parent'] as const)
        await this.unlessUnreadable(async () => {
          found[side].push(...(await this.ends[side].patientsWith({ type: '', identifier }, this.options)).map(({ uuid }) => uuid));
        });
      if (found.parent.length + found.child.length === before) this.unknown += 1;
    }
    return found;
  }

  /** One patient of an end: at both under one uuid, at both under two perhaps, or there alone. */
  private async look(side: SideName, uuid: Uuid): Promise<void> {
    if (this.underOneUuid.has(uuid)) return;
    const read = await this.ends[side].read(person(uuid), this.options);
    if (read.presence !== 'present' || read.category !== 'patient') return;
    this.there.add(uuid);
    const other = otherSide(side);
    if ((await this.ends[other].presenceOf(person(uuid), this.options)) !== 'absent') {
      this.underOneUuid.add(uuid);
      return;
    }
    const namesakes = await this.namesakesOf(read, other);
    if (namesakes.size === 0) this.only[side].add(uuid);
    for (const [theirs, common] of namesakes) await this.note(side, read, theirs, common);
  }

  /** Who has one of the identifiers at the other end, with those that are in common. */
  private async namesakesOf(read: CanonicalRecord, other: SideName): Promise<ReadonlyMap<Uuid, readonly PatientIdentifier[]>> {
    const found = new Map<Uuid, PatientIdentifier[]>();
    for (const one of identifiersIn(read)) for (const uuid of await this.withIdentifier(other, one)) found.set(uuid, [...(found.get(uuid) ?? []), one]);
    return found;
  }

  private async withIdentifier(side: SideName, one: PatientIdentifier): Promise<readonly Uuid[]> {
    return (await this.ends[side].patientsWith(one, this.options)).map(({ uuid }) => uuid);
  }

  private async note(side: SideName, read: CanonicalRecord, theirs: Uuid, common: readonly PatientIdentifier[]): Promise<void> {
    const other = otherSide(side);
    const mine = read.record.uuid;
    const pair = side === 'parent' ? { parent: mine, child: theirs } : { parent: theirs, child: mine };
    if (this.pairs.has(keyOf(pair))) return;
    if (this.sought.agreed.has(theirs) || (await this.ends[side].presenceOf(person(theirs), this.options)) !== 'absent') {
      this.heldAtBoth.set(`${side} ${mine} ${theirs}`, { side, uuid: mine, other: theirs });
      return;
    }
    const rival = await this.ends[other].read(person(theirs), this.options);
    const [atParent, atChild] = side === 'parent' ? [read, rival] : [rival, read];
    const likeness = likenessOf(atParent, atChild);
    const identifierTypes = [...new Set(common.map(({ type }) => type))].sort();
    const isAmbiguous = await this.isAnothersToo(side, mine, common);
    const names = { parent: nameIn(atParent), child: nameIn(atChild) };
    this.pairs.set(keyOf(pair), { ...pair, identifierTypes, likeness, isAmbiguous, names });
  }

  private async isAnothersToo(side: SideName, mine: Uuid, common: readonly PatientIdentifier[]): Promise<boolean> {
    for (const one of common) if ((await this.withIdentifier(side, one)).some((uuid) => uuid !== mine)) return true;
    return false;
  }

  /** One patient that cannot be read is no reason to ask for no other; a site that is away, or that lets us do none of it, is. */
  private async unlessUnreadable(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      const isOfOne = error instanceof SyncError && !(error instanceof SiteDownError || error instanceof LockedOutError || error instanceof NotAllowedError);
      if (!isOfOne) throw error;
      this.unread[error.code] = (this.unread[error.code] ?? 0) + 1;
    }
  }
}

const keyOf = ({ parent, child }: Pick<FoundPair, 'parent' | 'child'>): string => `${parent} ${child}`;
