import { type Configuration, linkOf } from '@sync-hub/configuration';
import { AUDIT_CATEGORIES, aggregateNamed } from '@sync-hub/contracts';
import type { AuditMessageLine, EndOfLink } from '@sync-hub/persistence';

export const OPERATIONS = ['PULL', 'PUSH'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A message of Sync 2.0's audit (openmrs-module-sync2 1.4, AuditMessage), its names and their order. What we do not keep is null. */
export interface Sync2Message {
  readonly id: number;
  readonly uuid: string;
  readonly success: boolean;
  /** `yyyy-MM-dd HH:mm:ss` in the time zone of this process. */
  readonly timestamp: string;
  readonly resourceName: string;
  readonly usedResourceUrl: string | null;
  /** JSON, as text. */
  readonly availableResourceUrls: string | null;
  readonly parentUrl: string | null;
  readonly localUrl: string | null;
  readonly action: string | null;
  readonly operation: Operation | null;
  readonly details: string;
  readonly linkType: string;
  readonly nextMessageUuid: string | null;
  readonly creatorInstanceId: string;
  readonly voided: boolean;
  readonly mergeConflictUuid: string | null;
}

/** Sync 2.0 had other names for some kinds of record. */
const THEIRS: Readonly<Record<string, string>> = {
  person: 'patient',
  obs: 'observation',
  visittype: 'visit_type',
  programenrollment: 'patient_program',
  systemsetting: 'global_property',
};

/** The aggregate that Sync 2.0's name of a resource means; null where it means none of ours. */
export function aggregateOfResource(name: string): string | null {
  const lower = name.toLowerCase();
  const ours = Object.entries(THEIRS).find(([, theirs]) => theirs === lower)?.[0] ?? lower;
  return AUDIT_CATEGORIES.includes(ours) ? aggregateNamed(ours) : null;
}

/** The ends of links that an operation writes to. */
export const targetsOf = (operation: Operation, { links }: Configuration): readonly EndOfLink[] =>
  links.map(({ id, parent, child }) => ({ link: id, site: operation === 'PULL' ? child : parent }));

/** A line of the audit about a job, as Sync 2.0 told of it. */
export function sync2Message(line: AuditMessageLine, current: Configuration): Sync2Message {
  const link = line.link === null ? null : linkOf(current, line.link);
  const addressOf = (site: string | undefined): string | null => current.sites.find(({ id }) => id === site)?.baseUrl ?? null;
  const path = line.aggregate === null || line.uuid === null ? null : `/ws/rest/v1/${line.aggregate === 'person' ? 'patient' : line.aggregate}/${line.uuid}`;
  const url = (base: string | null): string | null => (base === null || path === null ? null : `${base}${path}`);
  return {
    id: Number(line.id),
    uuid: `${line.origin === null ? 'own' : 'received'}-${line.id}`,
    success: line.type.startsWith('job.ended.') && line.outcome !== 'discarded',
    timestamp: localTime(new Date(line.recordedAt)),
    resourceName: THEIRS[line.aggregate ?? ''] ?? line.aggregate ?? '',
    usedResourceUrl: url(addressOf(line.site)),
    availableResourceUrls: path === null ? null : JSON.stringify({ rest: path }),
    parentUrl: url(addressOf(link?.parent)),
    localUrl: url(addressOf(link?.child)),
    action: null,
    operation: link === null ? null : line.site === link.child ? 'PULL' : 'PUSH',
    details: detailsOf(line),
    linkType: 'rest',
    nextMessageUuid: null,
    creatorInstanceId: line.origin ?? current.instance.id,
    voided: false,
    mergeConflictUuid: line.conflictId,
  };
}

/** Codes and names of fields, never a value. */
function detailsOf({ outcome, reason, details }: AuditMessageLine): string {
  const { code, fields } = details;
  return [
    outcome,
    reason,
    typeof code === 'string' ? code : null,
    Array.isArray(fields) ? fields.filter((field) => typeof field === 'string').join(', ') : null,
  ]
    .filter((one) => one !== null && one !== '')
    .join(': ');
}

function localTime(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
