import type { ObsState, Simulator } from '@sync-hub/openmrs-simulator';
import type { Known, RecordKey } from './content.js';
import type { HubDatabase } from './hub-database.js';
import type { Changed, Edit } from './ledger.js';
import { LIST_KINDS } from './list-content.js';

/** One write of the hub to a record at a site, which may take several requests: the moment it last read the record before it, and when each request was handled. */
interface HubWrite {
  readonly readAt: number;
  readonly landedAt: readonly number[];
}

/** Moments are told by several clocks of one machine, to the millisecond. */
const CLOCKS_DIFFER_MS = 2;
/** What a whole record is asked for with, and else only the orders that would go with an encounter. */
const WHOLE = 'auditInfo';
const ONLY_ORDERS = 'orders:(';
const RECORD_PATH = /\/ws\/(?:rest\/v1|fhir2\/R4)\/(?:patient\/[A-Za-z0-9-]+\/(?=allergy\/))?([A-Za-z]+)\/([A-Za-z0-9-]+)(?:\/.*)?$/;
/** Resources, of REST and of FHIR, by the kind of record that they are; others are called as it is. */
const KIND_OF: Readonly<Record<string, string>> = {
  patient: 'person',
  patientdiagnoses: 'diagnosis',
  Condition: 'condition',
  AllergyIntolerance: 'allergy',
  DiagnosticReport: 'diagnosticreport',
};
const KINDS: readonly string[] = ['location', 'person', 'visit', 'encounter', 'obs', ...LIST_KINDS];
/** What is told whole without being asked for its stamps by name. */
const TOLD_WHOLE = ['order/', 'diagnosticreport/'];

/** What the account must know of edits that were made beside a write of the hub. */
export interface Rivals {
  /** Did the hub write to the record at the site in the second of that moment? */
  wroteInSecondOf(moment: number, site: string, record: RecordKey): boolean;
  isBeside(edit: Pick<Edit, 'site' | 'record' | 'at'>): boolean;
  /** Was what was typed overwritten, or what was taken away brought back? */
  isUndone(edit: Edit, change: Changed): boolean;
}

/**
 * Edits that a person made at a site beside a write of the hub, and that nobody could see. First, between the hub's read and the hub's write that followed from it there. OpenMRS has no
 * conditional write: what such an edit put into a field that is being written is overwritten (see docs/invariants.md). Second, in the second
 * in which the hub voids the record: restoring it brings back whatever was voided at that moment, to the second, also what somebody had just taken
 * away (openmrs-core BaseUnvoidHandler).
 */
export class RivalEdits implements Rivals {
  /** The edits of which that was found, by number. */
  readonly found = new Set<number>();

  private constructor(
    private readonly requests: readonly RecordRequest[],
    private readonly intents: readonly { readonly site: string; readonly record: RecordKey; readonly at: Date }[],
  ) {}

  static async of(sites: readonly Simulator[], hub: HubDatabase): Promise<RivalEdits> {
    const knownAt = await hub.aliases();
    return new RivalEdits(
      sites.flatMap((site) => requestsTo(site, knownAt(site.id))),
      await hub.intents(),
    );
  }

  /** Did the hub write to the record at the site in the second of that moment? */
  wroteInSecondOf(moment: number, site: string, record: RecordKey): boolean {
    return this.requests.some((one) => one.site === site && one.record === record && one.method !== 'GET' && secondOf(one.handledAt) === secondOf(moment));
  }

  /** Was it made between the hub's reading the record there and the last request of the write that followed from it? */
  isBeside({ site, record, at }: Pick<Edit, 'site' | 'record' | 'at'>): boolean {
    const moment = at.getTime();
    const isOfIt = (one: { readonly site: string; readonly record: RecordKey }): boolean => one.site === site && one.record === record;
    const intents = this.intents.filter(isOfIt).map((intent) => intent.at.getTime());
    return writesAmong(this.requests.filter(isOfIt), intents).some(
      ({ readAt, landedAt }) => readAt - CLOCKS_DIFFER_MS <= moment && landedAt.some((landed) => landed + CLOCKS_DIFFER_MS >= moment),
    );
  }

  /** Was what was typed overwritten, or what was taken away brought back? */
  isUndone(edit: Edit, { typed }: Changed): boolean {
    const { n, site, record, at } = edit;
    const isVoidOfThen = (one: RecordRequest): boolean =>
      one.site === site && one.record === record && one.method === 'DELETE' && !one.isOfOneObs && secondOf(one.handledAt) === secondOf(at.getTime());
    const isUndone = this.isBeside(edit) || (typed === undefined && this.requests.some(isVoidOfThen));
    if (isUndone) this.found.add(n);
    return isUndone;
  }
}

/** A request of the hub about one record. */
interface RecordRequest {
  readonly site: string;
  readonly record: RecordKey;
  readonly method: string;
  readonly startedAt: number;
  readonly handledAt: number;
  readonly isOfOneObs: boolean;
  /** The whole record was read, and not only something of it. */
  readonly isRead: boolean;
}

function requestsTo(site: Simulator, known: Known): RecordRequest[] {
  const recordOf = recordsByPath(site, known);
  return site.requests.flatMap(({ method, path, query, at, ms }) => {
    const record = recordOf(path);
    if (record === null) return [];
    const isWhole = query.includes(WHOLE) || TOLD_WHOLE.some((kind) => record.startsWith(kind));
    const isRead = method === 'GET' && isWhole && !query.includes(ONLY_ORDERS);
    return [{ site: site.id, record, method, startedAt: at, handledAt: at + ms, isRead, isOfOneObs: isOfOneObs(path, record) }];
  });
}

/** The requests that followed each intent up to the next, with the read that went before it. The claim keeps everybody else's away. */
function writesAmong(requests: readonly RecordRequest[], intents: readonly number[]): HubWrite[] {
  const reads = requests.filter(({ isRead }) => isRead);
  return intents.map((at, n): HubWrite => {
    const until = intents[n + 1] ?? Number.POSITIVE_INFINITY;
    const landed = requests.filter(({ method, startedAt }) => method !== 'GET' && startedAt + CLOCKS_DIFFER_MS >= at && startedAt < until);
    return { readAt: reads.findLast(({ startedAt }) => startedAt <= at)?.handledAt ?? at, landedAt: landed.map(({ handledAt }) => handledAt) };
  });
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

/** The record that a request to a site is about, as it is known everywhere, by the request's path. */
export function recordsByPath(site: Simulator, known: Known): (path: string) => RecordKey | null {
  const rootOf = recordsOfObs(site);
  return (path) => {
    const [, resource = '', uuid = ''] = RECORD_PATH.exec(path) ?? [];
    const kind = KIND_OF[resource] ?? resource;
    if (uuid === '' || !KINDS.includes(kind)) return null;
    const local = kind === 'obs' ? rootOf(uuid) : `${kind}/${uuid}`;
    return `${local.slice(0, local.indexOf('/'))}/${known(local)}`;
  };
}
