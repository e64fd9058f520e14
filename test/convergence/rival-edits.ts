import type { ObsState, Simulator } from '@sync-hub/openmrs-simulator';
import type { RecordKey } from './content.js';
import type { HubDatabase } from './hub-database.js';
import type { Changed, Edit } from './ledger.js';

/** One round of the hub on a record at a site: when it was armed, and the requests that followed. */
interface HubRound {
  readonly armedAt: number;
  readonly reads: number[];
  readonly writes: number[];
}

const RECORD_PATH = /\/ws\/rest\/v1\/(location|person|patient|visit|encounter|obs)\/([A-Za-z0-9-]+)(\/.*)?$/;

/**
 * Edits that a person made at a site beside a write of the hub, and that nobody could see. First, between the hub's read and the hub's write of one and the same round there. OpenMRS has no
 * conditional write: what such an edit put into a field that is being written is overwritten (see docs/invariants.md). Second, in the second
 * in which the hub voids the record: restoring it brings back whatever was voided at that moment, to the second, also what somebody had just taken
 * away (openmrs-core BaseUnvoidHandler).
 */
export class RivalEdits {
  /** The edits of which that was found, by number. */
  readonly found = new Set<number>();

  private constructor(
    private readonly rounds: ReadonlyMap<string, readonly HubRound[]>,
    private readonly voids: ReadonlySet<string>,
  ) {}

  static async of(sites: readonly Simulator[], hub: HubDatabase): Promise<RivalEdits> {
    const knownAt = await hub.aliases();
    const rounds = new Map<string, HubRound[]>();
    for (const { site, record, at } of await hub.armed()) {
      const key = `${site} ${record}`;
      rounds.set(key, [...(rounds.get(key) ?? []), { armedAt: at.getTime(), reads: [], writes: [] }]);
    }
    const voids = new Set<string>();
    for (const site of sites) {
      const rootOf = recordsOfObs(site);
      for (const { method, path, at } of site.requests) {
        const record = recordOf(path, rootOf, knownAt(site.id));
        const round = (record === null ? [] : (rounds.get(`${site.id} ${record}`) ?? [])).findLast(({ armedAt }) => armedAt <= at);
        if (method === 'GET') round?.reads.push(at);
        else round?.writes.push(at);
        if (method === 'DELETE' && !isOfOneObs(path, record)) voids.add(`${site.id} ${record} ${secondOf(at)}`);
      }
    }
    return new RivalEdits(rounds, voids);
  }

  /** Was what was typed overwritten, or what was taken away brought back? */
  isUndone({ n, site, record, at }: Edit, { typed }: Changed): boolean {
    const moment = at.getTime();
    const cameBack = typed === undefined && this.voids.has(`${site} ${record} ${secondOf(moment)}`);
    const isRival = (this.rounds.get(`${site} ${record}`) ?? []).some(
      ({ reads, writes }) => reads.some((read) => read <= moment) && writes.some((write) => write >= moment),
    );
    if (isRival || cameBack) this.found.add(n);
    return isRival || cameBack;
  }
}

const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** The record that each obs of a site is of: its encounter, or the obs at the root of its tree. */
function recordsOfObs(site: Simulator): (obs: string) => string {
  const { encounters, obs } = site.state();
  const uuids = (all: readonly ObsState[]): readonly string[] => all.flatMap((one) => [one.uuid, ...uuids(one.members)]);
  const records = new Map([
    ...encounters.flatMap((one) => uuids(one.obs).map((uuid) => [uuid, `encounter/${one.uuid}`] as const)),
    ...obs.flatMap((one) => uuids([one]).map((uuid) => [uuid, `obs/${one.uuid}`] as const)),
  ]);
  return (uuid) => records.get(uuid) ?? `obs/${uuid}`;
}

/** One obs of an encounter was voided, and not the whole. */
const isOfOneObs = (path: string, record: RecordKey | null): boolean => path.includes('/obs/') && record?.startsWith('encounter/') === true;

function recordOf(path: string, rootOf: (obs: string) => string, known: (local: string) => string): RecordKey | null {
  const [, resource = '', uuid = ''] = RECORD_PATH.exec(path) ?? [];
  if (uuid === '') return null;
  const local = resource === 'obs' ? rootOf(uuid) : `${resource === 'patient' ? 'person' : resource}/${uuid}`;
  return `${local.slice(0, local.indexOf('/'))}/${known(local)}`;
}
