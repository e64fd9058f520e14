import type { Uuid } from '@sync-hub/contracts';
import { isAtLeast } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/** A patient who is, or was, in a cohort. */
interface Member {
  readonly patient: Uuid;
  readonly isIn: boolean;
}

/**
 * The patients who are in a cohort at that moment; `null` where the site has none of that uuid that is in use, or does not tell it of each of them.
 * Before openmrs-core 2.1 members have no dates (webservices.rest CohortMemberResource1_8). From then on every membership is listed, also what is
 * voided, which only its stamps say (CohortMembershipResource2_1), and one counts from its start to its end (openmrs-core CohortMembership.isActive).
 */
export async function membersOf(site: RestSite, cohort: Uuid, at: Date, options: CallOptions): Promise<readonly Uuid[] | null> {
  const path = `cohort/${encodeURIComponent(cohort)}`;
  // A cohort is found by its name too (CohortResource1_8.getByUniqueId).
  const body = await site.rest.get(`${path}?v=custom:(uuid,voided)`, { what: 'cohort' }, options);
  if (body?.['uuid'] !== cohort || body['voided'] !== false) return null;
  const { platform } = await site.capabilities(options);
  const members = isAtLeast(platform, '2.1.0')
    ? await listed(site, `${path}/membership?v=custom:(patientUuid,startDate,endDate,auditInfo)`, (item) => membershipIn(item, at), options)
    : await listed(site, `${path}/member?v=custom:(patient:(uuid))`, memberIn, options);
  if (members === null) return null;
  const inIt = [...new Set(members.filter(({ isIn }) => isIn).map(({ patient }) => patient))];
  return site.aliases.allToCanonical(inIt.map((uuid) => ({ aggregate: 'person', uuid })));
}

async function listed({ rest }: RestSite, path: string, read: (item: RestBody) => Member | null, options: CallOptions): Promise<readonly Member[] | null> {
  const items = await rest.listAllThere(path, 'members of a cohort', options);
  const members = (items ?? []).map(read).filter((member) => member !== null);
  return items === null || members.length < items.length ? null : members;
}

function memberIn({ patient }: RestBody): Member | null {
  const uuid = (patient as RestBody | null | undefined)?.['uuid'];
  return typeof uuid === 'string' ? { patient: uuid, isIn: true } : null;
}

function membershipIn({ patientUuid, startDate, endDate, auditInfo }: RestBody, at: Date): Member | null {
  const [begins, ends] = [momentOf(startDate), momentOf(endDate)];
  if (typeof patientUuid !== 'string' || begins === undefined || ends === undefined || typeof auditInfo !== 'object' || auditInfo === null) return null;
  const isVoided = ((auditInfo as RestBody)['dateVoided'] ?? null) !== null;
  return { patient: patientUuid, isIn: !isVoided && (begins ?? -Infinity) <= at.getTime() && at.getTime() <= (ends ?? Infinity) };
}

/** `undefined` for what is not told, or is no moment. */
function momentOf(value: unknown): number | null | undefined {
  if (value === null) return null;
  const at = typeof value === 'string' ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
