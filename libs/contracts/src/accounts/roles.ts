/** What an account may be; the order is the one that people are shown. */
export const ROLES = ['viewer', 'operator', 'resolver', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

interface Permitted {
  readonly may: string;
  readonly roles: readonly Role[];
  /** What asked for the same in Sync 2.0 (openmrs-module-sync2 1.4); `null` where nothing did. */
  readonly sync2: string | null;
}

const EVERY_ROLE = ROLES;

/** Who may do what. `docs/roles.md` is drawn from this table, and the console lets through by it. */
export const PERMITTED = {
  'see-overview': { may: 'see the overview: sites, routes, what is held, by counts and names', roles: EVERY_ROLE, sync2: 'Load Sync2 config' },
  'see-conflicts': { may: 'see which conflicts there are, rules and reports: references, and no value of a record', roles: EVERY_ROLE, sync2: null },
  'read-audit': { may: 'read the audit', roles: EVERY_ROLE, sync2: 'Sync2 Audit Privilege' },
  'find-records': {
    may: 'find a record by an identifier or a name, and so learn that there is one',
    roles: ['operator', 'resolver', 'administrator'],
    sync2: null,
  },
  'see-records': { may: 'see what stands in records', roles: ['resolver', 'administrator'], sync2: null },
  'drive-work': {
    may: 'have held work looked at again, park it, and give it up; stop links and patients, and let them go on',
    roles: ['operator', 'administrator'],
    sync2: 'Sync2 Audit Privilege',
  },
  'answer-conflicts': { may: 'answer conflicts, one or many, assign, note and dismiss them', roles: ['resolver', 'administrator'], sync2: null },
  'make-rules': { may: 'make rules of decisions, and revoke them', roles: ['resolver', 'administrator'], sync2: null },
  'see-bodies': { may: 'see what was sent to a site and what it answered, each time with a reason that the audit has', roles: ['administrator'], sync2: null },
  'erase-patients': { may: 'have it forgotten what is stored of a patient', roles: ['administrator'], sync2: null },
  configure: { may: 'see the configuration, change it, and bring an earlier one back', roles: ['administrator'], sync2: null },
  'manage-accounts': { may: 'make accounts, change and disable them, and revoke their tokens', roles: ['administrator'], sync2: null },
} as const satisfies Readonly<Record<string, Permitted>>;

export type Permission = keyof typeof PERMITTED;
export const PERMISSIONS = Object.keys(PERMITTED) as [Permission, ...Permission[]];

/** All that a role may do. */
export const permissionsOf = (role: Role): readonly Permission[] => PERMISSIONS.filter((one) => (PERMITTED[one].roles as readonly Role[]).includes(role));
