import { z } from 'zod';
import { defineCategory } from './define-category.js';
import type { ListSpec } from './list.js';
import { type ScalarKind, text } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = { username: text, email: text };

const RoleShape = z.looseObject({ name: z.string().nullish() });

/** By name, which is what a server knows a role by: each gives those that it brings itself uuids of its own (ADR 0068). */
const roles: ListSpec = {
  name: 'roles',
  owner: 'user',
  shape: RoleShape,
  read: ({ name }: z.infer<typeof RoleShape>) => {
    const key = (name ?? '').trim();
    return key === '' ? 'unknown' : { key, value: true, references: [{ resource: 'rolename', uuid: key, aggregate: null }] };
  },
  body: ({ key }) => ({ name: key }),
  written: { by: 'whole-list', of: 'role' },
  names: ['rolename'],
  sameKey: 'one-item',
};

/** Accounts of the server's own, by their system id or name (openmrs-core 1.9 to 2.8 liquibase core data, Daemon). */
const OF_THE_SERVER: readonly string[] = ['admin', 'daemon'];

/**
 * Who may log in. Off unless a link names it, and only changed, never made: an account that is not there is of no concern, so that no password is ever
 * chosen or sent. Of it the name, the e-mail address and the roles are told; never passwords, questions and `userProperties`, where passwords' resets and
 * a person's own settings stand; its system id, person and locales are each server's own. The accounts `admin` and `daemon`, and the one that we use,
 * are told to nobody and never written. On platforms before 2.0 webservices.rest 2.x saves it by another method and from 2.50 on refuses (UserResource1_8.save). Only its mark
 * brings a retired one back: an undelete looks at another object's (MetadataDelegatingCrudResource.undelete, UserAndPassword1_8).
 */
export const user = defineCategory({
  name: 'user',
  title: 'User',
  openmrsClass: 'org.openmrs.User',
  aggregate: 'user',
  feeds: ['user'],
  publishedWhereConfigured: true,
  flows: 'parent-to-child',
  resource: 'user',
  owners: [{ owner: 'user', at: 'body' }],
  deleted: 'retired',
  toldWhenDeleted: true,
  scalars: SCALARS,
  scalarsOn: ({ hasUserEmail }) => (hasUserEmail ? ['username', 'email'] : ['username']),
  lists: [roles],
  representation: ({ hasUserEmail }) => `custom:(uuid,username,systemId,${hasUserEmail ? 'email,' : ''}roles:(name),retired,auditInfo)`,
  telltale: 'username',
  requires: [],
  restoredByItsMark: true,
  updatesOnly: true,
  keptToItself: {
    by: ['username', 'systemId'],
    is: ({ username, systemId }, login) => {
      const names = [username, systemId].map((name) => (typeof name === 'string' ? name.trim().toLowerCase() : ''));
      return names.some((name) => OF_THE_SERVER.includes(name) || (name !== '' && name === login.trim().toLowerCase()));
    },
  },
  cannotMake: { which: 'any', is: () => true, reason: 'accounts are only changed, so that no password is ever chosen or sent' },
  unsupported: ({ updatesUsers }) =>
    updatesUsers ? null : 'accounts are changed on platforms from 2.0 on (webservices.rest UserResource2_0; from 2.50 on UserResource1_8.save refuses)',
});
