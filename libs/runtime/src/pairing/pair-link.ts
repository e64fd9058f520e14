import type { SiteId, Uuid } from '@sync-hub/contracts';
import { NotAllowedError, RefusedError } from '@sync-hub/contracts';
import type { CallOptions, Sites } from '@sync-hub/openmrs';
import { PeopleSeenRepository } from '@sync-hub/persistence';
import { type AskedLink, withEnds } from '../ends-of-link.js';
import { type FoundPeople, findPairs } from './find-pairs.js';

/** A list that somebody has given: uuids of patients, and identifiers. */
export interface GivenPeople {
  readonly uuids: readonly Uuid[];
  readonly identifiers: readonly string[];
}

/** What a pairing report goes by, in counts. */
export interface Covered {
  /** Patients of the child of whom the hub has been told. */
  readonly toldByChild: number;
  /** Patients of the child that its fhir2 lists; `null` where it has none, or may not be asked. */
  readonly listedAtChild: number | null;
  /** Patients of the parent of whom the hub knows that the child is to hold them. */
  readonly membersAtParent: number;
  readonly given: number;
}

export interface PairedLink extends FoundPeople {
  /** Persons agreed on already, patients among them. */
  readonly agreed: number;
  readonly accepted: readonly Uuid[];
  readonly covered: Covered;
}

const NEVER = new AbortController().signal;
const NOBODY: GivenPeople = { uuids: [], identifiers: [] };

/** Looks for the patients of a link who are one person under two uuids, for a person who asks. Reads only, and keeps nothing. */
export async function pairLink(asked: AskedLink, given: GivenPeople = NOBODY, progress?: (done: number, of: number) => void): Promise<PairedLink> {
  const { database, link } = asked;
  const options = { signal: NEVER };
  return withEnds(asked, async (ends, sites) => {
    const seen = new PeopleSeenRepository(database);
    const [agreed, told, members, accepted] = [
      await seen.agreedOn(link.id),
      await seen.toldBy(link.child),
      await seen.membersOn(link.id),
      await seen.acceptedOn(link.id),
    ];
    const listed = await listedBy(sites, link.child, options);
    const child = await Promise.all([...told, ...(listed ?? [])].map(async (uuid) => (await ends.child.canonicalOf({ aggregate: 'person', uuid })).uuid));
    const found = await findPairs(ends, { agreed, child, parent: members, given: given.uuids, numbers: given.identifiers }, options, progress);
    const covered = {
      toldByChild: told.length,
      listedAtChild: listed?.length ?? null,
      membersAtParent: members.length,
      given: given.uuids.length + given.identifiers.length,
    };
    return { ...found, agreed: agreed.size, accepted, covered };
  });
}

/** Everybody whom the site's fhir2 lists, where it has one: REST lists no patients. */
async function listedBy(sites: Sites, site: SiteId, options: CallOptions): Promise<readonly Uuid[] | null> {
  try {
    const listed = new Set<Uuid>();
    let position: unknown = null;
    for (let more = true; more; ) {
      const reading = await sites.readEvents(site, { category: 'patient', position, startAt: 'beginning' }, 'fhir-lastupdated', options);
      for (const { record } of reading.changes) listed.add(record.uuid);
      ({ position, more } = reading);
    }
    return [...listed];
  } catch (error) {
    if (error instanceof NotAllowedError || error instanceof RefusedError) return null;
    throw error;
  }
}
