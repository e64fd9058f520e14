import { createHash } from 'node:crypto';
import type { SiteId } from '@sync-hub/contracts';
import type { RoleVersions, SiteRole } from '@sync-hub/runtime';

export const ROLE_NAME = 'Application: Sync Hub';
const DESCRIPTION = 'What Sync Hub needs here, and no more';

/** The same whenever it is asked for. */
function roleUuid(site: SiteId): string {
  const digits = createHash('sha256').update(`sync-hub role ${site}`).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), `5${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The role as SQL for the database of OpenMRS, MySQL's or PostgreSQL's: made where it is not there, and brought to just these privileges where it is. A
 * privilege that the server's own table does not have is passed over.
 */
export function roleSql(site: SiteId, { platform }: RoleVersions, { privileges, leftOut }: SiteRole): readonly string[] {
  const names = privileges.map(({ name }) => quoted(name));
  const list = names.map((name, index) => `  ${name}${index === names.length - 1 ? ' ' : ','} -- ${privileges[index]?.why ?? ''}`);
  return [
    `-- The role of Sync Hub's account at ${site} (platform ${platform}), by what its links ask of it. It can be run again; then restart OpenMRS, which keeps roles in memory.`,
    ...leftOut.map(({ name, why }) => `-- Left out: ${name} (${why})`),
    `insert into role (role, description, uuid) select ${quoted(ROLE_NAME)}, ${quoted(DESCRIPTION)}, ${quoted(roleUuid(site))}`,
    `from privilege where not exists (select 1 from role where role = ${quoted(ROLE_NAME)}) limit 1;`,
    `delete from role_privilege where role = ${quoted(ROLE_NAME)};`,
    `insert into role_privilege (role, privilege) select ${quoted(ROLE_NAME)}, privilege from privilege where privilege in (`,
    ...list,
    ');',
  ];
}

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The role as a file of Initializer's domain `roles` (openmrs-module-initializer, readme/roles.md): what begins with an underscore it does not read. */
export function roleCsv(site: SiteId, { privileges, leftOut }: SiteRole): readonly string[] {
  const row = [
    roleUuid(site),
    ROLE_NAME,
    DESCRIPTION,
    '',
    privileges.map(({ name }) => name).join('; '),
    '',
    leftOut.map(({ name, why }) => `${name}: ${why}`).join('; '),
  ];
  return ['Uuid,Role name,Description,Inherited roles,Privileges,_order:1000,_left out', row.map(cell).join(',')];
}
