import { Select, SelectItem } from '@carbon/react';
import type { Permission, Role } from '@sync-hub/contracts';
import type { Catalogue } from '../language/catalogue.js';
import { useSpeech } from '../language/speaking.js';

const ROLE_KEYS = { viewer: 'roleViewer', operator: 'roleOperator', resolver: 'roleResolver', administrator: 'roleAdministrator' } as const satisfies Readonly<
  Record<Role, keyof Catalogue>
>;

const PERMISSION_KEYS = {
  'see-overview': 'maySeeOverview',
  'see-conflicts': 'maySeeConflicts',
  'read-audit': 'mayReadAudit',
  'find-records': 'mayFindRecords',
  'see-records': 'maySeeRecords',
  'drive-work': 'mayDriveWork',
  'answer-conflicts': 'mayAnswer',
  'make-rules': 'mayMakeRules',
  'see-bodies': 'maySeeBodies',
  'erase-patients': 'mayErase',
  configure: 'mayConfigure',
  'manage-accounts': 'mayManageAccounts',
} as const satisfies Readonly<Record<Permission, keyof Catalogue>>;

const ROLES = Object.keys(ROLE_KEYS) as Role[];

export const roleText = (t: Catalogue, role: Role): string => t[ROLE_KEYS[role]];

export const permissionText = (t: Catalogue, permission: Permission): string => t[PERMISSION_KEYS[permission]];

interface RoleProps {
  readonly id: string;
  /** Whose, where more than one is on the page. */
  readonly label?: string;
  readonly value: Role;
  readonly disabled?: boolean;
  readonly choose: (role: Role) => void;
}

export function RoleSelect({ id, label, value, disabled = false, choose }: RoleProps) {
  const { t } = useSpeech();
  return (
    <Select
      id={id}
      size="sm"
      labelText={label ?? t.role}
      hideLabel={label !== undefined}
      value={value}
      disabled={disabled}
      onChange={({ target }) => choose(ROLES.find((one) => one === target.value) ?? value)}
    >
      {ROLES.map((role) => (
        <SelectItem key={role} value={role} text={roleText(t, role)} />
      ))}
    </Select>
  );
}
