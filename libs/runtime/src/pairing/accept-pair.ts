import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LinkConfiguration, routesOf } from '@sync-hub/configuration';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { SideName } from '@sync-hub/merge';
import type { SiteClient } from '@sync-hub/openmrs';
import { ChangeRepository, JobRepository, type Pair, type PairHindrance, PairRepository } from '@sync-hub/persistence';
import { type AskedLink, withEnds } from '../ends-of-link.js';

/** Two uuids, as each end calls a patient. */
export interface TwoUuids {
  readonly parent: Uuid;
  readonly child: Uuid;
}

/** Why the two are not made one, or not parted. `not-there`: an end has no such patient; `held-at-both`: an end has the other one too. */
export type PairRefusal =
  | PairHindrance
  | { readonly why: 'one-uuid' }
  | { readonly why: 'not-there' | 'held-at-both'; readonly side: SideName; readonly uuid: Uuid };

/** Longer than four reads of a slow server take. */
const LEASE_SECONDS = 180;
const TRY_AGAIN_MS = 500;

/** How long is waited for those who have one of the two in hand. */
export interface Patience {
  readonly tries: number;
}
const PATIENT: Patience = { tries: 60 };

/**
 * Makes two patients of a link one, as a person has said: looks at both ends with both records claimed there, and gives the child's an alias.
 * `null` where it is done; what the two say differently is then asked about as of any record that both ends had before.
 */
export const acceptPair = (asked: AskedLink, uuids: TwoUuids, by: string, patience = PATIENT): Promise<PairRefusal | null> =>
  withPair(asked, uuids, patience, async (pairs, pair, ends, holder) => {
    // Asked first, for an end that goes by another alias already is not seen as it is.
    const { result: hindrance } = await asked.database.transaction((tx) => pairs.hindrance(tx, pair, holder));
    const refusal = hindrance ?? (await refusalByLook(pair, ends));
    return refusal ?? (await asked.database.transaction((tx) => pairs.accept(tx, pair, by, holder))).result;
  });

/** Parts two patients that were accepted as one, as long as nothing is agreed on of them. */
export const undoPair = (asked: AskedLink, uuids: TwoUuids, patience = PATIENT): Promise<PairRefusal | null> =>
  withPair(asked, uuids, patience, async (pairs, pair, _ends, holder) => (await asked.database.transaction((tx) => pairs.undo(tx, pair, holder))).result);

type Work = (pairs: PairRepository, pair: Pair, ends: Readonly<Record<SideName, SiteClient>>, holder: string) => Promise<PairRefusal | null>;

/** Nobody else reads or writes either record at either end meanwhile. Tried again while somebody does. */
async function withPair(asked: AskedLink, uuids: TwoUuids, { tries }: Patience, work: Work): Promise<PairRefusal | null> {
  if (uuids.parent === uuids.child) return { why: 'one-uuid' };
  return withEnds(asked, async (ends) => {
    const pairs = pairsOn(asked);
    const pair = await pairOf(asked, uuids, ends.parent);
    for (let left = tries; ; left -= 1) {
      const holder = `pairing-${randomUUID()}#1`;
      const refusal = (await pairs.claim(holder, pair, LEASE_SECONDS))
        ? await work(pairs, pair, ends, holder).finally(() => pairs.release(holder))
        : ({ why: 'busy' } as const);
      if (refusal?.why !== 'busy' || left <= 1) return refusal;
      await sleep(TRY_AGAIN_MS);
    }
  });
}

const pairsOn = ({ database }: AskedLink): PairRepository =>
  new PairRepository(database, { changes: new ChangeRepository(database), jobs: new JobRepository(database) });

async function pairOf({ configuration, link }: AskedLink, { parent, child }: TwoUuids, atParent: SiteClient): Promise<Pair> {
  const record = await atParent.canonicalOf(person(parent));
  return { link: link.id, parent: link.parent, child: link.child, record, local: child, linksOfChild: linksOfChild(configuration, link) };
}

const linksOfChild = (configuration: AskedLink['configuration'], { child }: LinkConfiguration): readonly string[] =>
  routesOf(configuration, child).map(({ link }) => link.id);

/** Each end must have its own patient, and must not have the other's, dead or alive: which of the two would be meant? */
async function refusalByLook({ record, local }: Pair, ends: Readonly<Record<SideName, SiteClient>>): Promise<PairRefusal | null> {
  const options = { signal: AbortSignal.timeout(LEASE_SECONDS * 500) };
  const places = [
    { side: 'parent', own: record, others: person(local) },
    { side: 'child', own: person(local), others: record },
  ] as const;
  for (const { side, own, others } of places) {
    const read = await ends[side].read(own, options);
    if (read.presence !== 'present' || read.category !== 'patient') return { why: 'not-there', side, uuid: own.uuid };
    if ((await ends[side].presenceOf(others, options)) !== 'absent') return { why: 'held-at-both', side, uuid: others.uuid };
  }
  return null;
}

const person = (uuid: Uuid): RecordRef => ({ aggregate: 'person', uuid });
