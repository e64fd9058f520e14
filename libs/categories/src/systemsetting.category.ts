import { z } from 'zod';
import { defineCategory } from './define-category.js';
import { type ScalarKind, text } from './scalars.js';

/** As it is: a space may be all that it says. A value of a datatype of its own is told as an object where it is one, and is none that travels. */
const verbatim: ScalarKind = {
  shape: z.union([z.string(), z.number(), z.boolean()], { error: 'text, a number, true or false' }).nullish(),
  normalise: (value) => (value === null || value === undefined || value === '' ? null : String(value)),
  encode: (value) => value,
};

const SCALARS: Readonly<Record<string, ScalarKind>> = { property: text, value: verbatim, description: text };

/**
 * A setting of a server. Those alone travel that a link names, and of them only value and description. It is known by its property: each server gives it a
 * uuid of its own, and finds it by either (webservices.rest 2.12 to 3.4 SystemSettingResource1_9.getByUniqueId). It has no marks and no stamps, and a
 * DELETE purges it. The property never changes (getUpdatableProperties).
 */
export const systemSetting = defineCategory({
  name: 'systemsetting',
  title: 'System setting',
  openmrsClass: 'org.openmrs.GlobalProperty',
  aggregate: 'systemsetting',
  feeds: ['systemsetting'],
  publishedWhereConfigured: true,
  flows: 'parent-to-child',
  resource: 'systemsetting',
  owners: [{ owner: 'systemsetting', at: 'body' }],
  deleted: 'never',
  toldWhenDeleted: true,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  lists: [],
  representation: () => 'custom:(uuid,property,value,description)',
  telltale: 'property',
  requires: ['property'],
  fixed: ['property'],
  nameIsKey: 'property',
  staysInUse: 'a server has no mark that one is out of use, and a DELETE purges it (webservices.rest SystemSettingResource1_9.delete)',
});
