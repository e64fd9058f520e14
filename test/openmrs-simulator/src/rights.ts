import type { Ref, Row } from './database.js';
import { BASIC, managed, nameOf } from './metadata-lines.js';
import { isBlank, savingBy } from './metadata-saving.js';
import { type Resource, resource, text, words } from './resource.js';
import { serverError, type Validation } from './rest-error.js';
import type { Writer } from './writer.js';

const uuidsIn = (row: Row, key: string): readonly string[] => (Array.isArray(row.values[key]) ? (row.values[key] as readonly string[]) : []);

/**
 * The name is the key of the table: a new one of a name that is there is written onto what has it, uuid included, and whatever pointed at that points at
 * this. There is no column that says it were retired.
 */
function saveByName({ site, tx }: Writer, target: Ref): void {
  tx.set(target, { retired: false, retiredBy: null, dateRetired: null, retireReason: null });
  const name = nameOf(tx.now(target)).toLowerCase();
  const before = site.database.all(target.kind).find((other) => other.uuid !== target.uuid && nameOf(other).toLowerCase() === name);
  if (before === undefined) return;
  const key = target.kind === 'role' ? 'inheritedRoles' : 'privileges';
  for (const role of site.database.all('role'))
    if (uuidsIn(role, key).includes(before.uuid)) tx.set(role, { [key]: uuidsIn(role, key).map((uuid) => (uuid === before.uuid ? target.uuid : uuid)) });
  tx.remove(before);
}

const isSpaced = (row: Row): boolean => nameOf(row) !== nameOf(row).trim();
const checkRole = (row: Row, errors: Validation): void => {
  if (!isBlank(row, 'name') && isSpaced(row)) errors.reject('error.trailingSpaces', 'name');
};

function refuseCircle({ site, tx }: Writer, target: Ref): void {
  const seen = new Set<string>();
  const above = [...uuidsIn(tx.now(target), 'inheritedRoles')];
  for (const uuid of above) {
    if (seen.has(uuid)) continue;
    seen.add(uuid);
    const role = site.database.find('role', uuid);
    if (role !== undefined) above.push(...uuidsIn(role, 'inheritedRoles'));
  }
  if (seen.has(target.uuid)) throw serverError('Role.cannot.inherit.descendant', 'org.openmrs.api.impl.UserServiceImpl:0');
}

const privilege = resource({
  name: 'privilege',
  javaClass: 'org.openmrs.Privilege',
  life: 'retired',
  alsoFoundBy: 'name',
  privileges: managed('Privileges'),
  fields: text('name description', 250),
  standard: `${BASIC} retired`,
  full: `${BASIC} retired auditInfo`,
  create: words('name description'),
  required: ['name'],
  update: ['description'],
  display: nameOf,
  save: savingBy({ needs: { name: 'error.privilege' }, needsBefore1_11: { description: 'error.description' }, before: saveByName }),
});

const role = resource({
  name: 'role',
  javaClass: 'org.openmrs.Role',
  life: 'retired',
  privileges: managed('Roles'),
  fields: { ...text('name', 50), ...text('description'), privileges: { is: 'many', of: 'privilege' }, inheritedRoles: { is: 'many', of: 'role' } },
  standard: `${BASIC} retired privileges:ref inheritedRoles:ref`,
  full: `${BASIC} retired privileges inheritedRoles auditInfo`,
  create: words('name description privileges inheritedRoles'),
  required: ['name'],
  update: words('description privileges inheritedRoles'),
  display: nameOf,
  save: savingBy({
    needs: { name: 'error.role' },
    needsBefore1_11: { description: 'error.description' },
    check: checkRole,
    before: (writer, target) => {
      refuseCircle(writer, target);
      saveByName(writer, target);
    },
  }),
});

/**
 * `UserResource1_8`, and `UserResource2_0` and `UserResource2_2`, which leave out the secret question and tell of the e-mail address. `undelete` asks whether a
 * wrapper is retired, which it never is.
 */
const user = resource({
  name: 'user',
  javaClass: 'org.openmrs.module.webservices.rest.web.v1_0.wrapper.openmrs1_8.UserAndPassword1_8',
  life: 'retired',
  privileges: { get: 'Get Users', add: 'Add Users', edit: 'Edit Users', remove: 'Edit Users', purge: 'Purge Users' },
  fields: { ...text('username systemId', 50), ...text('email userProperties password'), roles: { is: 'many', of: 'role' } },
  standard: 'uuid display username systemId userProperties roles:ref retired email',
  full: 'uuid display username systemId userProperties roles retired email auditInfo',
  create: words('username password systemId userProperties roles email'),
  required: words('username password'),
  update: words('username password systemId userProperties roles email'),
  display: ({ values }) => String(values['username'] ?? ''),
  staysDeleted: 'silently',
});

/** What accounts may do, and who has one, as records. The accounts that log in to a simulator have their privileges by themselves. */
export const rightsTable: readonly Resource[] = [privilege, role, user];
