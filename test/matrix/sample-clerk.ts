import { randomUUID } from 'node:crypto';
import type { Metadata, Simulator } from '@sync-hub/openmrs-simulator';
import { inPlace, ref, type Sample } from './sample.js';

const ROLE = 'Registration Clerk';
const uuidOf = (number: number): string => `cccccccc-0000-4000-8000-${String(number).padStart(12, '0')}`;
const roleAt = (site: Simulator): string => String(site.metadata('role').find(({ values }) => values['name'] === ROLE)?.uuid);

/** Accounts are only changed, so that each site has them before; and a role of one name, which has another uuid at each. */
export const clerks = (): Metadata => ({
  role: [{ uuid: randomUUID(), name: ROLE, description: 'Registers patients' }],
  user: Array.from({ length: 200 }, (_, number) => ({ uuid: uuidOf(number), username: `c${number}`, systemId: `${number}-1`, email: null, roles: [] })),
});

/** An account that gets another name, a role and an address. */
export const aClerk: Sample = {
  make: (site, number) => {
    const uuid = uuidOf(number);
    site.clinician.administrator.edit('user', uuid, { username: `clerk${number}`, roles: [roleAt(site)] });
    return [ref('user', uuid)];
  },
  change: inPlace('user', (site, uuid, { hasUserEmail }) =>
    site.clinician.administrator.edit('user', uuid, { username: `nurse${uuid.slice(-4)}`, ...(hasUserEmail ? { email: 'clerk@clinic.test' } : {}) }),
  ),
  void: (site, uuid) => site.clinician.administrator.retire('user', uuid),
  restore: (site, uuid) => site.clinician.administrator.edit('user', uuid, { retired: false }),
};
