import { CATEGORIES, fieldsOf, type RecordCategory } from '@sync-hub/categories';
import { POLICY_WORDS } from '@sync-hub/contracts';
import { z } from 'zod';
import { pluginName, pluginOptions } from './plugin-uses.schema.js';
import { section } from './section.js';

const ALLOWED = `${POLICY_WORDS.join(', ')}, or a plug-in, { name: NAME, options: {...} }`;
const policy = z
  .union([z.enum(POLICY_WORDS), z.strictObject({ name: pluginName, options: pluginOptions })], { error: ALLOWED })
  // Named, so that the schema for editors says it once and not for each field.
  .meta({ id: 'policy' });
/** What decides a conflict: one of ours by its word, or a plug-in of a deployment's own. */
export type PolicyChoice = z.infer<typeof policy>;

const NAMES = Object.keys(CATEGORIES) as RecordCategory[];
const either = policy.optional();
type Either = typeof either;

const fieldsOfCategory = (category: RecordCategory) =>
  section(Object.fromEntries(fieldsOf(category).map((field) => [field, either])) as Record<string, Either>).optional();
type OfFields = ReturnType<typeof fieldsOfCategory>;

/** What decides a conflict of a field, of a category, of everything: the most specific that says anything. */
export const policies = section({
  default: either,
  categories: section(Object.fromEntries(NAMES.map((name) => [name, either])) as Record<RecordCategory, Either>).optional(),
  fields: section(Object.fromEntries(NAMES.map((name) => [name, fieldsOfCategory(name)])) as Record<RecordCategory, OfFields>).optional(),
})
  .meta({ id: 'policies' })
  .optional();
export type Policies = z.infer<typeof policies>;
