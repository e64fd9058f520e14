import type { Simulator } from '@sync-hub/openmrs-simulator';
import type { RecordKey } from './content.js';
import type { HubDatabase } from './hub-database.js';
import type { Edit } from './ledger.js';

/** One round of the hub on a record at a site: when it was armed, and the requests that followed. */
interface HubRound {
  readonly armedAt: number;
  readonly reads: number[];
  readonly writes: number[];
}

const RECORD_PATH = /\/ws\/rest\/v1\/(location|person|patient)\/([A-Za-z0-9-]+)(\/.*)?$/;

/**
 * Edits that a person made at a site between the hub's read and the hub's write of one and the same round there. OpenMRS has no
 * conditional write: what such an edit put into a field that is being written is overwritten, and was seen by nobody (see docs/invariants.md).
 */
export class RivalEdits {
  /** The edits of which that was found, by number. */
  readonly found = new Set<number>();

  private constructor(private readonly rounds: ReadonlyMap<string, readonly HubRound[]>) {}

  static async of(sites: readonly Simulator[], hub: HubDatabase): Promise<RivalEdits> {
    const knownAt = await hub.aliases();
    const rounds = new Map<string, HubRound[]>();
    for (const { site, record, at } of await hub.armed()) {
      const key = `${site} ${record}`;
      rounds.set(key, [...(rounds.get(key) ?? []), { armedAt: at.getTime(), reads: [], writes: [] }]);
    }
    for (const site of sites) {
      for (const { method, path, at } of site.requests) {
        const record = recordOf(path, knownAt(site.id));
        const round = (record === null ? [] : (rounds.get(`${site.id} ${record}`) ?? [])).findLast(({ armedAt }) => armedAt <= at);
        if (method === 'GET') round?.reads.push(at);
        else round?.writes.push(at);
      }
    }
    return new RivalEdits(rounds);
  }

  isOverwritten({ n, site, record, at }: Edit): boolean {
    const moment = at.getTime();
    const isRival = (this.rounds.get(`${site} ${record}`) ?? []).some(
      ({ reads, writes }) => reads.some((read) => read <= moment) && writes.some((write) => write >= moment),
    );
    if (isRival) this.found.add(n);
    return isRival;
  }
}

function recordOf(path: string, known: (local: string) => string): RecordKey | null {
  const [, resource = '', uuid = ''] = RECORD_PATH.exec(path) ?? [];
  if (uuid === '') return null;
  const kind = resource === 'location' ? 'location' : 'person';
  return `${kind}/${known(`${kind}/${uuid}`)}`;
}
