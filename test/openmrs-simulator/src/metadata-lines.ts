import type { Row } from './database.js';
import type { Resource } from './resource.js';

/** What lines of metadata have in common. */
export const BASIC = 'uuid display name description';

export const nameOf = (row: Row): string => String(row.values['name'] ?? '');

/** The privileges that core asks for, where they go by one title. */
export const managed = (title: string): Resource['privileges'] => ({
  get: `Get ${title}`,
  add: `Manage ${title}`,
  edit: `Manage ${title}`,
  remove: `Manage ${title}`,
  purge: `Purge ${title}`,
});
